"""`places.sqlite` of Firefox and its family (LibreWolf, Tor Browser, Fenix on Android).

`visit_type` (nsINavHistoryService): 1 link, 2 typed, 3 bookmark, 4 embedded, 5 permanent
redirect, 6 temporary redirect, 7 download, 8 framed link, 9 reload. 4 and 8 happen inside
a page; 5 and 6 say that a redirect led to this visit. Firefox on the desktop writes dates
in microseconds since 1970, Fenix (user_version 15) in milliseconds: no date in the one unit
could be one in the other, and so the number itself tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.browser.clocks import UNIX_MICROSECONDS
from dataexposure.sources.browser.visits import Layout, read_visits

NAME: Final = "firefox-history"

# 10^14 is the year 5138 in milliseconds and 1973 in microseconds.
_BARE: Final = Layout(
    source=NAME,
    pages="moz_places",
    visits="moz_historyvisits",
    page="place_id",
    instant="v.visit_date * CASE WHEN v.visit_date < 100000000000000 THEN 1000 ELSE 1 END",
    clock=UNIX_MICROSECONDS,
    counters=("places", "visits"),
)


def sniff(file: Input) -> bool:
    """Say whether the tables are those of Firefox's places."""
    pages = file.tables.get("moz_places", frozenset())
    visits = file.tables.get("moz_historyvisits", frozenset())
    return {"id", "url"} <= pages and {"place_id", "visit_date"} <= visits


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Stream page visits, and frames as requests; `read` counts the rows of the visits."""
    layout = _BARE
    columns = file.tables["moz_historyvisits"]
    if "visit_type" in columns:
        layout = replace(layout, framed="v.visit_type IN (4, 8)")
        if {"id", "from_visit"} <= columns:
            layout = replace(layout, redirected="v.visit_type IN (5, 6)", origin="v.from_visit")
    yield from read_visits(file, interest, layout)
