"""The page in a real browser: no request, no policy violation, accessible, usable without script.

Skipped where no Chromium is installed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from dataexposure import demo
from dataexposure.knowledge import Rulebase
from dataexposure.model import Report
from dataexposure.pipeline import Person, audit, words
from dataexposure.report import renderer
from tests.conftest import TODAY
from tests.report.browsing import accessible, fits, opened, quiet
from tests.report.large import large_report
from tests.report.test_html import hostile


@pytest.fixture(scope="module")
def shown(rulebase: Rulebase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Some reports as files: the demo's, a hostile and a large one, and an empty one."""
    folder = tmp_path_factory.mktemp("pages")
    with demo.built() as exports:
        person = Person(demo.ADDRESSES, demo.RESIDENCE)
        found = audit((exports,), rulebase, made=TODAY, person=person)
    reports = {
        "demo": found,
        "hostile": hostile(rulebase),
        "large": large_report(rulebase, 12, 24),
        "empty": Report(TODAY, rulebase.stamp, (), (), (), (), ()),
    }
    for name, report in reports.items():
        text = renderer("html")(report, words(rulebase), width=80, colour=False, details=False)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in reports}


@pytest.mark.parametrize("name", ["demo", "hostile", "large", "empty"])
def test_the_page_asks_for_nothing_and_keeps_its_policy(
    context: BrowserContext, shown: dict[str, Path], name: str
) -> None:
    quiet(context, shown[name])


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("demo", "light"),
        ("demo", "dark"),
        ("hostile", "light"),
        ("large", "light"),
        ("empty", "dark"),
    ],
)
def test_the_accessibility_checker_finds_nothing(
    context: BrowserContext, shown: dict[str, Path], name: str, scheme: str
) -> None:
    accessible(opened(context, shown[name]), dark=scheme == "dark")


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
@pytest.mark.parametrize("name", ["demo", "hostile", "large"])
def test_nothing_is_wider_than_the_screen(
    context: BrowserContext, shown: dict[str, Path], name: str, width: int
) -> None:
    fits(opened(context, shown[name]), width)


def test_the_evidence_is_one_click_away(context: BrowserContext, shown: dict[str, Path]) -> None:
    page = opened(context, shown["demo"])
    place = page.get_by_text("anna/network/shop.har, entry:7").first
    assert not place.is_visible()
    page.locator("summary", has_text="Meta").first.click()
    assert place.is_visible()


def test_a_name_in_the_ledger_opens_its_holder(
    context: BrowserContext, shown: dict[str, Path]
) -> None:
    page = opened(context, shown["demo"])
    page.locator("#ledger").get_by_role("link", name="Klarna").click()
    assert page.locator("details[open] bdi").all_inner_texts() == ["Klarna"]


def test_the_script_filters_and_sorts(context: BrowserContext, shown: dict[str, Path]) -> None:
    page = opened(context, shown["demo"])
    names = page.locator(".holder:visible bdi")
    page.locator("#find").fill("klarna")
    assert "Klarna" in names.all_inner_texts()
    assert names.count() < page.locator(".holder").count()
    assert page.locator("#shown").inner_text().startswith(f"{names.count()} of ")
    page.locator("#find").fill("")
    page.locator("#sort").select_option("name")
    found = page.locator(".list").first.locator("bdi").all_inner_texts()
    assert found == sorted(found, key=str.casefold)
    page.locator("#open").click()
    assert page.locator(".holder details[open]").count() == page.locator(".holder").count()
    page.locator("#ledger-find").fill("bokhylla")
    assert page.locator("#ledger tbody tr:visible").count() == 1
    page.locator("#ledger-find").fill("")
    page.locator("#ledger").get_by_role("button", name="Where you bought").click()
    assert page.locator("#ledger th[aria-sort]").inner_text().startswith("Where you bought")


def test_the_page_works_without_script(browser: Browser, shown: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shown["demo"].as_uri())
    assert page.locator("#find").is_hidden()
    page.locator("#ledger").get_by_role("link", name="Klarna").click()
    assert page.locator(".inside:visible").count() == 1, "a link opens what it leads to"
    page.locator("summary", has_text="Meta").first.click()
    assert page.get_by_text("anna/network/shop.har, entry:7").first.is_visible()
    context.close()


def test_everything_is_open_on_paper(context: BrowserContext, shown: dict[str, Path]) -> None:
    page = opened(context, shown["demo"])
    page.emulate_media(media="print")
    places = page.locator(".inside")
    assert places.count() > 10
    tall = "(all) => all.every((one) => one.getBoundingClientRect().height > 40)"
    assert places.evaluate_all(tall)
    assert page.locator("nav").is_hidden()


def test_the_keyboard_reaches_the_answer_first(
    context: BrowserContext, shown: dict[str, Path]
) -> None:
    page = opened(context, shown["demo"])
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#answer"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "answer"
