"""The holders as CSV, one row each, with language-neutral ids for calculating on."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.knowledge import Words
from dataexposure.model import Holder, Report
from dataexposure.report.cells import Cell, listed, table
from dataexposure.report.grain import date_text
from dataexposure.report.style import contact

_HEADER = (
    "org",
    "name",
    "known",
    "origin",
    "parent",
    "roles",
    "channel",
    "word",
    "low",
    "mid",
    "high",
    "confidence",
    "calibrated",
    "tier",
    "because",
    "parties",
    "categories",
    "first",
    "last",
    "contact_kind",
    "contact",
    "contact_checked",
)


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the holders as CSV, the likeliest first; ids are those of the JSON report."""
    del words, width, colour, details
    return table(_HEADER, map(_row, report.holders))


def _row(holder: Holder) -> tuple[Cell, ...]:
    return tuple(_cells(holder))


def _cells(holder: Holder) -> Iterator[Cell]:
    yield from (holder.id, holder.name, holder.known, holder.origin, holder.parent)
    yield from (listed(holder.roles), holder.channel)
    chance = holder.likelihood
    yield from (chance.word, chance.low, chance.mid, chance.high)
    yield from (chance.confidence, chance.calibrated, holder.tier)
    yield listed(claim.because for claim in holder.claims)
    yield listed(claim.party for claim in holder.claims)
    yield listed(holder.categories)
    yield from (date_text(date) if date else None for date in (holder.first, holder.last))
    found = contact(holder)
    yield from (found.kind, found.value, found.checked) if found else (None, None, None)
