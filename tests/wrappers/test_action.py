"""The GitHub action runs the command as asked, and passes its verdict on."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.wrappers.conftest import parsed

ACTION: Final[Any] = parsed("action.yml")
INSTALL, CHECK = ACTION["runs"]["steps"]
TOOL: Final = """#!/bin/sh
printf '%s\\n' "$@" > "$ARGUMENTS"
for word in "$@"; do
    case $word in sarif=*) [ -n "${SILENT:-}" ] || echo '{}' > "${word#sarif=}" ;; esac
done
exit "${CODE:-0}"
"""
PYTHON: Final = """#!/bin/sh
printf '%s\\n' "$*" >> "$ARGUMENTS"
if [ "${2:-}" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
"""


def _script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _bash(run: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a runner does, in a folder of its own."""
    script = home / "step.sh"
    script.write_text(run, encoding="utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-euo", "pipefail", script],
        capture_output=True,
        text=True,
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(home / "temp"),
            "GITHUB_OUTPUT": str(home / "output"),
            "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
            "ARGUMENTS": str(home / "arguments"),
            **environment,
        },
        timeout=30,
        check=False,
    )


def _check(home: Path, *, code: int = 0, silent: str = "", **inputs: str) -> tuple[list[str], int]:
    """Run the check with a command that only notes how it was called."""
    _script(home / "temp/dataexposure/bin/dataexposure", TOOL)
    defaults = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
    given = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    environment = {
        name: given[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in CHECK["env"].items()
    }
    done = _bash(CHECK["run"], home, CODE=str(code), SILENT=silent, **environment)
    assert done.stderr == ""
    return (home / "arguments").read_text(encoding="utf-8").splitlines(), done.returncode


def _outputs(home: Path) -> dict[str, str]:
    lines = (home / "output").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_by_default_it_annotates_and_writes_sarif_and_a_summary(home: Path) -> None:
    arguments, code = _check(home)
    assert code == 0
    assert arguments == [
        "site",
        *("--format", "github"),
        *("--fail-on", "error"),
        *("--also", "sarif=dataexposure.sarif"),
        *("--also", f"markdown={home / 'summary.md'}"),
        "--",
    ]
    assert _outputs(home) == {"exit-code": "0", "sarif": "dataexposure.sarif"}


def test_every_input_reaches_the_command(home: Path) -> None:
    arguments, _ = _check(
        home,
        targets="https://shop.example/\nhttps://shop.example/cart?a=*&b=[1]\n",
        policy="privacy policy.yml",
        states="none reject",
        flows="checkout",
        static="true",
        browser="/opt/some browser",
        format="terminal",
        fail_on="warn",
        sarif="",
        also="junit=report.xml\nhtml=report.html",
        summary="false",
        options="--cnames --delay 2",
    )
    assert arguments == [
        "site",
        *("--format", "terminal"),
        *("--fail-on", "warn"),
        *("--policy", "privacy policy.yml"),
        "--static",
        *("--browser", "/opt/some browser"),
        *("--state", "none", "--state", "reject"),
        *("--flow", "checkout"),
        *("--also", "junit=report.xml", "--also", "html=report.html"),
        *("--cnames", "--delay", "2"),
        *("--", "https://shop.example/", "https://shop.example/cart?a=*&b=[1]"),
    ]


@pytest.mark.parametrize("code", [1, 2, 3, 4])
def test_it_fails_when_the_command_does_and_still_hands_over_the_report(
    home: Path, code: int
) -> None:
    assert _check(home, code=code)[1] == code
    assert _outputs(home) == {"exit-code": str(code), "sarif": "dataexposure.sarif"}


def test_a_report_of_an_earlier_run_is_not_handed_over(home: Path) -> None:
    (home / "dataexposure.sarif").write_text("old", encoding="utf-8")
    _check(home, code=2, silent="yes")
    assert _outputs(home) == {"exit-code": "2"}


def test_a_target_cannot_pose_as_an_option(home: Path) -> None:
    arguments, _ = _check(home, targets="--insecure")
    assert arguments[-2:] == ["--", "--insecure"]


def test_it_installs_the_version_that_was_asked_for_with_its_browser_part(home: Path) -> None:
    _script(home / "bin/python3", PYTHON)
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    done = _bash(INSTALL["run"], home, PATH=path, GITHUB_ACTION_PATH="/actions/data exposure")
    assert done.returncode == 0, done.stderr
    made, installed = (home / "arguments").read_text(encoding="utf-8").splitlines()
    assert made == f"-m venv {home / 'temp/dataexposure'}"
    assert installed.endswith("/actions/data exposure[browser]")


def test_nothing_a_user_gives_is_pasted_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_every_input_is_used_and_described() -> None:
    used = " ".join([*CHECK["env"].values(), CHECK["working-directory"]])
    for name, entry in ACTION["inputs"].items():
        assert f"inputs.{name} " in used
        assert entry["description"]


def test_no_step_carries_on_after_an_error() -> None:
    assert not any("continue-on-error" in step for step in ACTION["runs"]["steps"])
