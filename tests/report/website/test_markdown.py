"""The job summary: everything escaped, and never above GitHub's limit."""

from __future__ import annotations

import pytest
from msgspec import structs

from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection
from dataexposure.report.website import renderer
from dataexposure.report.website.markdown import MOST
from dataexposure.website import BROWSER, Kept, Visit
from tests.report.strangers import VALUES
from tests.report.test_markdown import READER, assert_inert
from tests.report.website import made_up


def markdown(inspection: Inspection, rulebase: Rulebase) -> str:
    words = made_up.words(rulebase)
    return renderer("markdown")(inspection, words, width=80, colour=False, details=False)


@pytest.mark.parametrize("value", VALUES)
def test_no_value_takes_effect_and_each_is_shown(value: str, rulebase: Rulebase) -> None:
    text = markdown(made_up.hostile(value), rulebase)
    assert_inert(text, value, least=20)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_does_not_change_the_structure(value: str, rulebase: Rulebase) -> None:
    def shape(text: str) -> list[tuple[str, int]]:
        return [(token.type, token.level) for token in READER.parse(text)]

    harmless = shape(markdown(made_up.hostile("harmless"), rulebase))
    assert shape(markdown(made_up.hostile(value), rulebase)) == harmless


def test_a_summary_too_long_is_cut_at_whole_rows_and_says_so(rulebase: Rulebase) -> None:
    cookies = tuple(Kept(f"c{number}-{'x' * 60}", "shop.example") for number in range(20_000))
    visit = Visit("https://shop.example/", "none", BROWSER, 1, cookies=cookies)
    inspection = structs.replace(made_up.many(3), visits=(*made_up.many(3).visits, visit))
    text = markdown(inspection, rulebase)
    size = len(text.encode())
    assert MOST * 0.99 < size < MOST
    tables = [line for line in text.splitlines() if line.startswith("| c")]
    assert len({line.count("|") for line in tables}) == 1
    assert (
        f"{20_001 - len(tables)} more rows are left out" in text or "more rows are left out" in text
    )
    assert "rows of further tables are left out" in text
    assert "server to server" in text


def test_a_hostile_length_stays_below_the_limit(rulebase: Rulebase) -> None:
    assert len(markdown(made_up.hostile("名" * 50_000), rulebase).encode()) < MOST


def test_a_thousand_pages_stay_below_the_limit(rulebase: Rulebase) -> None:
    assert len(markdown(made_up.many(), rulebase).encode()) < MOST
