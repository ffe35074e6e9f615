"""Reading a browser's cookie jar: one table whose rows have a host and a name.

Values are never asked for: in new browsers they are encrypted, in old ones they are none of
our business. A cookie that the browser keeps apart for one site (partitioned storage) tells
on whose pages it was set; that site is the observation's party. Other cookies do not tell.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from dataexposure.channels import COOKIE
from dataexposure.model import Coverage, Input, Locator, Observation, Problem
from dataexposure.sources.browser.clocks import Clock
from dataexposure.sources.browser.rows import batches, opened, sidecar_names
from dataexposure.urls import registrable

COUNTER: Final = "cookies"


class Jar(Struct, frozen=True):
    """What a browser family calls the parts of its cookie jar.

    `source` is the reader's NAME; `host`, `name`, `partition`, `created` and `used` are SQL
    expressions on a row of `table`. `site` turns a partition into the host of the page it
    belongs to, or an empty text.
    """

    source: str
    table: str
    host: str
    name: str
    partition: str
    created: str
    used: str
    clock: Clock
    site: Callable[[str], str]


class _Tally:
    """What was read so far."""

    def __init__(self) -> None:
        self.cookies = 0
        self.bad = 0
        self.days: set[dt.date] = set()


def read_jar(file: Input, jar: Jar) -> Iterator[Observation | Problem | Coverage]:
    """Stream the cookies of one database; its coverage comes last."""
    tally = _Tally()
    damaged = False
    with opened(file) as database:
        try:
            yield from _cookies(file, database, jar, tally)
        except sqlite3.DatabaseError:
            damaged = True
    place = Locator(jar.source, file.name)
    if tally.bad:
        yield Problem(place, "bad-record", tally.bad)
    if damaged:
        yield Problem(place, "damaged")
    yield Coverage(
        jar.source,
        file.name,
        read=tally.cookies,
        skipped=tally.bad,
        first=min(tally.days, default=None),
        last=max(tally.days, default=None),
        counts={COUNTER: tally.cookies},
        sidecars=sidecar_names(file),
    )


def _cookies(
    file: Input, database: sqlite3.Connection, jar: Jar, tally: _Tally
) -> Iterator[Observation]:
    columns = f"{jar.host}, {jar.name}, {jar.partition}, {jar.created}, {jar.used}"
    # By position: in old jars the row's own id is the time of its creation.
    query = f"SELECT {columns} FROM {jar.table} ORDER BY rowid"  # noqa: S608
    for batch in batches(database, query):
        for host, name, partition, created, used in batch:
            tally.cookies += 1
            if not isinstance(host, str) or not isinstance(name, str) or not host.strip("."):
                tally.bad += 1
                continue
            days = [day for day in map(jar.clock.day, (created, used)) if day]
            tally.days.update(days)
            yield Observation(
                COOKIE.name,
                {"name": (name,), "host": (host.lstrip("."),)},
                Locator(jar.source, file.name, f"{jar.table}:{tally.cookies}"),
                party=registrable(jar.site(partition)) if isinstance(partition, str) else "",
                first=min(days, default=None),
                last=max(days, default=None),
            )
