"""One capture of a website to its notes, what was sent, and what the page's text would call.

A capture is a HAR, told by its content, or a page of a built site. Notes come first, so that a
HAR is gone through once and what it shows is kept until then; of the bodies only main documents
and containers of tag managers are decoded.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import structs

from dataexposure.model import Coverage, Locator, Observation, Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.network import har
from dataexposure.sources.network.har_entries import Entry
from dataexposure.sources.web import containers, forms, markup
from dataexposure.sources.web.kept import KeptCookies
from dataexposure.sources.web.noted import bare, noted
from dataexposure.urls import registrable
from dataexposure.website import (
    RECORDED,
    STATES,
    STATIC,
    UNSTATED,
    Capture,
    Field,
    Notes,
    Written,
)

NAME: Final = "html"

Item = Notes | Observation | Written | Problem | Coverage

_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|link|div|p|a|h[1-6]|form|img|main)\b",
    re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<([a-z][a-z0-9:]*)", re.IGNORECASE)
_OTHER_ROOTS: Final = frozenset({"rss", "feed", "svg", "urlset", "sitemapindex", "rdf:rdf"})
_HEAD: Final = 4_096
_MOST_TEXT: Final = 16_000_000
"""Characters of main documents in one recording that are looked at."""

_MOST_CONTAINERS: Final = 20
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BAD: Final = 400
_CONTAINER: Final = b"macros"


def read(capture: Capture) -> Iterator[Item]:
    """Stream a capture; notes come first and exactly once, whatever the file is."""
    with InputFile(capture.path, capture.name) as file:
        try:
            if not file.head:
                yield from _failed(capture, "empty", "empty")
            elif har.sniff(file):
                yield from _recorded(capture, file)
            elif file.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
                yield from _failed(capture, "damaged", "damaged")
            else:
                yield from _built(capture)
        except OSError:
            yield from _failed(capture, "damaged", "unreadable")


def _state(capture: Capture) -> str:
    return capture.state if capture.state in STATES else UNSTATED


def _failed(capture: Capture, problem: str, cause: str, depth: str = RECORDED) -> Iterator[Item]:
    """Give the notes of a file from which nothing can be read."""
    yield Notes(page=capture.page, state=_state(capture), depth=depth, problems=(problem,))
    yield Problem(Locator(NAME, capture.name), cause)
    yield Coverage(NAME, capture.name, read=0)


def _built(capture: Capture) -> Iterator[Item]:
    """Read a page of a built site."""
    raw = capture.path.read_bytes()
    if not _is_html(raw[:_HEAD]):
        yield from _failed(capture, "not-html", "unclaimed", STATIC)
        return
    html = raw.decode("utf-8-sig", "replace")
    page = bare(capture.page)
    yield Notes(
        page=page,
        reached=page,
        state=_state(capture),
        depth=STATIC,
        status=200,
        fields=forms.fields(html),
    )
    yield from markup.written(html, page, Locator(NAME, capture.name))
    yield Coverage(NAME, capture.name, read=1)


def _is_html(head: bytes) -> bool:
    """Say whether a text is a page, and no feed, map or drawing in a like language."""
    text = head.decode("utf-8", "replace")
    root = _ROOT.search(text)
    is_other = root is not None and root[1].lower() in _OTHER_ROOTS
    return "\0" not in text and not is_other and _HTML.search(text) is not None


def _recorded(capture: Capture, file: InputFile) -> Iterator[Item]:
    """Read a HAR, with the notes of our own capture or without."""
    opened = har.opened(file)
    if isinstance(opened, Problem):
        yield Notes(page=capture.page, state=_state(capture), problems=("damaged",))
        yield opened
        yield Coverage(har.NAME, capture.name, read=0)
        return
    watcher = _Watcher(capture.name)
    items = list(har.stream(capture.name, opened, watcher.see))
    made = watcher.notes(_state(capture), [one for one in items if isinstance(one, Problem)])
    yield _joined(noted(opened.notes), made)
    del opened
    yield from items
    yield from watcher.written


def _joined(given: Notes | None, made: Notes) -> Notes:
    """Let what was noted count, and fill in what was not."""
    if given is None:
        return made
    problems = tuple(dict.fromkeys((*given.problems, *_serious(made.problems))))
    return structs.replace(
        given,
        page=given.page or made.page,
        reached=given.reached or made.reached,
        state=made.state if given.state == UNSTATED else given.state,
        status=given.status or made.status,
        problems=problems,
    )


def _serious(problems: tuple[str, ...]) -> tuple[str, ...]:
    """Give the problems that hold whatever a capture noted itself."""
    return tuple(one for one in problems if one in ("challenge", "empty"))


class _Watcher:
    """What is learnt of a HAR while it is gone through."""

    def __init__(self, name: str) -> None:
        self.written: list[Written] = []
        self._name = name
        self._cookies = KeptCookies()
        self._fields: tuple[Field, ...] = ()
        self._asked: dict[str, str] = {}
        self._reached: dict[str, str] = {}
        self._sites: Counter[str] = Counter()
        self._statuses: list[int] = []
        self._text = self._containers = self._requests = 0
        self._came = self._passed = self._tried = False
        self._host = ""

    def see(self, entry: Entry, page: Observation | None, opened: bool) -> None:
        """Take in one entry, in the file's order."""
        self._requests += 1
        self._came |= entry.status // 100 == 2
        self._passed |= entry.status == 200 and "html" in entry.mime and entry.host == self._host
        self._cookies.take(entry)
        if page is not None:
            self._sites[page.party] += 1
            self._asked.setdefault(page.party, page.facts["url"][0])
        at = Locator(har.NAME, self._name, f"entry:{entry.number}")
        if opened:
            self._open(entry, at)
        elif _is_container(entry):
            self._contain(entry, page, at)

    def _open(self, entry: Entry, at: Locator) -> None:
        self._tried = True
        site = registrable(entry.host)
        self._asked.setdefault(site, entry.url)
        self._host = entry.host
        if entry.status in _MOVED:
            return
        self._reached.setdefault(site, entry.url)
        self._statuses.append(entry.status)
        if "html" in entry.mime and self._text < _MOST_TEXT:
            html = _body(entry)
            self._text += len(html)
            self._fields = self._fields or forms.fields(html)
            self.written.extend(markup.written(html, entry.url, at))

    def _contain(self, entry: Entry, page: Observation | None, at: Locator) -> None:
        if self._containers < _MOST_CONTAINERS:
            self._containers += 1
            url = page.facts["url"][0] if page else ""
            self.written.extend(containers.tags(_body(entry), url, at))

    def notes(self, state: str, problems: list[Problem]) -> Notes:
        """Make notes of what was seen: the site is the one whose pages asked for the most."""
        site = max(self._sites, key=self._sites.__getitem__, default=next(iter(self._asked), ""))
        page = bare(self._asked.get(site, ""))
        return Notes(
            page=page,
            reached=bare(self._reached.get(site, "")) or page,
            state=state,
            status=next(iter(self._statuses), 0),
            cookies=self._cookies.all(),
            fields=self._fields,
            problems=tuple(self._problems({one.cause for one in problems})),
        )

    def _problems(self, causes: set[str]) -> Iterator[str]:
        if "challenge" in causes:
            yield "challenge"
        elif self._statuses and min(self._statuses) >= _BAD and not self._passed:
            yield "status"
        elif self._tried and not any(self._statuses) and not self._came:
            yield "unreachable"
        if not self._requests:
            yield "empty"


def _is_container(entry: Entry) -> bool:
    """Say, by the first words of a script, whether it can be a tag manager's container."""
    if "javascript" not in entry.mime:
        return False
    if entry.encoding == "base64":
        return "/gtm.js" in entry.url
    return _CONTAINER in bytes(memoryview(entry.content)[:_HEAD])


def _body(entry: Entry) -> str:
    """Decode the body of an answer; empty when the recording has none."""
    try:
        text = msgspec.json.decode(entry.content) if bytes(entry.content) else ""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if not isinstance(text, str):
        return ""
    if entry.encoding != "base64":
        return text
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
