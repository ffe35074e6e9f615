"""`cookies.sqlite` of Firefox and its family, all versions.

`originAttributes` (from version 6 on) is empty, or `^` and pairs as in a query. Its
`partitionKey`, `(https,shop.example)` and more fields after those, is the site that a
partitioned cookie is kept apart for (Total Cookie Protection); `firstPartyDomain` is the
same under first-party isolation, as in Tor Browser. Times are microseconds since 1970.
`expiry`, whose unit changed over the versions, is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.browser.clocks import UNIX_MICROSECONDS
from dataexposure.sources.browser.jars import Jar, read_jar
from dataexposure.urls import parameters

NAME: Final = "firefox-cookies"


def sniff(file: Input) -> bool:
    """Say whether there is a table of cookies as Firefox lays it out."""
    return {"host", "name"} <= file.tables.get("moz_cookies", frozenset())


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream one observation per cookie; `interest` knows addresses only and is not asked."""
    columns = file.tables["moz_cookies"]
    jar = Jar(
        source=NAME,
        table="moz_cookies",
        host="host",
        name="name",
        partition="originAttributes" if "originAttributes" in columns else "''",
        created="creationTime" if "creationTime" in columns else "NULL",
        used="lastAccessed" if "lastAccessed" in columns else "NULL",
        clock=UNIX_MICROSECONDS,
        site=_site,
    )
    yield from read_jar(file, jar)


def _site(attributes: str) -> str:
    pairs = dict(parameters(attributes.lstrip("^")))
    fields = pairs.get("partitionKey", "").strip("()").split(",")
    if len(fields) > 1:
        return fields[1].lower()
    return fields[0].lower() or pairs.get("firstPartyDomain", "").lower()
