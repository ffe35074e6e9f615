"""Wrappers and pages name only what the command has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final

import pytest
import yaml

from tests.conftest import ROOT
from tests.wrappers.conftest import options_in, parsed

PAGES: Final = (
    "docs/how-to/check-a-website.md",
    "docs/how-to/check-a-har-in-ci.md",
    "docs/reference/policy.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs/checks").glob("*.md"))),
)
_COMMAND: Final = re.compile(r"\bdataexposure site\b((?:[^\n`]|\\\n)*)")
_INLINE: Final = re.compile(r"`(--[a-z-]+)")
_YAML: Final = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def _in_page(name: str) -> frozenset[str]:
    """Give the options of a page's commands, and those that it speaks of."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return options_in(" ".join([*_COMMAND.findall(text), *_INLINE.findall(text)]))


def _in_wrappers() -> Iterator[str]:
    (hook,) = parsed(".pre-commit-hooks.yaml")
    yield hook["entry"]
    yield from parsed("templates/gitlab-ci.yml")["dataexposure"]["script"]
    action = parsed("action.yml")["runs"]["steps"][1]["run"]
    yield from re.findall(r"(?:set -- |dataexposure\" site)(.*)$", action, re.MULTILINE)


def test_the_command_has_every_option_of_the_wrappers(known_options: frozenset[str]) -> None:
    used = options_in(" ".join(_in_wrappers())) - {"--"}
    assert {"--also", "--format", "--state", "--static", "--policy"} <= used
    assert used <= known_options


@pytest.mark.parametrize("name", PAGES)
def test_the_command_has_every_option_of_a_page(name: str, known_options: frozenset[str]) -> None:
    assert _in_page(name) - {"--user", "--userns"} <= known_options  # podman's own


def test_every_part_of_the_package_that_is_installed_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "browser" in project["optional-dependencies"]


@pytest.mark.parametrize("name", PAGES)
def test_every_yaml_example_of_a_page_can_be_read(name: str) -> None:
    for block in _YAML.findall((ROOT / name).read_text(encoding="utf-8")):
        assert yaml.safe_load(block)
