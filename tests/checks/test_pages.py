"""Cookies, consent questions, opt-out forms and vendors."""

from __future__ import annotations

import pytest

from dataexposure.checks.consent_design import (
    gpc_status_shown,
    no_preticked_choices,
    optout_form_needs_no_id,
    reject_as_easy_as_accept,
)
from dataexposure.checks.cookies import cookie_flags, cookie_lifetime
from dataexposure.checks.vendors import (
    declared_not_observed,
    forbidden_vendor,
    undeclared_vendor,
)
from dataexposure.policy import Allowed, Policy
from dataexposure.website import OWN_HOST, RECORDED, WRITTEN, Choice, Field, Kept
from tests.checks.made import SITE, raised, visit, who

OPT_OUT = Policy(site=SITE, opt_out=(f"{SITE}/privacy/opt-out",))


def form(*fields: Field) -> list[str]:
    seen = visit(page="/privacy/opt-out", fields=fields)
    return [data for _, _, data in raised(optout_form_needs_no_id, seen, policy=OPT_OUT)]


def test_a_cookie_that_lives_too_long_is_one_issue_for_a_page() -> None:
    long, short = Kept("_ga", ".shop.example", days=400), Kept("sid", ".shop.example", days=395)
    session = Kept("s", ".shop.example")
    visits = (
        visit(cookies=(long, short, session)),
        visit(state="accept", cookies=(Kept("_ga", ".shop.example", days=730.4),)),
        visit(page="/b", cookies=(long,)),
    )
    assert sorted(raised(cookie_lifetime, *visits)) == [("/", "", "_ga"), ("/b", "", "_ga")]
    assert {found.detail for found in cookie_lifetime(visits, OPT_OUT)} == {
        "731 > 395",
        "400 > 395",
    }
    strict = Policy(site=SITE, cookie_max_days=30)
    assert ("/", "", "sid") in raised(cookie_lifetime, *visits, policy=strict)


@pytest.mark.parametrize(
    ("kept", "bad"),
    [
        (Kept("a", "shop.example"), True),
        (Kept("a", ".shop.example", secure=True), False),
        (Kept("a", "cdn.shop-cdn.example"), True),
        (Kept("a", "ads.example"), False),
        (Kept("a", "ads.example", same_site="None"), True),
        (Kept("a", "ads.example", same_site="None", secure=True), False),
    ],
)
def test_cookies_that_would_be_sent_in_the_clear(kept: Kept, bad: bool) -> None:
    own = Policy(site=SITE, first_party=("shop-cdn.example",))
    assert bool(raised(cookie_flags, visit(cookies=(kept,)), policy=own)) is bad


def test_a_page_without_encryption_is_not_asked_for_secure_cookies() -> None:
    plain = visit(cookies=(Kept("a", "shop.example"),))
    assert raised(cookie_flags, plain)
    bare = visit(cookies=(Kept("a", "shop.example"),))
    http = type(bare)("http://shop.example/", "none", RECORDED, 1, cookies=bare.cookies)
    assert raised(cookie_flags, http) == []


@pytest.mark.parametrize(
    ("accept", "reject", "bad"), [(1, 3, True), (1, 0, True), (1, 1, False), (2, 1, False)]
)
def test_rejecting_takes_no_more_clicks_than_accepting(accept: int, reject: int, bad: bool) -> None:
    asked = visit(choice=Choice(accept_clicks=accept, reject_clicks=reject))
    assert bool(raised(reject_as_easy_as_accept, asked)) is bad


def test_a_page_that_only_informs_asks_nothing() -> None:
    assert raised(reject_as_easy_as_accept, visit(choice=Choice(platform="words"))) == []
    assert raised(reject_as_easy_as_accept, visit()) == []


def test_a_question_without_a_way_to_reject_is_seen_though_the_state_is_inconclusive() -> None:
    choice = Choice(accept_clicks=1, preticked=2)
    stuck = visit(state="reject", choice=choice, inconclusive=("no-control",))
    assert raised(reject_as_easy_as_accept, stuck) == [("/", "", "")]
    assert raised(no_preticked_choices, stuck) == [("/", "", "")]
    blocked = visit(choice=choice, inconclusive=("challenge", "no-control"))
    assert raised(reject_as_easy_as_accept, blocked) == []


def test_choices_that_are_on_beforehand() -> None:
    assert raised(no_preticked_choices, visit(choice=Choice(preticked=1))) == [("/", "", "")]
    assert raised(no_preticked_choices, visit(choice=Choice())) == []


def test_only_a_browser_can_tell_whether_the_signal_is_acknowledged() -> None:
    assert raised(gpc_status_shown, visit(state="gpc")) == [("/", "", "")]
    assert raised(gpc_status_shown, visit(state="gpc", honoured=True)) == []
    assert raised(gpc_status_shown, visit(state="gpc", depth=RECORDED)) == []
    assert raised(gpc_status_shown, visit(state="none")) == []


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        (Field("file", "proof"), ["file"]),
        (Field("text", "dateOfBirth"), ["birth-date"]),
        (Field("date", "user[birth_date]"), ["birth-date"]),
        (Field("text", "ssn"), ["national-number"]),
        (Field("text", "Fødselsnummer"), ["national-number"]),
        (Field("text", "cnp"), ["national-number"]),
        (Field("text", "passport-number"), ["document"]),
        (Field("text", "паспорт"), ["document"]),
        (Field("hidden", "document_id_card"), []),
        (Field("text", "order_id"), []),
        (Field("email", "email"), []),
        (Field("text", "passphrase"), []),
        (Field("text", "mission"), []),
    ],
)
def test_what_an_opt_out_form_asks_for(field: Field, asked: list[str]) -> None:
    assert form(field) == asked


