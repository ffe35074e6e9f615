"""The container recipe has what the package needs, and gives up its rights."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.conftest import ROOT

LINES: Final = (
    (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
)
STEPS: Final = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]


def _steps(word: str) -> list[str]:
    return [rest for first, rest in STEPS if first == word]


def test_the_files_that_it_copies_are_enough_to_build_the_package(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for step in _steps("COPY"):
        *names, place = step.split()
        for name in names:
            if (ROOT / name).is_dir():
                target = tmp_path / place.strip("/")
                shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, source)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "out"],
        capture_output=True,
        text=True,
        cwd=source,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((source / "out").glob("dataexposure-*.whl"))) == 1


def test_it_does_not_run_as_root() -> None:
    assert _steps("USER")[-1] not in ("root", "0")
    users = [number for number, (word, _) in enumerate(STEPS) if word == "USER"]
    later = [word for word, _ in STEPS[users[-1] :]]
    assert "RUN" not in later


def test_it_has_a_browser_and_runs_the_command() -> None:
    assert any(" chromium " in step for step in _steps("RUN"))
    assert any("[browser]" in step for step in _steps("RUN"))
    assert json.loads(_steps("ENTRYPOINT")[0]) == ["dataexposure"]
    assert json.loads(_steps("CMD")[0])[0] == "site"
