"""What came and went between two reports, and whether the rule base may be the cause."""

from __future__ import annotations

import datetime as dt
import json

import msgspec
import pytest

from dataexposure.inference import infer
from dataexposure.knowledge import Rulebase
from dataexposure.model import Coverage, Finding, Locator, Occasion, Report
from dataexposure.pipeline import words
from dataexposure.report.changes import FORMATS, written
from dataexposure.report.comparison import compare
from tests.report.strangers import VALUES, report_of
from tests.report.test_markdown import INERT, OURS, inlines

OLD_DAY = dt.date(2026, 6, 1)
NEW_DAY = dt.date(2026, 11, 21)
EARLY = dt.date(2026, 3, 3)
LATE = dt.date(2026, 9, 9)
ORDER = "generic/receipt-subject:purchase"


def bought(shop: str, day: dt.date, signal: str = ORDER, record: str = "message:1") -> Finding:
    return Finding(
        signal=signal,
        org=shop if "." not in shop else f"site:{shop}",
        channel="mail",
        event="purchase",
        party=shop,
        count=1,
        evidence=(Locator("mbox", "inbox.mbox", record),),
        first=day,
        last=day,
        occasions=(Occasion(day),),
    )


def report(
    rulebase: Rulebase,
    *findings: Finding,
    made: dt.date = NEW_DAY,
    version: str = "one",
    checked: str = "2026-01-01",
) -> Report:
    inferred = infer(findings, rulebase, made)
    return Report(
        made=made,
        rulebase=msgspec.structs.replace(rulebase.stamp, version=version, date=checked),
        holders=inferred.holders,
        purchases=inferred.purchases,
        findings=findings,
        coverage=(Coverage("mbox", "inbox.mbox", 1),),
        problems=(),
    )


def test_a_report_does_not_differ_from_itself(rulebase: Rulebase) -> None:
    one = report(rulebase, bought("a.example", EARLY))
    found = compare(one, one)
    assert found.came == found.gone == found.changed == ()
    assert found.bought == found.unbought == ()
    assert "nothing came and nothing went" in written(found, words(rulebase), "terminal", 80)


def test_places_and_counts_are_no_difference(rulebase: Rulebase) -> None:
    one = bought("a.example", EARLY)
    other = msgspec.structs.replace(one, count=9, evidence=(Locator("mbox", "b.mbox", "x:1"),))
    found = compare(report(rulebase, one), report(rulebase, other))
    assert found.came == found.gone == found.changed == ()
    assert found.bought == ()


def test_a_new_shop_and_its_purchase_come_and_an_old_one_goes(rulebase: Rulebase) -> None:
    old = report(rulebase, bought("a.example", EARLY), made=OLD_DAY)
    new = report(rulebase, bought("b.example", LATE))
    found = compare(old, new)
    assert [change.org for change in found.came] == ["site:b.example"]
    assert [change.org for change in found.gone] == ["site:a.example"]
    assert [(one.merchant, one.date) for one in found.bought] == [("site:b.example", LATE)]
    assert [(one.merchant, one.date) for one in found.unbought] == [("site:a.example", EARLY)]
    assert not any(change.rules for change in (*found.came, *found.gone))


def test_two_purchases_of_a_day_are_two(rulebase: Rulebase) -> None:
    one = bought("a.example", EARLY)
    two = msgspec.structs.replace(one, occasions=(Occasion(EARLY, 1), Occasion(EARLY, 2)))
    found = compare(report(rulebase, one), report(rulebase, two))
    assert [(one.merchant, one.date) for one in found.bought] == [("site:a.example", EARLY)]


def test_with_one_rule_base_nothing_is_due_to_the_rules(rulebase: Rulebase) -> None:
    old = report(rulebase, made=OLD_DAY)
    found = compare(old, report(rulebase, bought("a.example", EARLY, "unheard/of:it")))
    assert found.rules == "same"
    assert not found.came[0].rules
    assert not found.bought[0].rules


def test_a_signal_that_is_new_may_be_due_to_the_newer_rule_base(rulebase: Rulebase) -> None:
    old = report(rulebase, made=OLD_DAY)
    new = report(rulebase, bought("a.example", EARLY), version="two", checked="2026-05-05")
    found = compare(old, new)
    assert found.rules == "newer"
    assert found.came[0].rules
    assert found.bought[0].rules
    text = written(found, words(rulebase), "terminal", 80)
    assert text.replace("\n  ", "").count("may be due to the newer rule base") == 2
    assert "The rule bases differ" in text


