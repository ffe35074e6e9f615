"""Cookies that the answers of a recording set, with their life and flags (RFC 6265)."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from dataexposure.sources.network.har_entries import Entry
from dataexposure.website import Kept

_MOST: Final = 5_000
_LONGEST: Final = 200
_LONGEST_LIFE: Final = 36_500.0
_DAY: Final = 86_400.0
_SECONDS: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_SAME_SITE: Final = {"strict": "Strict", "lax": "Lax", "none": "None"}


class KeptCookies:
    """Follows what answers set, replace and take away; values are not looked at."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str], Kept] = {}

    def take(self, entry: Entry) -> None:
        """Take in the `Set-Cookie` headers of one answer."""
        header = entry.received.get("set-cookie", "")
        for line in header.split("\n") if header else ():
            self._set(line, entry)

    def all(self) -> tuple[Kept, ...]:
        """Give the cookies that are left, 5,000 at most, in order."""
        return tuple(sorted(self._cookies.values(), key=lambda one: (one.name, one.host)))

    def _set(self, line: str, entry: Entry) -> None:
        first, *rest = line.split(";")
        name, equals, _ = first.partition("=")
        name = "".join(filter(str.isprintable, name.strip()))[:_LONGEST]
        if not name or not equals:
            return
        marks = {
            key.strip().lower(): text.strip() for key, _, text in (x.partition("=") for x in rest)
        }
        key = (name, _host(marks.get("domain", ""), entry.host))
        days = _days(marks, entry.started)
        if days is not None and days <= 0:
            self._cookies.pop(key, None)
        elif key in self._cookies or len(self._cookies) < _MOST:
            self._cookies[key] = Kept(
                *key,
                days=days,
                secure="secure" in marks,
                http_only="httponly" in marks,
                same_site=_SAME_SITE.get(marks.get("samesite", "").lower(), ""),
            )


def _host(domain: str, host: str) -> str:
    """Give the cookie's domain, where it is one that this host may set."""
    domain = domain.lstrip(".").lower()
    return domain if domain and (host == domain or host.endswith(f".{domain}")) else host


def _days(marks: Mapping[str, str], started: str) -> float | None:
    """Give a cookie's life from when it was set; None when it ends with the session."""
    if _SECONDS.fullmatch(marks.get("max-age", "")):
        return _bounded(int(marks["max-age"]) / _DAY)
    if not marks.get("expires"):
        return None
    try:
        end = parsedate_to_datetime(marks["expires"].replace("-", " ")[:60])
        begin = dt.datetime.fromisoformat(started.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    end, begin = (one if one.tzinfo else one.replace(tzinfo=dt.UTC) for one in (end, begin))
    return _bounded((end - begin).total_seconds() / _DAY)


def _bounded(days: float) -> float | None:
    return min(days, _LONGEST_LIFE) if math.isfinite(days) else None
