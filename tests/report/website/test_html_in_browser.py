"""The page in a real browser: no request, accessible, no wider than the screen, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from dataexposure.knowledge import Rulebase
from dataexposure.report.website import renderer
from tests.report.browsing import accessible, fits, opened, quiet
from tests.report.test_html import EVIL
from tests.report.website import made_up


@pytest.fixture(scope="module")
def shown(rulebase: Rulebase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Results as files: the made-up one, a hostile one, a recording, and an empty one."""
    folder = tmp_path_factory.mktemp("checks")
    results = {
        "whole": made_up.inspection(),
        "hostile": made_up.hostile(EVIL),
        "recording": made_up.recording(),
        "empty": made_up.empty(),
    }
    words = made_up.words(rulebase)
    for name, inspection in results.items():
        text = renderer("html")(inspection, words, width=80, colour=False, details=False)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in results}


@pytest.mark.parametrize("name", ["whole", "hostile", "recording", "empty"])
def test_the_page_asks_for_nothing_and_keeps_its_policy(
    context: BrowserContext, shown: dict[str, Path], name: str
) -> None:
    quiet(context, shown[name])


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("name", ["whole", "hostile", "empty"])
def test_the_accessibility_checker_finds_nothing(
    context: BrowserContext, shown: dict[str, Path], name: str, dark: bool
) -> None:
    accessible(opened(context, shown[name]), dark=dark)


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
@pytest.mark.parametrize("name", ["whole", "hostile", "recording"])
def test_nothing_is_wider_than_the_screen(
    context: BrowserContext, shown: dict[str, Path], name: str, width: int
) -> None:
    fits(opened(context, shown[name]), width)


def test_on_paper_the_contents_are_left_out(
    context: BrowserContext, shown: dict[str, Path]
) -> None:
    page = opened(context, shown["whole"])
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.get_by_text("Adco was contacted").first.is_visible()
    assert page.get_by_text("A-1001").first.is_visible()
