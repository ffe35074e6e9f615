"""`History` of Chromium and its family (Chrome, Edge, Brave, Opera, Vivaldi, Epic …).

Schemas 16 to 70 are read. They are recognised by their tables, not by the file's name or the
`meta` table: copies without `meta` exist. `visits.transition` holds a core type in its low
byte, of which 3 and 4 are frames (ui/base/page_transition_types.h), and the flag 0x80000000
on a visit that a server's redirect led to. Times are microseconds since 1601.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.browser.clocks import CHROMIUM
from dataexposure.sources.browser.visits import Layout, read_visits

NAME: Final = "chromium-history"

_BARE: Final = Layout(
    source=NAME,
    pages="urls",
    visits="visits",
    page="url",
    instant="v.visit_time",
    clock=CHROMIUM,
    counters=("urls", "visits"),
)


def sniff(file: Input) -> bool:
    """Say whether the tables are those of a Chromium history.

    GNOME Web calls its tables `urls` and `visits` too, but has neither of the last columns.
    """
    pages = file.tables.get("urls", frozenset())
    visits = file.tables.get("visits", frozenset())
    return (
        {"id", "url"} <= pages
        and {"url", "visit_time"} <= visits
        and not {"transition", "visit_duration"}.isdisjoint(visits)
    )


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Stream page visits, and frames as requests; `read` counts the rows of `visits`."""
    layout = _BARE
    columns = file.tables["visits"]
    if "transition" in columns:
        layout = replace(layout, framed="(v.transition & 255) IN (3, 4)")
        if {"id", "from_visit"} <= columns:
            layout = replace(layout, redirected="v.transition & 0x80000000", origin="v.from_visit")
    yield from read_visits(file, interest, layout)
