"""Bytes of a mail to text, whatever charset they claim, and encoded words to text.

Mail from the wild names charsets that do not exist, names the wrong one, or puts raw 8-bit
bytes where only ASCII may stand. Nothing here raises: what cannot be decoded becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9][\w.:+-]{0,39}", re.ASCII)
# Codecs that are no charset of mail: they are slow on hostile input, warn, or give surrogates.
_REFUSED: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_LONGEST_HEADER: Final = 16_384
_ENCODED: Final = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="
# Encoded words in a row belong together: a character may be cut between two of them.
_ENCODED_RUN: Final = re.compile(rf"{_ENCODED}(?:\s*{_ENCODED})*")


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    if not _NAME.fullmatch(charset):
        return ""
    try:
        name = codecs.lookup(charset).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return ""
    return "" if name in _REFUSED or name == "ascii" else name


def text(raw: bytes, charset: str = "") -> str:
    """Decode by the claimed charset; without a usable claim as UTF-8, else as Windows-1252."""
    name = _codec(charset) if charset else ""
    if name:
        return raw.decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def unfolded(raw: bytes) -> str:
    """Give the value of a header in one line, its encoded words as they are."""
    value = text(raw[:_LONGEST_HEADER])
    if "\n" in value or "\r" in value:
        value = " ".join(line.strip() for line in value.splitlines())
    return value.strip()


def header_text(raw: bytes) -> str:
    """Give the value of a header in one line, its encoded words (RFC 2047) decoded."""
    value = unfolded(raw)
    return _ENCODED_RUN.sub(lambda run: _decoded(run[0]), value) if "=?" in value else value


def _decoded(run: str) -> str:
    # Imported here: every start of the program imports this module, few need this.
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        pieces = decode_header(run)
    except (HeaderParseError, ValueError):
        return run
    return "".join(
        piece if isinstance(piece, str) else text(piece, charset or "") for piece, charset in pieces
    )
