"""Reading a browser's history: pages in one table, visits to them in another.

All browser families lay out their history alike, so that one reading serves them all; a
`Layout` says what the tables and columns are called. The pages are read once, in the order
that costs least, and only the visits of pages that a rule could be interested in are looked
up, by the browser's own index.

What counts as what:

* A visit to a page is an observation in the channel `visit`. A document inside a frame was
  fetched by another page and not opened by the person: it is a `request`, whose page is not
  recorded. A page with both kinds of visit gives one observation of each.
* Every hop of a redirect is a visit of its own, and so a click counter on the way is seen.
  Only a hop that leads to the page it came from, with no parameter that was not there
  before, is no further visit: the scheme was raised to https, or an add-on took parameters
  away. It is left out, so that one order page is not two.
* Visits to pages that are not on the web (`about:`, `file:`, `chrome:`, `place:`) are
  counted as skipped; so are visits whose page is missing or has no readable address, which
  are reported as bad records too. Pages without a visit, such as bookmarks, are no browsing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from dataexposure.channels import REQUEST, VISIT
from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.browser.clocks import Clock
from dataexposure.sources.browser.rows import batches, opened, sidecar_names
from dataexposure.sources.browser.spare_core import alongside
from dataexposure.urls import parameters

_LOOKED_UP_AT_ONCE: Final = 500
_WEB: Final = ("http", "httpt")  # from http: to https:, as a range
_WORTH_HALVING: Final = 300_000
_HERE: Final = 0.4  # the share read on this core, which has the matching to do as well
_KEPT_AT_ONCE: Final = 32_768  # pages held back so that visits are looked up in their own order


class Layout(Struct, frozen=True):
    """What a browser family calls the parts of its history.

    `source` is the reader's NAME. `pages` is the table of addresses (columns `id` and
    `url`), `visits` the table of visits, whose column `page` points at a page. The others
    are SQL expressions on a visit `v`: `instant` is its time on `clock`, `framed` says that
    it happened inside a frame, `redirected` that a redirect led to it (empty when that is not
    recorded), `origin` is the id of the visit it came from. `counters` names the two counts
    of the coverage.
    """

    source: str
    pages: str
    visits: str
    page: str
    instant: str
    clock: Clock
    counters: tuple[str, str]
    framed: str = "0"
    redirected: str = ""
    origin: str = ""


class _Tally:
    """What was read; pages and visits of interest stand in for all when there is damage."""

    def __init__(self) -> None:
        self.damaged = False
        self.pages = 0
        self.visits = 0
        self.skipped = 0
        self.bad = 0
        self.first: dt.date | None = None
        self.last: dt.date | None = None


def read_visits(
    file: Input, interest: Interest, layout: Layout
) -> Iterator[Observation | Problem | Coverage]:
    """Stream the history of one database; its coverage comes last."""
    tally = _Tally()
    with opened(file) as database:
        database.create_function("same_page", 2, _is_same_page, deterministic=True)
        for pages in _pages_of_interest(file, database, interest, layout, tally):
            yield from _visited(file, database, pages, layout, tally)
        tally = _census(database, layout, tally)
    place = Locator(layout.source, file.name)
    if tally.bad:
        yield Problem(place, "bad-record", tally.bad)
    if tally.damaged:
        yield Problem(place, "damaged")
    yield Coverage(
        layout.source,
        file.name,
        read=tally.visits,
        skipped=tally.skipped,
        first=tally.first,
        last=tally.last,
        counts=dict(zip(layout.counters, (tally.pages, tally.visits), strict=True)),
        sidecars=sidecar_names(file),
    )


def _pages_of_interest(
    file: Input,
    database: sqlite3.Connection,
    interest: Interest,
    layout: Layout,
    tally: _Tally,
) -> Iterator[dict[int, str]]:
    middle = _middle(database, layout)
    upper = alongside(lambda: _upper_half(file, interest, layout, middle)) if middle else None
    found: dict[int, str] = {}
    try:
        for batch in _interesting(database, interest, layout, (_WEB[0], middle or _WEB[1])):
            found.update(batch)
            if len(found) >= _KEPT_AT_ONCE:
                yield found
                found = {}
        if upper is not None:
            # What is here already can be matched while the other core still reads.
            tally.pages += len(found)
            yield found
            found = dict(upper())
    except sqlite3.DatabaseError:
        tally.damaged = True
    tally.pages += len(found)
    yield found


def _interesting(
    database: sqlite3.Connection, interest: Interest, layout: Layout, bounds: tuple[str, str]
) -> Iterator[list[tuple[int, str]]]:
    """Give the pages of interest whose address lies between two bounds, batch by batch.

    A range rather than a test of the scheme: with an index on the address it also passes
    over everything that is no text, and costs nothing.
    """
    wanted = interest.url
    query = f"SELECT id, url FROM {layout.pages} WHERE url >= ? AND url < ?"  # noqa: S608
    for batch in batches(database, query, bounds):
        yield [row for row in batch if wanted(row[1])]


def _upper_half(
    file: Input, interest: Interest, layout: Layout, middle: str
) -> list[tuple[int, str]]:
    with opened(file) as database:
        halves = _interesting(database, interest, layout, (middle, _WEB[1]))
        return [page for batch in halves for page in batch]


def _middle(database: sqlite3.Connection, layout: Layout) -> str:
    """Give the address at which a history is worth dividing; an empty text if it is not."""
    try:
        (count,) = database.execute(f"SELECT count(*) FROM {layout.pages}").fetchone()  # noqa: S608
        if count < _WORTH_HALVING:
            return ""
        query = f"SELECT url FROM {layout.pages} ORDER BY url LIMIT 1 OFFSET ?"  # noqa: S608
        (middle,) = database.execute(query, (int(count * _HERE),)).fetchone()
    except sqlite3.DatabaseError:
        return ""
    return middle if isinstance(middle, str) and _WEB[0] < middle < _WEB[1] else ""


def _visited(
    file: Input,
    database: sqlite3.Connection,
    urls: dict[int, str],
    layout: Layout,
    tally: _Tally,
) -> Iterator[Observation]:
    query = _visits_query(layout)
    day = layout.clock.day
    pages = sorted(page for page in urls if isinstance(page, int))
    for start in range(0, len(pages), _LOOKED_UP_AT_ONCE):
        chosen: list[int | None] = [*pages[start : start + _LOOKED_UP_AT_ONCE]]
        chosen += [None] * (_LOOKED_UP_AT_ONCE - len(chosen))
        try:
            rows = database.execute(query, chosen).fetchall()
        except sqlite3.DatabaseError:
            tally.damaged = True
            continue
        for page, framed, count, first, last in rows:
            tally.visits += count
            yield Observation(
                REQUEST.name if framed else VISIT.name,
                {"url": (urls[page],)},
                Locator(layout.source, file.name, f"{layout.pages}:{page}"),
                first=day(first),
                last=day(last),
                count=count,
            )


def _visits_query(layout: Layout) -> str:
    """Fold the visits of up to 500 pages: page, framed, count, first and last instant."""
    instant = (
        f"CASE WHEN {layout.instant} BETWEEN {layout.clock.earliest} AND {layout.clock.latest}"
        f" THEN {layout.instant} END"
    )
    marks = ",".join("?" * _LOOKED_UP_AT_ONCE)
    return f"""
        SELECT CAST(v.{layout.page} AS INTEGER), ifnull({layout.framed}, 0), count(*),
               min({instant}), max({instant})
        FROM {layout.visits} AS v
        WHERE v.{layout.page} IN ({marks}) {_unless_same_page(layout)}
        GROUP BY 1, 2
        """  # noqa: S608 - every name stands in a layout of ours


def _unless_same_page(layout: Layout) -> str:
    if not layout.redirected:
        return ""
    return f"""
        AND NOT (ifnull({layout.redirected}, 0) AND EXISTS (
            SELECT 1 FROM {layout.visits} AS hop
            JOIN {layout.pages} AS before ON before.id = hop.{layout.page}
            JOIN {layout.pages} AS after ON after.id = v.{layout.page}
            WHERE hop.id = {layout.origin}
              AND same_page(CAST(before.url AS BLOB), CAST(after.url AS BLOB))))
        """  # noqa: S608


def _is_same_page(before: bytes | None, after: bytes | None) -> bool:
    """Say whether a redirect led back to the page it came from, with nothing added.

    The arguments are addresses in bytes, so that odd encodings reach us unharmed.
    """
    old, old_query = _page_and_query(before)
    new, new_query = _page_and_query(after)
    if not old or old != new:
        return False
    return set(parameters(new_query)) <= set(parameters(old_query))


def _page_and_query(address: bytes | None) -> tuple[bytes, str]:
    page, _, query = (address or b"").partition(b"#")[0].partition(b"?")
    return page.partition(b"://")[2], query.decode("utf-8", "replace")


def _census(database: sqlite3.Connection, layout: Layout, found: _Tally) -> _Tally:
    """Count everything the history holds, of interest or not; in damage, what was `found`."""
    if not found.damaged:
        try:
            return _whole(database, layout)
        except sqlite3.DatabaseError:
            found.damaged = True
    return found


def _whole(database: sqlite3.Connection, layout: Layout) -> _Tally:
    def one(select: str, rest: str = "") -> Any:  # noqa: ANN401 - whatever the column holds
        query = f"SELECT {select} FROM {layout.visits} AS v {rest}"  # noqa: S608
        return database.execute(query).fetchone()[0]

    page, clock = f"v.{layout.page}", layout.clock
    pages = f"SELECT id FROM {layout.pages}"  # noqa: S608
    elsewhere = f"WHERE {page} IN ({pages} WHERE url < 'http' OR url >= 'httpt' AND url < x'')"
    nowhere = f"WHERE {page} IS NULL OR {page} NOT IN ({pages})"
    unreadable = f"WHERE {page} IN ({pages} WHERE url IS NULL OR url >= x'')"
    dated = f"WHERE {layout.instant} BETWEEN {clock.earliest} AND {clock.latest}"
    tally = _Tally()
    (tally.pages,) = database.execute(f"SELECT count(*) FROM {layout.pages}").fetchone()  # noqa: S608
    tally.visits = one("count(*)")
    tally.bad = one("count(*)", nowhere) + one("count(*)", unreadable)
    tally.skipped = one("count(*)", elsewhere) + tally.bad
    tally.first = clock.day(one(f"min({layout.instant})", dated))
    tally.last = clock.day(one(f"max({layout.instant})", dated))
    return tally
