"""Chrome's history in a Google Takeout export: JSON with the key `Browser History`.

The file is called `BrowserHistory.json` or `History.json`, and otherwise in other languages,
so that only the key tells. Each entry is one visit with `url`, `time_usec` (microseconds
since 1970) and `page_transition`, in which `AUTO_SUBFRAME` and `MANUAL_SUBFRAME` are frames.
The export is what Google itself keeps of the person, and so its entries name the holder.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from dataexposure.channels import REQUEST, VISIT
from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.browser.clocks import UNIX_MICROSECONDS
from dataexposure.sources.browser.items import pieces

NAME: Final = "takeout-history"
HOLDER: Final = "google"

_BLOCK: Final = 4 * 2**20
# Inside a text the quotation marks would have a backslash before them, and so the brace or
# comma can only be the document's own.
_START: Final = re.compile(rb'[{,]\s*"Browser History"\s*:\s*\[')
_EARLIEST: Final = UNIX_MICROSECONDS.earliest
_LATEST: Final = UNIX_MICROSECONDS.latest
_WEB: Final = ("http://", "https://")


class _Entry(Struct, gc=False):
    url: str
    time_usec: int = 0
    page_transition: str = ""


class _Fold:
    """The visits of one address so far, of one kind."""

    __slots__ = ("count", "first", "last", "record")

    def __init__(self, record: int) -> None:
        self.record = record
        self.count = 0
        self.first = _LATEST + 1
        self.last = 0

    def add(self, instants: list[int]) -> None:
        self.count += len(instants)
        dated = [instant for instant in instants if _EARLIEST <= instant <= _LATEST]
        if dated:
            self.first = min(self.first, min(dated))
            self.last = max(self.last, max(dated))


class _Tally:
    """What was read so far. The folds of interest are kept by address and whether framed."""

    def __init__(self) -> None:
        self.skipped = 0
        self.bad = 0
        self.complete = False
        self.whole = _Fold(0)
        self.folds: dict[tuple[str, bool], _Fold] = {}

    def add(self, entries: tuple[_Entry, ...], interest: Interest) -> None:
        """Take in some entries; those of no interest are only counted."""
        wanted, folds = interest.url, self.folds
        before = self.whole.count
        self.whole.add([entry.time_usec for entry in entries])
        for record, entry in enumerate(entries, before + 1):
            url = entry.url
            if not url.startswith(_WEB):
                self.skipped += 1
            elif wanted(url):
                framed = entry.page_transition.endswith("SUBFRAME")
                fold = folds.get((url, framed))
                if fold is None:
                    fold = folds[url, framed] = _Fold(record)
                fold.add([entry.time_usec])


def sniff(file: Input) -> bool:
    """Say whether there is a list under the key `Browser History`."""
    head = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and _START.search(head) is not None


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Stream page visits, and frames as requests; `read` counts the entries.

    Entries with an address that is not on the web are skipped; entries without an address
    are bad records. Memory holds one block and the addresses of interest.
    """
    tally = _Tally()
    with file.path.open("rb") as stream:
        for piece in pieces(iter(partial(stream.read, _BLOCK), b""), _START, _Entry):
            tally.add(piece.items, interest)
            tally.bad += piece.unreadable
            tally.complete = piece.last
    yield from _observations(file, tally)
    place = Locator(NAME, file.name)
    if tally.bad:
        yield Problem(place, "bad-record", tally.bad)
    if not tally.complete:
        yield Problem(place, "damaged")
    first, last = _days(tally.whole)
    visits = tally.whole.count + tally.bad
    yield Coverage(
        NAME,
        file.name,
        read=visits,
        skipped=tally.skipped + tally.bad,
        first=first,
        last=last,
        counts={"visits": visits},
    )


def _observations(file: Input, tally: _Tally) -> Iterator[Observation]:
    for (url, framed), fold in tally.folds.items():
        first, last = _days(fold)
        yield Observation(
            REQUEST.name if framed else VISIT.name,
            {"url": (url,)},
            Locator(NAME, file.name, f"entry:{fold.record}"),
            first=first,
            last=last,
            count=fold.count,
            holder=HOLDER,
        )


def _days(fold: _Fold) -> tuple[dt.date | None, dt.date | None]:
    return UNIX_MICROSECONDS.day(fold.first), UNIX_MICROSECONDS.day(fold.last)
