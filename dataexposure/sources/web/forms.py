"""The fields of a page's forms: what is asked for, never what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dataexposure.sources.web.tokens import Tag, tags
from dataexposure.website import Field

_MOST: Final = 1_000
_LONGEST: Final = 120
_NOT_ASKED: Final = frozenset({"hidden", "submit", "button", "reset", "image"})
_ASKS: Final = frozenset({"input", "select", "textarea"})
_WORD: Final = re.compile(r"[^\W\d_]+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORDS: Final = frozenset({"off", "on"})  # as in autocomplete="off"
_MARKS: Final = ("name", "autocomplete", "aria-label", "placeholder")


class _Asked:
    """A field while its label may still follow."""

    def __init__(self, tag: Tag) -> None:
        given = tag.attributes.get("type", "").strip().lower() or "text"
        self.kind = given if tag.name == "input" else tag.name
        self.id = tag.attributes.get("id", "")
        self.texts = [tag.attributes.get(mark, "") for mark in _MARKS]
        self.texts += [self.id] if not any(self.texts) else []
        self.required = (
            "required" in tag.attributes or tag.attributes.get("aria-required", "") == "true"
        )

    def field(self, label: str) -> Field:
        # The buttons of one question have a label each; only together they are a field.
        texts = self.texts[:1] if self.kind == "radio" else [*self.texts, label]
        words = " ".join(dict.fromkeys(word for text in texts for word in _words(text)))
        return Field(self.kind[:20], words[:_LONGEST], self.required)


def fields(html: str) -> tuple[Field, ...]:
    """Give the fields that a visitor could fill, equal ones once, 1,000 at most.

    `name` has the words of the field's name, its autocomplete mark, its label and its hint, in
    lower case, without digits and signs.
    """
    asked: list[_Asked] = []
    labels: dict[str, str] = {}
    around: dict[int, str] = {}
    label: _Label | None = None
    for tag in tags(html):
        if label is not None:
            label.hear(html, tag)
            if tag.name in ("/label", "label", "form", "/form"):
                label.settle(labels, around)
                label = None
        if tag.name == "label":
            label = _Label(tag)
        elif tag.name in _ASKS and _is_asked(tag) and len(asked) < _MOST:
            asked.append(_Asked(tag))
            if label is not None:
                label.inside.append(len(asked) - 1)
    return tuple(
        dict.fromkeys(
            one.field(labels.get(one.id, "") or around.get(place, ""))
            for place, one in enumerate(asked)
        )
    )


class _Label:
    """A label that is open: its text so far, and the fields inside it."""

    def __init__(self, tag: Tag) -> None:
        self.target = tag.attributes.get("for", "")
        self.inside: list[int] = []
        self._position = tag.after
        self._pieces: list[str] = []

    def hear(self, html: str, tag: Tag) -> None:
        """Take the text up to the next tag."""
        self._pieces.append(html[self._position : min(tag.start, self._position + _LONGEST)])
        self._position = tag.after

    def settle(self, labels: dict[str, str], around: dict[int, str]) -> None:
        """Give the text to the fields that it is about."""
        text = " ".join(self._pieces[:20])
        if self.target:
            labels.setdefault(self.target, text)
        for place in self.inside:
            around.setdefault(place, text)


def _is_asked(tag: Tag) -> bool:
    kind = tag.attributes.get("type", "").strip().lower()
    return "disabled" not in tag.attributes and not (tag.name == "input" and kind in _NOT_ASKED)


def _words(text: str) -> Iterator[str]:
    for piece in _HUMP.split(text[:_LONGEST]):
        yield from (word.lower() for word in _WORD.findall(piece) if word.lower() not in _NO_WORDS)
