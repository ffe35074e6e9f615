"""The pre-commit hook reads built pages, without a browser and without a network."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conftest import ROOT
from tests.wrappers.conftest import parsed

(HOOK,) = parsed(".pre-commit-hooks.yaml")
PIXEL: Final = """<!doctype html><title>Thanks</title>
<noscript><img height="1" width="1" alt=""
src="https://www.facebook.com/tr?id=123456789012345&amp;ev=Purchase&amp;noscript=1"></noscript>
"""


def _hook(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: entry, then arguments, in the repository."""
    command: list[Any] = [*shlex.split(HOOK["entry"]), *HOOK["args"]]
    assert command.pop(0) == "dataexposure"
    return subprocess.run(
        [sys.executable, "-m", "dataexposure", *command],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(folder)},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", ["public/index.html", "a/b.htm", "page.xhtml"])
def test_it_runs_when_a_page_changes(name: str) -> None:
    assert re.search(HOOK["files"], name)


@pytest.mark.parametrize("name", ["index.md", "html/readme.txt", "page.html.j2"])
def test_it_does_not_run_for_other_files(name: str) -> None:
    assert not re.search(HOOK["files"], name)


def test_built_pages_that_report_purchases_are_named(home: Path) -> None:
    (home / "public").mkdir()
    (home / "public/thanks.html").write_text(PIXEL, encoding="utf-8")
    (home / "dataexposure.yml").write_text(
        "version: 1\nassert: {no_purchase_tags: error}\n", encoding="utf-8"
    )
    done = _hook(home)
    assert done.returncode == 1, done.stderr
    assert "Meta" in done.stdout


def test_pages_without_any_code_pass(home: Path) -> None:
    (home / "public").mkdir()
    (home / "public/index.html").write_text("<!doctype html><title>Shop</title>", encoding="utf-8")
    done = _hook(home)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_missing_folder_is_an_error_and_not_a_pass(home: Path) -> None:
    assert _hook(home).returncode == 2


def test_the_hook_is_a_python_one_that_pre_commit_can_install() -> None:
    assert HOOK["language"] == "python"
    assert HOOK["pass_filenames"] is False
