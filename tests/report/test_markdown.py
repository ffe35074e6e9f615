"""Markdown in which nothing from a file takes effect."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dataexposure.knowledge import Rulebase
from dataexposure.pipeline import words
from dataexposure.printable import printable
from dataexposure.report import renderer
from dataexposure.report.marks import code, plain, row
from tests.report.large import large_report
from tests.report.strangers import VALUES, report_of

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
INERT = {"text", "text_special", "code_inline"}
OURS = {"strong_open", "strong_close", "em_open", "em_close"}
AUTOMATIC = re.compile(r"www\.|://|(?<!^)@\w|(?<=\s)@\w|#\d|\$", re.IGNORECASE)


def inlines(text: str) -> list[Token]:
    return [one for token in READER.parse(text) for one in token.children or ()]


def markdown(value: str, rulebase: Rulebase) -> str:
    report = report_of(value, rulebase)
    return renderer("markdown")(report, words(rulebase), width=80, colour=False, details=False)


def without_space(text: str) -> str:
    return "".join(printable(text).split()).replace("|", "∣")


def assert_inert(text: str, value: str, *, least: int) -> None:
    """A value changes nothing about the text, and stands in it at least so often."""
    tokens = READER.parse(text)
    assert not {"html_block", "fence", "code_block", "hr", "blockquote_open"} & {
        token.type for token in tokens
    }
    found = inlines(text)
    assert {token.type for token in found} <= INERT | OURS
    written = [token.content for token in found if token.type != "code_inline"]
    assert not any(AUTOMATIC.search(part) for part in written)
    everything = without_space("".join(token.content for token in found))
    assert everything.count(without_space(value)) >= least


@pytest.mark.parametrize("value", VALUES)
def test_no_value_takes_effect_and_each_is_shown(value: str, rulebase: Rulebase) -> None:
    text = markdown(value, rulebase)
    assert_inert(text, value, least=6)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_does_not_change_the_structure(value: str, rulebase: Rulebase) -> None:
    def shape(text: str) -> list[tuple[str, int]]:
        return [(token.type, token.level) for token in READER.parse(text)]

    assert shape(markdown(value, rulebase)) == shape(markdown("harmless", rulebase))


TEXTS = st.text(alphabet=st.sampled_from("a1 .`|\\*_[]()<>!#@$~&-=+:/w\n\u202e"), max_size=24)


@given(TEXTS)
def test_any_text_is_only_text_in_a_list_and_in_a_table(text: str) -> None:
    for written in (f"- {plain(text)}", f"| a | b |\n| --- | --- |\n{row((plain(text), 'z'))}"):
        found = inlines(written)
        assert {token.type for token in found} <= INERT
        shown = "".join(token.content for token in found)
        assert without_space(text) in without_space(shown)
        assert "z" in shown or written.startswith("-")


@given(TEXTS)
def test_any_text_stays_within_its_code(text: str) -> None:
    found = inlines(f"- {code(text)} end")
    assert [token.type for token in found] == ["code_inline", "text"]
    assert without_space(found[0].content) == without_space(text)


def test_it_has_everything_in_the_terminals_order(rulebase: Rulebase) -> None:
    report = large_report(rulebase, 12, 15)
    text = renderer("markdown")(report, words(rulebase), width=80, colour=False, details=False)
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert titles == [
        "## Everyone, with the reasons",
        "## Purchases that your files show, and who saw them",
        "## What would lower this most, had you done it before",
        "## What was read",
        "## What could not be read",
        "## What this cannot see",
    ]
    tables = [token for token in READER.parse(text) if token.type == "tr_open"]
    assert len(tables) == 1 + 12 + 1 + 15
    assert text.count("\n### ") == 12
    assert "not yet calibrated" in text
    assert "nothing left it" in text
