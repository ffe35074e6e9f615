"""One raw message (RFC 5322, MIME: RFC 2045 to 2047) to its headers and its readable texts.

Nothing is copied or decoded but what is asked for: attachments, which are most of a mailbox,
are stepped over by their boundaries. The standard library's parser builds a tree of every
line, which takes several times as long; it still judges each `Content-Type`.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from dataexposure.sources.mail.charsets import text

_LONGEST_BLOCK: Final = 262_144
_MOST_FIELDS: Final = 1_000
_MOST_PARTS: Final = 500
_DEEPEST: Final = 12
_LONGEST_TEXT: Final = 6 << 20
_LONGEST_TYPE: Final = 2_000

_FIELD: Final = re.compile(
    rb"^([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE
)
# An empty line; programs that damage mail leave it out before the first boundary.
_BLANK: Final = re.compile(rb"\n(?:\r?\n|(?=--))")
# A body that opens with a boundary which no header announces: the header block was damaged.
_ORPHAN: Final = re.compile(rb"\s{0,20}--([^\s]{1,200})\r?\nContent-", re.IGNORECASE)
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")


class Block(NamedTuple):
    """A header block: its fields in order (name as written, raw value), and where it ends."""

    fields: tuple[tuple[str, bytes], ...]
    body: int

    def by_name(self) -> Mapping[str, tuple[bytes, ...]]:
        """Give the values of each header by its name in lower case."""
        named: dict[str, tuple[bytes, ...]] = {}
        for name, value in self.fields:
            key = name.lower()
            named[key] = (*named.get(key, ()), value)
        return named


class Text(NamedTuple):
    """A readable part of a message, decoded: HTML or plain."""

    html: bool
    content: str


class ContentType(NamedTuple):
    """What a `Content-Type` says: type in lower case, boundary and charset (empty: none)."""

    kind: str
    boundary: str
    charset: str


def header_block(raw: bytes, start: int = 0, end: int | None = None) -> Block:
    """Read the header block that begins at `start`; lines that are no header are passed over."""
    stop = len(raw) if end is None else end
    limit = min(stop, start + _LONGEST_BLOCK)
    blank = _BLANK.search(raw, max(start - 1, 0), limit)
    fields = tuple(
        (found[1].decode("ascii"), found[2].rstrip())
        for found in islice(
            _FIELD.finditer(raw, start, blank.start() if blank else limit), _MOST_FIELDS
        )
    )
    return Block(fields, blank.end() if blank else limit)


@lru_cache(maxsize=512)
def content_type(value: bytes) -> ContentType:
    """Judge a `Content-Type` value; one that cannot be understood is `text/plain`."""
    # Imported here: every start of the program imports this module, few need this.
    from email.message import Message

    judge = Message()
    judge["Content-Type"] = value[:_LONGEST_TYPE].decode("latin-1")
    try:
        return ContentType(
            judge.get_content_type(),
            judge.get_boundary() or "",
            judge.get_content_charset() or "",
        )
    except ValueError:
        return ContentType("text/plain", "", "")


def texts(raw: bytes, block: Block) -> Iterator[Text]:
    """Give the texts of a message that a reader sees: no attachments, no enclosed messages."""
    for part in islice(_part(raw, block, len(raw), 0), _MOST_PARTS):
        if part is not None:
            yield part


def _part(raw: bytes, block: Block, end: int, depth: int) -> Iterator[Text | None]:
    """Walk the parts; None for one that is not read, so that those are counted as well."""
    named = block.by_name()
    declared = named.get("content-type", (b"",))[0]
    kind, boundary, charset = content_type(declared)
    if not declared and depth == 0 and (orphan := _ORPHAN.match(raw, block.body, end)):
        kind, boundary = "multipart/mixed", orphan[1].decode("latin-1")
    if kind.startswith("multipart/"):
        if depth == _DEEPEST or kind == "multipart/digest":
            yield None
            return
        divided = False
        for start, stop in _pieces(raw, boundary, block.body, end):
            divided = True
            yield from _part(raw, header_block(raw, start, stop), stop, depth + 1)
        if divided:
            return
    elif not _is_text(kind, depth) or _is_attached(named):
        yield None
        return
    content = text(_body(raw, named, block.body, end), charset)
    yield Text(kind == "text/html" or _looks_like_html(kind, content), content)


def _is_text(kind: str, depth: int) -> bool:
    # Some programs declare the whole mail as octets and mean text.
    return kind in ("text/html", "text/plain") or (
        depth == 0 and kind == "application/octet-stream"
    )


def _is_attached(named: Mapping[str, tuple[bytes, ...]]) -> bool:
    disposition = named.get("content-disposition", (b"",))[0]
    return disposition[:10].lower() == b"attachment"


def _looks_like_html(kind: str, content: str) -> bool:
    return kind != "text/plain" and content[:200].lstrip().startswith("<")


def _pieces(raw: bytes, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the range of each part between lines that hold the boundary and nothing else."""
    if not boundary:
        return
    mark = b"--" + boundary.encode("latin-1", "replace")
    opened = -1
    position = raw.find(mark, start, end)
    while position != -1:
        after = position + len(mark)
        if raw[position - 1 : position] == b"\n":
            closes = raw.startswith(b"--", after, end)
            line_end = raw.find(b"\n", after, end)
            line_end = end if line_end == -1 else line_end
            if not raw[after + 2 * closes : line_end].strip():
                if opened != -1:
                    yield opened, position
                if closes:
                    return
                opened = min(line_end + 1, end)
        position = raw.find(mark, after, end)
    if opened != -1:
        yield opened, end


def _body(raw: bytes, named: Mapping[str, tuple[bytes, ...]], start: int, end: int) -> bytes:
    body = raw[start : min(end, start + _LONGEST_TEXT)]
    encoding = named.get("content-transfer-encoding", (b"",))[0].lower()
    if encoding.startswith(b"quoted-printable"):
        return binascii.a2b_qp(body)
    if encoding.startswith(b"base64"):
        return _unpacked(body)
    return body


def _unpacked(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        # Cut short, or followed by something else: read the whole groups of four.
        letters = _NOT_BASE64.sub(b"", body)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
