"""The monthly tables of WhoTracks.Me, one or several, alone or in a folder or archive.

They are `domains.csv`, `trackers.csv`, `companies.csv` and `sites_trackers.csv`.

Format: CSV with a header that begins with `month,country` and names what a row is about:
`host_tld`, `tracker`, `company`, or `site` and `tracker`; then measures between 0 and 1 such
as `reach`, `cookies` (share of pages with a cookie), `bad_qs` (with an identifier in the
address) and `site_proportion` (share of a site's pages that have the tracker). Source:
whotracksme/data/Readme.md of the public repository whotracksme/whotracks.me.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from dataexposure import urls
from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, text
from dataexposure.rulebase.lists import Copy, Entry, Measures

KIND: Final = "whotracksme"
NAME: Final = "WhoTracks.Me"
HOME: Final = "https://www.ghostery.com/whotracksme"
LICENCE: Final = "CC BY 4.0"
ASKS: Final = N_(
    "If you pass it or anything made from it on, name the source and say what you changed."
)

Row = Mapping[str, str]

_COOKIES: Final = 0.2
_IDENTIFIERS: Final = 0.1
"""Shares of pages from which on the project itself counts a tracker as using that method."""


def sniff(material: Material) -> bool:
    """Say whether a member is one of the tables."""
    return any(_columns(content) for content in material.members.values())


def read(material: Material) -> Copy:
    """Give an anonymous entry for each domain that tracks, and all measures."""
    found = gathering.Gathering()
    sites: dict[str, dict[str, dict[str, float]]] = {}
    trackers: dict[str, dict[str, float]] = {}
    companies: dict[str, dict[str, float]] = {}
    month = _newest(material)
    for row in _rows(material):
        region = row["country"]
        if row["month"] != month:
            found.left_out += 1
        elif "host_tld" in row:
            _add_domain(found, row)
        elif "site" in row and "tracker" in row:
            shares = sites.setdefault(region, {}).setdefault(row["site"], {})
            shares[row["tracker"]] = _share(row, "site_proportion")
        elif "tracker" in row:
            trackers.setdefault(region, {})[row["tracker"]] = _share(row, "reach")
        else:
            companies.setdefault(region, {})[row["company"]] = _share(row, "reach")
    measures = Measures(sites, trackers, companies)
    some = sites or trackers or companies
    encoded = msgspec.msgpack.encode(measures) if some else b""
    return found.copy(month, encoded)


def _add_domain(found: gathering.Gathering, row: Row) -> None:
    """Take a domain that tracks; the table says neither whose it is nor what it does."""
    name = gathering.host(row["host_tld"])
    tracks = _share(row, "cookies") > _COOKIES or _share(row, "bad_qs") > _IDENTIFIERS
    if name and tracks:
        domain = urls.registrable(name)
        found.add(Entry(key=domain, name=domain, roles=("analytics",), domains=(name,)))
    else:
        found.left_out += 1


def _columns(content: bytes) -> tuple[str, ...]:
    """Give the columns if this is one of the tables; else nothing."""
    header = text(content[:4096], errors="replace").partition("\n")[0].strip()
    columns = tuple(header.split(","))
    about = {"host_tld", "tracker", "company", "site"}
    return columns if columns[:2] == ("month", "country") and about & set(columns) else ()


def _rows(material: Material) -> Iterator[Row]:
    for content in material.members.values():
        columns = _columns(content)
        # `sites.csv` says how many trackers a site has, not which.
        if columns and ("site" not in columns or "tracker" in columns):
            for row in csv.DictReader(io.StringIO(text(content), newline="")):
                if None not in row and None not in row.values():
                    yield row


def _newest(material: Material) -> str:
    return max((row["month"] for row in _rows(material)), default="")


def _share(row: Row, column: str) -> float:
    share = float(row.get(column) or 0)
    if not 0 <= share < 2:  # a mean may be a rounding error above 1
        raise ValueError(column)
    return min(1.0, round(share, 4))
