"""Claims to holders: one for each organisation, ranked by likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dataexposure.inference.direct import DIRECT
from dataexposure.inference.ground import SITE, Ground
from dataexposure.inference.likelihood import CONFIRMED, Evidence, combine
from dataexposure.inference.second_hop import HOPS, onward_evidence
from dataexposure.model import Claim, Holder, Likelihood

Grouped = Mapping[str, tuple[Claim, ...]]
"""Claims by the organisation that they are about."""


class Conclusions(NamedTuple):
    """What the claims come to: each organisation's claims, and its likelihood."""

    claims: Grouped
    likelihoods: Mapping[str, Likelihood]


def direct_claims(ground: Ground) -> Grouped:
    """Give what the findings themselves say about each organisation."""
    return _by_org(claim for reason in DIRECT for claim in reason(ground))


def conclude(ground: Ground, direct: Grouped) -> Conclusions:
    """Reason on from direct claims: owners and partners, and everybody's likelihood."""
    first = {
        org: (_likelihood(ground, claims, {}), claims) for org, claims in sorted(direct.items())
    }
    givers = {org: likelihood for org, (likelihood, _) in first.items()}
    # An owner's or partner's claim adds nothing about the organisation itself.
    onward = _by_org(
        claim for hop in HOPS for claim in hop(ground, first) if claim.org != claim.via
    )
    claims = {
        org: direct.get(org, ()) + onward.get(org, ()) for org in dict.fromkeys((*direct, *onward))
    }
    likelihoods = {
        org: _likelihood(ground, found, givers) if org in onward else givers[org]
        for org, found in claims.items()
    }
    return Conclusions(claims, likelihoods)


def holders(ground: Ground, conclusions: Conclusions) -> tuple[Holder, ...]:
    """Describe each organisation that was concluded about, the likeliest first."""
    found = [
        _holder(ground, org, claims, conclusions.likelihoods[org])
        for org, claims in conclusions.claims.items()
    ]
    return tuple(sorted(found, key=_rank))


def _rank(holder: Holder) -> tuple[bool, float, str]:
    return (holder.likelihood.word != CONFIRMED, -holder.likelihood.mid, holder.id)


def _by_org(claims: Iterable[Claim]) -> dict[str, tuple[Claim, ...]]:
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.org, []).append(claim)
    return {org: tuple(members) for org, members in grouped.items()}


def _evidence(ground: Ground, claim: Claim, givers: Mapping[str, Likelihood]) -> Iterable[Evidence]:
    if claim.via:
        yield onward_evidence(ground, claim, claim.org, givers[claim.via])
        return
    for position in claim.findings:
        finding = ground.findings[position]
        yield ground.evidence(finding, position, claim.grade, claim.org)


def _likelihood(
    ground: Ground, claims: tuple[Claim, ...], givers: Mapping[str, Likelihood]
) -> Likelihood:
    pieces = [piece for claim in claims for piece in _evidence(ground, claim, givers)]
    return combine(ground.rulebase.likelihood, pieces, ground.made)


def _holder(ground: Ground, org: str, claims: tuple[Claim, ...], likelihood: Likelihood) -> Holder:
    known = ground.rulebase.organisations.get(org)
    words = ground.rulebase.vocabulary
    roles = ground.roles(org) or (words.roles["shop"],)
    order = list(words.tiers)
    ranked = tuple(
        sorted(
            claims,
            key=lambda claim: (
                order.index(claim.tier),
                -claim.probability,
                claim.category,
                claim.findings,
            ),
        )
    )
    dates = [date for claim in claims for date in (claim.first, claim.last) if date]
    return Holder(
        id=org,
        name=known.name if known else org.removeprefix(SITE),
        parent=known.parent.org if known and known.parent else "",
        roles=known.roles if known else ("shop",),
        channel=words.roles[known.roles[0]].group if known else "shops",
        likelihood=likelihood,
        tier=ranked[0].tier,
        categories=tuple(sorted({claim.category for claim in claims})),
        claims=ranked,
        rights=known.rights if known else (),
        gap=known.gap if known else "",
        known=known is not None,
        origin=known.origin if known else "",
        market=_usual(tuple(role.market for role in roles)),
        collects=_usual(tuple(item for role in roles for item in role.collects)),
        kinds=_usual(tuple(item for role in roles for item in role.kinds)),
        basis=_usual(tuple(item for role in roles for item in role.basis)),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def _usual(items: tuple[str, ...]) -> tuple[str, ...]:
    """Give each item once, in the order in which the roles name them."""
    return tuple(dict.fromkeys(items))
