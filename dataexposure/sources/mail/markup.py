"""One HTML body to the links and remote pictures that a rule could use, and its mark-up.

A cheap look for web addresses decides whether the document is parsed at all. Only what the
parser finds is believed: an address in a comment is followed by nobody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from dataexposure.sources.mail import orders

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LONGEST: Final = 1 << 20
# The parser's time grows with the square of the depth, which tags bound; no mail has as many.
_MOST_TAGS: Final = 20_000
_LONGEST_URL: Final = 8_192
_LARGEST_TINY: Final = 2.0

_ADDRESS: Final = re.compile(r"//[^\s\"'<>]{1,8192}")
# A slash written as a character reference: only the parser sees such an address.
_ESCAPED: Final = re.compile(r"&(?:#0*47|#x0*2f|sol)\b", re.IGNORECASE)
_SCHEMES: Final = ("https://", "http://")
_INLINE: Final = re.compile(r"data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/=\r\n]+")
_BREAKS: Final = str.maketrans("", "", "\t\r\n")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FLAT: Final = re.compile(r"line-height\s*:\s*0(?![.\d])", re.IGNORECASE)
_SIZED: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([^;!]{1,20})", re.IGNORECASE)
_PIXELS: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{0,6})?)\s*(?:px)?\s*", re.IGNORECASE)
_NUMBERS: Final = ", ".join(f"[itemprop={key}]" for key in orders.NUMBER_KEYS)

Wanted = Callable[[str], bool]


class Picture(NamedTuple):
    """A remote picture; `tiny` when it is hidden or no larger than two pixels.

    A narrow picture laid out in a line of no height is a spacer and tiny as well.
    """

    url: str
    tiny: bool


class Page(NamedTuple):
    """What one HTML body shows; `other_pictures` counts those that no rule could use."""

    links: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    other_pictures: int = 0
    schema: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


def survey(document: str, wanted: Wanted) -> Page:
    """Read an HTML body; links and pictures repeat as often as they occur."""
    if len(document) > _LONGEST:
        document = _INLINE.sub("data:,", document)[:_LONGEST]
    document = document.replace("\0", "")
    marked = "schema.org" in document
    if not (marked or _mentions(document, wanted) or _ESCAPED.search(document)):
        return Page(other_pictures=document.count("<img") or document.count("<IMG"))
    # Imported here: every start of the program imports this module, few need the parser.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_bounded(document))
    known: dict[str, bool] = {}
    pictures, others = _pictures(tree, "background=" in document, wanted, known)
    schema, numbers = _marks(tree) if marked else ((), ())
    return Page(tuple(_links(tree, wanted, known)), pictures, others, schema, numbers)


def _bounded(document: str) -> str:
    if document.count("<") <= _MOST_TAGS:
        return document
    return "<".join(document.split("<", _MOST_TAGS)[:_MOST_TAGS])


def _mentions(document: str, wanted: Wanted) -> bool:
    """Say whether any web address is wanted, wherever it stands."""
    for found in set(_ADDRESS.findall(document)):
        address = "https:" + found
        if "&" in address:
            address = address.replace("&amp;", "&")
            address = html.unescape(address) if "&#" in address else address
        if wanted(address):
            return True
    return False


def web_address(value: str | None) -> str:
    """Give the web address in an attribute as a browser would read it; empty for any other."""
    if not value:
        return ""
    url = value.strip()[:_LONGEST_URL]
    if not url.isprintable():
        url = url.translate(_BREAKS)
    if url.startswith(_SCHEMES) or url[:8].lower().startswith(_SCHEMES):
        return url
    return "https:" + url if url.startswith("//") else ""


def _links(tree: LexborHTMLParser, wanted: Wanted, known: dict[str, bool]) -> Iterator[str]:
    for node in tree.css("a, area"):
        url = web_address(node.attributes.get("href"))
        if url and _is_known(url, wanted, known):
            yield url


def _pictures(
    tree: LexborHTMLParser, backgrounds: bool, wanted: Wanted, known: dict[str, bool]
) -> tuple[tuple[Picture, ...], int]:
    """Give the wanted pictures, and how many others there are."""
    pictures: list[Picture] = []
    others = 0
    for node in tree.css("img, input[src], [background]" if backgrounds else "img, input[src]"):
        attributes = node.attributes
        url = web_address(attributes.get("src") or attributes.get("background"))
        if url and _is_known(url, wanted, known):
            pictures.append(Picture(url, _is_tiny(attributes)))
        else:
            others += 1
    return tuple(pictures), others


def _is_known(url: str, wanted: Wanted, known: dict[str, bool]) -> bool:
    answer = known.get(url)
    if answer is None:
        answer = known[url] = wanted(url)
    return answer


def _marks(tree: LexborHTMLParser) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the schema.org types and order numbers of JSON-LD scripts and microdata."""
    schema: list[str] = []
    numbers: list[str] = []
    for node in tree.css("script, [itemtype]:not([itemprop])"):
        attributes = node.attributes
        if node.tag == "script":
            types, found = _script(node, attributes)
            schema.extend(types)
            numbers.extend(found)
        for name in (attributes.get("itemtype") or "").split():
            schema.extend(filter(None, (orders.schema_type(name),)))
    if schema:
        numbers.extend(_marked_numbers(tree))
    return tuple(schema), tuple(numbers)


def _script(
    node: LexborNode, attributes: Mapping[str, str | None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "ld+json" not in (attributes.get("type") or "").lower():
        return (), ()
    return orders.from_json(node.text())


def _marked_numbers(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_NUMBERS):
        value = orders.number(node.attributes.get("content") or node.text())
        if value:
            yield value


def _is_tiny(attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style") or ""
    if style and _HIDDEN.search(style):
        return True
    styled = {name.lower(): size for name, size in _SIZED.findall(style)} if style else {}
    width = styled.get("width") or attributes.get("width") or ""
    height = styled.get("height") or attributes.get("height") or ""
    if width and _FLAT.search(style):
        height = "0"
    given = [size for size in (width, height) if size.strip().lower() not in ("", "auto")]
    return bool(given) and all(map(_is_small, given))


def _is_small(size: str) -> bool:
    pixels = _PIXELS.fullmatch(size)
    return pixels is not None and float(pixels[1]) <= _LARGEST_TINY
