"""The documentation says what the code does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import check_pages
from tests.conftest import ROOT
from tests.reference import FOLDER, PAGES

TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PAGES_OF_DOCS = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), (
        "run: python -m tests.reference"
    )


@pytest.mark.parametrize("name", check_pages.PAGES)
def test_a_page_of_a_check_is_current(name: str) -> None:
    page = check_pages.FOLDER / name
    assert page.read_text(encoding="utf-8") == check_pages.PAGES[name](), (
        "run: python -m tests.reference"
    )


def test_no_page_of_a_check_that_is_gone_is_left() -> None:
    assert {page.name for page in check_pages.FOLDER.iterdir()} == set(check_pages.PAGES)


def test_the_tutorial_runs_and_prints_what_it_says(tmp_path: Path) -> None:
    printed = ""
    for kind, block in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        for line in block.strip().splitlines():
            if kind == "text":
                assert line.strip() in printed, line
                continue
            command = line.split()
            assert command.pop(0) == "dataexposure"
            done = subprocess.run(
                [sys.executable, "-m", "dataexposure", *command],
                capture_output=True,
                text=True,
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, (line, done.stderr)
            printed = done.stdout


@pytest.mark.parametrize(
    "page", PAGES_OF_DOCS, ids=[page.relative_to(ROOT).as_posix() for page in PAGES_OF_DOCS]
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_has_two_set_up_commands_and_true_links() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^python3 -m venv ", readme, re.MULTILINE)) == 2
    for target in LINK.findall(readme):
        assert (ROOT / target).exists(), target


def test_the_site_builds_strictly_and_offline(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", tmp_path / "site"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', index)
    assert [url for url in loaded if not url.startswith("https://www.mkdocs.org")] == []
    shutil.rmtree(tmp_path / "site")
