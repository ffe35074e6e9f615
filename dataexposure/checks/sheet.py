"""A policy file's places: keys in either spelling, lists, numbers, days, and what was meant.

Everything that is wrong is collected in the document, with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple

from dataexposure.documents import Document
from dataexposure.language import _
from dataexposure.printable import printable

Place = tuple[str, ...]

_MOST_SUGGESTIONS: Final = 20
_LONGEST_SHOWN: Final = 60
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")


class Word(NamedTuple):
    """A text of the file and where it stands."""

    text: str
    place: Place


def canonical(text: str) -> str:
    """Give the one spelling of a key or id: lower case, with `-`."""
    return text.strip().lower().replace("_", "-")


def shown(text: str) -> str:
    """Give a text of the file as a message may show it."""
    safe = printable(text)
    return safe if len(safe) <= _LONGEST_SHOWN else f"{safe[:_LONGEST_SHOWN]}…"


class Sheet:
    """A document read by places."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._suggestions = _MOST_SUGGESTIONS
        self._faulty: set[Place] = set()

    def error(self, message: str, place: Place) -> None:
        """Note that something is wrong at a place; one fault of a place is enough."""
        if place not in self._faulty:
            self._faulty.add(place)
            self._document.error(message, *place)

    def line(self, place: Place) -> int:
        """Give the line of a place."""
        return self._document.line(*place)

    def has_list(self, place: Place) -> bool:
        """Say whether a list stands at a place, even an empty one."""
        return isinstance(self._at(place), list)

    def nearest(self, text: str, known: Collection[str]) -> str:
        """Give the end of a message: what may have been meant by an unknown text."""
        if self._suggestions and len(text) <= _LONGEST_SHOWN:
            self._suggestions -= 1
            for found in get_close_matches(text, known, 1):
                return _("; did you mean `{name}`?").format(name=found)
        return ""

    def keys(
        self,
        place: Place,
        known: Collection[str],
        others: Mapping[str, str] | None = None,
        *,
        unknown: str = "",
    ) -> dict[str, Place]:
        """Give the places of a mapping's keys by their canonical spelling.

        `others` are further names of known keys. Unknown keys, and a key that stands in two
        spellings, are errors; `unknown` is the message for the former.
        """
        message = unknown or _("unknown key `{name}`")
        found: dict[str, Place] = {}
        for key, inner in self.mapping(place):
            name = canonical(key)
            name = (others or {}).get(name, name)
            if name not in known:
                hint = self.nearest(name, known)
                self.error(message.format(name=shown(key)) + hint, inner)
            elif name in found:
                self.error(_("`{name}` stands twice: remove one").format(name=shown(key)), inner)
            else:
                found[name] = inner
        return found

    def mapping(self, place: Place) -> Iterator[tuple[str, Place]]:
        """Give the keys of a mapping with their places; nothing is an empty mapping."""
        value = self._at(place)
        if isinstance(value, dict):
            yield from ((key, (*place, key)) for key in value)
        elif value not in (None, ""):
            self.error(_("here a mapping is expected (`key: value`)"), place)

    def is_mapping(self, place: Place) -> bool:
        """Say whether a mapping stands at a place."""
        return isinstance(self._at(place), dict)

    def items(self, place: Place) -> Iterator[Place]:
        """Give the places of a list's entries; a single entry is a list of one."""
        value = self._at(place)
        if isinstance(value, list):
            yield from ((*place, str(number)) for number in range(len(value)))
        elif value not in (None, ""):
            yield place

    def text(self, place: Place) -> str:
        """Give the text at a place; anything else is an error."""
        value = self._at(place)
        if isinstance(value, str):
            return value.strip()
        self.error(_("here a text is expected"), place)
        return ""

    def words(self, place: Place) -> Iterator[Word]:
        """Give the texts of a list with their places; empty ones are errors."""
        for inner in self.items(place):
            if self.is_mapping(inner) or self.has_list(inner):
                self.error(_("here a text is expected"), inner)
            elif text := self.text(inner):
                yield Word(text, inner)
            else:
                self.error(_("an empty entry: remove it"), inner)

    def number(self, place: Place) -> int | None:
        """Give the whole number at a place; anything else is an error."""
        text = self.text(place)
        if _NUMBER.fullmatch(text):
            return int(text)
        self.error(_("`{text}` is not a whole number").format(text=shown(text)), place)
        return None

    def day(self, place: Place) -> dt.date | None:
        """Give the day at a place (`2027-01-31`); anything else is an error."""
        text = self.text(place)
        try:
            if _DAY.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        self.error(
            _("`{text}` is not a day; write it as 2027-01-31").format(text=shown(text)), place
        )
        return None

    def choice(self, word: Word, known: Collection[str], message: str) -> str:
        """Give a text in its canonical spelling if it is known; else note the message."""
        name = canonical(word.text)
        if name in known:
            return name
        hint = self.nearest(name, known)
        self.error(message.format(name=shown(word.text), known=", ".join(known)) + hint, word.place)
        return ""

    def _at(self, place: Place) -> object:
        value: object = self._document.root
        for key in place:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and key.isdigit():
                value = value[int(key)]
            else:
                return None
        return value
