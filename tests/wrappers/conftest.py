"""What the tests of the wrappers share: the wrappers as data, and the command's own help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def parsed(name: str) -> Any:
    """Give a YAML file of the repository."""
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def options_in(text: str) -> frozenset[str]:
    """Give everything in a text that is written like an option."""
    return frozenset(_OPTION.findall(text))


@pytest.fixture(scope="session")
def known_options() -> frozenset[str]:
    """The options that `dataexposure site --help` names."""
    done = subprocess.run(
        [sys.executable, "-m", "dataexposure", "site", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return options_in(done.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder in which a wrapper runs."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
