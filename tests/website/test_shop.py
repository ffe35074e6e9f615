"""The shop does what `expected.py` says: held against the server's own log, with a browser.

Nothing of the program is used here; this is the verdict that the program is held against.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.website import expected
from tests.website.asked import MESSAGE, Asked
from tests.website.expected import MET, PURCHASES, THIRD, Purchase
from tests.website.orders import CURRENCY, PRICE, PRODUCT, SHOWN, SKU, Order
from tests.website.shop import Shop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

EMAIL: Final = "Planted.7319@buyer.example"
PHONE: Final = "+47 400 07 319"
NAME: Final = "Planta Canary"
PATIENCE: Final = 8.0
SETTLE: Final = 0.3
GPC: Final = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
CONTROLS: Final = {
    "accept": "#onetrust-accept-btn-handler",
    "reject": "#onetrust-reject-all-handler",
}


class Bought(NamedTuple):
    """What arrived on the way through the checkout, and the order that was placed."""

    requests: tuple[Asked, ...]
    order: Order


def until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return true()


def third_parties(shop: Shop) -> frozenset[str]:
    return frozenset(asked.host for asked in shop.requests) & THIRD.keys()


def entered(chromium: Browser, state: str) -> BrowserContext:
    headers = {"Sec-GPC": "1"} if state == "gpc" else {}
    context = chromium.new_context(ignore_https_errors=True, extra_http_headers=headers)
    if state == "gpc":
        context.add_init_script(GPC)
    return context


def choose(page: Page, state: str) -> None:
    if state in CONTROLS:
        page.click(CONTROLS[state])


@pytest.fixture
def visit(chromium: Browser, shop: Shop) -> Iterator[Callable[[str, str], Page]]:
    contexts: list[BrowserContext] = []

    def opened(path: str, state: str) -> Page:
        shop.forget()
        contexts.append(entered(chromium, state))
        page = contexts[-1].new_page()
        page.goto(f"https://{expected.SITE}{path}")
        choose(page, state)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def bought(chromium: Browser, shop: Shop) -> Iterator[Bought]:
    """What arrived while somebody who accepted everything walked through the checkout."""
    shop.forget()
    context = entered(chromium, "accept")
    page = context.new_page()
    page.goto(f"https://{expected.SANDBOX}/product/teapot")
    choose(page, "accept")
    page.click("#add")
    page.click("#checkout")
    page.fill("#email", EMAIL)
    page.fill("#phone", PHONE)
    page.fill("#name", NAME)
    page.click("#pay")
    page.wait_for_selector("#thanks")
    until(lambda: third_parties(shop) == expected.MET_IN_FLOW["accept"])
    time.sleep(SETTLE)
    [order] = shop.orders.all
    yield Bought(shop.requests, order)
    context.close()


@pytest.mark.parametrize("state", list(MET))
def test_each_state_meets_whom_it_should(
    visit: Callable[[str, str], Page], shop: Shop, state: str
) -> None:
    visit("/", state)
    until(lambda: third_parties(shop) >= MET[state])
    time.sleep(SETTLE)
    assert MET[state] <= third_parties(shop)
    assert third_parties(shop) <= MET[state] | expected.BEFORE


@pytest.mark.parametrize("state", ["none", "reject", "gpc"])
def test_only_who_accepts_has_purchases_told(
    visit: Callable[[str, str], Page], shop: Shop, state: str
) -> None:
    page = visit("/checkout/thank-you", state)
    assert page.inner_text("#order-number") == SHOWN.number
    until(lambda: third_parties(shop) >= MET[state])
    time.sleep(SETTLE)
    texts = [decoded(asked) for asked in shop.requests if asked.host != expected.SITE]
    assert not [text for text in texts if SHOWN.number in text or PRICE in text]
    assert not third_parties(shop) & expected.never(state)


def test_the_signal_needs_its_header_and_its_property(chromium: Browser, shop: Shop) -> None:
    shop.forget()
    with chromium.new_context(
        ignore_https_errors=True, extra_http_headers={"Sec-GPC": "1"}
    ) as context:
        context.new_page().goto(f"https://{expected.SITE}/")
        until(lambda: third_parties(shop) >= MET["none"])
        time.sleep(SETTLE)
    assert third_parties(shop) == MET["none"]


def decoded(asked: Asked) -> str:
    """Everything that a request says, and the same decoded ever more."""
    texts = [f"{asked.path}?{asked.query}\n{asked.text}"]
    for _ in range(4):
        texts.append(unquote_plus(texts[-1]))
    return "\n".join(texts)


def forms() -> dict[str, str]:
    tidy = EMAIL.lower().encode()
    digest = hashlib.sha256(tidy).digest()
    return {
        "plain": EMAIL,
        "md5": hashlib.md5(tidy, usedforsecurity=False).hexdigest(),
        "sha256": digest.hex(),
        "sha256url": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "base64": base64.b64encode(tidy).decode(),
    }


@pytest.mark.parametrize("event", PURCHASES, ids=lambda one: f"{one.host}-{one.method}")
def test_each_purchase_event_arrives(bought: Bought, event: Purchase) -> None:
    number = bought.order.number
    facts = {"amount": PRICE, "currency": CURRENCY, "order-number": number, "items": SKU}
    wanted = [facts[name] for name in event.shows]
    if event.email:
        wanted.append(forms()[event.email])
    found = [
        asked
        for asked in bought.requests
        if (asked.host, asked.method, asked.path) == (event.host, event.method, event.path)
        and all(text in decoded(asked) for text in wanted)
    ]
    assert len(found) == event.times


def test_the_typed_address_goes_out_over_a_web_socket(bought: Bought) -> None:
    said = [asked for asked in bought.requests if asked.method == MESSAGE]
    assert {asked.host for asked in said} == {"ws.hotjar.com"}
    assert [EMAIL in asked.text for asked in said].count(True) == 1


def test_the_whole_way_meets_every_third_party(bought: Bought) -> None:
    assert {asked.host for asked in bought.requests} & THIRD.keys() == expected.MET_IN_FLOW[
        "accept"
    ]
    assert len(expected.organisations(expected.MET_IN_FLOW["accept"])) >= 16


def test_bodies_come_as_each_vendor_packs_them(bought: Bought) -> None:
    def bodies(host: str) -> list[tuple[str, str]]:
        return [
            (asked.headers.get("content-type", "").partition(";")[0], asked.text)
            for asked in bought.requests
            if asked.host == host and asked.method == "POST" and PRICE in decoded(asked)
        ]

    meta = bodies("www.facebook.com")
    assert {kind for kind, _ in meta} == {
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    }
    assert all(PRODUCT in text or PRODUCT.replace(" ", "+") in text for _, text in meta)
    [(kind, text)] = bodies("analytics.tiktok.com")
    assert (kind, text[:1]) == ("application/json", "{")
    [(_, lines)] = bodies("region1.google-analytics.com")
    assert [line.partition("&")[0] for line in lines.split("\r\n")] == [
        "en=page_view",
        "en=purchase",
        "en=scroll",
    ]


def test_cookies_and_storage_are_kept_as_expected(chromium: Browser, shop: Shop) -> None:
    shop.forget()
    with entered(chromium, "accept") as context:
        page = context.new_page()
        given: list[str] = []
        page.on("response", lambda one: given.append(one.all_headers().get("set-cookie", "")))
        page.goto(f"https://{expected.SITE}/checkout/thank-you")
        choose(page, "accept")
        until(lambda: third_parties(shop) >= expected.never("reject") - {"js.stripe.com"})
        time.sleep(SETTLE)
        kept = {cookie["name"]: cookie for cookie in context.cookies()}
        stored = page.evaluate("Object.keys(localStorage)")
    assert expected.COOKIES["accept"] <= kept.keys()
    name, days = expected.LONG_LIVED
    assert not kept[name]["secure"]
    assert round((kept[name]["expires"] - time.time()) / 86400) == days
    assert set(stored) >= expected.STORED
    name, domain, days = expected.ABROAD
    [abroad] = {text for text in given if text.startswith(f"{name}=")}
    words = abroad.split("; ")
    assert f"Max-Age={days * 86400}" in words
    assert {f"Domain={domain}", "SameSite=None", "Secure"} <= set(words)


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("/words", "text=Avvis alle", ""),
        ("/shadow", "text=Reject all", ""),
        ("/hard-reject", "#onetrust-pc-btn-handler", ".ot-pc-refuse-all-handler"),
    ],
)
def test_other_banners_take_a_no(
    visit: Callable[[str, str], Page], shop: Shop, path: str, first: str, second: str
) -> None:
    page = visit(path, "none")
    page.click(first)
    if second:
        assert page.locator("input.category-switch-handler:checked").count() == 3
        page.click(second)
    until(lambda: third_parties(shop) >= MET["reject"] - {"cdn.cookielaw.org"})
    time.sleep(SETTLE)
    assert "www.facebook.com" in third_parties(shop)
    assert not third_parties(shop) & expected.never("reject")


def test_a_plain_page_asks_nobody(visit: Callable[[str, str], Page], shop: Shop) -> None:
    visit("/plain", "none")
    time.sleep(SETTLE)
    # Beside the page's own traffic there may be the browser's, which is about nobody here.
    assert not {asked.host for asked in shop.requests} & (THIRD.keys() | {expected.RELAY})


def test_what_goes_wrong_goes_wrong_as_it_should(visit: Callable[[str, str], Page]) -> None:
    page = visit("/plain", "none")
    answer = page.goto(f"https://{expected.SITE}/challenge")
    assert answer is not None
    assert (answer.status, answer.headers["cf-mitigated"]) == (403, "challenge")
    answer = page.goto(f"https://{expected.SITE}/broken")
    assert answer is not None
    assert answer.status == 500
    page.goto(f"https://{expected.SITE}/away")
    assert page.url == f"https://{expected.ELSEWHERE}/"
    with pytest.raises(Exception, match="Timeout"):
        page.goto(f"https://{expected.SITE}/slow", timeout=500)
