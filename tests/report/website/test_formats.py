"""What holds for every format of a website check."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from dataexposure import language
from dataexposure.checks import addresses
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection, Issue
from dataexposure.report.website import WEBSITE_FORMATS, places, renderer, wording
from dataexposure.report.website.document import schema
from dataexposure.website import BROWSER, Visit
from tests.conftest import ROOT
from tests.report.strangers import VALUES
from tests.report.website import made_up
from tests.report.website.golden import FILES, FOLDER, result

MOST_SECONDS = 3.0
FORBIDDEN = re.compile(r"\b(violation|compliant|illegal|safe|clean)", re.IGNORECASE)


def text_of(style: str, inspection: Inspection, rulebase: Rulebase, *, details: bool = True) -> str:
    words = made_up.words(rulebase)
    return renderer(style)(inspection, words, width=80, colour=False, details=details)


@pytest.mark.parametrize("name", FILES)
def test_each_format_gives_what_is_expected(name: str, rulebase: Rulebase) -> None:
    expected = (FOLDER / name).read_text(encoding="utf-8")
    assert result(name, rulebase) == expected, "run: python -m tests.report.website.golden"


def test_every_module_that_renders_is_a_format() -> None:
    folder = ROOT / "dataexposure" / "report" / "website"
    modules = {
        f"dataexposure.report.website.{path.stem}"
        for path in folder.glob("*.py")
        if "\ndef render(" in path.read_text(encoding="utf-8")
    }
    assert modules == set(WEBSITE_FORMATS.values())
    assert all(callable(renderer(name)) for name in WEBSITE_FORMATS)


def test_an_unknown_format_is_answered_with_all_that_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        renderer("pdf")
    assert all(name in str(raised.value) for name in WEBSITE_FORMATS)


@pytest.mark.parametrize("style", WEBSITE_FORMATS)
def test_a_thousand_pages_in_four_states_render_in_seconds(style: str, rulebase: Rulebase) -> None:
    inspection = made_up.many()
    start = time.process_time()
    text_of(style, inspection, rulebase)
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize("style", WEBSITE_FORMATS)
@pytest.mark.parametrize("value", [*VALUES, "half \ud800 a character", "\ufffe\x00\x0b"])
def test_no_hidden_character_of_a_value_is_written(
    value: str, style: str, rulebase: Rulebase
) -> None:
    text = text_of(style, made_up.hostile(value), rulebase)
    if style == "json":
        text = text.encode("unicode-escape").decode()  # the result itself; it is data, not shown
    for hidden in "\x1b\x07\u202e\u2066\u2069\u200b\u2028\ud800\x00\x0b":
        assert hidden not in text


@pytest.mark.parametrize("style", sorted(set(WEBSITE_FORMATS) - {"json"}))
def test_an_inconclusive_visit_is_told_in_every_format(style: str, rulebase: Rulebase) -> None:
    visit = Visit("https://shop.example/", "none", BROWSER, 1, inconclusive=("challenge",))
    inspection = structs.replace(made_up.empty(), visits=(visit,))
    text = text_of(style, inspection, rulebase, details=False)
    assert "bot check" in text
    assert "inconclusive" in text.lower()


@pytest.mark.parametrize("style", sorted(set(WEBSITE_FORMATS) - {"json"}))
def test_no_format_passes_a_verdict(style: str, rulebase: Rulebase) -> None:
    for inspection in (made_up.inspection(), made_up.empty(), made_up.recording()):
        text = text_of(style, inspection, rulebase)
        if style == "html":
            text = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.S)
        assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("style", ["terminal", "html", "markdown", "sarif"])
def test_every_report_says_what_servers_pass_on_cannot_be_observed(
    style: str, rulebase: Rulebase
) -> None:
    for inspection in (made_up.inspection(), made_up.empty()):
        assert "server to server" in " ".join(text_of(style, inspection, rulebase).split())


@pytest.mark.parametrize("style", ["terminal", "html", "markdown", "sarif"])
def test_a_recording_without_a_state_is_not_taken_for_a_good_one(
    style: str, rulebase: Rulebase
) -> None:
    text = " ".join(text_of(style, made_up.recording(), rulebase).split())
    assert "was not held against checks that depend on the choice" in text
    assert "depend on the choice" not in text_of(style, made_up.empty(), rulebase)


def test_the_document_is_the_inspection_and_nothing_else(rulebase: Rulebase) -> None:
    for inspection in (made_up.inspection(), made_up.empty(), made_up.many(3)):
        text = text_of("json", inspection, rulebase)
        assert msgspec.json.decode(text, type=Inspection) == inspection


def test_half_a_character_does_not_break_the_document(rulebase: Rulebase) -> None:
    found = json.loads(text_of("json", made_up.hostile("a\ud800"), rulebase))
    assert found["site"] == "a\ud800"


def test_the_published_schema_is_that_of_the_types() -> None:
    published = ROOT / "docs" / "reference" / "inspection.schema.json"
    assert published.read_bytes() == schema(), "run: python -m tests.schema"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "dataexposure.yml"),
        ("dataexposure.yml", "dataexposure.yml"),
        ("./conf/../shop.yml", "conf/shop.yml"),
        ("conf\\shop.yml", "conf/shop.yml"),
        ("/home/me/shop.yml", "shop.yml"),
        ("C:\\work\\shop.yml", "shop.yml"),
        ("\\\\server\\share\\shop.yml", "shop.yml"),
        ("https://shop.example/x.yml", "https:/shop.example/x.yml"),
    ],
)
def test_the_policy_file_is_named_relative_to_a_repository(name: str, expected: str) -> None:
    inspection = structs.replace(made_up.empty(), policy=name)
    assert wording.policy_file(inspection) == expected


def test_a_value_is_never_taken_for_a_place_of_the_sentence(rulebase: Rulebase) -> None:
    words = made_up.words(rulebase)
    issue = Issue("cookie-lifetime", "warn", "/{org}{unheard_of}", "", "", "{page}{0}", "{data}")
    assert wording.sentence(issue, words) == (
        "The cookie {page}{0} of /{org}{unheard_of} lives longer than the policy allows ({data})."
    )


def test_a_sentence_with_an_unknown_place_is_shown_as_it_is(rulebase: Rulebase) -> None:
    words = made_up.words(rulebase)
    check = structs.replace(words.checks["cookie-lifetime"], observed="{wat} {page} {} {org.x}")
    words = structs.replace(words, checks={"cookie-lifetime": check})
    text = wording.sentence(Issue("cookie-lifetime", "warn", "/a"), words)
    assert text == "{wat} /a {} {org.x}"


def test_an_issue_of_an_unknown_check_is_still_told(rulebase: Rulebase) -> None:
    issue = Issue("new-check", "error", "/a", "none", "adco", "thing")
    inspection = structs.replace(made_up.empty(), issues=(issue,))
    for style in set(WEBSITE_FORMATS) - {"json"}:
        text = text_of(style, inspection, rulebase)
        assert "new-check" in text
        assert "Adco" in text


@pytest.mark.parametrize(
    ("page", "flow"),
    [
        ("https://shop.example/", ""),
        ("https://shop.example/product/1?a=b", ""),
        ("https://help.shop.example/contact", ""),
        ("https://shop.example/checkout", "buy"),
        ("index.html", ""),
        ("/sub/index.html", ""),
    ],
)
@pytest.mark.parametrize("site", ["", "https://shop.example", "https://shop.example/start"])
def test_a_visit_is_found_by_the_name_that_its_issues_have(page: str, flow: str, site: str) -> None:
    visit = Visit(page, "none", BROWSER, 1, flow=flow)
    assert addresses.place(visit, site) in places.names(visit, site or page)


@pytest.mark.parametrize("style", ["terminal", "html", "markdown", "junit", "sarif"])
def test_sentences_are_translated_when_they_are_shown(
    style: str, rulebase: Rulebase, monkeypatch: pytest.MonkeyPatch
) -> None:
    observed = made_up.CHECKS["no-tracking-before-consent"].observed
    monkeypatch.setattr(
        language, "_translate", lambda text: "{org} sette {page}." if text == observed else text
    )
    assert "Adco sette /." in text_of(style, made_up.inspection(), rulebase)


def test_expected_files_have_no_strangers() -> None:
    assert {path.name for path in Path(FOLDER).iterdir()} == set(FILES)
