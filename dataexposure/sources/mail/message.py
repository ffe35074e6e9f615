"""A single message in a file of its own (RFC 5322), with or without the ending .eml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.mail import letter, mime, splitting
from dataexposure.sources.mail.tally import Tally

NAME: Final = "message"

_OPENING: Final = re.compile(rb"(?:>From [^\n]{0,200}\r?\n)?[!-9;-~]{1,80}[ \t]*:(?!//)")
_KNOWN: Final = frozenset(
    {
        "authentication-results",
        "cc",
        "content-transfer-encoding",
        "content-type",
        "date",
        "delivered-to",
        "dkim-signature",
        "from",
        "importance",
        "in-reply-to",
        "list-id",
        "list-unsubscribe",
        "message-id",
        "mime-version",
        "received",
        "references",
        "reply-to",
        "return-path",
        "sender",
        "subject",
        "to",
    }
)
# What only mail has. YAML, HTTP and notes may have `From:` or `Date:`, hardly these.
_PROOFS: Final = {
    "received": re.compile(rb"[^;]*;|from |by ", re.IGNORECASE | re.DOTALL),
    "return-path": re.compile(rb"<"),
    "delivered-to": re.compile(rb"[^\s]+@"),
    "message-id": re.compile(rb"<"),
    "mime-version": re.compile(rb"1\.0"),
    "dkim-signature": re.compile(rb"\s*v=1"),
}
_SENDER: Final = re.compile(rb"[^\n@]{1,300}@[^\s@]+")
_SAVED_PAGE: Final = "snapshot-content-location"
_FEWEST: Final = 2


def sniff(file: Input) -> bool:
    """Recognise two or more headers of mail at the start, one of which nothing else has.

    A saved web page (MHTML) has them too and is told apart by where it was saved from.
    """
    head = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not _OPENING.match(head) or splitting.begins_mbox(file.head):
        return False
    block = mime.header_block(head)
    names = {name.lower() for name, _ in block.fields}
    known = sum(name in _KNOWN or name.startswith("x-") for name in names)
    if known < _FEWEST or _SAVED_PAGE in names or known * 2 < len(names):
        return False
    return any(_proves(name, value) for name, value in block.fields)


def _proves(name: str, value: bytes) -> bool:
    # Notes and YAML write `from:` in lower case; a mail program never does.
    if name in ("From", "FROM"):
        return bool(_SENDER.match(value))
    proof = _PROOFS.get(name.lower())
    return proof is not None and proof.match(value) is not None


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Read the message; raises OSError when the file cannot be read."""
    tally = Tally(NAME, file.name)
    with file.path.open("rb") as stream:
        raw = stream.read(letter.LARGEST + 1)
    if len(raw) > letter.LARGEST:
        tally.problem("too-large")
    else:
        yield from tally.letter(letter.read(raw, tally.at("message:1"), interest))
    yield from tally.close()
