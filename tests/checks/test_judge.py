"""The verdict: levels, exceptions, the baseline, order, and what counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dataexposure.checks import CHECKS, named
from dataexposure.checks.baseline import Baseline, updated
from dataexposure.checks.judge import ORDER, counts_at, judge
from dataexposure.policy import LEVELS, Allowed, Excepted, Policy
from dataexposure.website import Kept, Visit
from tests.checks import strategies
from tests.checks.made import DAY, ORGS, POLICY, SITE, ids, tracker, verdict, visit, who

STRICT = Policy(
    site=SITE,
    regions=("EU", "US-CA"),
    opt_out=(f"{SITE}/a",),
    allowed=(Allowed("stripe", (), ("purchase",)),),
    declared=("google",),
    forbidden=("role:session-replay", "retargeting"),
    asserts=dict.fromkeys(ORDER, "warn") | {"no-session-replay": "error", "gpc-honoured": "off"},
    budgets={"third-parties": 1, "cookies": 1, "cookies-reject": 0, "new-vendors": 0},
)


def excepting(**given: object) -> Policy:
    answer = Excepted("no-tracking-before-consent", "web", "a trial", dt.date(2026, 12, 31))
    return structs.replace(POLICY, exceptions=(structs.replace(answer, **given),))


def test_every_check_has_an_id_of_its_own_and_says_what_it_looks_at() -> None:
    assert len(set(ORDER)) == len(CHECKS) == 24
    assert all(check.__doc__ and check.__doc__.startswith("Look for") for check in CHECKS)
    assert [named(check) for check in CHECKS] == list(ORDER)


def test_a_policy_sets_the_level_and_off_means_not_looked_for() -> None:
    seen = visit(tracker())
    for level in LEVELS:
        policy = structs.replace(POLICY, asserts={"no-tracking-before-consent": level})
        found = verdict(seen, policy=policy).issues
        assert [one.level for one in found] == ([] if level == "off" else [level])


@pytest.mark.parametrize(
    ("regions", "level"), [((), "warn"), (("EU", "NO"), "warn"), (("EU", "US-CA"), "error")]
)
def test_the_opt_out_signal_binds_where_a_law_says_so(regions: tuple[str, ...], level: str) -> None:
    seen = visit(tracker(sharing=True), state="gpc")
    found = verdict(seen, policy=structs.replace(POLICY, regions=regions)).issues
    assert [(one.check, one.level) for one in found] == [("gpc-honoured", level)]


def test_undeclared_vendors_are_looked_for_once_somebody_is_declared() -> None:
    seen = visit(who())
    assert verdict(seen).issues == ()
    for policy in (
        structs.replace(POLICY, declared=()),
        structs.replace(POLICY, declared=("meta",)),
        structs.replace(POLICY, allowed=(Allowed("meta"),)),
    ):
        found = verdict(seen, policy=policy).issues
        assert [(one.check, one.level) for one in found] == [("undeclared-vendor", "error")]


def test_a_check_that_the_rules_do_not_have_is_not_made() -> None:
    assert judge((visit(tracker()),), POLICY, {}, DAY, None).issues == ()


def test_errors_come_first_then_the_order_of_checks_pages_and_states() -> None:
    seen = (
        visit(tracker(), who(replay=True), state="none", page="/b"),
        visit(tracker("meta"), tracker(), state="none", page="/a"),
        visit(tracker(), state="reject", page="/a"),
    )
    found = verdict(*seen).issues
    assert [(one.level, one.check, one.page, one.org) for one in found] == [
        ("error", "no-tracking-before-consent", "/a", "hotjar"),
        ("error", "no-tracking-before-consent", "/a", "meta"),
        ("error", "no-tracking-before-consent", "/b", "hotjar"),
        ("error", "no-tracking-after-reject", "/a", "hotjar"),
        ("warn", "no-session-replay", "/b", "hotjar"),
    ]


def test_issues_of_one_identity_are_one_with_all_their_details() -> None:
    seen = visit(
        tracker(hosts=("b.example",), tracking_hosts=("b.example",)),
        tracker(
            hosts=("a.example", "b.example", "fonts.example"),
            tracking_hosts=("a.example", "b.example"),
        ),
    )
    (found,) = verdict(seen, seen).issues
    assert found.detail == "a.example, b.example"


@pytest.mark.parametrize(
    ("until", "excepted", "expired"),
    [("2026-11-20", False, True), ("2026-11-21", True, False), ("2026-11-22", True, False)],
)
def test_an_exception_holds_until_the_end_of_its_day(
    until: str, excepted: bool, expired: bool
) -> None:
    policy = excepting(until=dt.date.fromisoformat(until))
    found = verdict(visit(tracker()), policy=policy)
    assert [one.excepted for one in found.issues] == [excepted]
    assert [one.counts for one in found.issues] == [not excepted]
    assert found.expired == (policy.exceptions if expired else ())


def test_an_expired_exception_is_told_even_when_nothing_needs_it() -> None:
    assert verdict(visit(), policy=excepting(until=dt.date(2026, 1, 1))).expired


@pytest.mark.parametrize(
    ("given", "excepted"),
    [
        ({}, True),
        ({"vendor": "hotjar"}, True),
        ({"vendor": "contentsquare"}, True),
        ({"vendor": "hotjar.example"}, True),
        ({"vendor": "meta"}, False),
        ({"vendor": "jar.example"}, False),
        ({"page": "/product/1"}, True),
        ({"page": f"{SITE}/product/1"}, True),
        ({"page": "/product/*"}, True),
        ({"page": "*"}, True),
        ({"page": "/product"}, False),
        ({"page": "/cart/*"}, False),
        ({"vendor": "hotjar", "page": "/cart"}, False),
        ({"rule": "no-tracking-after-reject"}, False),
    ],
)
def test_an_exception_is_about_a_check_a_vendor_and_a_page(
    given: dict[str, str], excepted: bool
) -> None:
    seen = visit(tracker(parent="contentsquare"), page="/product/1")
    found = verdict(seen, policy=excepting(**given)).issues
    assert [one.excepted for one in found] == [excepted]


def test_an_exception_for_one_host_does_not_cover_another() -> None:
    seen = visit(tracker("google", hosts=("fonts.example", "ads.example")))
    (found,) = verdict(seen, policy=excepting(vendor="fonts.example")).issues
    assert not found.excepted


def test_known_issues_do_not_count_and_a_fix_does_not_pay_for_a_regression() -> None:
    known = updated((), verdict(visit(tracker("meta"))).issues, DAY)
    after = verdict(visit(tracker("hotjar")), baseline=known)
    assert [(one.org, one.counts) for one in after.issues] == [("hotjar", True)]
    assert after.gone == (("no-tracking-before-consent", "/", "none", "meta", ""),)
    same = verdict(visit(tracker("meta")), baseline=known)
    assert [(one.known, one.counts) for one in same.issues] == [(True, False)]
    assert same.gone == ()


@pytest.mark.parametrize(
    "look",
    [
        visit(inconclusive=("challenge",)),
        visit(inconclusive=("timeout",)),
        visit(state="accept"),
        visit(page="/other"),
    ],
)
def test_what_was_not_looked_for_is_not_gone(look: Visit) -> None:
    known = updated((), verdict(visit(tracker("meta"))).issues, DAY)
    assert verdict(look, baseline=known).gone == ()


def test_what_is_no_longer_checked_is_not_gone() -> None:
    known = updated((), verdict(visit(tracker("meta"))).issues, DAY)
    off = structs.replace(POLICY, asserts={"no-tracking-before-consent": "off"})
    assert verdict(visit(), policy=off, baseline=known).gone == ()
    strange = Baseline(DAY, (("no-such-check", "/", "none", "", ""),))
    assert verdict(visit(), baseline=strange).gone == ()


def test_an_issue_stands_at_the_line_of_the_policy_that_it_is_about() -> None:
    lines = {"site": 2, "vendors": 5, "vendors.forbidden": 7, "budgets": 9, "budgets.cookies": 10}
    policy = structs.replace(
        POLICY,
        lines=lines | {"assert.no-session-replay": 12},
        forbidden=("hotjar",),
        declared=("meta",),
        budgets={"cookies": 0},
    )
    cookie = Kept("sid", "shop.example", secure=True)
    seen = visit(tracker(replay=True), cookies=(cookie,))
    found = {one.check: one.line for one in verdict(seen, policy=policy).issues}
    assert found == {
        "no-tracking-before-consent": 2,
        "undeclared-vendor": 5,
        "forbidden-vendor": 7,
        "no-session-replay": 12,
        "budget": 10,
    }
    assert {one.line for one in verdict(seen).issues} == {1}


def test_what_counts_at_a_level() -> None:
    found = verdict(visit(tracker(replay=True))).issues
    assert ids(counts_at(found, "error")) == ["no-tracking-before-consent"]
    assert ids(counts_at(found, "warn")) == ["no-tracking-before-consent", "no-session-replay"]
    assert counts_at(found, "off") == ()
    accepted = verdict(visit(tracker(replay=True)), baseline=updated((), found, DAY)).issues
    assert counts_at(accepted, "warn") == ()


@settings(deadline=None, max_examples=60)
@given(strategies.visits)
def test_the_order_of_visits_changes_nothing(visits: tuple[Visit, ...]) -> None:
    assert verdict(*visits, policy=STRICT) == verdict(*reversed(visits), policy=STRICT)
    assert verdict(*visits, *visits, policy=STRICT) == verdict(*visits, policy=STRICT)


@settings(deadline=None, max_examples=60)
@given(strategies.visits, st.sampled_from((*ORGS, "role:analytics", "hotjar.com")))
def test_to_allow_a_vendor_never_adds_an_issue(visits: tuple[Visit, ...], vendor: str) -> None:
    for policy in (STRICT, structs.replace(STRICT, allowed=(), declared=("meta",))):
        more = structs.replace(policy, allowed=(*policy.allowed, Allowed(vendor)))
        before = {one.identity for one in verdict(*visits, policy=policy).issues}
        assert {one.identity for one in verdict(*visits, policy=more).issues} <= before


@settings(deadline=None, max_examples=60)
@given(strategies.visits)
def test_after_accepting_what_is_there_nothing_counts(visits: tuple[Visit, ...]) -> None:
    found = verdict(*visits, policy=STRICT)
    known = updated(visits, found.issues, DAY)
    again = verdict(*visits, policy=STRICT, baseline=known)
    assert counts_at(again.issues, "warn") == ()
    assert again.gone == ()


@settings(deadline=None, max_examples=60)
@given(strategies.visits)
def test_a_verdict_never_holds_a_visit_that_does_not_stand_against_the_site(
    visits: tuple[Visit, ...],
) -> None:
    blocked = tuple(structs.replace(one, inconclusive=("challenge",)) for one in visits)
    assert verdict(*blocked, policy=STRICT).issues == ()
