"""The pages that a sitemap lists (sitemaps.org/protocol.html), also of indexes and packed ones.

Read with selectolax, a parser of HTML: it knows no entities of a document's own, so that a
bomb of them is only text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from dataexposure.capture.contract import Wish
from dataexposure.capture.pace import Pace
from dataexposure.capture.web import Web, within
from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.urls import split

MOST: Final = 50
_LARGEST: Final = 50_000_000
_MOST_FILES: Final = 20
_DEPTH: Final = 3
_PACKED: Final = b"\x1f\x8b"
_MANNERS: Final = Wish(())
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def pages(address: str, most: int = MOST, wish: Wish = _MANNERS) -> tuple[str, ...]:
    """Give the addresses in a sitemap that are on its own host, each once, at most `most`.

    The wish says with which manners. Raises UsageError when the sitemap cannot be read or
    lists nothing.
    """
    found: dict[str, None] = {}
    pace = Pace(wish.delay)
    with Web(wish) as web:
        for page in _read(web, address, pace, [_MOST_FILES], _DEPTH):
            found[page] = None
            if len(found) == most:
                break
    if not found:
        raise UsageError(
            _("The sitemap of {host} lists no page of its own host.").format(host=_host(address))
        )
    return tuple(found)


def _host(address: str) -> str:
    return split(address).host or address


def _read(web: Web, address: str, pace: Pace, left: list[int], depth: int) -> Iterator[str]:
    host = split(address).host
    if not host:
        raise UsageError(_("A sitemap must have a web address."))
    left[0] -= 1
    pace.wait(host)
    exchanges, body = web.fetch(address, within(frozenset({host})), _LARGEST)
    if exchanges[-1].status != 200:
        reason = exchanges[-1].error or f"status {exchanges[-1].status}"
        raise UsageError(
            _("Cannot read the sitemap of {host}: {reason}.").format(host=host, reason=reason)
        )
    is_index, places = listed(unpacked(body))
    for place in places:
        if split(place).host != host:
            continue
        if not is_index:
            yield place
        elif depth > 1 and left[0] > 0:
            yield from _read(web, place, pace, left, depth - 1)


def unpacked(body: bytes) -> bytes:
    """Give a file that may be packed with gzip, cut at a size that no sitemap may have."""
    if not body.startswith(_PACKED):
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        return unpacker.decompress(body, _LARGEST)
    except zlib.error:
        return b""


def listed(body: bytes) -> tuple[bool, tuple[str, ...]]:
    """Say whether a file is an index of sitemaps, and give the addresses it lists."""
    from selectolax.lexbor import LexborHTMLParser

    text = body.decode("utf-8-sig", "replace")
    text = _CDATA.sub(lambda match: match[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    tree = LexborHTMLParser(text)
    is_index = tree.css_first("sitemapindex") is not None
    # An address has no tags: what follows an unclosed `loc` is another element's.
    places = [node.text(deep=False).strip() for node in tree.css("loc")]
    return is_index, tuple(place for place in places if place.startswith(("http:", "https:")))
