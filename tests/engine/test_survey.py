"""Who was met on a page: by name, by relation, and as what they count."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest
from msgspec import structs

from dataexposure import urls
from dataexposure.engine.survey import Surveyor
from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.website import (
    DISGUISED,
    OWN_HOST,
    STATIC,
    THIRD,
    WRITTEN,
    Called,
    Canary,
    Kept,
    Leak,
    Notes,
    Recipient,
    Stored,
    Visit,
    WebsiteTable,
    Written,
)

AT = Locator("har", "shop.har", "entry:1")
SHOP = "https://shop.example/checkout/thank-you"
EMAIL = "canary-77@example.com"
TABLE = WebsiteTable(
    tracking=frozenset(
        {"advertising", "analytics", "retargeting", "session-replay", "tag-manager"}
    ),
    sharing=frozenset({"advertising", "retargeting"}),
    functional=frozenset({"payment-processor", "consent-platform"}),
    hosts={
        "doubleclick.net": "tracking",
        "fonts.googleapis.com": "functional",
        "hotjar.com": "replay",
    },
    calls={"canvas": 2},
    disguised={"data.shop.example": "criteo"},
    targets={"omtrdc.net": "adobe"},
    consent_parameters=frozenset({"gdpr_consent"}),
)


@pytest.fixture(scope="module")
def base(rulebase: Rulebase) -> Rulebase:
    return structs.replace(rulebase, website=TABLE)


def request(url: str, body: str = "", kind: str = "", page: str = SHOP) -> Observation:
    facts = {"url": (url,), "method": ("POST" if body else "GET",)}
    if body:
        facts |= {"body": (body,), "type": (kind,)}
    context = Observation("visit", {"url": (page,)}, AT)
    party = urls.registrable(urls.split(page).host)
    return Observation("request", facts, AT, party=party, context=context)


def survey(base: Rulebase, *seen: Observation | Written, notes: Notes | None = None) -> Visit:
    first = notes or Notes(page=SHOP + "?order=1042", state="none")
    return Surveyor(base).visit([first, *seen])


def by_org(visit: Visit) -> Mapping[str, Recipient]:
    return {one.org: one for one in visit.recipients}


def test_a_purchase_event_is_named_and_its_facts_are_decoded(base: Rulebase) -> None:
    hashed = hashlib.sha256(EMAIL.encode()).hexdigest()
    seen = request(
        "https://www.facebook.com/tr/?id=1&ev=Purchase&cd%5Bvalue%5D=73.19"
        f"&cd%5Border_id%5D=A1042&ud%5Bem%5D={hashed}"
    )
    notes = Notes(page=SHOP, state="accept", canaries=(Canary("email", EMAIL),))
    meta = by_org(survey(base, seen, notes=notes))["meta"]
    purchase = next(one for one in meta.sent if one.event == "purchase")
    assert (meta.name, meta.relation, meta.tracking) == ("Meta", THIRD, "event")
    assert ("amount", "73.19") in purchase.values
    assert ("order-number", "A1042") in purchase.values
    assert "email-hash" in purchase.carried
    assert purchase.during == "purchase"
    assert Leak("email", "sha256", "url") in meta.leaks
    assert hashed not in str(meta), "what tells a person is never kept"


def test_the_page_is_kept_without_its_query(base: Rulebase) -> None:
    assert survey(base).page == SHOP


def test_a_host_that_nobody_knows_is_named_and_judged_by_nothing(base: Rulebase) -> None:
    found = by_org(survey(base, request("https://cdn.unknown-host.example/x.js")))
    stranger = found["site:unknown-host.example"]
    assert (stranger.name, stranger.tracking, stranger.functional) == (
        "unknown-host.example",
        "",
        False,
    )


def test_fonts_of_an_advertising_company_are_not_tracking(base: Rulebase) -> None:
    google = by_org(survey(base, request("https://fonts.googleapis.com/css2?family=X")))["google"]
    assert google.functional
    assert not google.tracking
    ads = by_org(survey(base, request("https://ad.doubleclick.net/x")))["google"]
    assert ads.tracking == "host"
    both = by_org(
        survey(
            base, request("https://fonts.googleapis.com/x"), request("https://ad.doubleclick.net/x")
        )
    )["google"]
    assert both.tracking_hosts == ("ad.doubleclick.net",)
    assert ads.sharing


def test_a_tag_manager_of_a_company_of_many_trades_is_not_tracking_by_itself(
    base: Rulebase,
) -> None:
    found = by_org(survey(base, request("https://www.googletagmanager.com/gtm.js?id=GTM-X")))
    assert not found["google"].tracking


def test_a_relay_on_an_own_host_is_told_by_its_shape(base: Rulebase) -> None:
    seen = request(
        "https://metrics.shop.example/g/collect?v=2&tid=G-1&en=purchase&epn.value=73.19&ep.transaction_id=A1"
    )
    google = by_org(survey(base, seen))["google"]
    assert google.relation == OWN_HOST
    assert google.tracking == "event"
    assert google.hosts == ("metrics.shop.example",)
    assert not survey(base, request("https://shop.example/api/cart?en=purchase")).recipients


def test_a_disguised_host_is_told_from_the_bundle_and_from_the_dns(base: Rulebase) -> None:
    listed = by_org(survey(base, request("https://data.shop.example/x")))["criteo"]
    assert listed.relation == DISGUISED
    notes = Notes(page=SHOP, cnames={"smetrics.shop.example": "shop.sc.omtrdc.net."})
    asked = by_org(survey(base, request("https://smetrics.shop.example/x"), notes=notes))["adobe"]
    assert asked.relation == DISGUISED


def test_code_in_the_page_is_told_apart_from_what_was_sent(base: Rulebase) -> None:
    script = request("https://connect.facebook.net/en_US/fbevents.js")
    assert by_org(survey(base, Written(script)))["meta"].relation == WRITTEN
    both = survey(base, Written(script), script)
    assert [one.relation for one in both.recipients] == [THIRD]


def test_session_replay_is_named(base: Rulebase) -> None:
    found = by_org(survey(base, request("https://script.hotjar.com/modules.js")))
    assert any(one.replay for one in found.values())


def test_further_domains_of_the_owner_are_no_third_parties(base: Rulebase) -> None:
    seen = request("https://static.shop-cdn.example/x.js")
    surveyor = Surveyor(base, first_party=["shop-cdn.example"])
    assert not surveyor.visit([Notes(page=SHOP), seen]).recipients
    assert survey(base, seen).recipients


def test_a_consent_string_is_seen(base: Rulebase) -> None:
    seen = request(
        "https://ads.unknown-host.example/b?gdpr=1&gdpr_consent=CPABCDEFGHIJKLMNOPQRSTUVWX"
    )
    (found,) = survey(base, seen).recipients
    assert [one.kind for one in found.leaks] == ["consent-string"]
    empty = request("https://ads.unknown-host.example/b?gdpr=1&gdpr_consent=")
    assert not survey(base, empty).recipients[0].leaks


def test_cookies_and_keys_are_given_their_owner(base: Rulebase) -> None:
    notes = Notes(
        page=SHOP,
        cookies=(
            Kept("_ga", "shop.example", days=400),
            Kept("session", "shop.example"),
            Kept("IDE", ".doubleclick.net", days=390, secure=True, same_site="None"),
        ),
        storage=(Stored("basket", "shop.example"), Stored("_fbp", "shop.example")),
    )
    visit = survey(base, notes=notes)
    owners = {kept.name: (kept.org, kept.tracking) for kept in visit.cookies}
    assert owners == {"_ga": ("google", True), "session": ("", False), "IDE": ("google", True)}
    assert {one.name: one.org for one in visit.storage} == {"basket": "", "_fbp": "meta"}


def test_calls_below_their_bound_are_left_out(base: Rulebase) -> None:
    notes = Notes(
        page=SHOP, calls=(Called("canvas", "a.example", 1), Called("canvas", "b.example", 2))
    )
    assert [one.host for one in survey(base, notes=notes).calls] == ["b.example"]


def test_several_kinds_of_calls_from_elsewhere_are_kept_below_their_bounds(base: Rulebase) -> None:
    bounds = structs.replace(TABLE, calls={"canvas": 9, "webgl": 9, "audio": 9})
    few = structs.replace(base, website=bounds)
    kinds = ("canvas", "webgl", "audio")
    calls = tuple(
        Called(kind, host, 1) for host in ("t.example.net", "shop.example") for kind in kinds
    )
    found = survey(
        few, notes=Notes(page=SHOP, calls=(*calls, Called("canvas", "u.example.net", 8)))
    )
    assert {one.host for one in found.calls} == {"t.example.net"}
    assert {one.call for one in found.calls} == set(kinds)


def test_without_a_browser_nobody_is_said_to_have_been_contacted(base: Rulebase) -> None:
    notes = Notes(page=SHOP, state="none", depth=STATIC)
    seen = request("https://www.googletagmanager.com/gtm.js?id=GTM-X")
    assert [one.relation for one in survey(base, seen, notes=notes).recipients] == [WRITTEN]


def test_a_payment_page_is_functional(base: Rulebase) -> None:
    stripe = by_org(survey(base, request("https://js.stripe.com/v3/")))["stripe"]
    assert stripe.functional
    assert not stripe.tracking


def test_a_page_of_somebody_else_on_the_way_is_named_but_tells_no_event(base: Rulebase) -> None:
    at_bank = Observation(
        "visit", {"url": ("https://pay.unknown-host.example/order-received",)}, AT
    )
    (met,) = survey(base, at_bank).recipients
    assert (met.org, met.sent) == ("site:unknown-host.example", ())
    at_broker = Observation("visit", {"url": ("https://ad.doubleclick.net/click",)}, AT)
    assert not survey(base, at_broker).recipients[0].tracking, "the visitor went there"
    own = Observation("visit", {"url": (SHOP,)}, AT)
    assert not survey(base, own).recipients
