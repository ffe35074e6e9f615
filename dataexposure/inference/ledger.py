"""The ledger: one row for each purchase that the inputs show, with who saw it and how.

Records of one merchant are the same purchase when they show the same order number, or,
where one of them shows none, when they are at most three days apart. Whoever received
the purchase event, sent the receipt, or was contacted from the order page on that day saw
it. A payment page without a merchant joins the only purchase of its day; else it is a row
of its own with the merchant unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from dataexposure.inference.ground import RECORDS, SITE, Ground
from dataexposure.model import Finding, Locator, Occasion, Purchase, Sighting

NEAR: Final = dt.timedelta(days=3)
SAME_ORDER: Final = dt.timedelta(days=90)
_MOST_EVIDENCE: Final = 3
_ALONGSIDE: Final = frozenset({"purchase"})


class _Row:
    """A purchase being put together."""

    def __init__(self, merchant: str, occasion: Occasion) -> None:
        self.merchant = merchant
        self.dates = [occasion.date] if occasion.date else []
        self.order = occasion.order
        self.seen_by: set[Sighting] = set()
        self.evidence: list[Locator] = []

    @property
    def date(self) -> dt.date | None:
        return min(self.dates, default=None)

    def takes(self, occasion: Occasion) -> bool:
        if occasion.order and self.order:
            return occasion.order == self.order and self._within(occasion.date, SAME_ORDER)
        return self._within(occasion.date, NEAR)

    def _within(self, date: dt.date | None, span: dt.timedelta) -> bool:
        if date is None or not self.dates:
            return True
        return min(self.dates) - span <= date <= max(self.dates) + span

    def add(self, occasion: Occasion, sighting: Sighting, evidence: tuple[Locator, ...]) -> None:
        self.order = self.order or occasion.order
        if occasion.date:
            self.dates.append(occasion.date)
        self.see(sighting, evidence)

    def see(self, sighting: Sighting, evidence: tuple[Locator, ...]) -> None:
        self.seen_by.add(sighting)
        for locator in evidence:
            if locator not in self.evidence and len(self.evidence) < _MOST_EVIDENCE:
                self.evidence.append(locator)


def ledger(ground: Ground) -> tuple[Purchase, ...]:
    """Give the purchases, oldest first; undated ones come before all."""
    rows: dict[str, list[_Row]] = {}
    payments: list[tuple[Finding, Occasion]] = []
    for finding, merchant, occasion in _records(ground):
        if not merchant:
            payments.append((finding, occasion))
            continue
        known = rows.get(merchant, [])
        if finding.event == "delivery" and not any(row.takes(occasion) for row in known):
            continue  # a parcel alone does not say that its sender is where it was bought
        row = _row(rows.setdefault(merchant, []), merchant, occasion)
        row.add(occasion, _sighting(ground, finding), finding.evidence)
        row.seen_by.add(Sighting(merchant, "transaction", finding.channel))
        if finding.holder:
            row.seen_by.add(Sighting(finding.holder, "confirmed", finding.channel))
    for merchant, found in rows.items():
        _alongside(ground, merchant, found)
    unknown = _payments(ground, payments, [row for found in rows.values() for row in found])
    everything = [row for found in rows.values() for row in found] + unknown
    purchases = [_purchase(ground, row) for row in everything]
    return tuple(sorted(purchases, key=lambda row: (row.date or dt.date.min, row.merchant)))


def _records(ground: Ground) -> Iterator[tuple[Finding, str, Occasion]]:
    """Give each occasion of a purchase record with its merchant; empty when not known."""
    found = [
        (finding, occasion)
        for finding in ground.findings
        if finding.event in RECORDS and finding.channel in ("visit", "mail", "request")
        for occasion in finding.occasions
    ]
    # Records with an order number come first on their day, so that others join the right one;
    # parcels come last of all, because they only join.
    found.sort(
        key=lambda pair: (
            pair[0].event == "delivery",
            pair[1].date or dt.date.min,
            -pair[1].order,
            pair[0].signal,
        )
    )
    for finding, occasion in found:
        if finding.channel == "request" or (finding.party and not ground.own(finding)):
            yield finding, ground.owner(finding.party), occasion
        elif finding.org.startswith(SITE) or ground.sells(finding.org):
            yield finding, finding.org, occasion
        elif finding.event != "delivery":
            # A payment page or a receipt operator's mail, which does not name the shop.
            yield finding, "", occasion


def _row(rows: list[_Row], merchant: str, occasion: Occasion) -> _Row:
    for row in rows:
        if row.takes(occasion):
            return row
    rows.append(_Row(merchant, occasion))
    return rows[-1]


def _sighting(ground: Ground, finding: Finding) -> Sighting:
    sent = finding.channel == "request" and not ground.own(finding)
    return Sighting(finding.org, "transfer" if sent else "transaction", finding.channel)


def _alongside(ground: Ground, merchant: str, rows: list[_Row]) -> None:
    """Add those who were there: on the order page, or as the receipt's mail platform."""
    for finding in ground.findings:
        if finding.during not in _ALONGSIDE or finding.event in RECORDS:
            continue
        if ground.owner(finding.party) != merchant or finding.org == merchant:
            continue
        tier = "transaction" if finding.event == "sent-through" else "checkout-contact"
        if finding.event == "identity":
            tier = "transfer"
        if finding.channel in ("image", "link"):
            continue
        for row in rows:
            if any(_between(finding, date) for date in row.dates):
                row.see(Sighting(finding.org, tier, finding.channel), ())


def _between(finding: Finding, date: dt.date) -> bool:
    return (
        finding.first is not None
        and finding.last is not None
        and finding.first <= date <= finding.last
    )


def _payments(
    ground: Ground, payments: list[tuple[Finding, Occasion]], rows: list[_Row]
) -> list[_Row]:
    unknown: list[_Row] = []
    for finding, occasion in payments:
        same_day = [row for row in rows if occasion.date and occasion.date in row.dates]
        sighting = _sighting(ground, finding)
        if len(same_day) == 1:
            same_day[0].see(sighting, finding.evidence)
        elif not same_day:
            _row(unknown, "", occasion).add(occasion, sighting, finding.evidence)
    return unknown


def _purchase(ground: Ground, row: _Row) -> Purchase:
    known = ground.rulebase.organisations.get(row.merchant)
    return Purchase(
        merchant=row.merchant,
        merchant_name=known.name if known else row.merchant.removeprefix(SITE),
        date=row.date,
        seen_by=tuple(sorted(row.seen_by)),
        evidence=tuple(row.evidence),
    )
