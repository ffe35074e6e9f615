"""The ledger: each purchase, and who saw it by which kind of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Purchase, Report
from dataexposure.report import style
from dataexposure.report.page.holders import anchors, places

TOP: Final = 10
LINKED: Final = 250
"""In so many of the newest purchases each name leads to its holder."""

_PLACES: Final = 1


class Named(Struct, frozen=True):
    """An organisation with its place on the page; no anchor when it is not a holder."""

    name: str
    anchor: str = ""


class Row(Struct, frozen=True):
    """A purchase: `seen` has one cell for each of the ledger's tiers."""

    date: str
    merchant: Named
    seen: tuple[tuple[Named, ...], ...]
    places: tuple[str, ...]


class Onlooker(Struct, frozen=True):
    """How many of the purchases somebody saw."""

    who: Named
    count: int
    share: float


class Ledger(Struct, frozen=True):
    """All purchases, the newest first; `tiers` are the titles and sentences of the columns.

    `labels` is a style that puts these titles into the cells, for narrow screens.
    """

    tiers: tuple[tuple[str, str], ...]
    labels: str
    rows: tuple[Row, ...]
    onlookers: tuple[Onlooker, ...]


def ledger(report: Report, words: Words) -> Ledger:
    """Set out the ledger, with those who saw the most purchases."""
    where = anchors(report)
    seen = [style.onlookers(purchase, words) for purchase in report.purchases]
    found = {tier for pairs in seen for _org, tier in pairs}
    tiers = tuple(tier for tier in words.vocabulary.tiers if tier in found)
    rows = [
        _row(purchase, pairs, tiers, where if rest <= LINKED else {}, words)
        for rest, purchase, pairs in zip(
            range(len(seen), 0, -1), report.purchases, seen, strict=True
        )
    ]
    often = Counter(org for pairs in seen for org, _tier in pairs)
    known = words.vocabulary.tiers
    return Ledger(
        tiers=tuple((_(known[tier].title), _(known[tier].sentence)) for tier in tiers),
        labels="".join(
            f".ledger td:nth-child({place})::before{{--t:{_quoted(_(known[tier].title))}}}"
            for place, tier in enumerate(tiers, 3)
        ),
        rows=tuple(reversed(rows)),
        onlookers=tuple(
            Onlooker(named(org, where, words), count, round(100 * count / len(rows), 1))
            for org, count in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]
        ),
    )


def _quoted(text: str) -> str:
    """Write a text as a string of a style sheet (CSS Syntax 3, 4.3.5), all but letters escaped."""
    escaped = (one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text)
    return f'"{"".join(escaped)}: "'


def named(org: str, where: Mapping[str, str], words: Words) -> Named:
    """Name an organisation with its place on the page."""
    return Named(style.name_of(org, words), where.get(org, ""))


def _row(
    purchase: Purchase,
    pairs: tuple[tuple[str, str], ...],
    tiers: tuple[str, ...],
    where: Mapping[str, str],
    words: Words,
) -> Row:
    return Row(
        date=style.day(purchase.date),
        merchant=named(purchase.merchant, where, words),
        seen=tuple(
            tuple(named(org, where, words) for org, found in pairs if found == tier)
            for tier in tiers
        ),
        places=places(purchase.evidence, _PLACES),
    )
