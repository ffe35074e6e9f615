"""`Cookies` of Chromium and its family, version 5 to 24.

Version 5 kept values in plain text, later ones encrypt them; neither is read. In newer ones
`top_frame_site_key` is filled for a partitioned cookie (CHIPS) with the site of the page,
such as `https://shop.example`. Times are microseconds since 1601.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.browser.clocks import CHROMIUM
from dataexposure.sources.browser.jars import Jar, read_jar
from dataexposure.urls import split

NAME: Final = "chromium-cookies"


def sniff(file: Input) -> bool:
    """Say whether there is a table of cookies as Chromium lays it out."""
    return {"host_key", "name"} <= file.tables.get("cookies", frozenset())


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream one observation per cookie; `interest` knows addresses only and is not asked."""
    columns = file.tables["cookies"]
    jar = Jar(
        source=NAME,
        table="cookies",
        host="host_key",
        name="name",
        partition="top_frame_site_key" if "top_frame_site_key" in columns else "''",
        created="creation_utc" if "creation_utc" in columns else "NULL",
        used="last_access_utc" if "last_access_utc" in columns else "NULL",
        clock=CHROMIUM,
        site=_site,
    )
    yield from read_jar(file, jar)


def _site(key: str) -> str:
    return split(key).host
