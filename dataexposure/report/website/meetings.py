"""Who was met, and how often in which state, so that the states can be compared at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import N_, _
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.website import wording
from dataexposure.website import DISGUISED, OWN_HOST, WRITTEN, Recipient, Visit

TRACKING: Final = "tracking"
CONTACTED: Final = "contacted"
NOT_OBSERVED: Final = "not-observed"
UNSURE: Final = "inconclusive"
NOT_VISITED: Final = "not-visited"
MARKS: Final = {TRACKING: "●", CONTACTED: "○", NOT_OBSERVED: "·", UNSURE: "?", NOT_VISITED: "–"}
"""How often somebody was met in a state, as a sign that needs no colour."""

MARK_TEXTS: Final = {
    TRACKING: N_("observed, counts as tracking"),
    CONTACTED: N_("observed, does not count as tracking"),
    NOT_OBSERVED: N_("not observed"),
    UNSURE: N_("inconclusive"),
    NOT_VISITED: N_("no visit in this state"),
}


class Cell(Struct, frozen=True):
    """What is known of somebody in a state: a key of `MARKS`, and the number of requests."""

    mark: str
    count: int

    @property
    def text(self) -> str:
        """Give the mark with the count."""
        return f"{MARKS[self.mark]} {self.count}" if self.count else MARKS[self.mark]


class Met(Struct, frozen=True):
    """Somebody who was met, over all pages; `cells` has one for each state compared."""

    org: str
    name: str
    parent: str
    roles: tuple[str, ...]
    hosts: tuple[str, ...]
    cells: tuple[Cell, ...]
    tracking: bool
    pages: int


class Told(Struct, frozen=True):
    """Who was met in some way, by which hosts, on how many pages and in which states."""

    name: str
    hosts: tuple[str, ...]
    pages: tuple[str, ...]
    states: tuple[str, ...]


def met(inspection: Inspection, words: Words) -> tuple[Met, ...]:
    """Give everybody who was sent a request, who tracks first, then who was sent most.

    Whoever was met in a visit that does not stand is listed, but as inconclusive: a refusal
    that could not be made says nothing of what happens after one.
    """
    states = wording.states_of(inspection)
    empty = {state: _empty(inspection, state) for state in states}
    found: dict[str, list[tuple[Visit, Recipient]]] = {}
    for visit in inspection.visits:
        for recipient in visit.recipients:
            if recipient.relation != WRITTEN:
                found.setdefault(recipient.org, []).append((visit, recipient))
    rows = [_met(group, states, empty, words) for group in found.values()]
    rows.sort(key=lambda one: (not one.tracking, -sum(cell.count for cell in one.cells), one.name))
    return tuple(rows)


def seen(inspection: Inspection) -> Iterator[tuple[Visit, Recipient]]:
    """Give every recipient with the visit on which it was met, of visits that stand."""
    for visit in standing(inspection):
        for recipient in visit.recipients:
            yield visit, recipient


def standing(inspection: Inspection) -> Iterator[Visit]:
    """Give the visits in which what was seen stands."""
    return (visit for visit in inspection.visits if visit.stands)


def _met(
    group: list[tuple[Visit, Recipient]],
    states: tuple[str, ...],
    empty: dict[str, Cell],
    words: Words,
) -> Met:
    first = group[0][1]
    counts = dict.fromkeys(states, 0)
    tracks: set[str] = set()
    unsure: set[str] = set()
    for visit, recipient in group:
        if not visit.stands:
            unsure.add(visit.state)
            continue
        counts[visit.state] += max(1, recipient.requests)
        if recipient.tracking:
            tracks.add(visit.state)
    cells = tuple(
        Cell(TRACKING if state in tracks else CONTACTED, count)
        if count
        else Cell(UNSURE, 0)
        if state in unsure
        else empty[state]
        for state, count in counts.items()
    )
    hosts = dict.fromkeys(printable(host) for _visit, one in group for host in one.hosts)
    return Met(
        first.org,
        wording.who(first.org, words, first.name),
        wording.who(first.parent, words) if first.parent else "",
        wording.role_texts(first.roles, words),
        tuple(hosts),
        cells,
        bool(tracks),
        len({visit.page for visit, _one in group}),
    )


def _empty(inspection: Inspection, state: str) -> Cell:
    """Give what stands for somebody who was not met in a state."""
    visits = [visit for visit in inspection.visits if visit.state == state]
    if not visits:
        return Cell(NOT_VISITED, 0)
    return Cell(UNSURE if all(visit.inconclusive for visit in visits) else NOT_OBSERVED, 0)


def legend() -> tuple[tuple[str, str], ...]:
    """Give the marks with their meaning."""
    return tuple((MARKS[key], _(text)) for key, text in MARK_TEXTS.items())


def replays(inspection: Inspection, words: Words) -> tuple[Told, ...]:
    """Give who records sessions, as far as it was contacted."""
    return _told(inspection, words, lambda one: one.replay and one.relation != WRITTEN)


def relays(inspection: Inspection, words: Words) -> tuple[Told, ...]:
    """Give who was sent data through a host of the site."""
    return _told(inspection, words, lambda one: one.relation == OWN_HOST)


def disguised(inspection: Inspection, words: Words) -> tuple[Told, ...]:
    """Give who stands behind another name for its host."""
    return _told(inspection, words, lambda one: one.relation == DISGUISED)


def written(inspection: Inspection, words: Words) -> tuple[Told, ...]:
    """Give whom the pages' code would call; nothing was seen sent to them by it."""
    return _told(inspection, words, lambda one: one.relation == WRITTEN)


def _told(
    inspection: Inspection, words: Words, wanted: Callable[[Recipient], bool]
) -> tuple[Told, ...]:
    found: dict[str, list[tuple[Visit, Recipient]]] = {}
    for visit, recipient in seen(inspection):
        if wanted(recipient):
            found.setdefault(recipient.org, []).append((visit, recipient))
    return tuple(
        Told(
            wording.who(org, words, group[0][1].name),
            tuple(dict.fromkeys(printable(host) for _visit, one in group for host in one.hosts)),
            tuple(dict.fromkeys(printable(visit.page) for visit, _one in group)),
            tuple(dict.fromkeys(visit.state for visit, _one in group)),
        )
        for org, group in found.items()
    )
