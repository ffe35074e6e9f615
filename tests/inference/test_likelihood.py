"""The likelihood model: its worked examples, and what must hold for any evidence."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.inference.likelihood import DAYS_PER_MONTH, Evidence, combine, contribution
from dataexposure.knowledge import LikelihoodTable, Rulebase
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def table(rulebase: Rulebase) -> LikelihoodTable:
    return rulebase.likelihood


def months_ago(months: float) -> dt.date:
    return TODAY - dt.timedelta(days=round(months * DAYS_PER_MONTH))


def rated(table: LikelihoodTable, **ratings: str) -> LikelihoodTable:
    return msgspec.structs.replace(table, rating={**table.rating, **ratings})


def piece(
    key: str,
    grade: str,
    channel: str = "visit",
    retention: str = "ad-tech",
    months: float = 0,
    frequency: float = 1.0,
    inhibitors: tuple[str, ...] = (),
) -> Evidence:
    return Evidence(
        (key,), grade, channel, retention, months_ago(months), frequency, 1.0, inhibitors
    )


SHOPS = (
    piece("first", "presence", frequency=0.82),
    piece("second", "presence", frequency=0.60),
)


def test_an_order_mail_of_three_months_ago_is_almost_certain(table: LikelihoodTable) -> None:
    found = combine(table, [piece("m", "transaction", "mail", "shop", 3)], TODAY)
    assert (found.low, found.mid, found.high) == (0.93, 0.97, 0.99)
    assert found.word == "almost-certain"
    assert found.confidence == "high"


def test_two_shops_by_history_and_one_seen_purchase_event(table: LikelihoodTable) -> None:
    second_hand = rated(table, visit="B2", request="A1")
    event = piece("har", "transfer", "request", months=10)
    found = combine(second_hand, [*SHOPS, event], TODAY)
    assert found.mid == pytest.approx(0.954, abs=0.0006)
    assert found.word == "almost-certain"


def test_only_the_two_visits_leave_it_possible(table: LikelihoodTable) -> None:
    found = combine(rated(table, visit="B2"), SHOPS, TODAY)
    assert found.mid == pytest.approx(0.259, abs=0.0006)
    assert found.low == pytest.approx(0.11, abs=0.005)
    assert found.high == pytest.approx(0.40, abs=0.006)
    assert found.word == "possible"
    assert found.confidence == "low"


def test_rejected_cookies_make_it_unlikely(table: LikelihoodTable) -> None:
    rejected = [msgspec.structs.replace(one, inhibitors=("rejected",)) for one in SHOPS]
    found = combine(rated(table, visit="B2"), rejected, TODAY)
    assert found.mid == pytest.approx(0.170, abs=0.001)
    assert found.word == "unlikely"


def test_a_loyalty_card_unused_for_seven_years_has_half_faded(table: LikelihoodTable) -> None:
    old = piece("card", "transaction", "mail", "shop", 84)
    found = combine(table, [old], TODAY)
    assert found.mid == pytest.approx(0.485, abs=0.002)
    deleted = msgspec.structs.replace(old, inhibitors=("deleted",))
    gone = combine(table, [deleted], TODAY)
    assert gone.mid == pytest.approx(0.048, abs=0.001)
    assert gone.word == "very-unlikely"


def test_a_payment_app_is_likely(table: LikelihoodTable) -> None:
    found = combine(table, [piece("app", "account-payment", "app", "shop")], TODAY)
    assert found.mid == pytest.approx(0.765)
    assert found.word == "likely"


def test_twenty_weak_sightings_do_not_add_up_to_certainty(table: LikelihoodTable) -> None:
    sightings = [piece(str(n), "presence", frequency=0.4) for n in range(20)]
    assert combine(table, sightings, TODAY).mid < 0.55


def test_a_holders_own_word_is_confirmed(table: LikelihoodTable) -> None:
    assert combine(table, [piece("x", "own-export")], TODAY).word == "confirmed"


GRADES = st.sampled_from(
    ("transaction", "transfer", "checkout-contact", "account", "presence", "visit", "partner-named")
)
CHANNELS = st.sampled_from(("visit", "request", "cookie", "mail", "image", "app", "partnership"))
RETENTION = st.sampled_from(("shop", "broker", "ad-tech", "unknown"))
CHANCE = st.floats(0, 1)
DATES = st.none() | st.dates(dt.date(1995, 1, 1), TODAY)
INHIBITORS = st.lists(
    st.sampled_from(("blocked", "rejected", "gpc", "deleted")), max_size=2, unique=True
)
EVIDENCE = st.builds(
    Evidence,
    key=st.tuples(st.text("abcdefgh", min_size=1, max_size=6)),
    grade=GRADES,
    channel=CHANNELS,
    retention=RETENTION,
    last=DATES,
    frequency=CHANCE,
    about=CHANCE,
    inhibitors=INHIBITORS.map(tuple),
)
SEVERAL = st.lists(EVIDENCE, min_size=1, max_size=12, unique_by=lambda one: one.key)
TOLERANCE = 1e-4  # figures are rounded to four places


@given(SEVERAL)
def test_bounds_are_ordered_probabilities(table: LikelihoodTable, pieces: list[Evidence]) -> None:
    found = combine(table, pieces, TODAY)
    assert 0 <= found.low <= found.mid <= found.high <= 1


@given(SEVERAL, st.randoms())
def test_order_does_not_matter(
    table: LikelihoodTable, pieces: list[Evidence], random: object
) -> None:
    shuffled = list(pieces)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert combine(table, shuffled, TODAY) == combine(table, pieces, TODAY)


@given(SEVERAL)
def test_the_same_evidence_twice_counts_once(
    table: LikelihoodTable, pieces: list[Evidence]
) -> None:
    assert combine(table, [*pieces, *pieces], TODAY) == combine(table, pieces, TODAY)


@given(SEVERAL, EVIDENCE)
def test_more_evidence_never_lowers(
    table: LikelihoodTable, pieces: list[Evidence], more: Evidence
) -> None:
    fresh = msgspec.structs.replace(more, key=("new", *more.key))
    before, after = combine(table, pieces, TODAY), combine(table, [*pieces, fresh], TODAY)
    assert after.mid >= before.mid - TOLERANCE
    assert after.low >= before.low - TOLERANCE


@given(EVIDENCE, st.integers(1, 4000))
def test_age_never_raises(table: LikelihoodTable, one: Evidence, days: int) -> None:
    dated = msgspec.structs.replace(one, last=one.last or TODAY)
    assert dated.last is not None
    older = msgspec.structs.replace(dated, last=dated.last - dt.timedelta(days=days))
    assert contribution(table, older, TODAY).mid <= contribution(table, dated, TODAY).mid


@given(EVIDENCE)
def test_an_inhibitor_never_raises(table: LikelihoodTable, one: Evidence) -> None:
    free = msgspec.structs.replace(one, inhibitors=())
    held = msgspec.structs.replace(one, inhibitors=("opted-out",))
    assert contribution(table, held, TODAY).mid <= contribution(table, free, TODAY).mid


def test_the_table_keeps_its_bounds_in_order(table: LikelihoodTable) -> None:
    for grade in table.grades.values():
        assert 0 < grade.low <= grade.mid <= grade.high < 1
    bounds = list(table.words.values())
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == 0
