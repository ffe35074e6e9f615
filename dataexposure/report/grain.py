"""How finely a report shows dates and counts: a redacted one in months and bands."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

from dataexposure.language import _
from dataexposure.model import Report

_BANDS: Final = (0, 1, 2, 6, 21)
"""The lowest number of each band of counts; the last one has no end."""

_IS_COARSE: Final[ContextVar[bool]] = ContextVar("coarse", default=False)


@contextlib.contextmanager
def of(report: Report) -> Iterator[None]:
    """While it lasts, `date_text` and `tally` show what this report may show."""
    before = _IS_COARSE.set(report.redacted)
    try:
        yield
    finally:
        _IS_COARSE.reset(before)


def date_text(date: dt.date) -> str:
    """Give a date as 2026-11-21, or its month as 2026-11."""
    return f"{date.year:04}-{date.month:02}" if _IS_COARSE.get() else date.isoformat()


def tally(count: int) -> str:
    """Give a count, or its band, such as `2–5`."""
    if not _IS_COARSE.get() or count < _BANDS[2]:
        return str(count)
    above = next((low for low in _BANDS if low > count), 0)
    if not above:
        return _("more than {count}").format(count=_BANDS[-1] - 1)
    return f"{band(count)}–{above - 1}"


def band(count: int) -> int:
    """Give the lowest number of the band that a count is in."""
    return max((low for low in _BANDS if low <= count), default=0)


def notice(report: Report) -> str:
    """Say what a redacted report leaves out; empty for any other."""
    if not report.redacted:
        return ""
    return _(
        "This report is redacted: shops, unknown sites, apps and files stand as their kind, "
        "dates as months and counts as bands."
    )
