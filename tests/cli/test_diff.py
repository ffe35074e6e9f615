"""`diff`, and the formats, as a person or a script meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dataexposure.report import FORMATS
from tests.cli.test_commands import run


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("reports")
    lists = folder / "packages.txt"
    lists.write_text("package:com.facebook.katana\n", encoding="utf-8")
    old, new = folder / "old.json", folder / "new.json"
    assert run("scan", lists, "-f", "json", "-o", old).returncode == 0
    lists.write_text("package:com.facebook.katana\npackage:com.myklarnamobile\n", encoding="utf-8")
    assert run("scan", lists, "-f", "json", "-o", new).returncode == 0
    return old, new


def test_what_came_is_shown(saved: tuple[Path, Path]) -> None:
    done = run("diff", *saved)
    assert done.returncode == 0, done.stderr
    assert "organisation came" in done.stdout
    assert "Klarna" in done.stdout
    assert "Meta" not in done.stdout
    assert "Went" in run("diff", *reversed(saved)).stdout


def test_no_change_is_exit_0(saved: tuple[Path, Path]) -> None:
    done = run("diff", saved[0], saved[0], "--fail-on-new", "very-unlikely")
    assert done.returncode == 0
    assert "nothing came" in done.stdout


def test_fail_on_new_looks_at_new_holders_only(saved: tuple[Path, Path]) -> None:
    assert run("diff", *saved, "--fail-on-new", "possible").returncode == 1
    assert run("diff", *saved, "--fail-on-new", "almost-certain").returncode == 0
    assert run("diff", *reversed(saved), "--fail-on-new", "very-unlikely").returncode == 0


def test_diff_in_other_formats(saved: tuple[Path, Path], tmp_path: Path) -> None:
    data = json.loads(run("diff", *saved, "--format", "json").stdout)
    assert [change["org"] for change in data["came"]] == ["klarna"]
    target = tmp_path / "changes.md"
    assert run("diff", *saved, "--format", "markdown", "-o", target).returncode == 0
    assert target.read_text(encoding="utf-8").startswith("# ")


def test_wrong_usage_of_diff_is_exit_2(saved: tuple[Path, Path]) -> None:
    for words in (
        ("diff", saved[0], "nowhere.json"),
        ("diff", *saved, "--format", "html"),
        ("diff", *saved, "--fail-on-new", "red"),
        ("diff", saved[0]),
    ):
        done = run(*words)
        assert done.returncode == 2, words
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


def test_a_redacted_report_cannot_be_compared(saved: tuple[Path, Path], tmp_path: Path) -> None:
    redacted = tmp_path / "redacted.json"
    assert run("show", saved[0], "--redact", "-f", "json", "-o", redacted).returncode == 0
    done = run("diff", redacted, saved[1])
    assert done.returncode == 2
    assert "redacted" in done.stderr


def test_a_saved_report_shows_in_every_format(saved: tuple[Path, Path]) -> None:
    for name in FORMATS:
        done = run("show", saved[1], "--format", name)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_help_and_errors_name_every_format(saved: tuple[Path, Path]) -> None:
    texts = (run("scan", "--help").stdout, run("show", saved[0], "--format", "pdf").stderr)
    for text in texts:
        assert all(name in "".join(text.replace("│", "").split()) for name in FORMATS)


def test_csv_keeps_its_line_ends_in_a_file(saved: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "holders.csv"
    assert run("show", saved[1], "-f", "csv-holders", "-o", target).returncode == 0
    content = target.read_bytes()
    assert content.startswith(b'"org"')
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r") >= 3
