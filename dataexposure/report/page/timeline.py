"""The timeline: purchases by month, what the files cover, and since when holders show up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Report
from dataexposure.printable import printable
from dataexposure.report import style
from dataexposure.report.grain import tally

FILES: Final = 10
HOLDERS: Final = 12
WIDTH: Final = 960
_LEFT: Final = 210
_RIGHT: Final = 944
_BARS_TALL: Final = 64
_ROW: Final = 20
_HEAD: Final = 30
_LONGEST: Final = 28
_TICKS: Final = 10
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
_THIN: Final = 3.0
_ONE_TALL: Final = 16
_ROOM: Final = 14.0
_Item = tuple[str, dt.date, dt.date | None]


class Bar(Struct, frozen=True):
    """A month's purchases; lengths are units of the drawing."""

    x: float
    y: float
    width: float
    height: float
    title: str
    label: str


class Line(Struct, frozen=True):
    """A span of dates with its label."""

    label: str
    full: str
    y: float
    x1: float
    x2: float
    dates: str


class Group(Struct, frozen=True):
    """Lines under one heading."""

    title: str
    y: float
    lines: tuple[Line, ...]


class Month(Struct, frozen=True):
    """A row of the table: how many purchases, and who shows up for the first time."""

    month: str
    purchases: str
    newcomers: str


class Timeline(Struct, frozen=True):
    """The drawing and its table; `undated` counts purchases without a date."""

    height: int
    base: int
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]
    months: tuple[Month, ...]
    undated: int


class _Scale:
    """From dates to the drawing's width."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = first.replace(day=1)
        self.last = _later(last.replace(day=1), 1)
        self._per_day = (_RIGHT - _LEFT) / (self.last - self.first).days

    def x(self, date: dt.date) -> float:
        return round(_LEFT + (date - self.first).days * self._per_day, 1)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in _STEPS if months / step <= _TICKS), _STEPS[-1])
        at = self.first
        while step > 1 and (at.year * 12 + at.month - 1) % step:
            at = _later(at, 1)
        found = []
        while at < self.last:
            found.append((self.x(at), f"{at.year}" if step >= 12 else f"{at:%Y-%m}"))
            at = _later(at, step)
        return tuple(found)


def timeline(report: Report, words: Words) -> Timeline | None:
    """Lay the timeline out; nothing when nothing has a date."""
    del words
    dates = [purchase.date for purchase in report.purchases if purchase.date]
    spans = [date for one in report.coverage for date in (one.first, one.last) if date]
    signs = [date for one in report.holders for date in (one.first, one.last) if date]
    everything = [*dates, *spans, *signs]
    if not everything:
        return None
    scale = _Scale(min(everything), max(everything))
    bars = _bars(dates, scale) if dates else ()
    base = _HEAD + _BARS_TALL + 8 if dates else _HEAD
    groups, height = _groups(report, scale, base + 14)
    return Timeline(
        height=height,
        base=base,
        ticks=scale.ticks(),
        bars=bars,
        groups=groups,
        months=_months(report, dates),
        undated=len(report.purchases) - len(dates),
    )


def _later(date: dt.date, months: int) -> dt.date:
    month = date.month - 1 + months
    return dt.date(date.year + month // 12, month % 12 + 1, 1)


def _bars(dates: list[dt.date], scale: _Scale) -> tuple[Bar, ...]:
    counts = Counter(date.replace(day=1) for date in dates)
    unit = min(_ONE_TALL, _BARS_TALL / max(counts.values()))
    made = []
    for month, count in sorted(counts.items()):
        x, height = scale.x(month), round(count * unit, 1)
        width = round(max(1.2, (scale.x(_later(month, 1)) - x) * 0.8), 1)
        label = tally(count)
        title = f"{month:%Y-%m}: {label}"
        y = round(_HEAD + _BARS_TALL + 8 - height, 1)
        made.append(Bar(x, y, width, height, title, label if width >= _ROOM else ""))
    return tuple(made)


def _groups(report: Report, scale: _Scale, y: float) -> tuple[tuple[Group, ...], int]:
    files = [(printable(one.file), one.first, one.last) for one in report.coverage if one.first][
        :FILES
    ]
    holders = [(printable(one.name), one.first, one.last) for one in report.holders if one.first]
    groups = []
    for title, items in (
        (_("What your files cover"), files),
        (_("The likeliest holders, first to last sign"), holders[:HOLDERS]),
    ):
        if items:
            lines = _lines(items, scale, y + _ROW)
            groups.append(Group(title, y, lines))
            y += _ROW * (len(lines) + 1) + 14
    return tuple(groups), round(y)


def _lines(items: list[_Item], scale: _Scale, y: float) -> tuple[Line, ...]:
    made = []
    for number, (label, first, last) in enumerate(items):
        end = last or first
        x1, x2 = scale.x(first), scale.x(end)
        short = label if len(label) <= _LONGEST else _shortened(label)
        dates = style.span(first, end)
        made.append(Line(short, label, y + number * _ROW, x1, max(x2, x1 + _THIN), dates))
    return tuple(made)


def _shortened(label: str) -> str:
    """Leave out the middle: a file is known by its end, a company by its start."""
    return f"{label[:10]}…{label[11 - _LONGEST :]}"


def _months(report: Report, dates: list[dt.date]) -> tuple[Month, ...]:
    counts = Counter(f"{date:%Y-%m}" for date in dates)
    new: dict[str, list[str]] = {}
    for holder in report.holders:
        if holder.first:
            new.setdefault(f"{holder.first:%Y-%m}", []).append(printable(holder.name))
    return tuple(
        Month(month, tally(counts[month]) if month in counts else "", ", ".join(new.get(month, ())))
        for month in sorted(counts.keys() | new.keys(), reverse=True)
    )
