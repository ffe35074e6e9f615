"""What was sent and kept, over all visits: events, identifiers, cookies, keys and calls.

Equal rows of several pages and states are one row that counts them.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from msgspec import Struct

from dataexposure import language
from dataexposure.knowledge import Words
from dataexposure.language import N_, _, ngettext
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.website import wording
from dataexposure.report.website.meetings import seen, standing
from dataexposure.website import WRITTEN, Kept, Sent

_CONTACT: Final = ("email", "email-hash", "phone", "name", "customer-id")
"""Categories of data that point at a person."""

_ORDERED: Final = ("amount", "currency", "order-number", "items")
"""Purchase facts, in the order in which a receipt has them."""

_SETTING: Final = "purchase"
_CURRENCY: Final = "currency"
_TITLES: Final = {_CURRENCY: N_("Currency")}


class Event(Struct, frozen=True):
    """An event that was sent, or that a page's code would send (`written`).

    `facts` are what it said: pairs of a title and a text.
    """

    name: str
    event: str
    facts: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    pages: int
    count: int
    written: bool = False


class Identifier(Struct, frozen=True):
    """Something that points at a person: its kind, the form it had, and whom it was sent."""

    name: str
    kind: str
    form: str
    states: tuple[str, ...]
    pages: int
    count: int
    written: bool = False


class Mark(Struct, frozen=True):
    """A cookie or a stored key: how long it lives, its flags, and whose it is."""

    name: str
    host: str
    life: str
    flags: str
    owner: str
    tracking: bool
    states: tuple[str, ...]
    pages: int


class Call(Struct, frozen=True):
    """A browser call that can tell browsers apart, with the script's host and its uses."""

    call: str
    host: str
    states: tuple[str, ...]
    pages: int
    count: int


class Asked(Struct, frozen=True):
    """How a consent question can be answered, on how many pages it was so."""

    platform: str
    accept: str
    reject: str
    preticked: int
    pages: int


class _Rows:
    """Counts equal things over visits, in the order in which they were met."""

    def __init__(self) -> None:
        self._states: dict[Hashable, dict[str, None]] = {}
        self._pages: dict[Hashable, set[str]] = {}
        self._counts: dict[Hashable, int] = {}

    def add(self, key: Hashable, state: str, page: str, count: int = 1) -> None:
        self._states.setdefault(key, {})[state] = None
        self._pages.setdefault(key, set()).add(page)
        self._counts[key] = self._counts.get(key, 0) + count

    def of(self, key: Hashable) -> tuple[tuple[str, ...], int, int]:
        """Give its states, and the numbers of its pages and uses."""
        return tuple(self._states[key]), len(self._pages[key]), self._counts[key]


def events(inspection: Inspection, words: Words) -> tuple[Event, ...]:
    """Give the events of purchases, and others that said something of one; seen sent first."""
    rows = _Rows()
    known: dict[tuple[bool, str, str, tuple[tuple[str, str], ...]], str] = {}
    for visit, one in seen(inspection):
        for sent in one.sent:
            if not _is_of_purchase(sent, words):
                continue
            key = (one.relation == WRITTEN, one.org, _title(sent, words), sent.values)
            known[key] = wording.who(one.org, words, one.name)
            rows.add(key, visit.state, visit.page, sent.count)
    found = [
        Event(name, key[2], _facts(key[3], words), *rows.of(key), key[0])
        for key, name in known.items()
    ]
    return tuple(sorted(found, key=lambda one: one.written))


def _title(sent: Sent, words: Words) -> str:
    """Say what was recognised: in English by the rule's title, which is a name, else by kind."""
    title = words.titles.get(sent.signal) if language.current() == "en" else None
    return printable(title) if title else wording.event_text(sent.event, words)


def _is_of_purchase(sent: Sent, words: Words) -> bool:
    event = words.vocabulary.events.get(sent.event)
    return bool(sent.values) or (event is not None and event.setting == _SETTING)


def _facts(values: tuple[tuple[str, str], ...], words: Words) -> tuple[tuple[str, str], ...]:
    order = {name: place for place, name in enumerate(_ORDERED)}
    ranked = sorted(values, key=lambda pair: order.get(pair[0], len(order)))
    return tuple(
        (_(_TITLES[kind]) if kind in _TITLES else wording.kind_text(kind, words), printable(text))
        for kind, text in ranked
    )


