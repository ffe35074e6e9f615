"""Importing lists of others as a person meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.rulebase.imports import samples


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "services.json"
    path.write_bytes(samples.ONE_FILE["disconnect"])
    return path


def run(data: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "",
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "DATAEXPOSURE_DATA": str(data),
    }
    return subprocess.run(
        [sys.executable, "-m", "dataexposure", *map(str, words)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def har(folder: Path) -> Path:
    entries = [
        {
            "startedDateTime": "2026-11-01T10:00:00Z",
            "pageref": "p",
            "request": {"method": "GET", "url": url, "headers": [], "queryString": []},
            "response": {"status": 200, "headers": [], "content": {"mimeType": kind}},
            "_resourceType": resource,
        }
        for url, kind, resource in (
            ("https://someshop.example/", "text/html", "document"),
            ("https://acme-ads.example/collect", "image/gif", "image"),
        )
    ]
    page = {
        "startedDateTime": "2026-11-01T10:00:00Z",
        "id": "p",
        "title": "https://someshop.example/",
        "pageTimings": {},
    }
    path = folder / "visit.har"
    log = {"log": {"version": "1.2", "creator": {}, "pages": [page], "entries": entries}}
    path.write_text(json.dumps(log), encoding="utf-8")
    return path


def test_without_a_yes_it_shows_the_licence_and_keeps_nothing(data: Path, listed: Path) -> None:
    done = run(data, "rules", "import", listed)
    assert done.returncode == 2
    for said in ("Disconnect", "CC BY-NC-SA 4.0", "non-commercial", "--yes"):
        assert said in done.stderr
    assert done.stdout == ""
    assert not data.exists()


def test_with_yes_it_is_kept_listed_and_forgotten(data: Path, listed: Path) -> None:
    done = run(data, "rules", "import", listed, "--yes")
    assert done.returncode == 0, done.stderr
    assert "CC BY-NC-SA 4.0" in done.stderr
    assert "3 organisations, 5 domains, 1 entry left out" in done.stdout
    shown = run(data, "rules", "imports")
    assert "disconnect: Disconnect Tracker Protection (CC BY-NC-SA 4.0; imported" in shown.stdout
    assert run(data, "rules", "forget", "disconnect").returncode == 0
    assert "No list is imported" in run(data, "rules", "imports").stdout


@pytest.mark.parametrize(("answer", "kept"), [("y", True), ("n", False), ("", False)])
def test_at_a_terminal_it_asks_and_only_a_yes_counts(
    data: Path, listed: Path, answer: str, kept: bool
) -> None:
    pty = pytest.importorskip("pty", reason="no pseudo-terminal here")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "DATAEXPOSURE_DATA": str(data), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dataexposure", "rules", "import", str(listed)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment,
        cwd=ROOT,
    )
    os.write(ours, f"{answer}\n".encode())
    assert process.wait(timeout=60) == 0
    os.close(theirs)
    os.close(ours)
    assert process.stdout is not None
    process.stdout.close()
    assert (data / "lists" / "disconnect.list").exists() == kept


def test_what_comes_from_a_list_is_marked_in_the_report(
    data: Path, listed: Path, tmp_path: Path
) -> None:
    visit = har(tmp_path)
    assert "Acme" not in run(data, "scan", visit).stdout
    assert run(data, "rules", "import", listed, "--yes").returncode == 0
    told = " ".join(run(data, "scan", visit, "--details").stdout.split())
    assert "Acme Ads (from the list disconnect that you imported)" in told
    report = json.loads(run(data, "scan", visit, "--format", "json").stdout)
    (acme,) = (one for one in report["holders"] if one["id"] == "disconnect:acme-ads")
    assert acme["origin"] == "disconnect"


def test_explain_says_which_list_it_comes_from(data: Path, listed: Path) -> None:
    assert run(data, "explain", "acme-ads.example").returncode == 2
    assert run(data, "rules", "import", listed, "--yes").returncode == 0
    done = run(data, "explain", "acme-ads.example")
    assert "Acme Ads (from the list disconnect that you imported)" in done.stdout
    assert "nobody here has checked it" in " ".join(done.stdout.split())


def test_the_rules_commands_speak_of_our_own_rules_only(data: Path, listed: Path) -> None:
    before = run(data, "rules", "list").stdout
    assert run(data, "rules", "import", listed, "--yes").returncode == 0
    assert run(data, "rules", "list").stdout == before
    assert "acme" not in run(data, "rules", "stats").stdout


def test_as_overrides_what_is_recognised(data: Path, tmp_path: Path) -> None:
    part = tmp_path / "part.txt"
    part.write_text("||counter.example^\n", encoding="utf-8")
    assert run(data, "rules", "import", part, "--yes").returncode == 2
    done = run(data, "rules", "import", part, "--as", "easyprivacy", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 organisation, 1 domain" in done.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("README.md", ()),
        ("nowhere.json", ()),
        ("pyproject.toml", ("--as", "disconnect")),
        ("pyproject.toml", ("--as", "unheard-of")),
        ("docs", ()),
    ],
)
def test_what_cannot_be_imported_is_one_line_and_nothing_is_kept(
    data: Path, name: str, words: tuple[str, ...]
) -> None:
    done = run(data, "rules", "import", ROOT / name, "--yes", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not data.exists()


def test_frequencies_alone_are_kept_and_said(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "sites_trackers.csv"
    table.write_text(samples.SITES_TRACKERS_CSV, encoding="utf-8")
    done = run(data, "rules", "import", table, "--yes")
    assert done.returncode == 0, done.stderr
    assert "with frequencies" in done.stdout
    assert "of 2026-02" in done.stdout


def test_forgetting_what_is_not_there_is_wrong_usage(data: Path) -> None:
    assert run(data, "rules", "forget", "disconnect").returncode == 2
    assert run(data, "rules", "forget", "../../etc/passwd").returncode == 2
