"""The commands as a person meets them: what they print and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from dataexposure import demo
from tests.conftest import ROOT

SCHEMA = ROOT / "docs" / "reference" / "report.schema.json"


def run(
    *words: str | Path, home: Path | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "", "HOME": str(home or "/nonexistent"), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "dataexposure", *map(str, words)],
        capture_output=True,
        text=True,
        input=stdin,
        env=environment,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "packages.txt"
    path.write_text("package:com.facebook.katana\n", encoding="utf-8")
    return path


def test_the_demo_answers_on_one_screen() -> None:
    done = run("scan", "--demo", "--as-of", "2026-11-21")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "organisations likely hold data about your purchases" in lines[0]
    assert all(len(line) <= 80 for line in lines)
    top = lines[: lines.index(next(line for line in lines if line.startswith("… and")))]
    assert len(top) <= 24
    for said in ("What was read", "What this cannot see", "Rule base", "nothing left it"):
        assert said in done.stdout
    assert "\x1b" not in done.stdout
    assert "not yet calibrated" in done.stdout


def test_details_show_every_holder_with_its_evidence() -> None:
    short, full = run("scan", "--demo"), run("scan", "--demo", "--details")
    assert len(full.stdout) > 2 * len(short.stdout)
    assert "anna/network/shop.har, entry:7" in full.stdout


def test_json_matches_its_schema_and_shows_again_the_same(tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    done = run("scan", "--demo", "--format", "json", "-o", saved, "--as-of", "2026-11-21")
    assert done.returncode == 0, done.stderr
    report = json.loads(saved.read_text(encoding="utf-8"))
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert report["schema"] == 1
    assert {"made", "rulebase", "coverage", "problems", "findings", "purchases", "holders"} <= set(
        report
    )
    assert run("show", saved).stdout == run("scan", "--demo", "--as-of", "2026-11-21").stdout


def test_a_file_that_cannot_be_read_makes_the_result_incomplete(
    packages: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x00\x01\x02")
    done = run("scan", packages, tmp_path / "x.bin")
    assert done.returncode == 3
    assert "x.bin: The format is not one that can be read here." in done.stdout
    assert "Meta" in done.stdout


def test_fail_on_a_likelihood(packages: Path) -> None:
    assert run("scan", packages, "--fail-on", "possible").returncode == 1
    assert run("scan", packages, "--fail-on", "almost-certain").returncode == 0
    wrong = run("scan", packages, "--fail-on", "red")
    assert wrong.returncode == 2
    assert "almost-certain, very-likely" in wrong.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("scan", "--format", "pdf", "--demo"),
        ("scan", "--since", "yesterday", "--demo"),
        ("scan", "--lang", "xx", "--demo"),
        ("scan", "--demo", "README.md"),
        ("scan", "--unknown"),
        ("show", "nowhere.json"),
        ("show", "README.md"),
        ("explain", "nobody-knows-this-word"),
        ("rules", "list", "--format", "xml"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_since_leaves_out_what_is_older() -> None:
    every = json.loads(run("scan", "--demo", "--format", "json").stdout)
    recent = json.loads(run("scan", "--demo", "--format", "json", "--since", "2026-10-01").stdout)
    assert len(recent["purchases"]) < len(every["purchases"])


def test_without_a_path_and_nothing_found_it_says_how_to_go_on(tmp_path: Path) -> None:
    done = run("scan", home=tmp_path)
    assert done.returncode == 2
    assert "dataexposure sources" in done.stderr
    assert "--demo" in done.stderr


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if not sys.platform.startswith("linux"):
        pytest.skip("the folders of this test are those of Linux")
    demo.build(tmp_path / "anna")
    profile = tmp_path / ".config" / "chromium" / "Default"
    profile.mkdir(parents=True)
    (tmp_path / "anna" / "chromium" / "History").rename(profile / "History")
    return tmp_path


def test_without_a_path_and_a_terminal_it_lists_and_asks_for_yes(home: Path) -> None:
    done = run("scan", home=home)
    assert done.returncode == 2
    assert "Chromium" in done.stderr
    assert "--yes" in done.stderr
    assert done.stdout == ""


def test_without_a_path_but_with_yes_it_reads_this_machine(home: Path) -> None:
    done = run("scan", "--yes", home=home)
    assert done.returncode == 0, done.stderr
    assert "fjellutstyr.example" in done.stdout
    assert str(home) not in done.stdout


def test_explain_knows_every_kind_of_word() -> None:
    for word in ("stripe", "Stripe", "checkout.stripe.com", "_fbp", "gclid", "com.facebook.katana"):
        done = run("explain", word)
        assert done.returncode == 0, word
        assert "Recognised by" in done.stdout
        assert "What to do" in done.stdout
        assert all(len(line) <= 100 for line in done.stdout.splitlines() if "http" not in line)


def test_explain_does_not_call_the_unknown_harmless() -> None:
    assert "does not mean that it is harmless" in run("explain", "nobody.example").stderr


def test_sources_tell_how_to_export() -> None:
    done = run("sources")
    assert done.returncode == 0
    for place in ("Firefox", "Gmail", "Android", "HAR"):
        assert place in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_rules_list_gives_every_organisation_as_json() -> None:
    rows = json.loads(run("rules", "list", "--format", "json").stdout)
    assert len(rows) >= 80
    assert all(set(row) == {"id", "name", "parent", "roles", "domains", "signals"} for row in rows)
    stripe = next(row for row in rows if row["id"] == "stripe")
    assert "stripe.com" in stripe["domains"]
    assert stripe["signals"]


def test_rules_can_be_checked_and_counted() -> None:
    assert "0 faults" in run("rules", "lint").stdout
    assert "0 failed" in run("rules", "test").stdout
    assert "By role" in run("rules", "stats").stdout


def test_help_and_version() -> None:
    for command in ("scan", "show", "explain", "sources", "rules"):
        assert command in run("--help").stdout
    assert run("--version").stdout.startswith("dataexposure 0.")
