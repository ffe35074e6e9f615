"""One raw message to its observations: the mail, its links and its remote pictures."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from dataexposure import urls
from dataexposure.model import Interest, Locator, Observation
from dataexposure.sources.mail import headers, markup, mime, orders

LARGEST: Final = 64 << 20
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\^`{|}]+")
_TRAILING: Final = ".,;:!?)]}*_"
_MOST_TYPES: Final = 20


class Letter(Struct, frozen=True):
    """What one message gave.

    `verdict` is `read`, or why it was passed over: `spam`, `sent`, `draft`, or `bad` when it
    has no header of a message. `observations` begin with the mail itself; `other_pictures`
    counts pictures that no rule could use.
    """

    verdict: str
    observations: tuple[Observation, ...] = ()
    day: dt.date | None = None
    other_pictures: int = 0


def read(raw: bytes, at: Locator, interest: Interest) -> Letter:
    """Read one message. Any bytes will do: what is no message gives the verdict `bad`."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    block = mime.header_block(raw)
    named = block.by_name()
    if not headers.is_message(named):
        return Letter("bad")
    verdict = headers.verdict(named)
    if verdict:
        return Letter(verdict)
    page = _page(raw, block, interest.url)
    facts = headers.facts(block, named)
    schema = tuple(dict.fromkeys(page.schema))[:_MOST_TYPES]
    numbers = dict.fromkeys(page.orders) or dict.fromkeys(
        orders.from_subject("".join(facts.get("subject", ())))
    )
    if schema:
        facts["schema"] = schema
    if numbers:
        facts["order"] = tuple(numbers)[:_MOST_TYPES]
    day = headers.day(named)
    sender = headers.host_of("".join(facts.get("from", ())))
    mail = Observation("mail", facts, at, urls.registrable(sender), day, day)
    return Letter("read", (mail, *_loaded(mail, page)), day, page.other_pictures)


def _page(raw: bytes, block: mime.Block, wanted: markup.Wanted) -> markup.Page:
    """Join what the texts of a message show."""
    pages = [
        markup.survey(text.content, wanted)
        if text.html
        else markup.Page(links=tuple(filter(wanted, _written(text.content))))
        for text in mime.texts(raw, block)
    ]
    if len(pages) == 1:
        return pages[0]
    return markup.Page(
        tuple(link for page in pages for link in page.links),
        tuple(picture for page in pages for picture in page.pictures),
        sum(page.other_pictures for page in pages),
        tuple(name for page in pages for name in page.schema),
        tuple(number for page in pages for number in page.orders),
    )


def _written(text: str) -> Iterator[str]:
    """Give the web addresses in plain text, without the punctuation that follows them."""
    for found in _ADDRESS.findall(text):
        yield markup.web_address(found.rstrip(_TRAILING))


def _loaded(mail: Observation, page: markup.Page) -> Iterator[Observation]:
    """Give one observation for each distinct link and picture, with how often it occurs."""
    for url, count in Counter(page.links).items():
        yield _around(mail, "link", {"url": (url,)}, count)
    for (url, tiny), count in Counter(page.pictures).items():
        size = {"size": ("tiny",)} if tiny else {}
        yield _around(mail, "image", {"url": (url,), **size}, count)


def _around(
    mail: Observation, channel: str, facts: dict[str, tuple[str, ...]], count: int
) -> Observation:
    return Observation(
        channel, facts, mail.at, mail.party, mail.first, mail.last, count, context=mail
    )
