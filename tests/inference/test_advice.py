"""Advice is recomputed by the model: what it predicts is what a second scan would give."""

from __future__ import annotations

import msgspec
import pytest

from dataexposure import demo
from dataexposure.inference import infer
from dataexposure.knowledge import Rulebase
from dataexposure.model import Report
from dataexposure.pipeline import Person, audit
from tests.conftest import TODAY
from tests.inference.test_reasoning import SIX, finding


@pytest.fixture(scope="module")
def demonstration(rulebase: Rulebase) -> Report:
    with demo.built() as folder:
        person = Person(demo.ADDRESSES, demo.RESIDENCE)
        return audit([folder], rulebase, made=TODAY, person=person)


def test_the_predicted_change_is_what_a_second_scan_gives(
    rulebase: Rulebase, demonstration: Report
) -> None:
    assert demonstration.advice
    steps = {step.id: step for step in rulebase.advice}
    before = {holder.id: holder.likelihood.mid for holder in demonstration.holders}
    for advised in demonstration.advice:
        again = infer(
            demonstration.findings, rulebase, TODAY, demo.RESIDENCE, (steps[advised.step],)
        )
        after = {holder.id: holder.likelihood.mid for holder in again.holders}
        for effect in advised.effects:
            assert effect.before == before[effect.org]
            assert effect.after == after.get(effect.org, 0.0)
            assert effect.after < effect.before
        lowered = sum(before[org] - after.get(org, 0.0) for org in before)
        assert advised.change == pytest.approx(lowered, abs=0.005 * len(before))


def test_the_most_useful_step_comes_first_and_there_are_seven_at_most(
    demonstration: Report,
) -> None:
    changes = [advised.change for advised in demonstration.advice]
    assert changes == sorted(changes, reverse=True)
    assert 1 <= len(changes) <= 7
    assert all(change > 0 for change in changes)


def test_a_deletion_that_nobody_confirmed_is_not_counted_on(demonstration: Report) -> None:
    assert "erase" not in {advised.step for advised in demonstration.advice}
    assert all(advised.change < 5 for advised in demonstration.advice)


def test_a_step_changes_nothing_where_it_does_not_reach(rulebase: Rulebase) -> None:
    receipt = infer((SIX["receipt"],), rulebase, TODAY)
    assert "block-trackers" not in {advised.step for advised in receipt.advice}
    cookie = infer((finding("criteo", "cookie", "cookie", "shop.example"),), rulebase, TODAY)
    assert "block-trackers" in {advised.step for advised in cookie.advice}


def test_a_step_for_elsewhere_is_not_advised(rulebase: Rulebase) -> None:
    step = next(one for one in rulebase.advice if one.id == "block-trackers")
    only = msgspec.structs.replace(step, residents=("US-CA",))
    base = msgspec.structs.replace(rulebase, advice=(only,))
    cookie = finding("criteo", "cookie", "cookie", "shop.example")
    assert infer((cookie,), base, TODAY, "NO").advice == ()
    assert infer((cookie,), base, TODAY, "US-CA").advice != ()
