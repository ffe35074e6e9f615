"""The terminal's result: 80 columns, what is inconclusive first, nothing hidden uncounted."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection
from dataexposure.report.website import renderer
from tests.report.strangers import VALUES
from tests.report.website import made_up


def shown(
    inspection: Inspection, rulebase: Rulebase, *, details: bool = False, width: int = 80
) -> str:
    words = made_up.words(rulebase)
    return renderer("terminal")(inspection, words, width=width, colour=False, details=details)


def section(text: str, title: str) -> str:
    return text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]


@pytest.mark.parametrize("details", [True, False])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_terminal(rulebase: Rulebase, width: int, details: bool) -> None:
    results = [made_up.inspection(), made_up.recording(), made_up.many(30), made_up.empty()]
    results += [made_up.hostile(value) for value in ("x" * 300, "名前" * 90, "a b " * 90)]
    for inspection in results:
        for line in shown(inspection, rulebase, details=details, width=width).splitlines():
            assert cell_len(line) <= width


def test_what_is_inconclusive_stands_before_who_was_met(rulebase: Rulebase) -> None:
    text = shown(made_up.inspection(), rulebase)
    assert "not the\nsame as nothing found" in text
    assert text.index("\nInconclusive") < text.index("\nWho was met") < text.index("\nPossible")
    assert text.index("\nPossible") < text.index("\nWhat this cannot see")


def test_the_four_states_stand_side_by_side(rulebase: Rulebase) -> None:
    rows = section(shown(made_up.inspection(), rulebase, width=120), "Who was met").splitlines()
    assert re.search(r"none +reject +accept +GPC", rows[0])
    adco = next(row for row in rows if row.startswith("Adco"))
    assert re.search(r"● 4 +\? +● 10 +● 4", adco)
    heatmap = next(row for row in rows if row.startswith("Heatmap"))
    assert re.search(r"· +\? +● 9 +·", heatmap), "not observed differs from inconclusive"
    payco = next(row for row in rows if row.startswith("Payco"))
    assert re.search(r"○ 2 +\? +○ 2 +○ 2", payco), "a refusal that was not made proves nothing"


def test_a_recording_has_a_column_of_its_own(rulebase: Rulebase) -> None:
    rows = section(shown(made_up.recording(), rulebase), "Who was met").splitlines()
    assert rows[0].split()[-1] == "recorded"
    assert "GPC" not in rows[0]


def test_a_purchase_is_decoded(rulebase: Rulebase) -> None:
    text = " ".join(shown(made_up.inspection(), rulebase).split())
    assert "Amount: 73.19, Currency: NOK, Order number: A-1001" in text
    assert "Products: Canary Teapot 7319" in text
    assert "E-mail address (sha256) → Adco" in text


def test_code_is_told_apart_from_what_was_seen_sent(rulebase: Rulebase) -> None:
    text = shown(made_up.inspection(), rulebase)
    assert "Pins" not in section(text, "Shopping events that were seen sent")
    assert "Pins" in section(text, "Only written in the code, not seen sent")


def test_what_is_cut_is_counted(rulebase: Rulebase) -> None:
    inspection = made_up.many(100)
    text = shown(inspection, rulebase)
    assert "… and 92 more (--details)." in text
    whole = shown(inspection, rulebase, details=True)
    assert "more (--details)" not in whole
    assert whole.count("/product/99") >= 3


def test_known_and_excepted_issues_are_counted_and_shown_in_details(rulebase: Rulebase) -> None:
    text = shown(made_up.inspection(), rulebase)
    assert text.count("1 known or excepted, not shown (--details).") == 2
    assert "Pins was contacted" not in text
    whole = " ".join(shown(made_up.inspection(), rulebase, details=True).split())
    assert (
        "Pins was contacted on / before the visitor chose anything. [before any choice, known]"
        in whole
    )


def test_cookies_show_their_life_and_flags_in_details(rulebase: Rulebase) -> None:
    text = shown(made_up.inspection(), rulebase)
    assert "3 cookies, 2 tracking marks among them" in text
    whole = " ".join(shown(made_up.inspection(), rulebase, details=True).split())
    assert "_heat @ shop.example: 400 days, Secure, SameSite=None, Heatmap, tracking mark" in whole


def test_nothing_observed_is_said_with_its_bounds(rulebase: Rulebase) -> None:
    text = " ".join(shown(made_up.empty(), rulebase).split())
    assert "No issue that counts was observed in what could be looked at." in text
    assert "“Not observed” never means “does not happen”." in text


@pytest.mark.parametrize(
    "value", [*VALUES, "::error::x", "##[add-mask]x", "y" * 75 + " ::stop-commands::z"]
)
@pytest.mark.parametrize("details", [True, False])
def test_no_value_styles_the_terminal_or_commands_a_ci_runner(
    value: str, details: bool, rulebase: Rulebase
) -> None:
    words = made_up.words(rulebase)
    inspection = made_up.hostile(value)
    for colour in (True, False):
        text = renderer("terminal")(inspection, words, width=80, colour=colour, details=details)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert "\x1b" not in plain
        assert not re.search(r"(?m)^\s*::|##\[", plain)
        assert text.count("\x1b") == 0 or colour
