"""A large made-up report, to see that every format copes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dataexposure.inference import INFERENCES
from dataexposure.knowledge import Rulebase
from dataexposure.model import (
    Advised,
    Claim,
    Contact,
    Coverage,
    Effect,
    Finding,
    Holder,
    Likelihood,
    Locator,
    NextStep,
    Occasion,
    Problem,
    Purchase,
    Report,
    Sighting,
)
from tests.conftest import TODAY

_CLAIMS = 4
_FINDINGS = 3
_SEEN_BY = 6
_SHOPS = 120


def large_report(rulebase: Rulebase, holders: int = 300, purchases: int = 2000) -> Report:
    """Make a report of that size; the same each time, with every tier and likelihood word."""
    orgs = _organisations(rulebase, holders)
    findings = tuple(
        _finding(rulebase, org, number) for number, org in enumerate(orgs * (_CLAIMS - 1))
    )
    made = tuple(
        _holder(rulebase, org, place, holders, orgs[place - 1]) for place, org in enumerate(orgs)
    )
    return Report(
        made=TODAY,
        rulebase=rulebase.stamp,
        holders=made,
        purchases=tuple(_purchase(rulebase, orgs, number) for number in range(purchases)),
        findings=findings,
        coverage=tuple(
            Coverage(
                "mbox", f"mail/box {number}.mbox", 900, 3, _day(number), TODAY, {"messages": 9}
            )
            for number in range(40)
        ),
        problems=tuple(
            Problem(Locator("walk", f"rest/{number}.bin"), "unclaimed") for number in range(25)
        ),
        residence="NO",
        advice=tuple(
            Advised(step.id, 2.5, tuple(Effect(org, 0.9, 0.4) for org in orgs[:20]))
            for step in rulebase.advice
        ),
    )


def _organisations(rulebase: Rulebase, count: int) -> tuple[str, ...]:
    known = tuple(sorted(rulebase.organisations))[: count // 2]
    sites = tuple(f"site:shop{number}.example" for number in range(count - len(known)))
    return known + sites


def _day(number: int) -> dt.date:
    return TODAY - dt.timedelta(days=number % 1500)


def _finding(rulebase: Rulebase, org: str, number: int) -> Finding:
    signal = rulebase.signals[number % len(rulebase.signals)]
    return Finding(
        signal=signal.id,
        org=org,
        channel=signal.channel,
        event=signal.event,
        party=f"shop{number % _SHOPS}.example",
        count=number % 90 + 1,
        evidence=tuple(Locator("mbox", f"mail/{number % 40}", f"message:{i}") for i in (1, 2, 3)),
        first=_day(number),
        last=_day(number // 2),
        data=("purchase",) if number % 2 else (),
        during="purchase" if number % 3 else "",
        occasions=tuple(Occasion(_day(number + i)) for i in range(3)),
    )


def _holder(rulebase: Rulebase, org: str, place: int, total: int, via: str) -> Holder:
    known = rulebase.organisations.get(org)
    words = rulebase.vocabulary
    tiers = tuple(words.tiers)
    mid = max(0.02, 0.98 * (1 - place / total))
    word = next((name for name, bound in rulebase.likelihood.words.items() if mid >= bound), "")
    claims = tuple(
        Claim(
            org=org,
            category=tuple(words.data)[i],
            party=f"shop{(place + i) % _SHOPS}.example",
            tier=tiers[(place + i) % len(tiers)],
            grade=tuple(rulebase.likelihood.grades)[i],
            probability=mid,
            because=INFERENCES[(place + i) % len(INFERENCES)].__name__,
            findings=tuple((place + total * n) % (total * _FINDINGS) for n in range(_FINDINGS)),
            first=_day(place),
            last=_day(place // 2),
            via=via if i == _CLAIMS - 1 else "",
        )
        for i in range(_CLAIMS)
    )
    return Holder(
        id=org,
        name=known.name if known else org.removeprefix("site:"),
        parent=known.parent.org if known and known.parent else "",
        roles=known.roles if known else ("shop",),
        channel=words.roles[known.roles[0] if known else "shop"].group,
        likelihood=Likelihood(
            mid / 2, mid, min(0.99, mid * 1.1), word or "very-unlikely", "medium"
        ),
        tier=claims[0].tier,
        categories=tuple(words.data)[:_CLAIMS],
        claims=claims,
        rights=known.rights if known else (Contact("email", f"dpo@shop{place}.example", "2026"),),
        known=known is not None,
        market=_some(words.market, place),
        collects=_some(words.collects, place),
        kinds=_some(words.kinds, place),
        basis=_some(words.basis, place),
        steps=(
            NextStep("access", "eu-gdpr", "Art. 15", months=1),
            NextStep("object", "eu-gdpr", "Art. 21", months=1),
            NextStep("erase", "eu-gdpr", "Art. 17", months=1),
        ),
        first=_day(place),
        last=_day(place // 2),
    )


def _some(terms: Mapping[str, object], place: int) -> tuple[str, ...]:
    return tuple(terms)[: place % 3 + 1]


def _purchase(rulebase: Rulebase, orgs: tuple[str, ...], number: int) -> Purchase:
    tiers = tuple(rulebase.vocabulary.tiers)
    merchant = orgs[-1 - number % min(_SHOPS, len(orgs))]
    return Purchase(
        merchant=merchant,
        merchant_name=merchant.removeprefix("site:"),
        date=_day(2000 - number),
        seen_by=tuple(
            Sighting(orgs[(number * 7 + i) % len(orgs)], tiers[i % len(tiers)], "request")
            for i in range(_SEEN_BY)
        ),
        evidence=(Locator("mbox", f"mail/{number % 40}", f"message:{number}"),),
    )
