"""The GitLab template shows what was found in a merge request, and fails when it should."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.wrappers.conftest import parsed

TEMPLATE: Final[Any] = parsed("templates/gitlab-ci.yml")
JOB: Final[Any] = TEMPLATE["dataexposure"]
TOOL: Final = '#!/bin/sh\nprintf \'%s\\n\' "$@" > "$CI_BUILDS_DIR/arguments"\nexit "${CODE:-0}"\n'


def _run(home: Path, **variables: str) -> tuple[list[str], int]:
    tool = home / "dataexposure/bin/dataexposure"
    tool.parent.mkdir(parents=True)
    tool.write_text(TOOL, encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    environment = {
        **TEMPLATE["variables"],
        "PATH": os.environ["PATH"],
        "CI_BUILDS_DIR": str(home),
        **variables,
    }
    done = subprocess.run(
        ["sh", "-e", "-c", "\n".join(JOB["script"])],
        capture_output=True,
        text=True,
        env=environment,
        timeout=30,
        check=False,
    )
    assert done.stderr == ""
    return (home / "arguments").read_text(encoding="utf-8").splitlines(), done.returncode


def test_every_report_that_gitlab_shows_is_written_and_kept(home: Path) -> None:
    arguments, code = _run(home)
    assert code == 0
    written = {word.partition("=")[2] for word in arguments if "=" in word}
    reports = JOB["artifacts"]["reports"]
    assert {reports["codequality"], reports["junit"], *JOB["artifacts"]["paths"]} == written
    assert f"gitlab={reports['codequality']}" in arguments
    assert f"junit={reports['junit']}" in arguments
    assert arguments[-1] == "--"


def test_targets_and_options_come_from_variables(home: Path) -> None:
    arguments, _ = _run(
        home,
        DATAEXPOSURE_TARGETS="https://shop.example/ https://shop.example/cart",
        DATAEXPOSURE_OPTIONS="--state none --cnames",
    )
    end = [
        "--state",
        "none",
        "--cnames",
        "--",
        "https://shop.example/",
        "https://shop.example/cart",
    ]
    assert arguments[-len(end) :] == end


@pytest.mark.parametrize("code", [1, 3, 4])
def test_the_job_fails_when_the_command_does(home: Path, code: int) -> None:
    assert _run(home, CODE=str(code))[1] == code
    assert "allow_failure" not in JOB


def test_reports_are_kept_when_the_job_fails() -> None:
    assert JOB["artifacts"]["when"] == "always"


def test_a_project_can_set_the_variables() -> None:
    assert "variables" not in JOB, "a job's own variables would win over those of the project"


def test_the_browser_and_its_part_of_the_package_are_installed() -> None:
    before = [shlex.split(line) for line in JOB["before_script"]]
    assert any("chromium" in words for words in before)
    assert TEMPLATE["variables"]["DATAEXPOSURE_PACKAGE"].endswith("[browser]")
