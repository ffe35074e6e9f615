"""HTML to its tags, one after another, as the tokenisation of the HTML standard has them.

No tree is built: what a page loads is told by its tags alone, each tag keeps its position in
the text, and time stays linear however deeply a hostile page nests. Comments, the text of
scripts, styles and titles, and what stands in a `<template>` yield no tags. What stands in
`<noscript>` does: it is what a visitor without scripts would load
(html.spec.whatwg.org/multipage/parsing.html#tokenization).
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

LONGEST: Final = 8_000_000
"""Characters of a page that are looked at."""

_RAW: Final = (
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
)
_ENDS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_NAME: Final = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE: Final = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)?(\s*=\s*)?")
_COMMENT_END: Final = re.compile("--!?>")
# What most of a page consists of and loads nothing: passed over in one step.
_IDLE: Final = re.compile(
    "(?:</?(?:div|span|p|a|ul|ol|li|b|i|em|strong|br|tr|td|th|h[1-6]|section|article|nav)>[^<]*)++",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"[^\s>]*")


class Tag(NamedTuple):
    """A start tag, or an end tag, whose name begins with a slash.

    `start` and `end` are positions in the page; `text` is the raw text of elements that have
    no tags in them, such as scripts, and `after` where the next token begins.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    text: str = ""
    after: int = 0


def tags(html: str) -> Iterator[Tag]:
    """Give the tags of a page in order, those inside templates left out."""
    html = html[:LONGEST]
    templates = 0
    position = html.find("<")
    while position != -1:
        if idle := _IDLE.match(html, position):
            position = idle.end() if idle.end() < len(html) else -1
            continue
        tag, after = _token(html, position)
        if tag is not None:
            if tag.name == "template":
                templates += 1
            elif tag.name == "/template":
                templates = max(0, templates - 1)
            elif not templates:
                yield tag
        position = html.find("<", after) if after >= 0 else -1


def _token(html: str, start: int) -> tuple[Tag | None, int]:
    """Read the token that begins at a `<`, and say where to go on; -1 at the end."""
    following = html[start + 1 : start + 2]
    if following in ("!", "?"):
        return None, _skipped(html, start)
    closing = following == "/"
    name = _NAME.match(html, start + 1 + closing)
    if name is None:
        return None, (_past(html, ">", start + 2) if closing else start + 1)
    attributes, end = _attributes(html, name.end())
    if end < 0:
        return None, -1
    lower = name[0].lower()
    if closing:
        return Tag(f"/{lower}", {}, start, end, after=end), end
    if lower not in _ENDS:
        return Tag(lower, attributes, start, end, after=end), end
    closed = _ENDS[lower].search(html, end)
    after = closed.start() if closed else len(html)
    return Tag(lower, attributes, start, end, html[end:after], after), after if closed else -1


def _skipped(html: str, start: int) -> int:
    """Go past a comment, a document type or an instruction."""
    if not html.startswith("<!--", start):
        return _past(html, ">", start + 2)
    for empty in ("<!-->", "<!--->"):
        if html.startswith(empty, start):
            return start + len(empty)
    ended = _COMMENT_END.search(html, start + 4)
    return ended.end() if ended else -1


def _past(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return found + len(mark) if found != -1 else -1


def _attributes(html: str, position: int) -> tuple[dict[str, str], int]:
    """Read attributes up to the tag's end; the first of a name counts. -1: no end."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, position):
        position = match.end()
        value = ""
        if match[2]:
            value, position = _value(html, position)
        if not 0 <= position < len(html):
            break
        if match[1]:
            found.setdefault(match[1].lower(), value)
        if html[position] == ">":
            return found, position + 1
    return found, -1


def _value(html: str, position: int) -> tuple[str, int]:
    quote = html[position : position + 1]
    if quote in ('"', "'"):
        end = html.find(quote, position + 1)
        if end == -1:
            return "", -1
        return _decoded(html[position + 1 : end]), end + 1
    bare = _BARE.match(html, position)
    text = bare[0] if bare else ""
    return _decoded(text), position + len(text)


def _decoded(text: str) -> str:
    return entities.unescape(text) if "&" in text else text
