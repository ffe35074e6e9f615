"""Keeps a flow on the sandbox: the main frame is led nowhere else.

Only documents are held up, each step of a redirect too; all else goes its way untouched. A new
window that leads elsewhere is closed at once, though its first address may have been asked. The
payment providers' own test systems are let through, as a test order is paid there. Their
names are those of the providers' documentation for testing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from dataexposure.urls import split

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PAYMENT: Final = (
    "apitest.vipps.no",
    "checkoutshopper-test.adyen.com",
    "playground.klarna.com",
    "sandbox.braintreegateway.com",
    "sandbox.paypal.com",
    "squareupsandbox.com",
    "test.adyen.com",
    "test.checkout.dibspayment.eu",
)
"""Test systems of payment providers; hosts below these count too."""

_STRIPE: Final = ("checkout.stripe.com", "/cs_test_")


def is_sandbox(url: str, sandbox: tuple[str, ...]) -> bool:
    """Say whether an address is on a listed host (`host` or `host:port`)."""
    host = split(url).host
    authority = url.partition("://")[2].partition("/")[0].rpartition("@")[2].lower()
    return bool(host) and any(one.lower() in (host, authority) for one in sandbox)


def may_open(url: str, sandbox: tuple[str, ...]) -> bool:
    """Say whether a flow may go to an address."""
    parts = split(url)
    if not parts.host or is_sandbox(url, sandbox):
        return True
    if parts.host == _STRIPE[0] and _STRIPE[1] in parts.path:
        return True
    return any(parts.host == one or parts.host.endswith(f".{one}") for one in PAYMENT)


def hold(
    context: BrowserContext, page: Page, sandbox: tuple[str, ...], stopped: Callable[[str], None]
) -> None:
    """Hold a page's main frame on the sandbox; `stopped` is told the host it was led to."""
    from playwright.sync_api import Error

    session = context.new_cdp_session(page)
    main = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def decide(event: dict[str, Any]) -> None:
        url = str(event["request"]["url"])
        number = {"requestId": event["requestId"]}
        try:
            if event.get("frameId") == main and not may_open(url, sandbox):
                stopped(split(url).host)
                session.send("Fetch.failRequest", {**number, "errorReason": "Aborted"})
            else:
                session.send("Fetch.continueRequest", number)
        except Error:
            return  # the frame is gone

    session.on("Fetch.requestPaused", decide)
    session.send(
        "Fetch.enable", {"patterns": [{"resourceType": "Document", "requestStage": "Request"}]}
    )


def watch(
    context: BrowserContext, first: Page, sandbox: tuple[str, ...], stopped: Callable[[str], None]
) -> None:
    """Hold the first page, and every further one that it opens; those elsewhere are closed."""
    from playwright.sync_api import Error

    hold(context, first, sandbox, stopped)

    def opened(page: Page) -> None:
        try:
            if may_open(page.url, sandbox):
                hold(context, page, sandbox, stopped)
            else:
                stopped(split(page.url).host)
                page.close()
        except Error:
            return  # it closed itself

    context.on("page", opened)
