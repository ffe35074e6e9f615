"""Rows of a website check as one line of text each."""

from __future__ import annotations

from collections.abc import Sequence

from dataexposure.language import _, ngettext
from dataexposure.report.website import wording
from dataexposure.report.website.contents import Asked, Call, Event, Identifier, Mark
from dataexposure.report.website.meetings import Told

_HOSTS = 3


def listed(names: Sequence[str], most: int) -> str:
    """Give the first names and how many more there are."""
    text = ", ".join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return text
    more = ngettext("and {count} more", "and {count} more", rest).format(count=rest)
    return f"{text} {more}"


def seen_in(states: Sequence[str], pages: int, count: int = 0) -> str:
    """Say in which states, on how many pages and how often."""
    parts = [", ".join(wording.state_column(state) for state in states)]
    if pages > 1:
        parts.append(ngettext("{count} page", "{count} pages", pages).format(count=pages))
    if count:
        parts.append(f"{count}×")
    return "; ".join(parts)


def event_text(one: Event) -> str:
    """Give an event with what it said."""
    facts = ", ".join(f"{title}: {text}" for title, text in one.facts)
    where = seen_in(one.states, one.pages, one.count)
    return f"{one.name}: {one.event}{' – ' if facts else ''}{facts} [{where}]"


def identifier_text(one: Identifier) -> str:
    """Give an identifier with its form and who was sent it."""
    where = seen_in(one.states, one.pages, one.count)
    return f"{one.kind} ({one.form}) → {one.name} [{where}]"


def told_text(one: Told, *, details: bool) -> str:
    """Give who was met in some way."""
    hosts = listed(one.hosts, most=len(one.hosts) if details else _HOSTS)
    where = seen_in(one.states, len(one.pages))
    return f"{one.name}: {hosts} [{where}]" if hosts else f"{one.name} [{where}]"


def call_text(one: Call) -> str:
    """Give a call with the host of its script."""
    return f"{one.call}: {one.host} [{seen_in(one.states, one.pages, one.count)}]"


def mark_text(one: Mark) -> str:
    """Give a cookie or key with its life, flags and owner."""
    parts = [part for part in (one.life, one.flags, one.owner) if part]
    if one.tracking:
        parts.append(_("tracking mark"))
    return f"{one.name} @ {one.host}: {', '.join(parts)} [{seen_in(one.states, one.pages)}]"


def choice_text(one: Asked) -> str:
    """Give how many clicks each answer takes."""
    text = _("{platform}: to accept {accept}, to reject {reject}").format(
        platform=one.platform, accept=one.accept, reject=one.reject
    )
    if one.preticked:
        boxes = ngettext(
            "{count} optional purpose ticked beforehand",
            "{count} optional purposes ticked beforehand",
            one.preticked,
        )
        text += ", " + boxes.format(count=one.preticked)
    return f"{text} [{seen_pages(one.pages)}]"


def seen_pages(pages: int) -> str:
    """Say on how many pages."""
    return ngettext("{count} page", "{count} pages", pages).format(count=pages)
