"""The next steps: which, in which order, by which law, on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.law import Term, due
from dataexposure.model import NextStep
from dataexposure.rights.steps import BROKERS, COMPLAIN, given, next_steps
from tests.conftest import TODAY
from tests.rights.conftest import holder

BROKER = {"roles": ("data-broker",), "collects": ("appended", "tracked")}


def rights(steps: tuple[NextStep, ...]) -> list[str]:
    return [step.right for step in steps]


def test_a_copy_comes_before_what_ends_the_trail_and_the_complaint_last(
    rulebase: Rulebase,
) -> None:
    one = holder(basis=("consent", "contract"))
    for place, expected in {
        "NO": ["access", "object", "withdraw", "erase", "complain"],
        "RO": ["access", "object", "withdraw", "erase", "complain"],
        "DE": ["access", "object", "withdraw", "erase", "complain"],
        "GB": ["access", "object", "withdraw", "erase", "grievance", "complain"],
        "RU": ["access", "stop", "withdraw", "erase", "complain"],
        "US-CA": ["access", "opt-out", "erase", "complain"],
        "US-VA": ["access", "opt-out", "erase", "appeal", "complain"],
        "US-CO": ["access", "opt-out", "erase", "appeal", "complain"],
    }.items():
        assert rights(next_steps(one, rulebase.regimes, place, TODAY)) == expected, place


def test_the_law_of_the_country_comes_before_that_of_the_union(rulebase: Rulebase) -> None:
    def law(place: str) -> set[str]:
        return {step.regime for step in next_steps(holder(), rulebase.regimes, place, TODAY)}

    assert law("NO") == {"norway"}
    assert law("RO") == {"romania"}
    assert law("FR") == {"eu-gdpr"}


@pytest.mark.parametrize("place", ["", "JP", "US", "US-WY"])
def test_there_are_no_steps_without_a_place_or_a_law(rulebase: Rulebase, place: str) -> None:
    assert next_steps(holder(), rulebase.regimes, place, TODAY) == ()


def test_consent_is_withdrawn_only_where_it_is_usual(rulebase: Rulebase) -> None:
    steps = next_steps(holder(basis=("contract",)), rulebase.regimes, "NO", TODAY)
    assert "withdraw" not in rights(steps)


def test_what_a_law_demands_is_not_told_to_stop(rulebase: Rulebase) -> None:
    tax = holder(roles=("tax",), basis=("legal-obligation",))
    assert rights(next_steps(tax, rulebase.regimes, "NO", TODAY)) == ["access", "complain"]


def test_in_california_one_request_to_all_brokers_comes_before_letters(
    rulebase: Rulebase,
) -> None:
    broker = holder(**BROKER)
    steps = next_steps(broker, rulebase.regimes, "US-CA", TODAY)
    assert rights(steps) == ["broker-delete", "access", "opt-out", "complain"]
    assert "broker-delete" not in rights(next_steps(holder(), rulebase.regimes, "US-CA", TODAY))
    assert "broker-delete" not in rights(next_steps(broker, rulebase.regimes, "US-TX", TODAY))


def test_the_request_to_brokers_has_the_terms_of_its_day(rulebase: Rulebase) -> None:
    def term(day: dt.date) -> int | None:
        found = next_steps(holder(**BROKER), rulebase.regimes, "US-CA", day)
        return next((step.days for step in found if step.right == "broker-delete"), None)

    assert term(dt.date(2026, 7, 31)) is None
    assert term(dt.date(2026, 8, 1)) == 45
    assert term(dt.date(2026, 12, 31)) == 45
    assert term(dt.date(2027, 1, 1)) == 30


def test_a_law_gives_nothing_before_its_day(rulebase: Rulebase) -> None:
    assert next_steps(holder(), rulebase.regimes, "IN", dt.date(2027, 5, 13)) == ()
    assert rights(next_steps(holder(), rulebase.regimes, "IN", dt.date(2027, 5, 14)))[0] == "access"
    before, after = dt.date(2026, 6, 18), dt.date(2026, 6, 19)
    assert "grievance" not in rights(next_steps(holder(), rulebase.regimes, "GB", before))
    assert "grievance" in rights(next_steps(holder(), rulebase.regimes, "GB", after))


def test_the_brokers_are_those_that_the_advice_names(rulebase: Rulebase) -> None:
    drop = next(step for step in rulebase.advice if step.id == "drop")
    assert frozenset(drop.roles) == BROKERS


def test_steps_have_article_and_term_of_the_law(rulebase: Rulebase) -> None:
    steps = {s.right: s for s in next_steps(holder(), rulebase.regimes, "RU", TODAY)}
    assert (steps["access"].basis, steps["access"].business_days) == ("art. 14, 20", 10)
    assert steps["erase"] == NextStep("erase", "ru-152fz", "art. 14(1)")
    assert steps[COMPLAIN] == NextStep(COMPLAIN, "ru-152fz", "")


@pytest.mark.parametrize(
    ("place", "right", "received", "last"),
    [
        ("NO", "access", "2026-11-21", "2026-12-21"),
        ("NO", "access", "2027-01-31", "2027-02-28"),
        ("DE", "erase", "2026-12-31", "2027-01-31"),
        ("RO", "object", "2026-08-31", "2026-09-30"),
        ("GB", "withdraw", "2026-11-21", "2026-12-21"),
        ("RU", "access", "2026-11-20", "2026-12-04"),
        ("RU", "stop", "2026-11-21", "2026-12-04"),
        ("RU", "withdraw", "2026-11-21", "2026-12-21"),
        ("RU", "erase", "2026-11-21", None),
        ("US-CA", "access", "2026-11-21", "2027-01-05"),
        ("US-CA", "opt-out", "2026-11-23", "2026-12-14"),
        ("US-CA", "broker-delete", "2026-11-21", "2027-01-05"),
        ("US-CA", "broker-delete", "2027-01-01", "2027-01-31"),
        ("US-VA", "erase", "2026-11-21", "2027-01-05"),
        ("US-CO", "opt-out", "2026-11-21", "2027-01-05"),
        ("US-IA", "access", "2026-11-21", "2027-02-19"),
        ("BR", "access", "2026-11-21", "2026-12-06"),
        ("CH", "access", "2026-11-21", "2026-12-21"),
        ("CA-QC", "access", "2026-11-21", "2026-12-21"),
    ],
)
def test_the_deadline_of_each_law(
    rulebase: Rulebase, place: str, right: str, received: str, last: str | None
) -> None:
    day = dt.date.fromisoformat(received)
    found = given(right, rulebase.regimes, place, day)
    assert found is not None
    assert due(found.right.term, day) == (dt.date.fromisoformat(last) if last else None)
    assert found.right.term != Term() or last is None
