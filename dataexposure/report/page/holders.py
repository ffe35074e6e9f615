"""Holders: one entry each, with what stands behind its likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from msgspec import Struct

from dataexposure.knowledge import Term, Words
from dataexposure.language import _, ngettext
from dataexposure.model import Claim, Contact, Finding, Holder, Locator, Report
from dataexposure.printable import printable
from dataexposure.report import style
from dataexposure.report.grain import tally
from dataexposure.report.steps import step_text

FEW: Final = 100
"""Up to so many holders each one is shown at length."""

_WEB: Final = ("https://", "http://")


class Limits(NamedTuple):
    """How much of each holder is shown; the rest is counted.

    `signs` bounds the findings of the best reason, `further` those of the others.
    """

    reasons: int
    signs: int
    further: int
    places: int
    contacts: int


_AT_LENGTH: Final = Limits(reasons=6, signs=3, further=3, places=2, contacts=6)
_IN_SHORT: Final = Limits(reasons=3, signs=2, further=1, places=1, contacts=2)


class Sign(Struct, frozen=True):
    """One finding as a reason's evidence: what, on whose page, when, and where it was read."""

    what: str
    dates: str
    count: str
    places: tuple[str, ...]


class Reason(Struct, frozen=True):
    """One kind of reasoning; `alone` is how likely it would make the holder by itself (per cent).

    `more` counts the findings that are left out.
    """

    sentence: str
    via: str
    tier: str
    alone: str
    signs: tuple[Sign, ...]
    more: int


class Reachable(Struct, frozen=True):
    """A contact; `link` is empty when it is not one that a browser may follow."""

    text: str
    link: str
    age: str


class Entry(Struct, frozen=True):
    """A holder as the page shows it; `low`, `mid` and `high` are per cent for the bar."""

    anchor: str
    name: str
    owner: str
    roles: str
    word: str
    range: str
    low: float
    mid: float
    high: float
    tier: str
    likely: bool
    dates: str
    last: str
    held: str
    described: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    more_reasons: int
    step: str
    contact: Reachable | None
    others: tuple[Reachable, ...]
    gap: str
    steps: tuple[str, ...]


def anchors(report: Report) -> Mapping[str, str]:
    """Give each holder's place on the page: `h1` is the likeliest."""
    return {holder.id: f"h{number}" for number, holder in enumerate(report.holders, 1)}


def entries(report: Report, words: Words) -> tuple[Entry, ...]:
    """Describe all holders, the likeliest first."""
    places = anchors(report)
    limits = _AT_LENGTH if len(report.holders) <= FEW else _IN_SHORT
    return tuple(
        _entry(holder, places[holder.id], report, words, limits) for holder in report.holders
    )


def _entry(holder: Holder, anchor: str, report: Report, words: Words, limits: Limits) -> Entry:
    chance = holder.likelihood
    first = style.contact(holder)
    grouped = _grouped(holder.claims)
    others = [one for one in holder.rights if one is not first][: limits.contacts]
    return Entry(
        anchor=anchor,
        name=printable(holder.name),
        owner=style.name_of(holder.parent, words) if holder.parent else "",
        roles=style.roles(holder, words) + style.from_list(holder.origin),
        word=style.likelihood_word(chance),
        range=style.likelihood_range(chance),
        low=round(chance.low * 100, 1),
        mid=round(chance.mid * 100, 1),
        high=round(chance.high * 100, 1),
        tier=_(words.vocabulary.tiers[holder.tier].title),
        likely=chance.mid >= words.counted,
        dates=style.span(holder.first, holder.last),
        last=style.day(holder.last) if holder.last else "",
        held=style.held(holder, words),
        described=_described(holder, words),
        reasons=tuple(
            _reason(claims, report, words, limits, most=limits.further if rank else limits.signs)
            for rank, claims in enumerate(grouped[: limits.reasons])
        ),
        more_reasons=max(0, len(grouped) - limits.reasons),
        step=style.first_step(holder),
        contact=_reachable(first, report) if first else None,
        others=tuple(_reachable(one, report) for one in others),
        gap=printable(holder.gap),
        steps=tuple(printable(step_text(step, words)) for step in holder.steps),
    )


def _described(holder: Holder, words: Words) -> tuple[tuple[str, str], ...]:
    """Give what is usual for an organisation of its roles, in the field's terms."""
    if not holder.known:
        return ()
    known = words.vocabulary
    lists = (
        (_("Part in the data market"), known.market, holder.market),
        (_("How it comes by data"), known.collects, holder.collects),
        (_("Classes of data"), known.kinds, holder.kinds),
        (_("Usual legal basis"), known.basis, holder.basis),
    )
    return tuple((title, _titles(terms, names)) for title, terms, names in lists if names)


def _titles(terms: Mapping[str, Term], names: Iterable[str]) -> str:
    return ", ".join(_(terms[name].title) for name in names)


def _grouped(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Put claims of one kind of reasoning together, the strongest kind first."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.because, claim.via), []).append(claim)
    return list(groups.values())


def _reason(
    claims: list[Claim], report: Report, words: Words, limits: Limits, *, most: int
) -> Reason:
    best = claims[0]
    positions = tuple(dict.fromkeys(at for claim in claims for at in claim.findings))
    strongest = max(claim.probability for claim in claims)
    return Reason(
        sentence=style.reason(best, words),
        via=style.name_of(best.via, words) if best.via else "",
        tier=_(words.vocabulary.tiers[best.tier].title),
        alone=f"{min(99, max(1, round(strongest * 100)))}\u00a0%",
        signs=tuple(_sign(report.findings[at], words, limits.places) for at in positions[:most]),
        more=max(0, len(positions) - most),
    )


def _sign(finding: Finding, words: Words, most: int) -> Sign:
    what = style.signal_title(finding, words)
    if finding.party:
        what = _("{what}, at {party}").format(what=what, party=printable(finding.party))
    return Sign(
        what=what,
        dates=style.span(finding.first, finding.last),
        count=f"{tally(finding.count)}×" if finding.count > 1 else "",
        places=places(finding.evidence, most),
    )


def places(evidence: tuple[Locator, ...], most: int) -> tuple[str, ...]:
    """Say where something was read, and how many more places there are."""
    shown = [style.place(at) for at in evidence[:most]]
    rest = len(evidence) - len(shown)
    if rest:
        text = ngettext("and {count} more place", "and {count} more places", rest)
        shown.append(text.format(count=rest))
    return tuple(shown)


def _reachable(found: Contact, report: Report) -> Reachable:
    value = printable(found.value)
    link = ""
    if found.kind == "email":
        link = f"mailto:{quote(value, safe='@.+-_')}"
    elif value.startswith(_WEB):
        link = value
    return Reachable(text=value, link=link, age=printable(style.contact_age(found, report.made)))
