"""What a letter may say of a finding: one kind of contact, one party, one month.

A letter is tied to something that happened, so that it does not look mass-produced, but tells
the holder as little as will do. A party is named only when it is a plain host or app id.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from dataexposure.model import Finding, Holder, Report

_PLAIN: Final = re.compile(r"[\w-]+(\.[\w-]+)+", re.ASCII)
_LONGEST: Final = 100
_RECORDS: Final = frozenset({"purchase", "payment", "refund", "renewal"})
_CLICKS: Final = frozenset({"ad-click", "affiliate-click", "mail-click"})
_BY_EVENT: Final = {
    "delivery": "delivery",
    "account": "account",
    "login": "account",
    "loyalty": "account",
}
_BY_CHANNEL: Final = {
    "app": "app",
    "sdk": "sdk",
    "mail": "mail",
    "link": "mail",
    "image": "mail",
    "cookie": "cookie",
    "request": "contact",
    "dns": "contact",
    "visit": "visit",
}
KINDS: Final = tuple(
    dict.fromkeys(("export", "purchase", "click", *_BY_EVENT.values(), *_BY_CHANNEL.values()))
)
"""Every kind of trace; each letter language has a phrase for each."""


class Trace(NamedTuple):
    """What connects a holder with the person, in one line.

    `kind` is one of `KINDS`, `party` a host or app id or empty, `year` and `month` say when
    (0 when the input has no date).
    """

    kind: str
    party: str = ""
    year: int = 0
    month: int = 0


def trace(holder: Holder, report: Report) -> Trace | None:
    """Give what a letter to a holder can refer to: the newest finding of its best reason.

    None when no finding points at the holder itself: an owner or partner of one that does is
    known of only by a source about them, which is no ground for a letter.
    """
    for findings in _direct(holder, report):
        return _trace(max(findings, key=_day), holder)
    return None


def _day(finding: Finding) -> dt.date:
    return finding.last or finding.first or dt.date.min


def _direct(holder: Holder, report: Report) -> Iterator[list[Finding]]:
    for claim in holder.claims:
        if claim.via:
            continue
        found = [
            report.findings[position]
            for position in claim.findings
            if 0 <= position < len(report.findings)
        ]
        own = [one for one in found if holder.id in (one.org, one.holder)]
        if own:
            yield own


def _trace(finding: Finding, holder: Holder) -> Trace:
    day = finding.last or finding.first
    party = finding.party
    plain = len(party) <= _LONGEST and _PLAIN.fullmatch(party)
    return Trace(
        kind=_kind(finding, holder),
        party=party if plain else "",
        year=day.year if day else 0,
        month=day.month if day else 0,
    )


def _kind(finding: Finding, holder: Holder) -> str:
    if finding.holder == holder.id:
        return "export"
    if finding.channel in ("mail", "visit"):
        if finding.event in _RECORDS:
            return "purchase"
        if finding.event in _CLICKS:
            return "click"
        if finding.event in _BY_EVENT:
            return _BY_EVENT[finding.event]
    return _BY_CHANNEL.get(finding.channel, "contact")
