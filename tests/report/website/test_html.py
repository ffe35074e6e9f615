"""The page as a text: escaped, self-contained, under its own policy."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection
from dataexposure.report.website import renderer
from tests.report.strangers import VALUES
from tests.report.test_html import EVIL, LOADING, Page
from tests.report.website import made_up


def page(inspection: Inspection, rulebase: Rulebase) -> str:
    words = made_up.words(rulebase)
    return renderer("html")(inspection, words, width=80, colour=False, details=False)


@pytest.mark.parametrize("value", [*VALUES, EVIL])
def test_a_value_is_only_text(value: str, rulebase: Rulebase) -> None:
    def shape(text: str) -> list[str]:
        return [tag for tag, _attributes in Page(text).tags]

    text = page(made_up.hostile(value), rulebase)
    assert shape(text) == shape(page(made_up.hostile("harmless"), rulebase))
    assert Page(text).open == []


def test_the_page_loads_nothing_and_links_only_within_itself(rulebase: Rulebase) -> None:
    for inspection in (made_up.inspection(), made_up.hostile(EVIL)):
        found = Page(page(inspection, rulebase))
        for tag, attributes in found.tags:
            assert not LOADING & set(attributes)
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            if tag in ("a", "link"):
                assert re.match(r"#|data:,$", attributes["href"])


def test_the_policy_names_the_style_and_the_script_of_the_page(rulebase: Rulebase) -> None:
    text = page(made_up.inspection(), rulebase)
    policy = next(
        attributes["content"]
        for attributes in Page(text).all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_state_is_told_in_words_too(rulebase: Rulebase) -> None:
    text = page(made_up.inspection(), rulebase)
    assert '<span class="hide">observed, counts as tracking: 10</span>' in text
    assert '<span class="hide">inconclusive</span>' in text


def test_ids_are_unique_and_the_contents_lead_to_them(rulebase: Rulebase) -> None:
    for inspection in (made_up.inspection(), made_up.empty(), made_up.recording()):
        found = Page(page(inspection, rulebase))
        ids = [attributes["id"] for _tag, attributes in found.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        targets = {one["href"][1:] for one in found.all("a")}
        assert targets <= set(ids)


def test_a_large_result_stays_a_page_that_opens(rulebase: Rulebase) -> None:
    text = page(made_up.many(), rulebase)
    assert len(text) < 2_000_000
    assert "and 500 more" in text
