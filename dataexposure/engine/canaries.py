"""Planted values in all the forms in which they may be sent.

A check of a website plants made-up values (an address, a telephone number, a name, an order
number, a product, a price) and looks for them in every request: as they are, encoded, and
hashed. The forms are those that advertisers' matching guides ask for and that Leaky Forms
(USENIX Security 2022) met: trimmed and lower-case, without Gmail's dots and tags, telephone
numbers in E.164 with and without `+`; then md5, sha1 or sha256, in hex, base64 or base64url.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from dataexposure.engine.identities import normal
from dataexposure.website import Canary

HASHES: Final = ("md5", "sha1", "sha256")
_HEX: Final = re.compile(r"[0-9a-f]{32,64}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{22,43}")
_LONGEST: Final = 1_000_000
_SHORTEST: Final = 4  # of a plain value; anything shorter stands everywhere
_SHORTEST_PIECE: Final = 8  # of the part of a base64 text that does not depend on its neighbours
_ESCAPE: Final = re.compile(r"\\u00([2-7][0-9a-fA-F])")
_DECODINGS: Final = 3
_BOUNDED: Final = frozenset({"price", "order"})

Found = frozenset[tuple[str, str]]
"""Pairs of kind and form."""


class Canaries:
    """Planted values to look for; empty when there are none."""

    def __init__(self, planted: Iterable[Canary]) -> None:
        self._plain: dict[str, str] = {}
        self._bounded: list[tuple[re.Pattern[str], str]] = []
        self._pieces: dict[str, str] = {}
        self._hexes: dict[str, str] = {}
        self._hashes: dict[str, tuple[str, str]] = {}
        planted = tuple(planted)
        for canary in planted:
            others = [other.value.lower() for other in planted if other is not canary]
            for text in variants(canary):
                if len(text) < _SHORTEST:
                    continue
                self._learn_hashes(canary.kind, text)
                # A first name that is also a word of the product tells nothing by itself.
                if not any(text.lower() in other for other in others):
                    self._learn(canary.kind, text)

    def _learn(self, kind: str, text: str) -> None:
        lower = text.lower()
        if kind in _BOUNDED:
            pattern = re.compile(rf"(?<![\w.,]){re.escape(lower)}(?![\w]|[.,]\d)")
            self._bounded.append((pattern, kind))
        else:
            self._plain[lower] = kind
        for encoded in (text, lower):
            self._pieces.update(dict.fromkeys(_pieces(encoded), kind))
            self._hexes[encoded.encode().hex()] = kind

    def _learn_hashes(self, kind: str, text: str) -> None:
        for name in HASHES:
            digest = hashlib.new(name, text.encode(), usedforsecurity=False)
            self._hashes[digest.hexdigest()] = (kind, name)
            packed = base64.b64encode(digest.digest()).decode().rstrip("=")
            self._hashes[packed] = (kind, name)
            self._hashes[packed.replace("+", "-").replace("/", "_")] = (kind, name)

    def __bool__(self) -> bool:
        """Say whether there is anything to look for."""
        return bool(self._plain or self._bounded)

    def found(self, text: str) -> Found:
        """Name the kinds and forms that occur in a text, such as `("email", "sha256")`."""
        if not text or not self:
            return frozenset()
        clear = _decoded(text[:_LONGEST])
        lower = clear.lower()
        spaced = lower.replace("+", " ")
        hits = {
            (kind, "plain")
            for value, kind in self._plain.items()
            if value in lower or value in spaced
        }
        hits.update((kind, "plain") for pattern, kind in self._bounded if pattern.search(lower))
        hits.update((kind, "base64") for piece, kind in self._pieces.items() if piece in clear)
        hits.update((kind, "hex") for piece, kind in self._hexes.items() if piece in lower)
        for pattern, candidate in ((_HEX, lower), (_BASE64, clear)):
            for match in pattern.finditer(candidate):
                if known := self._hashes.get(match.group()):
                    hits.add(known)
        return frozenset(hits)


def variants(canary: Canary) -> Iterator[str]:
    """Give the ways in which a value may be written before it is encoded or hashed."""
    value = canary.value.strip()
    if canary.kind == "email":
        yield from normal(value)
    elif canary.kind == "phone":
        yield from _telephone(value)
    elif canary.kind == "name":
        yield from _cases(value)
        for part in value.split():
            yield from _cases(part)
    elif canary.kind == "price":
        yield value
        yield value.replace(".", ",")
    else:
        yield from _cases(value)


def _cases(value: str) -> Iterator[str]:
    yield from dict.fromkeys((value, value.lower(), value.upper()))


def _telephone(value: str) -> Iterator[str]:
    """Give E.164 with `+`, without, with `00`, and what may be the national number."""
    digits = re.sub(r"\D", "", value)
    yield f"+{digits}"
    yield digits
    yield f"00{digits}"
    for country in (1, 2, 3):
        national = digits[country:]
        if len(national) >= 7:
            yield national
            yield f"0{national}"


def _decoded(text: str) -> str:
    """Undo percent signs, up to three times, and the escapes of JSON."""
    for _ in range(_DECODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\\/", "/")
    return text


def _pieces(text: str) -> Iterator[str]:
    """Give what a text becomes within a longer one in base64, at each of three positions.

    The first and last characters depend on the neighbours, so they are left out.
    """
    raw = text.encode()
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        start = (before * 8 + 5) // 6
        end = (before + len(raw)) * 8 // 6
        piece = packed[start:end]
        if len(piece) >= _SHORTEST_PIECE:
            yield piece
            yield piece.replace("+", "-").replace("/", "_")
