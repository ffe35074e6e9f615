"""What the text of a page would load or call, without running it.

Given are scripts, frames, pictures (also those in `<noscript>`, the pixels of visitors without
scripts), media, embedded objects, style sheets and what they name, icons, preloads, forms that
send to another host, redirects by `<meta>`, and the addresses that inline scripts load.

`preconnect` is given, for it opens a connection to the host; `dns-prefetch` is not: it asks the
visitor's own resolver. Scripts, frames and pictures that a consent manager holds back are left
out, because they load nothing before a choice: scripts whose `type` is no script
(`text/plain`), elements with `data-cookieconsent` other than `ignore` or `necessary`, and
everything whose address stands in `data-src` only. So are comments, templates and links.

What inline scripts call with a text (`fbq("track", "Purchase")`) is given as a `tag` whose
template is `inline` and whose trigger is `page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

from msgspec import structs

from dataexposure.channels import REQUEST, TAG, VISIT, Channel
from dataexposure.model import Locator, Observation
from dataexposure.sources.web import scripts
from dataexposure.sources.web.tokens import Tag, tags
from dataexposure.urls import registrable, split
from dataexposure.website import Written

INLINE: Final = "inline"
"""The template of a script that stands in the page itself."""

_MOST: Final = 5_000
_LONGEST_URL: Final = 8_192
_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "img": ("src",),
    "input": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "source": ("src",),
    "track": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
    "th": ("background",),
}
_RELATIONS: Final = frozenset(
    {
        "stylesheet",
        "preload",
        "modulepreload",
        "prefetch",
        "prerender",
        "preconnect",
        "icon",
        "apple-touch-icon",
        "manifest",
    }
)
_SCRIPTS: Final = frozenset(
    {
        "",
        "module",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "text/ecmascript",
        "application/ecmascript",
        "text/gtmscript",  # how Google Tag Manager keeps the scripts of its containers
    }
)
_UNGATED: Final = frozenset({"", "ignore", "necessary"})
_STYLED: Final = re.compile(r"""(?:url\(\s{0,9}|@import\s{1,9})["']?([^"')\s;]{1,8192})""", re.I)
_REFRESH: Final = re.compile(r"""url\s{0,9}=\s{0,9}["']?([^"'\s]{1,8192})""", re.I)
_BREAKS: Final = str.maketrans("", "", "\t\r\n")
_Found = tuple[int, str, str]
"""A position, an address as written, and a method."""


def written(html: str, page_url: str, at: Locator) -> Iterator[Written]:
    """Give what a page would load, each address once, in the order of the text.

    Relative addresses are resolved against the page and its `<base>`; where the page has no
    address of its own, they name no host and are left out. `at` says where the page is; when it
    names only the file, the line is added.
    """
    page = _Page(html, page_url, at)
    base = page_url
    seen: set[tuple[str, str]] = set()
    for tag in tags(html):
        if tag.name == "base" and base == page_url:
            base = _joined(page_url, tag.attributes.get("href", "")) or base
        for position, address, method in _found(tag):
            url = _joined(base, address)
            if not split(url).host or (url, method) in seen or _goes_home(tag, url, page_url):
                continue
            seen.add((url, method))
            yield page.written(REQUEST, position, {"url": (url,), "method": (method,)})
            if len(seen) == _MOST:
                return
        if _runs(tag) and (called := scripts.calls(tag.text)):
            facts = {"template": (INLINE,), "trigger": ("page",), "call": called}
            yield page.written(TAG, tag.start, facts)


class _Page:
    """The page around what is found in it, and the lines of its text."""

    def __init__(self, html: str, url: str, at: Locator) -> None:
        party = registrable(split(url).host)
        self._visit = Observation(VISIT.name, {"url": (url,)}, at, party=party)
        self._html = html
        self._line, self._counted = 1, 0

    def written(
        self, channel: Channel, position: int, facts: Mapping[str, tuple[str, ...]]
    ) -> Written:
        """Make an observation of what stands at a position."""
        visit = self._visit
        return Written(
            structs.replace(
                visit,
                channel=channel.name,
                facts=facts,
                at=self._place(position),
                context=visit if visit.party else None,
            )
        )

    def _place(self, position: int) -> Locator:
        at = self._visit.at
        if at.record:
            return at
        if position > self._counted:
            self._line += self._html.count("\n", self._counted, position)
            self._counted = position
        return Locator(at.source, at.file, f"line:{self._line}")


def _goes_home(tag: Tag, url: str, page_url: str) -> bool:
    """Say whether this is a form that sends to the page's own host, which is no news."""
    is_form = tag.name in ("form", "button") or "formaction" in tag.attributes
    return is_form and split(url).host == split(page_url).host


def _joined(base: str, address: str) -> str:
    """Resolve an address; empty for one that is not on the web."""
    address = address.strip().translate(_BREAKS)
    if not address or len(address) > _LONGEST_URL or address.startswith("#"):
        return ""
    if address.startswith("//"):
        # Pages of a built site have no scheme to take over; today that is always https.
        address = ("http:" if base.startswith("http:") else "https:") + address
    try:
        url = urljoin(base, address)
    except ValueError:
        return ""
    return url if url.isprintable() and split(url).host and "//" in url[:8] else ""


def _found(tag: Tag) -> Iterator[_Found]:
    attributes = tag.attributes
    if not _is_free(tag):
        return
    if tag.name == "script":
        yield from _script(tag)
    elif tag.name == "style":
        yield from _styles(tag.end, tag.text)
    elif tag.name == "link":
        if not _RELATIONS.isdisjoint(attributes.get("rel", "").lower().split()):
            yield tag.start, attributes.get("href", ""), "GET"
    elif tag.name == "meta":
        if attributes.get("http-equiv", "").lower() == "refresh":
            for match in _REFRESH.finditer(attributes.get("content", "")):
                yield tag.start, match[1], "GET"
    else:
        yield from _sources(tag)


def _sources(tag: Tag) -> Iterator[_Found]:
    attributes = tag.attributes
    for name in _SOURCES.get(tag.name, ()):
        yield tag.start, attributes.get(name, ""), "GET"
    for name in ("srcset", "imagesrcset"):
        for address in _candidates(attributes.get(name, "")):
            yield tag.start, address, "GET"
    if tag.name == "form" and "action" in attributes:
        yield tag.start, attributes["action"], _method(attributes.get("method", ""))
    if "formaction" in attributes:
        yield tag.start, attributes["formaction"], _method(attributes.get("formmethod", ""))
    if "style" in attributes:
        yield from ((tag.start, url, method) for _, url, method in _styles(0, attributes["style"]))


def _method(given: str) -> str:
    return "POST" if given.lower() == "post" else "GET"


def _candidates(srcset: str) -> Iterator[str]:
    """Give the addresses of a `srcset`: each is followed by a size, then by a comma."""
    for piece in re.split(r",\s+|\s,", srcset):
        yield piece.split(maxsplit=1)[0].rstrip(",") if piece.strip() else ""


def _runs(tag: Tag) -> bool:
    """Say whether this is a script that a browser runs."""
    kind = _kind(tag)
    # Cloudflare's Rocket Loader writes its own mark before the type and runs the script later.
    is_script = kind in _SCRIPTS or kind.endswith(("-text/javascript", "-module"))
    return tag.name == "script" and is_script and _is_free(tag)


def _kind(tag: Tag) -> str:
    return tag.attributes.get("type", "").strip().lower()


def _is_free(tag: Tag) -> bool:
    """Say whether no consent manager holds this back."""
    return tag.attributes.get("data-cookieconsent", "").lower() in _UNGATED


def _script(tag: Tag) -> Iterator[_Found]:
    if not _runs(tag):
        return
    is_kept = _kind(tag) == "text/gtmscript"
    source = tag.attributes.get("src", "") or (
        tag.attributes.get("data-gtmsrc", "") if is_kept else ""
    )
    if source:
        yield tag.start, source, "GET"
        return
    for position, url in scripts.loads(tag.text):
        yield tag.end + position, url, "GET"


def _styles(start: int, text: str) -> Iterator[_Found]:
    for match in _STYLED.finditer(text):
        yield start + match.start(), match[1], "GET"