def identifiers(inspection: Inspection, words: Words) -> tuple[Identifier, ...]:
    """Give the planted values that were found, then what requests named as one."""
    rows = _Rows()
    known: dict[tuple[int, str, str, str, bool], str] = {}
    for visit, one in seen(inspection):
        name, is_code = wording.who(one.org, words, one.name), one.relation == WRITTEN
        for leak in one.leaks:
            key = (0, one.org, leak.kind, leak.form, is_code)
            known[key] = name
            rows.add(key, visit.state, visit.page, leak.count)
        for sent in one.sent:
            for kind in _CONTACT:
                if kind in sent.carried:
                    key = (1, one.org, kind, "", is_code)
                    known[key] = name
                    rows.add(key, visit.state, visit.page, sent.count)
    return tuple(
        Identifier(
            known[key],
            wording.kind_text(key[2], words),
            wording.form_text(key[3]) if key[3] else _("by its parameter"),
            *rows.of(key),
            key[4],
        )
        for key in sorted(known, key=lambda key: (key[4], key[0]))
    )


def cookies(inspection: Inspection, words: Words) -> tuple[Mark, ...]:
    """Give the cookies, tracking marks first; a cookie that differs by state stands twice."""
    rows = _Rows()
    known: dict[tuple[str, str, str, str, str, bool], None] = {}
    for visit in standing(inspection):
        for kept in visit.cookies:
            key = (kept.name, kept.host, _life(kept), _flags(kept), kept.org, kept.tracking)
            known[key] = None
            rows.add(key, visit.state, visit.page)
    return _marks(list(known), rows, words)


def stored(inspection: Inspection, words: Words) -> tuple[Mark, ...]:
    """Give the keys in the browser's storage, tracking marks first."""
    rows = _Rows()
    known: dict[tuple[str, str, str, str, str, bool], None] = {}
    for visit in standing(inspection):
        for one in visit.storage:
            area = printable(one.area)
            key = (one.name, one.host, "", area, one.org, one.tracking)
            known[key] = None
            rows.add(key, visit.state, visit.page)
    return _marks(list(known), rows, words)


def _marks(
    keys: list[tuple[str, str, str, str, str, bool]], rows: _Rows, words: Words
) -> tuple[Mark, ...]:
    keys.sort(key=lambda key: (not key[5], key))
    return tuple(
        Mark(
            printable(name),
            printable(host),
            life,
            flags,
            wording.who(org, words) if org else "",
            tracking,
            *rows.of((name, host, life, flags, org, tracking))[:2],
        )
        for name, host, life, flags, org, tracking in keys
    )


def _life(kept: Kept) -> str:
    if kept.days is None:
        return _("session")
    days = round(kept.days)
    if days < 1:
        return _("under a day")
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _flags(kept: Kept) -> str:
    """Give the cookie's flags, by the names that they have in the header."""
    flags = {
        "Secure": kept.secure,
        "HttpOnly": kept.http_only,
        f"SameSite={printable(kept.same_site)}": bool(kept.same_site),
    }
    return ", ".join(flag for flag, is_set in flags.items() if is_set) or _("none")


def calls(inspection: Inspection) -> tuple[Call, ...]:
    """Give the calls that can tell browsers apart, with their hosts."""
    rows = _Rows()
    known: dict[tuple[str, str], None] = {}
    for visit in standing(inspection):
        for one in visit.calls:
            known[one.call, one.host] = None
            rows.add((one.call, one.host), visit.state, visit.page, one.count)
    return tuple(
        Call(printable(call), printable(host), *rows.of((call, host))) for call, host in known
    )


def asked(inspection: Inspection) -> tuple[Asked, ...]:
    """Give how the site asks for consent, by page rather than by visit."""
    pages: dict[tuple[str, int, int, int], set[str]] = {}
    for visit in inspection.visits:
        one = visit.choice
        if one is not None:
            key = (one.platform, one.accept_clicks, one.reject_clicks, one.preticked)
            pages.setdefault(key, set()).add(visit.page)
    return tuple(
        Asked(_platform(key[0]), _clicks(key[1]), _clicks(key[2]), key[3], len(found))
        for key, found in pages.items()
    )


def _platform(name: str) -> str:
    if not name:
        return _("no question recognised")
    return _("recognised by its words") if name == "words" else printable(name)


def _clicks(count: int) -> str:
    if not count:
        return _("no control found")
    return ngettext("{count} click", "{count} clicks", count).format(count=count)
