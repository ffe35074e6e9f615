"""How browsers write an instant as a number, and which day (UTC) that is.

Every browser counts from its own epoch in its own unit. A number whose day lies outside
1990 to 2100 is no date that a browser could have recorded: it is given as unknown.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

_SECONDS: Final = 86_400


class Clock(Struct, frozen=True):
    """A way to count time: day zero, and how many units make a day.

    `epoch` is the proleptic Gregorian ordinal of day zero (`date.toordinal`); `earliest`
    and `latest` are the first and last instant, in its units, that count as a date.
    """

    epoch: int
    per_day: int
    earliest: int
    latest: int

    def day(self, instant: object) -> dt.date | None:
        """Give the day of an instant (a number, or a number as text); None when it is no date."""
        if isinstance(instant, str):
            try:
                instant = float(instant)
            except ValueError:
                return None
        if not isinstance(instant, int | float) or not self.earliest <= instant <= self.latest:
            return None
        return dt.date.fromordinal(int(instant // self.per_day) + self.epoch)


def _clock(year: int, per_second: int) -> Clock:
    epoch = dt.date(year, 1, 1).toordinal()
    per_day = _SECONDS * per_second
    earliest = (dt.date(FIRST_YEAR, 1, 1).toordinal() - epoch) * per_day
    latest = (dt.date(LAST_YEAR, 12, 31).toordinal() + 1 - epoch) * per_day - 1
    return Clock(epoch, per_day, earliest, latest)


CHROMIUM: Final = _clock(1601, 1_000_000)
"""Microseconds since 1601 (base::Time in Chromium's own databases)."""

UNIX_MICROSECONDS: Final = _clock(1970, 1_000_000)
"""Microseconds since 1970 (PRTime in Firefox, `time_usec` in Takeout)."""

SAFARI: Final = _clock(2001, 1)
"""Seconds, with a fraction, since 2001 (CFAbsoluteTime)."""