def test_evidence_after_the_old_report_is_the_persons_own(rulebase: Rulebase) -> None:
    old = report(rulebase, made=OLD_DAY)
    new = report(rulebase, bought("a.example", LATE), version="two", checked="2026-05-05")
    found = compare(old, new)
    assert not found.came[0].rules
    assert not found.bought[0].rules


def test_a_signal_that_fired_before_is_likely_the_persons_own(rulebase: Rulebase) -> None:
    old = report(rulebase, bought("a.example", EARLY), made=OLD_DAY)
    second = bought("b.example", EARLY, record="message:2")
    found = compare(old, report(rulebase, bought("a.example", EARLY), second, version="two"))
    assert found.rules == "other"
    assert [change.org for change in found.came] == ["site:b.example"]
    assert not found.came[0].rules
    assert not found.bought[0].rules


def test_a_site_that_the_rules_now_know_is_no_news_of_the_person(rulebase: Rulebase) -> None:
    known = bought("zalando", EARLY)
    known = msgspec.structs.replace(known, party="zalando.no")
    unknown = msgspec.structs.replace(known, org="site:zalando.no")
    old = report(rulebase, unknown, made=OLD_DAY)
    new = report(rulebase, known, version="two", checked="2026-05-05")
    old = msgspec.structs.replace(
        old,
        holders=tuple(
            msgspec.structs.replace(
                one,
                id="site:zalando.no",
                claims=tuple(
                    msgspec.structs.replace(claim, org="site:zalando.no") for claim in one.claims
                ),
            )
            for one in old.holders[:1]
        ),
        purchases=tuple(
            msgspec.structs.replace(one, merchant="site:zalando.no") for one in old.purchases
        ),
    )
    found = compare(old, new)
    assert found.came
    assert found.gone
    assert all(change.rules for change in (*found.came, *found.gone))
    assert [one.rules for one in (*found.bought, *found.unbought)] == [True, True]


def test_what_went_with_its_rule_may_be_due_to_the_rule_base(rulebase: Rulebase) -> None:
    old = report(rulebase, bought("a.example", EARLY), made=OLD_DAY, version="two")
    found = compare(old, report(rulebase))
    assert found.gone[0].rules
    assert found.unbought[0].rules


def test_a_changed_word_is_shown_and_fading_explained(rulebase: Rulebase) -> None:
    old = report(rulebase, bought("a.example", EARLY), made=OLD_DAY)
    chance = msgspec.structs.replace(old.holders[0].likelihood, word="possible", mid=0.3)
    faded = msgspec.structs.replace(old.holders[0], likelihood=chance)
    found = compare(old, msgspec.structs.replace(old, holders=(faded,), made=NEW_DAY))
    assert len(found.changed) == 1
    text = written(found, words(rulebase), "terminal", 80)
    assert "→ possible" in text
    assert "fall with time" in text


def test_it_says_when_the_files_differ(rulebase: Rulebase) -> None:
    one = report(rulebase, bought("a.example", EARLY))
    other = msgspec.structs.replace(one, coverage=(Coverage("mbox", "more.mbox", 1),))
    text = written(compare(one, other), words(rulebase), "terminal", 200)
    assert "1 file was read only for the old report" in text
    assert "1 file was read only for the new report" in text


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("value", VALUES)
def test_hostile_names_are_shown_safely(value: str, style: str, rulebase: Rulebase) -> None:
    old, new = report_of("before.example", rulebase), report_of(value, rulebase)
    text = written(compare(old, new), words(rulebase), style, 80)
    if style == "json":
        assert json.loads(text)["came"][0]["org"] == f"site:{value}"
        return
    assert not any(hidden in text for hidden in "\x1b\x07\u202e\u2066\u200b\u2028\r")
    if style == "markdown":
        assert {token.type for token in inlines(text)} <= INERT | OURS
    else:
        assert max(map(len, text.splitlines())) <= 80


def test_the_json_is_for_machines_too(rulebase: Rulebase) -> None:
    old = report(rulebase, made=OLD_DAY)
    found = compare(old, report(rulebase, bought("a.example", LATE)))
    data = json.loads(written(found, words(rulebase), "json", 80))
    assert data["schema"] == 1
    assert data["rules"] == "same"
    assert data["came"][0]["before"] is None
    assert data["came"][0]["came"][0]["because"] == "purchase_record"
