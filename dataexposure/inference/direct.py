"""What the findings themselves say about an organisation: one function for each kind of reasoning.

Each function's docstring is the sentence that the report shows for its claims. A finding
supports one of them at most, the strongest that is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from dataexposure.inference.ground import RECORDS, Ground
from dataexposure.model import Claim, Finding

_SENT: Final = frozenset({"email", "email-hash", "phone"})
_CHECKOUT: Final = frozenset({"purchase", "checkout"})
_RECEIPTS: Final = frozenset({"purchase", "delivery"})
_PRESENT: Final = frozenset({"request", "cookie", "sdk", "dns", "image", "link", "visit"})
_IN_MAIL: Final = frozenset({"open", "mail-click", "sent-through"})
_CLICKS: Final = frozenset({"ad-click", "affiliate-click"})

Reason = Callable[[Ground], Iterable[Claim]]


def own_export(ground: Ground) -> Iterator[Claim]:
    """Its own export about you holds this purchase."""
    for position, finding in enumerate(ground.findings):
        if finding.holder and finding.event in RECORDS:
            yield from ground.claims(
                (position,),
                "own-export",
                "own_export",
                org=finding.holder,
                categories=("purchase",),
            )


def purchase_record(ground: Ground) -> Iterator[Claim]:
    """A purchase record names it: an order mail, a receipt, an order page or a payment page."""
    for position, finding in enumerate(ground.findings):
        if finding.channel in ("visit", "mail") and finding.event in RECORDS:
            yield from ground.claims((position,), "transaction", "purchase_record")


def receipt_carrier(ground: Ground) -> Iterator[Claim]:
    """It sent the receipt or parcel mail for the shop, and so had its content."""
    for position, finding in enumerate(ground.findings):
        if _carried_receipt(finding):
            yield from ground.claims(
                (position,), "transaction", "receipt_carrier", categories=("receipts",)
            )


def _carried_receipt(finding: Finding) -> bool:
    return finding.event == "sent-through" and finding.during in _RECEIPTS


def seen_transfer(ground: Ground) -> Iterator[Claim]:
    """Purchase data, or an address of yours in plain or scrambled form, was seen going to it."""
    for position, finding in enumerate(ground.findings):
        if _transferred(ground, finding):
            yield from ground.claims((position,), "transfer", "seen_transfer")


def _transferred(ground: Ground, finding: Finding) -> bool:
    if finding.channel not in ("request", "image") or ground.own(finding):
        return False
    if finding.event == "identity" or finding.event in RECORDS:
        return True
    words = ground.rulebase.vocabulary.data
    purchases = any(words[category].purchases for category in finding.carried)
    return bool(_SENT & set(finding.carried)) or (purchases and finding.during == "purchase")


def checkout_contact(ground: Ground) -> Iterator[Claim]:
    """It was contacted from a checkout or order page; what it was told is not visible."""
    for position, finding in enumerate(ground.findings):
        if _at_checkout(ground, finding):
            yield from ground.claims((position,), "checkout-contact", "checkout_contact")


def _at_checkout(ground: Ground, finding: Finding) -> bool:
    return (
        finding.channel == "request"
        and finding.during in _CHECKOUT
        and not _silent(ground, finding)
        and not ground.own(finding)
        and not _transferred(ground, finding)
    )


def account(ground: Ground) -> Iterator[Claim]:
    """You have an account, a card or an app with it."""
    for position, finding in enumerate(ground.findings):
        if grade := _account_grade(ground, finding):
            yield from ground.claims((position,), grade, "account")


def _account_grade(ground: Ground, finding: Finding) -> str:
    roles = ground.roles(finding.org)
    if finding.event == "loyalty":
        return "account-payment"
    held = finding.event in ("account", "login")
    if held or (finding.event == "installed" and any(role.account for role in roles)):
        paying = finding.event != "login" and any(role.payment for role in roles)
        return "account-payment" if paying else "account"
    return ""


def presence(ground: Ground) -> Iterator[Claim]:
    """Its cookie, pixel or code was there; what it was told is not visible."""
    for position, finding in enumerate(ground.findings):
        if _present(ground, finding):
            # A newsletter is not where the person buys, even when a shop sent it.
            bought = finding.event not in _IN_MAIL and ground.sells(ground.owner(finding.party))
            grade = "presence" if bought else "presence-elsewhere"
            yield from ground.claims((position,), grade, "presence")


def _present(ground: Ground, finding: Finding) -> bool:
    if ground.own(finding) and finding.event not in _CLICKS:
        return False
    if finding.channel == "visit":
        return finding.event in _CLICKS or finding.event in ("contact", "mail-click")
    if finding.channel == "mail":
        return finding.event == "sent-through" and not _carried_receipt(finding)
    if finding.channel == "app":
        return finding.event == "installed" and not _account_grade(ground, finding)
    return (
        finding.channel in _PRESENT
        and not _silent(ground, finding)
        and not _own_jar(ground, finding)
        and not _transferred(ground, finding)
        and not _at_checkout(ground, finding)
        and not _account_grade(ground, finding)
    )


def _silent(ground: Ground, finding: Finding) -> bool:
    """Say whether a contact says nothing about purchases: files loaded, or a file server."""
    if finding.event == "asset":
        return True
    roles = ground.roles(finding.org)
    return bool(roles) and all(role.silent for role in roles)


def _own_jar(ground: Ground, finding: Finding) -> bool:
    """Say whether a cookie only shows that the person was at the shop itself."""
    return finding.channel == "cookie" and not finding.party and ground.sells(finding.org)


def writes_to_you(ground: Ground) -> Iterator[Claim]:
    """It writes to you, so it has your address; that alone shows no account and no purchase."""
    for position, finding in enumerate(ground.findings):
        if finding.event == "mailed":
            yield from ground.claims((position,), "mailing", "writes_to_you")


def visited(ground: Ground) -> Iterator[Claim]:
    """You were on its pages, which alone shows no purchase."""
    for position, finding in enumerate(ground.findings):
        there = finding.channel == "visit" and finding.event in ("visit", "checkout", "cart")
        own = finding.channel in ("request", "cookie") and ground.own(finding)
        if (there or own or _own_jar(ground, finding)) and ground.sells(finding.org):
            yield from ground.claims((position,), "visit", "visited", categories=("browsing",))


DIRECT: Final[tuple[Reason, ...]] = (
    own_export,
    purchase_record,
    receipt_carrier,
    seen_transfer,
    checkout_contact,
    account,
    presence,
    writes_to_you,
    visited,
)
