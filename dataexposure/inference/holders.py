"""Claims to holders: one for each organisation, ranked by likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dataexposure.inference.direct import DIRECT
from dataexposure.inference.ground import SITE, Ground
from dataexposure.inference.likelihood import CONFIRMED, Evidence, combine
from dataexposure.inference.second_hop import HOPS, onward_evidence
from dataexposure.model import Claim, Holder, Likelihood


def holders(ground: Ground) -> tuple[Holder, ...]:
    """Reason from the findings to holders, the likeliest first."""
    direct = _by_org(claim for reason in DIRECT for claim in reason(ground))
    first = {
        org: (_likelihood(ground, claims, {}), claims) for org, claims in sorted(direct.items())
    }
    givers = {org: likelihood for org, (likelihood, _) in first.items()}
    onward = [claim for hop in HOPS for claim in hop(ground, first)]
    everything = _by_org(
        [claim for _, claims in first.values() for claim in claims]
        # An owner's or partner's claim adds nothing about the organisation itself.
        + [claim for claim in onward if claim.org != claim.via]
    )
    found = [_holder(ground, org, claims, givers) for org, claims in everything.items()]
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


def _holder(
    ground: Ground, org: str, claims: tuple[Claim, ...], givers: Mapping[str, Likelihood]
) -> Holder:
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
        likelihood=_likelihood(ground, claims, givers),
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