def test_an_opt_out_form_may_require_four_fields() -> None:
    def required(number: int) -> tuple[Field, ...]:
        return tuple(Field("text", f"f{n}", required=True) for n in range(number))

    assert form(*required(4), Field("text", "more"), Field("hidden", "h", required=True)) == []
    assert form(*required(5)) == ["required-fields"]
    radio = (Field("radio", "why", required=True),) * 8
    assert form(*radio) == []


def test_other_pages_may_ask_for_what_they_need() -> None:
    seen = visit(page="/checkout", fields=(Field("file", "proof"),))
    assert raised(optout_form_needs_no_id, seen, policy=OPT_OUT) == []
    assert raised(optout_form_needs_no_id, seen) == []


@pytest.mark.parametrize(
    "name", ["hotjar", "contentsquare", "role:analytics", "hotjar.example", "site:hotjar.example"]
)
def test_a_vendor_is_named_by_id_parent_role_or_domain(name: str) -> None:
    seen = visit(who("hotjar", parent="contentsquare"))
    assert raised(undeclared_vendor, seen) == [("/", "hotjar", "")]
    assert raised(undeclared_vendor, seen, policy=Policy(site=SITE, declared=(name,))) == []
    allowed = Policy(site=SITE, allowed=(Allowed(name),))
    assert raised(undeclared_vendor, seen, policy=allowed) == []
    assert raised(forbidden_vendor, seen, policy=Policy(site=SITE, forbidden=(name,))) != []


@pytest.mark.parametrize("name", ["hot", "role:advertising", "jar.example", "other.example"])
def test_a_vendor_that_is_not_meant_is_undeclared_and_not_forbidden(name: str) -> None:
    seen = visit(who("hotjar", parent="contentsquare"))
    assert raised(undeclared_vendor, seen, policy=Policy(site=SITE, declared=(name,))) != []
    assert raised(forbidden_vendor, seen, policy=Policy(site=SITE, forbidden=(name,))) == []


def test_vendors_that_are_needed_or_only_written_are_to_be_declared_too() -> None:
    seen = visit(who("stripe", functional=True), who("hotjar", relation=WRITTEN))
    assert [org for _, org, _ in raised(undeclared_vendor, seen)] == ["stripe", "hotjar"]


def test_an_allowed_domain_does_not_let_in_the_vendors_other_hosts() -> None:
    both = visit(who("google", hosts=("fonts.example", "ads.example")))
    domain = Policy(site=SITE, declared=("fonts.example",))
    assert raised(undeclared_vendor, both, policy=domain) == [("/", "google", "")]
    banned = Policy(site=SITE, forbidden=("ads.example",))
    assert raised(forbidden_vendor, both, policy=banned) == [("/", "google", "")]


def test_software_allowed_on_own_hosts_is_not_allowed_elsewhere() -> None:
    own = Policy(site=SITE, allowed=(Allowed("own:matomo"),))
    here, there = visit(who("matomo", relation=OWN_HOST)), visit(who("matomo"), page="/b")
    assert raised(undeclared_vendor, here, there, policy=own) == [("/b", "matomo", "")]


def test_a_company_of_many_trades_is_not_replay_because_it_sells_that_too() -> None:
    banned = Policy(site=SITE, forbidden=("role:session-replay",))
    many = who("microsoft", roles=("advertising", "session-replay"))
    assert raised(forbidden_vendor, visit(many), policy=banned) == []
    met = who("microsoft", roles=("advertising",), replay=True)
    assert raised(forbidden_vendor, visit(met), policy=banned) == [("/", "microsoft", "")]
    trade = who("hotjar", roles=("session-replay", "analytics"))
    assert raised(forbidden_vendor, visit(trade), policy=banned) == [("/", "hotjar", "")]


def test_who_is_allowed_by_name_is_not_forbidden_by_a_role() -> None:
    policy = Policy(site=SITE, allowed=(Allowed("hotjar"),), forbidden=("role:analytics",))
    seen = visit(who("hotjar"), who("mixpanel"))
    assert raised(forbidden_vendor, seen, policy=policy) == [("/", "mixpanel", "")]


def test_declared_vendors_that_were_not_met_anywhere() -> None:
    policy = Policy(site=SITE, declared=("hotjar", "meta", "role:data-broker"))
    seen = visit(who("hotjar"))
    assert raised(declared_not_observed, seen, policy=policy) == [
        ("", "meta", ""),
        ("", "role:data-broker", ""),
    ]
    blocked = visit(inconclusive=("challenge",))
    assert raised(declared_not_observed, blocked, policy=policy) == []
