"""`History.db` of Safari on macOS and iOS.

Each visit names the visit whose redirect led to it (`redirect_source`). Times are seconds
since 2001. Safari records no frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.browser.clocks import SAFARI
from dataexposure.sources.browser.visits import Layout, read_visits

NAME: Final = "safari-history"

_BARE: Final = Layout(
    source=NAME,
    pages="history_items",
    visits="history_visits",
    page="history_item",
    instant="v.visit_time",
    clock=SAFARI,
    counters=("items", "visits"),
)


def sniff(file: Input) -> bool:
    """Say whether the tables are those of Safari's history."""
    pages = file.tables.get("history_items", frozenset())
    visits = file.tables.get("history_visits", frozenset())
    return {"id", "url"} <= pages and {"history_item", "visit_time"} <= visits


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Stream page visits; `read` counts the rows of `history_visits`."""
    layout = _BARE
    if {"id", "redirect_source"} <= file.tables["history_visits"]:
        layout = replace(
            layout, redirected="v.redirect_source IS NOT NULL", origin="v.redirect_source"
        )
    yield from read_visits(file, interest, layout)
