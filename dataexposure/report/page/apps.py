"""Apps: whose they are, whose code is in them, and whom they were seen to contact."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.model import Report
from dataexposure.printable import printable
from dataexposure.report.page.holders import anchors
from dataexposure.report.page.ledger import Named, named

MOST: Final = 200
_COLUMNS: Final = {"app": 0, "sdk": 1, "request": 2, "dns": 2}


class App(Struct, frozen=True):
    """One app by its id: its maker, the companies whose code it has, and its contacts."""

    id: str
    maker: tuple[Named, ...]
    code: tuple[Named, ...]
    contacts: tuple[Named, ...]


def apps(report: Report, words: Words) -> tuple[tuple[App, ...], int]:
    """Give the apps that say something, by id, and how many more there are."""
    where = anchors(report)
    known = {one.party for one in report.findings if one.channel in ("app", "sdk") and one.party}
    found: dict[str, tuple[dict[str, None], dict[str, None], dict[str, None]]] = {
        app: ({}, {}, {}) for app in sorted(known)
    }
    for finding in report.findings:
        if finding.party in found and finding.channel in _COLUMNS and finding.org:
            found[finding.party][_COLUMNS[finding.channel]][finding.org] = None
    shown = tuple(
        App(printable(app), *(tuple(named(org, where, words) for org in orgs) for orgs in columns))
        for app, columns in list(found.items())[:MOST]
    )
    return shown, max(0, len(found) - MOST)


def makers(report: Report) -> tuple[Named, ...]:
    """Name the makers of devices among the holders."""
    where = anchors(report)
    return tuple(
        Named(printable(holder.name), where[holder.id])
        for holder in report.holders
        if holder.channel == "devices"
    )
