"""A report that may be shown to others: what it says of companies, not what it says of a person.

Shops, unknown sites, apps and files become their kind with a number, days become months,
counts become bands, a state becomes its country, and places within files go. Nothing that
public knowledge would turn back into a name is kept: no owner or partner of one that is not
named, no contact, and no order of the alphabet.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Final

from msgspec import structs

from dataexposure.knowledge import Role, Words
from dataexposure.model import (
    Advised,
    Claim,
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
from dataexposure.report.grain import band
from dataexposure.report.labels import Labels

_SIGNAL: Final = "redacted"
_HUNDREDTH: Final = 100


def redact(report: Report, words: Words) -> Report:
    """Give the report without shops, days, numbers and places; a redacted one as it is.

    Labels are in the language in use, and depend on the report alone.
    """
    if report.redacted:
        return report
    labels = Labels(report, words)
    for holder in report.holders:
        labels.org(holder.id)
    order = sorted(range(len(report.findings)), key=lambda at: _rank(report.findings[at], labels))
    findings = tuple(_finding(report.findings[at], labels) for at in order)
    places = {at: position for position, at in enumerate(order)}
    return Report(
        made=_month(report.made) or report.made,
        rulebase=report.rulebase,
        holders=tuple(_holder(one, labels, words, places) for one in report.holders),
        purchases=_purchases(report.purchases, labels),
        findings=findings,
        coverage=tuple(_coverage(one, labels) for one in report.coverage),
        problems=tuple(_problem(one, labels) for one in report.problems),
        schema=report.schema,
        residence=report.residence.partition("-")[0],
        advice=_advice(report.advice, labels, words),
        redacted=True,
    )


def _month(date: dt.date | None) -> dt.date | None:
    return date.replace(day=1) if date else None


def _chance(value: float) -> float:
    """Cut to a hundredth: more places would give a date back, because likelihoods fade daily."""
    return math.floor(value * _HUNDREDTH + 1e-9) / _HUNDREDTH


def _rank(finding: Finding, labels: Labels) -> tuple[str, str, str, str, int, dt.date]:
    """Order findings by what they still show, so that their order shows nothing else."""
    return (
        _signal(finding, labels),
        finding.channel,
        labels.org(finding.org),
        finding.during,
        -band(finding.count),
        _month(finding.last) or dt.date.min,
    )


def _signal(finding: Finding, labels: Labels) -> str:
    owner = finding.signal.partition("/")[0]
    if labels.hides(finding.org) or (owner != "generic" and labels.hides(owner)):
        return f"{_SIGNAL}/{finding.event}"
    return finding.signal


def _finding(finding: Finding, labels: Labels) -> Finding:
    months = dict.fromkeys(Occasion(_month(one.date)) for one in finding.occasions)
    return structs.replace(
        finding,
        signal=_signal(finding, labels),
        org=labels.org(finding.org),
        party=labels.party(finding.party),
        count=band(finding.count),
        evidence=labels.locators(finding.evidence),
        first=_month(finding.first),
        last=_month(finding.last),
        holder=labels.org(finding.holder),
        occasions=tuple(months),
    )


def _holder(holder: Holder, labels: Labels, words: Words, places: Mapping[int, int]) -> Holder:
    claims = [_claim(one, labels, places) for one in holder.claims]
    if labels.hides(holder.id):
        # Without its evidence, being an owner or a partner would only help to guess the name.
        claims = [claim for claim in claims if claim.findings] or claims
    shown = structs.replace(
        holder,
        id=labels.org(holder.id),
        name=labels.name(holder.id),
        parent="" if labels.hides(holder.parent) else holder.parent,
        likelihood=_likelihood(holder.likelihood),
        claims=tuple(claims),
        steps=_steps(holder.steps, words),
        first=_month(holder.first),
        last=_month(holder.last),
    )
    return _as_kind(shown, holder.id, words) if labels.hides(holder.id) else shown


def _as_kind(holder: Holder, org: str, words: Words) -> Holder:
    """Describe a holder by its main role alone: all its roles, or a contact, would name it."""
    known = words.organisations.get(org)
    name = known.roles[0] if known else "shop"
    role: Role = words.vocabulary.roles[name]
    return structs.replace(
        holder,
        parent="",
        roles=(name,),
        channel=role.group,
        rights=(),
        gap="",
        origin="",
        market=(role.market,),
        collects=role.collects,
        kinds=role.kinds,
        basis=role.basis,
    )


def _likelihood(found: Likelihood) -> Likelihood:
    return structs.replace(
        found, low=_chance(found.low), mid=_chance(found.mid), high=_chance(found.high)
    )


def _claim(claim: Claim, labels: Labels, places: Mapping[int, int]) -> Claim:
    shown = structs.replace(
        claim,
        org=labels.org(claim.org),
        party=labels.party(claim.party),
        probability=_chance(claim.probability),
        findings=tuple(sorted(places[at] for at in claim.findings if at in places)),
        first=_month(claim.first),
        last=_month(claim.last),
        via=labels.org(claim.via),
    )
    if claim.via and labels.hides(claim.via) != labels.hides(claim.org):
        # Who owns whom and who works with whom is public: the named one would tell the other.
        return structs.replace(shown, via="", party="", findings=())
    return shown


def _steps(steps: tuple[NextStep, ...], words: Words) -> tuple[NextStep, ...]:
    """Leave out the laws of a single state: they would tell where in a country somebody lives."""
    return tuple(
        step
        for step in steps
        if step.regime in words.regimes and not _is_local(words.regimes[step.regime].residents)
    )


def _is_local(residents: tuple[str, ...]) -> bool:
    return bool(residents) and all("-" in place for place in residents)


def _purchases(purchases: tuple[Purchase, ...], labels: Labels) -> tuple[Purchase, ...]:
    shown = [
        Purchase(
            merchant=labels.org(one.merchant),
            merchant_name=labels.name(one.merchant),
            date=_month(one.date),
            seen_by=tuple(
                sorted({Sighting(labels.org(s.org), s.tier, s.channel) for s in one.seen_by})
            ),
            evidence=labels.locators(one.evidence),
        )
        for one in purchases
    ]
    return tuple(sorted(shown, key=lambda one: (one.date or dt.date.min, one.merchant)))


def _coverage(one: Coverage, labels: Labels) -> Coverage:
    return structs.replace(
        one,
        file=labels.file(one.file),
        read=band(one.read),
        skipped=band(one.skipped),
        first=_month(one.first),
        last=_month(one.last),
        counts={name: band(count) for name, count in one.counts.items()},
        sidecars=(),
    )


def _problem(problem: Problem, labels: Labels) -> Problem:
    at = Locator(problem.at.source, labels.file(problem.at.file))
    return Problem(at, problem.cause, band(problem.count))


def _advice(advice: tuple[Advised, ...], labels: Labels, words: Words) -> tuple[Advised, ...]:
    return tuple(
        Advised(
            one.step,
            _chance(one.change),
            tuple(
                Effect(labels.org(effect.org), _chance(effect.before), _chance(effect.after))
                for effect in one.effects
            ),
        )
        for one in advice
        if one.step in words.advice and not _is_local(words.advice[one.step].residents)
    )
