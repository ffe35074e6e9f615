"""`dataexposure site` on the local shop, from the command line to the report.

The runs in a browser go side by side, and each is looked at by many tests. What is asserted is
the ground truth of `expected.py`, which `test_shop.py` holds against the server's own log.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.website import expected
from tests.website.expected import MET, PURCHASES, THIRD, Purchase
from tests.website.orders import CURRENCY, PRICE, SKU, Order
from tests.website.runs import POLICY, Json, Run, Running, at, hosts, issues, met, run, visit
from tests.website.shop import Shop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

FLOW: Final = "flow:checkout"
ODD: Final = ("/words", "/shadow", "/hard-reject", "/privacy/opt-out")


class Checked(NamedTuple):
    """The runs: the shop in four states with its flows, odd pages and bad ones after a no."""

    shop: Shop
    main: Run
    odd: Run
    bad: Run
    order: Order
    kept: Path


def named(event: Purchase) -> str:
    return f"{event.host}-{event.method}"


def address(path: str) -> str:
    return f"https://{expected.SITE}{path}"


@pytest.fixture(scope="module")
def checked(installed: str, shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    kept = tmp_path_factory.mktemp("kept")
    browser = ("--browser", installed, "--policy", str(POLICY), "--format", "json")
    common = (*at(shop), *browser)
    main = Running(address("/"), *common, "--keep", kept)
    after = (*common, "--no-flows", "--state", "reject", "--fail-on", "never")
    odd = Running(*map(address, ODD), *after)
    bad = Running(*map(address, expected.INCONCLUSIVE), *after, "--timeout", "6")
    ended = main.ended(), odd.ended(), bad.ended()
    orders = {order.choice: order for order in shop.orders.all}
    assert orders.keys() == {"accept", "reject"}
    return Checked(shop, *ended, orders["accept"], kept)


@pytest.fixture(scope="module")
def report(checked: Checked) -> Json:
    return checked.main.report


@pytest.fixture(scope="module")
def flow(report: Json) -> Json:
    return visit(report, FLOW, "accept")


def test_findings_fail_the_run(checked: Checked) -> None:
    assert checked.main.code == 1, checked.main.err
    assert not checked.main.err


@pytest.mark.parametrize("state", list(MET))
def test_the_states_are_told_apart(report: Json, state: str) -> None:
    seen = visit(report, "/", state)
    assert not seen["inconclusive"]
    assert MET[state] <= hosts(seen) <= MET[state] | expected.BEFORE


@pytest.mark.parametrize(("state", "clicks"), [("reject", 1), ("accept", 1), ("none", 0)])
def test_the_choice_is_made_and_counted(report: Json, state: str, clicks: int) -> None:
    choice = visit(report, "/", state)["choice"]
    assert choice["platform"] == "onetrust"
    assert choice.get("made", "") == (state if clicks else "")
    assert choice.get("clicks", 0) == clicks
    assert (choice["accept_clicks"], choice["reject_clicks"]) == (1, 1)


@pytest.mark.parametrize("host", sorted(THIRD))
def test_every_third_party_is_named(flow: Json, host: str) -> None:
    orgs = [one["org"] for one in met(flow, "third-party") if host in one["hosts"]]
    assert orgs == [THIRD[host]]


def told(flow: Json, event: Purchase) -> list[tuple[str, str]]:
    """What is decoded of an event, as pairs of fact and text."""
    relation = "own-host" if event.host == expected.RELAY else "third-party"
    return [
        (fact, text)
        for one in met(flow, relation)
        if one["org"] == event.org and event.host in one["hosts"]
        for sent in one.get("sent", ())
        if sent["signal"] == event.signal and sent["event"] == "purchase"
        for fact, text in sent["values"]
    ]


@pytest.mark.parametrize("event", PURCHASES, ids=named)
def test_every_purchase_event_is_decoded(flow: Json, checked: Checked, event: Purchase) -> None:
    values = told(flow, event)
    if "order-number" in event.shows:
        assert ("order-number", checked.order.number) in values
    if "items" in event.shows:
        assert [text for fact, text in values if fact == "items" and SKU in text]
    if "amount" in event.shows:  # some vendors put the price into the list of products
        assert [text for fact, text in values if fact in ("amount", "items") and PRICE in text]


@pytest.mark.parametrize("event", [one for one in PURCHASES if "currency" in one.shows], ids=named)
def test_the_currency_of_a_purchase_is_decoded(flow: Json, event: Purchase) -> None:
    assert ("currency", CURRENCY) in told(flow, event)


@pytest.mark.parametrize(("org", "kind", "form", "where"), sorted(expected.LEAKS))
def test_planted_contact_data_is_found(
    flow: Json, org: str, kind: str, form: str, where: str
) -> None:
    found = {
        (leak["kind"], leak["form"], leak["where"])
        for one in met(flow)
        if one["org"] == org
        for leak in one.get("leaks", ())
    }
    assert (kind, form, where) in found


@pytest.mark.parametrize("kind", ["email", "phone", "name"])
def test_nobody_else_is_said_to_have_contact_data(flow: Json, kind: str) -> None:
    said = {
        one["org"] for one in met(flow) for leak in one.get("leaks", ()) if leak["kind"] == kind
    }
    assert said == {org for org, what, *_ in expected.LEAKS if what == kind}


def test_no_report_says_what_the_buyer_typed(checked: Checked) -> None:
    for text in (checked.order.email, checked.order.phone, checked.order.name):
        assert text not in checked.main.out


@pytest.mark.parametrize("state", list(expected.COOKIES))
def test_tracking_cookies_are_seen(report: Json, state: str) -> None:
    marks = {one["name"] for one in visit(report, "/", state)["cookies"] if one.get("tracking")}
    assert marks >= expected.COOKIES[state]


def test_cookies_have_their_life_and_flags(report: Json, flow: Json) -> None:
    name, days = expected.LONG_LIVED
    [own] = [one for one in visit(report, "/", "none")["cookies"] if one["name"] == name]
    assert (round(own["days"]), own.get("secure", False)) == (days, False)
    name, domain, _ = expected.ABROAD
    [abroad] = [one for one in flow["cookies"] if one["name"] == name]
    assert abroad["host"].endswith(domain)
    assert (abroad["secure"], abroad["same_site"]) == (True, "None")
    assert abroad["days"] > 395


def test_storage_keys_and_telling_calls_are_seen(report: Json) -> None:
    seen = visit(report, "/", "accept")
    assert {one["name"] for one in seen["storage"]} >= expected.STORED
    assert expected.UNKNOWN in {one["host"] for one in seen["calls"]}
    assert not visit(report, "/", "none").get("calls")


def test_what_is_only_written_is_kept_apart(report: Json) -> None:
    written = {one["org"]: one for one in met(visit(report, "/", "none"), "written")}
    assert written.keys() >= expected.WRITTEN
    assert "purchase" in {sent["event"] for sent in written["google"]["sent"]}


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        ("no-tracking-before-consent", {"org": "google", "level": "error", "page": "/"}),
        ("no-tracking-after-reject", {"org": "meta", "level": "error", "page": "/"}),
        ("no-tracking-storage-before-consent", {"data": "_ga", "state": "none"}),
        ("gpc-honoured", {"org": "criteo", "level": "error", "state": "gpc"}),
        ("no-contact-data-to-third-party", {"org": "meta", "data": "email:sha256", "page": FLOW}),
        ("no-contact-data-to-third-party", {"org": "klaviyo", "data": "email:plain"}),
        ("no-contact-data-to-third-party", {"org": "hotjar", "data": "email:plain"}),
        ("no-contact-data-to-third-party", {"org": f"site:{expected.UNKNOWN}"}),
        ("cookie-lifetime", {"data": "_ga"}),
        ("cookie-flags", {"data": "_ga"}),
        ("undeclared-vendor", {"org": "criteo"}),
        ("forbidden-vendor", {"org": "hotjar"}),
        ("no-session-replay", {"org": "hotjar"}),
        ("no-fingerprinting", {}),
        ("no-first-party-relay", {"org": "google", "page": FLOW}),
        ("no-purchase-tags", {"org": "google"}),
        ("budget", {"data": "third-parties"}),
    ],
)
def test_the_checks_find_what_is_wrong(report: Json, check: str, wanted: dict[str, str]) -> None:
    assert issues(report, check, **wanted)


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        ("no-tracking-before-consent", {"org": "meta"}),
        ("no-tracking-before-consent", {"org": "onetrust"}),
        ("no-tracking-after-reject", {"org": "criteo"}),
        ("gpc-honoured", {"org": "meta"}),
        ("gpc-status-shown", {}),
        ("no-purchase-data-before-consent", {}),
        ("no-purchase-data-after-reject", {}),
        ("undeclared-vendor", {"org": "stripe"}),
        ("undeclared-vendor", {"org": "meta"}),
        ("no-contact-data-to-third-party", {"org": "stripe"}),
        ("reject-as-easy-as-accept", {}),
        ("no-preticked-choices", {}),
    ],
)
def test_the_checks_accuse_nobody_falsely(report: Json, check: str, wanted: dict[str, str]) -> None:
    assert not issues(report, check, **wanted)


def test_a_flow_in_python_runs_after_a_no(report: Json) -> None:
    seen = visit(report, "flow:refusal", "reject")
    assert not seen["inconclusive"]
    allowed = expected.MET_IN_FLOW["reject"]
    assert allowed <= hosts(seen) <= allowed | expected.BEFORE
    purchase = [sent for one in met(seen) for sent in one["sent"] if sent["event"] == "purchase"]
    assert not purchase


def test_what_is_excepted_does_not_count(report: Json) -> None:
    assert all(one["excepted"] for one in issues(report, "forbidden-vendor", org="hotjar"))


def test_kept_recordings_give_the_same_result_again(checked: Checked, report: Json) -> None:
    again = run(checked.kept, "--policy", POLICY, "--format", "json")
    assert again.code == checked.main.code
    assert sorted(map(str, again.report["visits"])) == sorted(map(str, report["visits"]))
    assert again.report["issues"] == report["issues"]


@pytest.mark.parametrize(("path", "why"), sorted(expected.INCONCLUSIVE.items()))
def test_what_cannot_be_seen_is_inconclusive(checked: Checked, path: str, why: str) -> None:
    assert why in visit(checked.bad.report, path, "reject")["inconclusive"]


def test_an_inconclusive_run_is_not_green(checked: Checked) -> None:
    assert checked.bad.code == 3, checked.bad.err


@pytest.mark.parametrize("path", ["/words", "/shadow", "/hard-reject"])
def test_other_banners_are_operated(checked: Checked, path: str) -> None:
    assert checked.odd.code == 0, checked.odd.err
    seen = visit(checked.odd.report, path, "reject")
    assert not seen["inconclusive"]
    assert seen["choice"]["made"] == "reject"
    assert "www.facebook.com" in hosts(seen)
    assert not hosts(seen) & expected.never("reject")


def test_a_no_that_takes_more_clicks_is_told(checked: Checked) -> None:
    choice = visit(checked.odd.report, "/hard-reject", "reject")["choice"]
    assert (choice["accept_clicks"], choice["reject_clicks"], choice["preticked"]) == (1, 2, 3)
    assert issues(checked.odd.report, "reject-as-easy-as-accept", page="/hard-reject")
    assert issues(checked.odd.report, "no-preticked-choices", page="/hard-reject")


def test_a_form_that_asks_for_too_much_is_told(checked: Checked) -> None:
    found = issues(checked.odd.report, "optout-form-needs-no-id", page="/privacy/opt-out")
    assert len({one["data"] for one in found}) >= 3


def test_nothing_but_the_pages_own_traffic_leaves(checked: Checked) -> None:
    assert {asked.host for asked in checked.shop.requests} <= set(expected.HOSTS)


def test_no_form_is_sent_outside_the_flow(checked: Checked) -> None:
    sent = [asked for asked in checked.shop.requests if asked.method == "POST"]
    to_shop = [asked.host for asked in sent if asked.host in (expected.SITE, expected.SANDBOX)]
    assert sorted(to_shop) == [expected.SANDBOX, expected.SITE]
    assert {asked.path for asked in sent if asked.host in to_shop} == {"/checkout"}


def test_the_signal_goes_as_a_header_in_its_state_only(checked: Checked) -> None:
    pages = [
        asked
        for asked in checked.shop.requests
        if (asked.host, asked.path) == ("shop.example", "/")
    ]
    assert sorted({asked.headers.get("sec-gpc", "") for asked in pages}) == ["", "1"]


def test_a_flow_is_refused_where_nobody_called_it_a_sandbox(
    checked: Checked, installed: str, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.yml"
    text = POLICY.read_text(encoding="utf-8").replace(
        "sandbox: [sandbox.shop.example, shop.example]", "sandbox: [other.example]"
    )
    policy.write_text(text, encoding="utf-8")
    for name in ("flow.yml", "flow.py"):
        shutil.copy(POLICY.parent / name, tmp_path)
    before = len(checked.shop.requests)
    words = ("--browser", installed, "--policy", str(policy), "--flow", "checkout")
    done = run(address("/plain"), *at(checked.shop), *words, "--state", "none")
    assert done.code in (2, 3)
    after = checked.shop.requests[before:]
    assert not [asked for asked in after if asked.host == expected.SANDBOX]
