"""The likelihood model: evidence to a probability, with its range and word.

The question is always the same: does this organisation probably hold data about this
person's purchases? The numbers live in `rules/likelihood.yaml`; docs/reference/likelihood.md
explains them. Severity, what could be done with the data, is a separate matter.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct, structs

from dataexposure.knowledge import LikelihoodTable
from dataexposure.model import Likelihood

DAYS_PER_MONTH = 365.2425 / 12
CONFIRMED = "confirmed"
_STRONG_TIERS = frozenset({"confirmed", "transaction", "transfer"})
_HALF = 0.5


class Range(NamedTuple):
    """A probability with its bounds, each 0 to 1."""

    low: float
    mid: float
    high: float


class Evidence(Struct, frozen=True):
    """One piece of evidence about one organisation.

    `key` tells pieces apart (equal keys count once). `retention` is a row of the retention
    table. `last` is the newest date it speaks of, or None when undated (taken as fresh).
    `frequency` is how often the organisation is known to be on that site, `about` the
    chance that the evidence concerns this person, both 0 to 1. `inhibitors` are rows of
    that table which acted on its channel.
    """

    key: tuple[str, ...]
    grade: str
    channel: str
    retention: str
    last: dt.date | None = None
    frequency: float = 1.0
    about: float = 1.0
    inhibitors: tuple[str, ...] = ()


def freshness(table: LikelihoodTable, retention: str, last: dt.date | None, made: dt.date) -> float:
    """Give the share (0 to 1) of data of that age that is probably still kept."""
    if last is None:
        return 1.0
    kept = table.retention[retention]
    age = max(0.0, (made - last).days / DAYS_PER_MONTH)
    return 1.0 if age <= kept.keep else 2.0 ** (-(age - kept.keep) / kept.half)


def contribution(table: LikelihoodTable, evidence: Evidence, made: dt.date) -> Range:
    """Give what one piece of evidence alone makes of the question."""
    grade = table.grades[evidence.grade]
    rating = table.rating[evidence.channel]
    factor = (
        evidence.frequency
        * evidence.about
        * table.reliability[rating[0]]
        * table.credibility[rating[1:]]
        * freshness(table, evidence.retention, evidence.last, made)
    )
    for inhibitor in evidence.inhibitors:
        factor *= 1.0 - table.inhibitors[inhibitor]
    return Range(grade.low * factor, grade.mid * factor, grade.high * factor)


def _group(chances: Iterable[float], overlap: float) -> float:
    """Combine sightings that share causes: the strongest counts in full, others in part."""
    strongest, *others = sorted(chances, reverse=True)
    # A product of (1 - p) in logarithms would lose p = 1, so multiply.
    return 1.0 - (1.0 - strongest) * math.prod(1.0 - overlap * chance for chance in others)


def combine(table: LikelihoodTable, evidence: Iterable[Evidence], made: dt.date) -> Likelihood:
    """Combine all evidence about one organisation. There must be some: no evidence, no holder."""
    unique = {piece.key: piece for piece in sorted(evidence, key=lambda piece: piece.key)}
    groups: dict[str, list[Range]] = {}
    known: dict[Evidence, Range] = {}
    for piece in unique.values():
        # A tracker met on a thousand sites gives a thousand pieces of a few kinds.
        kind = structs.replace(piece, key=())
        if kind not in known:
            known[kind] = contribution(table, piece, made)
        groups.setdefault(table.groups[piece.channel], []).append(known[kind])
    total = Range(*(_across(groups, bound, table.overlap) for bound in range(3)))
    grades = [table.grades[piece.grade] for piece in unique.values()]
    tiers = {grade.tier for grade in grades}
    word = CONFIRMED if CONFIRMED in tiers else word_for(table.words, total.mid)
    return Likelihood(
        low=round(total.low, 4),
        mid=round(total.mid, 4),
        high=round(total.high, 4),
        word=word,
        confidence=_confidence(groups, tiers, table.overlap),
        calibrated=all(grade.calibrated for grade in grades),
    )


def _across(groups: Mapping[str, list[Range]], bound: int, overlap: float) -> float:
    return 1.0 - math.prod(
        1.0 - _group((chances[bound] for chances in members), overlap)
        for members in groups.values()
    )


def word_for(words: Mapping[str, float], chance: float) -> str:
    """Give the likelihood word for a probability; `words` runs from high to low bounds."""
    # The bounds are decimal; 0.55 reached by floating point must still count as 0.55.
    return next(word for word, bound in words.items() if chance >= bound - 1e-9)


def _confidence(groups: Mapping[str, list[Range]], tiers: set[str], overlap: float) -> str:
    convincing = sum(
        _group((chances.mid for chances in members), overlap) >= _HALF
        for members in groups.values()
    )
    if tiers & _STRONG_TIERS or convincing > 1:
        return "high"
    return "medium" if convincing else "low"
