"""Which page a request belongs to, and which requests are pages themselves.

A HAR names a page for each entry, but Playwright keeps one page for a whole session and
gives its last title, proxies name none, and browsers shorten the Referer header to the
origin when it goes to another site. So documents are followed as they are opened in a tab:
a request belongs to the page that its full Referer names, else to the document opened last.
A Referer that was itself loaded as a frame, style sheet or script stands for its own page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urljoin

from dataexposure.sources.network.har_entries import Entry
from dataexposure.urls import parameters, registrable, split

_REDIRECTS: Final = range(300, 400)
_EMBEDDED: Final = frozenset(
    {
        "iframe",
        "frame",
        "embed",
        "object",
        "style",
        "script",
        "worker",
        "sharedworker",
        "serviceworker",
    }
)
_EMBEDDED_KINDS: Final = frozenset({"document", "stylesheet", "script"})
_EMBEDDED_TYPES: Final = ("text/html", "text/css", "application/xhtml")


class Place(NamedTuple):
    """Where an entry belongs.

    `opened` says that it is a page the person opened, `again` that a redirect merely led to
    the same page (https instead of http, parameters taken away), `page` is the address of
    the page around it, its own if it is one, and empty when the capture does not tell.
    """

    opened: bool
    again: bool
    page: str


class _Tab:
    """The documents opened under one page id, newest last."""

    def __init__(self, title: str) -> None:
        self.title = title if split(title).host else ""
        self.documents: list[str] = []
        self.frame = ""
        self.origin = ""
        self.expected = ""
        self.is_begun = False

    @property
    def page(self) -> str:
        """Give the document that is open, else the address that the page's title gives."""
        return self.documents[-1] if self.documents else self.title

    def latest(self, host: str) -> str:
        """Give the document of this host that was opened last; empty when there was none."""
        return next((one for one in reversed(self.documents) if split(one).host == host), "")


# The same few pages are asked for again and again.
_parts = lru_cache(maxsize=1024)(split)


class Pages:
    """Follows the pages of a capture; give it every entry once, in the file's order."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._tabs: dict[str, _Tab] = {}
        self._embedded: dict[str, str] = {}

    def follow(self, entry: Entry) -> Place:
        """Say where the next entry belongs."""
        tab = self._tabs.get(entry.page)
        if tab is None:
            tab = self._tabs[entry.page] = _Tab(self._titles.get(entry.page, ""))
        opened = _opens(entry, tab)
        tab.is_begun = True
        if opened:
            again = _bare(entry.url) == tab.expected and _is_same(tab.origin, entry.url)
            _open(entry, tab)
            return Place(opened=True, again=again, page=entry.url)
        page = self._page(entry, tab)
        if page and _is_embedded(entry) and entry.url not in tab.documents:
            self._embedded[_bare(entry.url)] = page
        return Place(opened=False, again=False, page=page)

    def _page(self, entry: Entry, tab: _Tab) -> str:
        referer = entry.sent.get("referer", "")
        if referer in self._embedded:
            return self._embedded[referer]
        if not entry.page or not tab.page:
            return _origin_page(referer or entry.sent.get("origin", ""), tab)
        parts = _parts(referer)
        if not parts.host:
            return tab.page
        host = _parts(tab.page).host
        if registrable(parts.host) != registrable(host):
            return tab.latest(parts.host) or tab.page
        if parts.path != "/" or parts.query:
            return referer
        return tab.page if parts.host == host else tab.latest(parts.host) or tab.page


def _open(entry: Entry, tab: _Tab) -> None:
    tab.frame = tab.frame or entry.frame
    target = entry.redirect or entry.received.get("location", "")
    if entry.status in _REDIRECTS and target:
        tab.origin = entry.url
        tab.expected = _joined(entry.url, target)
    else:
        tab.origin = tab.expected = ""
        tab.documents.append(entry.url)


def _is_same(before: str, after: str) -> bool:
    """Say whether a redirect led to the same page with no parameter that was not there."""
    old, new = split(before), split(after)
    if (old.host, old.path) != (new.host, new.path):
        return False
    return set(parameters(new.query)) <= set(parameters(old.query))


def _origin_page(site: str, tab: _Tab) -> str:
    """Give the page of an entry that names no page: what its Referer or Origin tells."""
    parts = split(site)
    if not parts.host or parts.path != "/" or parts.query:
        return site if parts.host else ""
    return tab.latest(parts.host) or site.rstrip("/") + "/"


def _opens(entry: Entry, tab: _Tab) -> bool:
    """Say whether this is a main document: what the person opened, not a frame in it."""
    if entry.method == "OPTIONS" or "prefetch" in _purpose(entry):
        return False
    destination = entry.sent.get("sec-fetch-dest", "").lower()
    if destination:
        return destination == "document"
    if tab.expected and _bare(entry.url) == tab.expected:
        return True
    if entry.kind not in ("", "document") or _is_script_call(entry):
        return False
    if not entry.page:
        return _looks(entry) and "referer" not in entry.sent
    if tab.documents:
        return entry.kind == "document" and bool(entry.frame) and entry.frame == tab.frame
    return _begins(entry, tab)


def _begins(entry: Entry, tab: _Tab) -> bool:
    """Say whether the first document of a page id is this."""
    if tab.title and _bare(entry.url) == _bare(tab.title):
        return True
    alone = "referer" not in entry.sent
    if entry.kind == "document" or tab.expected:
        return alone and _looks(entry)
    return not tab.is_begun and (_looks(entry) or (alone and entry.status in _REDIRECTS))


def _looks(entry: Entry) -> bool:
    return entry.kind == "document" or entry.mime.startswith(("text/html", "application/xhtml"))


def _is_script_call(entry: Entry) -> bool:
    accept = entry.sent.get("accept", "*/*")
    by_script = entry.sent.get("x-requested-with", "").lower() == "xmlhttprequest"
    return by_script or ("html" not in accept and "*/*" not in accept)


def _purpose(entry: Entry) -> str:
    return entry.sent.get("sec-purpose", "") or entry.sent.get("purpose", "")


def _is_embedded(entry: Entry) -> bool:
    destination = entry.sent.get("sec-fetch-dest", "").lower()
    if destination:
        return destination in _EMBEDDED
    if entry.kind:
        return entry.kind in _EMBEDDED_KINDS
    return entry.mime.startswith(_EMBEDDED_TYPES) or "javascript" in entry.mime


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _joined(url: str, target: str) -> str:
    try:
        return _bare(urljoin(url, target))
    except ValueError:
        return ""
