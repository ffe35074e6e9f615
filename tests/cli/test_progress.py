"""What is shown while long work lasts: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dataexposure.cli import progress
from tests.conftest import ROOT


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"1" * 100)
    (folder / "b" / "c.txt").write_bytes(b"2" * 50)
    (folder / "z.txt").write_bytes(b"3" * 7)
    return folder


def key(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def test_bytes_are_counted_in_the_order_of_reading(inputs: Path) -> None:
    found = progress.extents([inputs, inputs / "a.txt"])
    assert found.total == 157
    assert found.files[key(inputs / "b" / "c.txt")] == progress.Extent(100, 50)
    assert found.files[key(inputs / "b")] == progress.Extent(100, 0)
    assert found.files[key(inputs / "z.txt")] == progress.Extent(150, 7)


def test_links_and_what_is_missing_count_nothing(inputs: Path) -> None:
    (inputs / "link").symlink_to(inputs / "a.txt")
    (inputs / "circle").symlink_to(inputs)
    assert progress.extents([inputs, inputs / "nowhere"]).total == 157


def test_the_position_is_where_the_open_file_is(inputs: Path) -> None:
    found = progress.extents([inputs])
    assert progress.position(found.files) == 0
    with (inputs / "b" / "c.txt").open("rb", buffering=0) as stream:
        stream.read(20)
        assert progress.position(found.files) == 120
    assert progress.position(found.files) == 0


def test_nothing_is_shown_when_it_is_no_terminal(inputs: Path) -> None:
    with progress.shown([inputs], quiet=False) as notice:
        assert notice is None


def on_terminal(folder: Path, *words: str, **more: str) -> str:
    """Run a scan whose standard error is a terminal, and give what that terminal got."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    environment = {"PATH": "", "HOME": "/nonexistent", "TERM": "xterm", **more}
    process = subprocess.Popen(
        [sys.executable, "-m", "dataexposure", "scan", str(folder), *words],
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        stderr=theirs,
        env={**environment, "LANG": "C.UTF-8", "COLUMNS": "100"},
        cwd=ROOT,
    )
    os.close(theirs)
    got = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not part:
            break
        got += part
    process.wait(60)
    os.close(ours)
    return got.decode("utf-8", "replace")


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A mailbox that takes a moment."""
    mail = (
        b"From x@shop.example Mon Jan  5 10:00:00 2026\nFrom: x@shop.example\n"
        b"Subject: Hello\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nNothing.\n\n"
    )
    path = tmp_path / "slow" / "in\u202ebox.mbox"
    path.parent.mkdir()
    path.write_bytes(mail * 20_000)
    return path.parent


def test_a_terminal_sees_what_is_read_and_how_much(slow: Path) -> None:
    text = on_terminal(slow)
    assert "reading slow/in?box.mbox" in text
    assert "MB" in text or "kB" in text
    assert "\u202e" not in text
    assert text.rstrip().endswith(("\x1b[2K", "\x1b[?25h"))  # it is taken away at the end


def test_quiet_and_ci_see_nothing(slow: Path) -> None:
    assert on_terminal(slow, "--quiet") == ""
    assert on_terminal(slow, CI="true") == ""
