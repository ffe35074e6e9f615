"""HAR captures: what a browser's network tool, a proxy or a test tool recorded.

Pages that the person opened become visits, all else requests with the page around them as
their context. Bodies of GET requests are passed over (Firefox writes empty ones).
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlencode

import msgspec

from dataexposure.channels import REQUEST, VISIT
from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.network.har_challenges import Checks
from dataexposure.sources.network.har_cookies import Jar
from dataexposure.sources.network.har_entries import Capture, Entry, Message, Post, decode, load
from dataexposure.sources.network.har_pages import Pages
from dataexposure.urls import registrable, split

NAME: Final = "har"
LARGEST: Final = 1 << 30
_BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:')
_BYTE: Final = re.compile(r"\(byte (\d+)\)")
_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FORM: Final = "application/x-www-form-urlencoded"
_BINARY: Final = 2

Watch = Callable[[Entry, Observation | None, bool], None]
"""Is shown an entry, the page around it, and whether it is that page itself."""


def sniff(file: Input) -> bool:
    """Say whether this is a JSON object that begins with `log`."""
    return _BEGINS.match(file.head) is not None


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream visits, requests and cookies; captures are small, so `interest` is not asked."""
    capture = opened(file)
    if isinstance(capture, Problem):
        yield capture
        yield Coverage(NAME, file.name, read=0)
    else:
        yield from stream(file.name, capture)


def opened(file: Input) -> Capture | Problem:
    """Decode a file as far as its entries; a problem when it is too large or no HAR."""
    here = Locator(NAME, file.name)
    if file.path.stat().st_size > LARGEST:
        return Problem(here, "too-large")
    raw = file.path.read_bytes()
    try:
        return load(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Problem(here, "damaged", note=_position(raw, error))


def stream(
    name: str, capture: Capture, watch: Watch | None = None
) -> Iterator[Observation | Problem | Coverage]:
    """Give what a decoded file shows; `watch` is shown each entry on the way."""
    return _Reading(name, capture, watch).all()


def _position(raw: bytes, error: Exception) -> str:
    """Say where JSON breaks off, as `line 5 column 1`; empty when it is whole JSON."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    message = str(error)
    if isinstance(error, msgspec.ValidationError):
        try:
            msgspec.json.decode(raw, type=msgspec.Raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as other:
            message = str(other)
    match = _BYTE.search(message)
    if match is None and "truncated" not in message:
        return ""
    before = raw if match is None else raw[: int(match[1])]
    line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    return f"line {line} column {column}"


class _Reading:
    """The state of reading one capture."""

    def __init__(self, name: str, capture: Capture, watch: Watch | None = None) -> None:
        self._name = name
        self._watch = watch
        self._capture = capture
        self._pages = Pages(capture.titles)
        self._contexts: dict[str, Observation] = {}
        self._jar = Jar()
        self._days: set[dt.date] = set()
        self._visits = self._bad = self._skipped = 0
        self._checks = Checks()

    def all(self) -> Iterator[Observation | Problem | Coverage]:
        """Stream everything, coverage last."""
        for number, raw in enumerate(self._capture.entries, 1):
            entry = decode(raw, number)
            if entry is None:
                self._bad += 1
            elif not entry.host:
                self._skipped += 1
            else:
                yield from self._entry(entry)
        yield from self._jar.observations()
        here = Locator(NAME, self._name)
        if self._bad:
            yield Problem(here, "bad-record", self._bad)
        if self._checks.is_all:
            yield Problem(here, "challenge")
        total = len(self._capture.entries)
        skipped = self._bad + self._skipped
        yield Coverage(
            NAME,
            self._name,
            read=total - skipped,
            skipped=skipped,
            first=min(self._days, default=None),
            last=max(self._days, default=None),
            counts={"requests": total, "pages": self._capture.pages, "visits": self._visits},
        )

    def _entry(self, entry: Entry) -> Iterator[Observation]:
        at = Locator(NAME, self._name, f"entry:{entry.number}")
        opened, again, page = self._pages.follow(entry)
        context = self._context(page, entry, at)
        if entry.day:
            self._days.add(entry.day)
        self._checks.see(entry, is_page=opened)
        self._jar.take(entry, context.party if context else "", at)
        if self._watch is not None:
            self._watch(entry, context, opened)
        if opened:
            self._visits += not again
            if not again:
                yield _visit(page, entry, at)
            return
        kind, body = _body(entry)
        yield _request(entry, context, at, kind, body)
        for message in entry.messages:
            if message.type == "send" and message.data:
                yield _request(entry, context, at, "", _message(message))

    def _context(self, page: str, entry: Entry, at: Locator) -> Observation | None:
        """Give the page around an entry, the same observation for all entries of a page."""
        if not page:
            return None
        context = self._contexts.get(page)
        if context is None:
            context = self._contexts[page] = _visit(page, entry, at)
        return context


def _visit(url: str, entry: Entry, at: Locator) -> Observation:
    party = registrable(split(url).host)
    facts = {"url": (url,)}
    return Observation(VISIT.name, facts, at, party=party, first=entry.day, last=entry.day)


def _request(
    entry: Entry, context: Observation | None, at: Locator, kind: str, body: str
) -> Observation:
    facts = {"url": (entry.url,), "method": (entry.method,)}
    if kind:
        facts["type"] = (kind,)
    if body:
        facts["body"] = (body,)
    return Observation(
        REQUEST.name,
        facts,
        at,
        party=context.party if context else "",
        first=entry.day,
        last=entry.day,
        context=context,
    )


def _body(entry: Entry) -> tuple[str, str]:
    """Give the media type and text of a request's body; both empty when it has none."""
    post = entry.post
    if post is None or entry.method in _BODILESS:
        return "", ""
    kind = post.mime or ""
    if post.text:
        is_packed = "base64" in (post.encoding, post.encoding_)
        return kind, _unpacked(post.text) if is_packed else post.text
    return _form(post, kind)


def _form(post: Post, kind: str) -> tuple[str, str]:
    """Rebuild a form from its fields, when a tool kept those but not the text."""
    fields = [(pair.name, pair.value or "") for pair in post.params or () if pair.name]
    return (_FORM, urlencode(fields)) if fields else (kind, "")


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def _message(message: Message) -> str:
    data = message.data or ""
    return _unpacked(data) if message.opcode == _BINARY else data
