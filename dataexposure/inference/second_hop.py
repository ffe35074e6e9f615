"""Whom those who hold data pass it on to: owners, and partners that a dated source names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from dataexposure.inference.ground import Ground
from dataexposure.inference.likelihood import Evidence, Range, contribution
from dataexposure.knowledge import Partnership
from dataexposure.law import covers
from dataexposure.model import Claim, Likelihood

GRADE: Final = "partner-named"
WORTH_FOLLOWING: Final = 0.20
"""Below `possible` a first hop says too little to speak of a second."""

First = Mapping[str, tuple[Likelihood, tuple[Claim, ...]]]
"""Each organisation of the first hop with its likelihood and claims."""

Hop = Callable[[Ground, First], Iterable[Claim]]


def owner(ground: Ground, first: First) -> Iterator[Claim]:
    """It owns a company that likely holds data about your purchases."""
    for org, (likelihood, claims) in first.items():
        known = ground.rulebase.organisations.get(org)
        if known and known.parent and likelihood.mid >= WORTH_FOLLOWING:
            yield from _onward(ground, claims, known.parent.org, "owner", likelihood)


def named_partner(ground: Ground, first: First) -> Iterator[Claim]:
    """A dated source names it as one that a holder above passes data on to."""
    for partnership in ground.rulebase.partnerships:
        likelihood, claims = first.get(partnership.giver, (None, ()))
        if likelihood is None or likelihood.mid < WORTH_FOLLOWING:
            continue
        passed = _about_purchases(ground, partnership.data)
        if not passed or not _reaches(partnership, ground.residence):
            continue
        valid = tuple(claim for claim in claims if _covers(partnership, claim.last or ground.made))
        for claim in _onward(ground, valid, partnership.taker, "named_partner", likelihood):
            known = claim.category in passed
            yield claim if known else msgspec.structs.replace(claim, category=passed[0])


def _about_purchases(ground: Ground, categories: tuple[str, ...]) -> tuple[str, ...]:
    words = ground.rulebase.vocabulary.data
    return tuple(category for category in categories if words[category].purchases)


def _reaches(partnership: Partnership, residence: str) -> bool:
    """Say whether a partnership is about people who live there; unknown is not."""
    return not partnership.region or covers(partnership.region.split(), residence)


def _covers(partnership: Partnership, date: dt.date) -> bool:
    """Say whether a partnership was in force; its dates may be a year, a month or a day."""
    day = date.isoformat()
    since, until = partnership.since, partnership.until
    return (not since or day[: len(since)] >= since) and (not until or day[: len(until)] <= until)


def _onward(
    ground: Ground, claims: tuple[Claim, ...], taker: str, because: str, likelihood: Likelihood
) -> Iterator[Claim]:
    purchases = [
        claim for claim in claims if ground.rulebase.vocabulary.data[claim.category].purchases
    ]
    if not purchases:
        return
    strongest = max(purchases, key=lambda claim: (claim.probability, claim.category))
    evidence = onward_evidence(ground, strongest, taker, likelihood)
    chances: Range = contribution(ground.rulebase.likelihood, evidence, ground.made)
    yield Claim(
        org=taker,
        category=strongest.category,
        party=strongest.party,
        tier=ground.rulebase.likelihood.grades[GRADE].tier,
        grade=GRADE,
        probability=round(chances.mid, 4),
        because=because,
        findings=strongest.findings,
        first=strongest.first,
        last=strongest.last,
        via=strongest.org,
    )


def onward_evidence(ground: Ground, claim: Claim, taker: str, giver: Likelihood) -> Evidence:
    """Turn a first-hop claim into evidence about the second hop.

    It concerns this person only as surely as the first hop holds the data.
    """
    return Evidence(
        key=("via", claim.org, GRADE),
        grade=GRADE,
        channel="partnership",
        retention=ground.retention(taker),
        last=claim.last,
        about=giver.mid,
        inhibitors=ground.inhibitors(taker, GRADE, "partnership"),
    )


HOPS: Final[tuple[Hop, ...]] = (owner, named_partner)
