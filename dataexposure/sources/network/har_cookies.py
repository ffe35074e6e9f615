"""Cookies that a capture shows being sent or set: names and hosts, never values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dataexposure.channels import COOKIE
from dataexposure.model import Locator, Observation
from dataexposure.sources.network.har_entries import Entry, Pair


class Jar:
    """Counts cookies by name, host and the site on whose page they were seen."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}
        self._places: dict[tuple[str, str, str], Locator] = {}
        self._days: dict[tuple[str, str, str], set[dt.date]] = {}

    def take(self, entry: Entry, party: str, at: Locator) -> None:
        """Count each cookie of an entry once, sent or set."""
        for name, host in {*_sent(entry), *_set(entry)}:
            key = (name, host, party)
            self._counts[key] = self._counts.get(key, 0) + 1
            self._places.setdefault(key, at)
            days = self._days.setdefault(key, set())
            if entry.day:
                days.add(entry.day)

    def observations(self) -> Iterator[Observation]:
        """Give one observation for each, in the order of names."""
        for key in sorted(self._counts):
            name, host, party = key
            days = self._days[key]
            yield Observation(
                COOKIE.name,
                {"name": (name,), "host": (host,)},
                self._places[key],
                party=party,
                first=min(days, default=None),
                last=max(days, default=None),
                count=self._counts[key],
            )


def _sent(entry: Entry) -> Iterator[tuple[str, str]]:
    names = [pair.name or "" for pair in entry.cookies_sent]
    if not names:
        header = entry.sent.get("cookie", "").replace("\n", ";")
        names = [part.partition("=")[0] for part in header.split(";") if "=" in part]
    for name in names:
        if name.strip():
            yield name.strip(), entry.host


def _set(entry: Entry) -> Iterator[tuple[str, str]]:
    header = entry.received.get("set-cookie", "")
    pairs = [_parsed(line) for line in header.split("\n")] if header else entry.cookies_received
    for pair in pairs:
        if pair.name and pair.value:
            yield pair.name, _host(pair.domain or "", entry.host)


def _parsed(line: str) -> Pair:
    """Read a Set-Cookie line (RFC 6265); one that only removes a cookie has no value."""
    first, *rest = line.split(";")
    name, _, value = first.partition("=")
    marks = {key.strip().lower(): text.strip() for key, _, text in (x.partition("=") for x in rest)}
    gone = marks.get("max-age", "").startswith(("0", "-")) or "1970" in marks.get("expires", "")
    return Pair(name.strip(), "" if gone else value.strip(), marks.get("domain", ""))


def _host(domain: str, host: str) -> str:
    """Give the cookie's domain, where it is one that this host may set."""
    domain = domain.lstrip(".").lower()
    return domain if domain and (host == domain or host.endswith(f".{domain}")) else host
