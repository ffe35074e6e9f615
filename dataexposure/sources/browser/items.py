"""Cutting a long JSON array of objects into pieces, so that it is never in memory as a whole.

A piece ends behind the last `},` of what was read. Whether that is the end of an item or
stands inside a title or an object within an item need not be known beforehand: a piece that
does not end with an item leaves a text or a bracket open and cannot be decoded. Only then are
the items told apart one by one, which is slower and exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Generic, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")

LONGEST_ITEM: Final = 16 * 2**20

# A whole text, or a lone quotation mark where a text is cut short, or a bracket.
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)
_BETWEEN: Final = b", \t\r\n"
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Piece(Struct, Generic[T], frozen=True):
    """Some items in order; `unreadable` more could not be decoded; `last` ends the array."""

    items: tuple[T, ...]
    unreadable: int = 0
    last: bool = False


class _Cut(Struct, Generic[T], frozen=True):
    piece: Piece[T]
    rest: bytes


def pieces(blocks: Iterable[bytes], start: re.Pattern[bytes], item: type[T]) -> Iterator[Piece[T]]:
    """Give the items of the array that begins behind the match of `start`.

    `blocks` are the bytes of a JSON document in order, cut anywhere. The result does not
    depend on where. When the document ends before the array does, or an item is longer than
    `LONGEST_ITEM`, no piece is the last.
    """
    many = msgspec.json.Decoder(tuple[item, ...], strict=False)  # type: ignore[valid-type]
    single = msgspec.json.Decoder(item, strict=False)
    pending = b""
    begun = False
    for block in blocks:
        pending += block
        if not begun:
            match = start.search(pending)
            if match is None:
                continue
            begun = True
            pending = pending[match.end() :]
        cut = _cut_quickly(pending, many) or _cut_exactly(pending, single)
        yield cut.piece
        if cut.piece.last or len(cut.rest) > LONGEST_ITEM:
            return
        pending = cut.rest
    if begun:
        yield _cut_exactly(pending, single).piece


def _cut_quickly(pending: bytes, many: msgspec.json.Decoder[tuple[T, ...]]) -> _Cut[T] | None:
    end = pending.rfind(b"},") + 1
    if not end:
        return None
    try:
        items = many.decode(b"[" + pending[:end] + b"]")
    except _UNREADABLE:
        return None
    return _Cut(Piece(items), pending[end:].lstrip(_BETWEEN))


def _cut_exactly(pending: bytes, single: msgspec.json.Decoder[T]) -> _Cut[T]:
    items: list[T] = []
    unreadable = depth = begin = end = 0
    for token in _TOKEN.finditer(pending):
        bracket = token[0]
        if bracket == b'"':
            break
        if bracket in {b"{", b"["}:
            if not depth:
                begin = token.start()
            depth += 1
        elif bracket in {b"}", b"]"}:
            if not depth:
                return _Cut(Piece(tuple(items), unreadable, last=True), b"")
            depth -= 1
            if not depth:
                end = token.end()
                try:
                    items.append(single.decode(pending[begin:end]))
                except _UNREADABLE:
                    unreadable += 1
    return _Cut(Piece(tuple(items), unreadable), pending[end:].lstrip(_BETWEEN))
