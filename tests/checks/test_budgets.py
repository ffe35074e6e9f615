"""Upper bounds, and vendors that were not there before."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from dataexposure.checks.baseline import Baseline, updated
from dataexposure.checks.budgets import NAMES, scope
from dataexposure.policy import Allowed, Issue, Policy
from dataexposure.website import OWN_HOST, STATIC, WRITTEN, Kept, Visit
from tests.checks.made import DAY, POLICY, SITE, verdict, visit, who

COOKIES = tuple(Kept(name, "shop.example", secure=True) for name in "abc")


def over(*visits: Visit, baseline: Baseline | None = None, **bounds: int) -> tuple[Issue, ...]:
    budgets = {name.replace("_", "-"): bound for name, bound in bounds.items()}
    policy = structs.replace(POLICY, budgets=budgets)
    return verdict(*visits, policy=policy, baseline=baseline).issues


def test_a_budgets_name_says_what_is_counted_and_in_which_state() -> None:
    assert [scope(name) for name in NAMES[:3]] == [
        ("third-parties", ""),
        ("third-parties", "none"),
        ("third-parties", "reject"),
    ]
    assert scope("new-vendors-gpc") == ("new-vendors", "gpc")


def test_a_bound_may_be_reached_but_not_passed() -> None:
    assert over(visit(cookies=COOKIES), cookies=3) == ()
    (found,) = over(visit(cookies=COOKIES), cookies=2)
    assert (found.check, found.level, found.page, found.state, found.data, found.detail) == (
        "budget",
        "error",
        "/",
        "none",
        "cookies",
        "3 > 2",
    )


def test_a_bound_for_a_state_is_not_about_others() -> None:
    accepted, rejected = (visit(cookies=COOKIES, state=state) for state in ("accept", "reject"))
    assert over(accepted, cookies_reject=0) == ()
    assert [one.data for one in over(accepted, rejected, cookies_reject=0)] == ["cookies-reject"]


def test_the_worst_of_several_runs_counts_once() -> None:
    runs = [visit(cookies=COOKIES[:number]) for number in (2, 3, 1)]
    assert [one.detail for one in over(*runs, cookies=1)] == ["3 > 1"]


def test_pages_are_bounded_one_by_one() -> None:
    pages = [visit(cookies=COOKIES[:2], page=page) for page in ("/a", "/b")]
    assert over(*pages, cookies=2) == ()


def test_third_parties_are_organisations_that_something_was_sent_to() -> None:
    seen = visit(
        who("google"), who("google", relation=OWN_HOST), who("meta"), who("x", relation=WRITTEN)
    )
    assert [one.detail for one in over(seen, third_parties=1)] == ["2 > 1"]
    assert over(seen, third_parties=2) == ()
    assert over(structs.replace(seen, depth=STATIC), third_parties=2) != ()


def test_a_new_vendor_is_one_that_nobody_has_seen_or_named() -> None:
    seen = visit(who("google"), who("hotjar"))
    before = Baseline(DAY, vendors=("google",))
    assert [one.org for one in over(seen, baseline=before, new_vendors=0)] == ["hotjar"]
    assert over(seen, baseline=before, new_vendors=1) == ()
    assert [one.org for one in over(seen, new_vendors=0)] == ["google", "hotjar"]
    named = Policy(
        site=SITE,
        declared=("google",),
        allowed=(Allowed("hotjar"),),
        budgets={"new-vendors": 0},
    )
    assert verdict(seen, policy=named).issues == ()


def test_to_accept_one_new_vendor_does_not_let_in_the_next() -> None:
    policy = structs.replace(POLICY, budgets={"new-vendors": 0})
    first = verdict(visit(who("google")), policy=policy)
    known = updated((visit(who("google")),), first.issues, DAY)
    second = verdict(visit(who("google"), who("hotjar")), policy=policy, baseline=known)
    assert [(one.org, one.counts) for one in second.issues] == [("hotjar", True)]


@pytest.mark.parametrize("name", ["third_parties", "cookies", "new_vendors"])
def test_a_blocked_visit_passes_no_bound(name: str) -> None:
    blocked = visit(who(), cookies=COOKIES, inconclusive=("challenge",))
    bounds: dict[str, Any] = {name: 0}
    assert over(blocked, **bounds) == ()
