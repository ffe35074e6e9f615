"""The ledger as CSV: one row for each purchase and who saw it."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.knowledge import Words
from dataexposure.model import Purchase, Report
from dataexposure.report.cells import Cell, table
from dataexposure.report.grain import date_text
from dataexposure.report.style import SITE

_HEADER = (
    "purchase",
    "date",
    "merchant",
    "merchant_name",
    "seen_by",
    "seen_by_name",
    "tier",
    "channel",
    "source",
    "file",
    "record",
)


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the purchases as CSV, numbered from the oldest; ids are those of the JSON report.

    `source`, `file` and `record` are the purchase's first piece of evidence.
    """
    del width, colour, details
    numbered = enumerate(report.purchases, 1)
    return table(_HEADER, (row for n, one in numbered for row in _rows(n, one, words)))


def _rows(number: int, purchase: Purchase, words: Words) -> Iterator[tuple[Cell, ...]]:
    date = date_text(purchase.date) if purchase.date else None
    start: tuple[Cell, ...] = (number, date, purchase.merchant, purchase.merchant_name)
    at = next(iter(purchase.evidence), None)
    end: tuple[Cell, ...] = (at.source, at.file, at.record) if at else (None, None, None)
    if not purchase.seen_by:
        yield (*start, None, None, None, None, *end)
    for one in purchase.seen_by:
        name = words.names.get(one.org) or one.org.removeprefix(SITE)
        yield (*start, one.org, name, one.tier, one.channel, *end)
