"""Requests to parameters: one small decoder for each way in which vendors pack them.

The automatic ones read the query and the body by its media type. The others are named by
the rules that need them. Every decoder gives name and value pairs; limits keep hostile
input cheap.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote

from dataexposure import urls

Pairs = Iterator[tuple[str, str]]

_LONGEST_BODY: Final = 1_000_000
_MOST_PAIRS: Final = 5_000
_DEEPEST: Final = 12
_LINES_LIMIT: Final = 500
_NOTHING: Final = (
    "",
    "undefined",
    "null",
    "none",
    "None",
    "NaN",
    "[object Object]",
    "<user_email_address>",
    "<email_address>",
    "email@example.com",
)
_EMPTY: Final = frozenset(_NOTHING) | {
    hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
    for text in _NOTHING
    for name in ("md5", "sha1", "sha256")
}
_SEPARATORS: Final = re.compile(r"[_:/,]")


def filled(value: str) -> bool:
    """Say whether a value is more than what scripts send for nothing.

    Snippets that were copied but not filled in send placeholders, or the hash of one.
    """
    return value not in _EMPTY


def query(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read the query of the URL."""
    del body, media
    return urls.parameters(url.query)


def body_parameters(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read the body by its media type, or by its look where the type says nothing."""
    del url
    text = body[:_LONGEST_BODY].lstrip("\ufeff \r\n\t")
    if not text:
        return
    if "multipart/form-data" in media or text.startswith("--"):
        yield from _multipart(text)
    elif text[0] in "{[":
        yield from _json(text, "")
    elif "=" in text:
        for line in text.splitlines()[:_LINES_LIMIT]:
            yield from urls.parameters(line)


def _multipart(text: str) -> Pairs:
    boundary = text.splitlines()[0].strip()
    if not boundary:
        return
    for part in text.split(boundary)[1:_LINES_LIMIT]:
        head, _, value = part.lstrip("\r\n").replace("\r\n", "\n").partition("\n\n")
        marker = head.find('name="')
        if marker >= 0 and "filename=" not in head:
            name = head[marker + 6 :].partition('"')[0]
            yield name, value.rstrip("\n")


def _json(text: str, prefix: str) -> Pairs:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    yield from _flatten(value, prefix, 0)


def _flatten(value: Any, path: str, depth: int) -> Pairs:  # noqa: ANN401 - JSON has no closed type
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flatten(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        for position, inner in enumerate(value[:_LINES_LIMIT]):
            yield from _flatten(inner, f"{path}.{position}" if path else str(position), depth + 1)
            yield from _flatten(inner, path, depth + 1)
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, str(value)


def matrix(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read `;name=value` pairs in the path."""
    del body, media
    for piece in url.path.split(";")[1:]:
        name, equals, value = piece.partition("=")
        if equals:
            yield unquote(name), unquote(value)


def pairs(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read `/name/value` pairs in the path, from each position."""
    del body, media
    segments = [unquote(segment) for segment in url.path.split("/") if segment]
    yield from pairwise(segments)


def _inner(url: urls.Parts, body: str, media: str, read: Callable[[str, str], Pairs]) -> Pairs:
    for decoder in (query, body_parameters):
        for name, value in decoder(url, body, media):
            yield from read(name, value)


def nested(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read a query inside a parameter as `outer.inner`, decoded up to three times.

    A query inside that one, in a list or not, is `outer.inner.innermost`.
    """

    def read(name: str, value: str) -> Pairs:
        for key, found in _queries(name, value):
            yield key, found
            yield from _queries(key, found.strip("[]"))

    return _inner(url, body, media, read)


def _queries(name: str, value: str) -> Pairs:
    text = value
    for _ in range(3):
        if "=" in text:
            inner = text.partition("?")[2] or text
            yield from ((f"{name}.{key}", found) for key, found in urls.parameters(inner))
            return
        if "%" not in text:
            return
        text = unquote(text)


def json_parameter(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read JSON inside a parameter as `outer.path`."""

    def read(name: str, value: str) -> Pairs:
        text = value if value[:1] in ("{", "[") else unquote(value)
        if text[:1] in ("{", "["):
            yield from _json(text, name)

    return _inner(url, body, media, read)


def base64_parameter(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read a parameter in base64 that holds JSON or a query as `outer.path`."""

    def read(name: str, value: str) -> Pairs:
        padded = value.replace("-", "+").replace("_", "/")
        padded += "=" * (-len(padded) % 4)
        try:
            text = base64.b64decode(padded, validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            return
        if text[:1] in ("{", "["):
            yield from _json(text, name)
        elif "=" in text:
            yield from ((f"{name}.{key}", found) for key, found in urls.parameters(text))

    return _inner(url, body, media, read)


def joined(url: urls.Parts, body: str, media: str) -> Pairs:
    """Read a parameter whose value joins several by `_`, `:`, `/` or a comma.

    Each piece is given under the name itself, and under the name with its position (from 0).
    """

    def read(name: str, value: str) -> Pairs:
        pieces = _SEPARATORS.split(value)[:_LINES_LIMIT]
        if len(pieces) > 1:
            for position, piece in enumerate(pieces):
                yield name, piece
                yield f"{name}.{position}", piece

    return _inner(url, body, media, read)


AUTOMATIC: Final = (query, body_parameters)
NAMED: Final[Mapping[str, Callable[[urls.Parts, str, str], Pairs]]] = {
    "matrix": matrix,
    "pairs": pairs,
    "nested": nested,
    "json": json_parameter,
    "base64": base64_parameter,
    "joined": joined,
}


def parameters(url: urls.Parts, body: str, media: str, names: tuple[str, ...]) -> Pairs:
    """Give the filled parameters of a request: the automatic ones, and those of `names`."""
    given = 0
    for decoder in (*AUTOMATIC, *(NAMED[name] for name in names)):
        for name, value in decoder(url, body, media.casefold()):
            if filled(value):
                yield name, value
                given += 1
                if given >= _MOST_PAIRS:
                    return
