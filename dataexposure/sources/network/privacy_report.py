"""The App Privacy Report of an iPhone or iPad: which app contacted which host.

One JSON object per line (Settings, Privacy & Security, App Privacy Report, Save App
Activity). Lines with a `_marker` are about the export itself; a host may be a bare address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct, structs

from dataexposure.channels import APP, DNS
from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem

NAME: Final = "app-privacy-report"
_LONGEST_LINE: Final = 65_536


class _Line(Struct):
    """The fields that matter; anything else in a line is passed over."""

    domain: str = ""
    bundle: str = msgspec.field(default="", name="bundleID")
    first: str = msgspec.field(default="", name="firstTimeStamp")
    last: str = msgspec.field(default="", name="timeStamp")
    hits: int = 1
    marker: str = msgspec.field(default="", name="_marker")


_UNREADABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_decode = msgspec.json.Decoder(_Line).decode


def sniff(file: Input) -> bool:
    """Claim files whose first line is an object that names a host and an app, or a marker."""
    line = file.head.partition(b"\n")[0].strip()
    if not line.startswith(b"{") or not (b'"bundleID"' in file.head and b'"domain"' in file.head):
        return False
    try:
        first = _decode(line)
    except _UNREADABLE:
        return False
    return bool(first.marker) or bool(first.domain and first.bundle)


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Give each host that an app contacted, and each app once."""
    del interest
    apps: set[str] = set()
    dates: set[dt.date] = set()
    hosts = bad = 0
    for number, line in _lines(file):
        try:
            row = _decode(line)
        except _UNREADABLE:
            bad += 1
            continue
        if not row.bundle or not row.domain:
            continue
        hosts += 1
        contact = _contact(row, Locator(NAME, file.name, f"line:{number}"))
        dates.update(day for day in (contact.first, contact.last) if day)
        yield contact
        if row.bundle not in apps:
            apps.add(row.bundle)
            facts = {"package": (row.bundle,), "platform": ("ios",)}
            yield structs.replace(contact, channel=APP.name, facts=facts, count=1)
    if bad:
        yield Problem(Locator(NAME, file.name), "bad-record", bad)
    yield Coverage(
        NAME,
        file.name,
        read=hosts,
        skipped=bad,
        first=min(dates, default=None),
        last=max(dates, default=None),
        counts={"contacts": hosts, "apps": len(apps)},
    )


def _contact(row: _Line, at: Locator) -> Observation:
    return Observation(
        DNS.name,
        {"host": (row.domain,)},
        at,
        party=row.bundle,
        first=_day(row.first),
        last=_day(row.last),
        count=max(1, row.hits),
    )


def _lines(file: Input) -> Iterator[tuple[int, bytes]]:
    with file.path.open("rb") as stream:
        number = 0
        while line := stream.readline(_LONGEST_LINE):
            number += 1
            if line.strip():
                yield number, line


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC).date()
    except (ValueError, OverflowError):
        return None
