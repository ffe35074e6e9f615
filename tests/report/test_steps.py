"""A step in words: the law, the deadline, the quicker way, the authority."""

from __future__ import annotations

import pytest

from dataexposure import pipeline
from dataexposure.knowledge import Rulebase, Words
from dataexposure.model import NextStep
from dataexposure.report.steps import step_text


@pytest.fixture(scope="module")
def words(rulebase: Rulebase) -> Words:
    return pipeline.words(rulebase)


def test_a_right_has_its_article_and_deadline(words: Words) -> None:
    text = step_text(NextStep("access", "romania", "GDPR art. 15, 12", months=1), words)
    assert text.startswith("Ask for a copy of your data (GDPR in Romania")
    assert "art. 15" in text
    assert text.endswith("answer due within 1 month")


def test_a_signal_is_named_only_where_it_has_force(words: Words) -> None:
    signal = "Global Privacy Control"
    assert signal in step_text(NextStep("opt-out", "us-california", "§ 1"), words)
    assert signal in step_text(NextStep("opt-out", "us-colorado", "§ 1"), words)
    assert signal not in step_text(NextStep("opt-out", "us-virginia", "§ 1"), words)
    assert signal not in step_text(NextStep("access", "us-california", "§ 1"), words)


def test_the_request_to_all_brokers_has_its_page(words: Words) -> None:
    text = step_text(NextStep("broker-delete", "us-california", "§ 1", days=45), words)
    assert "https://privacy.ca.gov/drop/" in text
    assert "within 45 days" in text


def test_a_complaint_names_the_authority_and_its_order(words: Words) -> None:
    text = step_text(NextStep("complain", "norway", ""), words)
    assert text.startswith("Complain to Datatilsynet: https://www.datatilsynet.no/")
    assert "asked first" in text
    assert "asked first" not in step_text(NextStep("complain", "ru-152fz", ""), words)


def test_a_law_that_the_rules_no_longer_have_is_named_by_its_id(words: Words) -> None:
    assert "xx-old" in step_text(NextStep("complain", "xx-old", ""), words)
    assert "(xx-old)" in step_text(NextStep("access", "xx-old", ""), words)
