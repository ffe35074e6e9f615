from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dataexposure.sources.browser.clocks import CHROMIUM, SAFARI, UNIX_MICROSECONDS

MOMENTS = st.datetimes(
    dt.datetime.fromisoformat("1990-01-01"), dt.datetime.fromisoformat("2100-12-31T23:59:59.999999")
)
MICROSECOND = dt.timedelta(microseconds=1)


def since(year: int, moment: dt.datetime) -> int:
    """Give the microseconds from the start of a year to a moment."""
    return (moment - dt.datetime.fromisoformat(f"{year}-01-01")) // MICROSECOND


@given(MOMENTS)
def test_every_moment_of_a_browser_falls_on_its_own_day(moment: dt.datetime) -> None:
    assert CHROMIUM.day(since(1601, moment)) == moment.date()
    assert UNIX_MICROSECONDS.day(since(1970, moment)) == moment.date()
    assert SAFARI.day(float(since(2001, moment) // 1_000_000)) == moment.date()


@given(MOMENTS)
def test_a_number_written_as_text_is_the_same_day(moment: dt.datetime) -> None:
    noon = moment.replace(hour=12)
    assert CHROMIUM.day(str(since(1601, noon))) == noon.date()


@given(st.integers() | st.floats() | st.text() | st.none() | st.binary())
def test_anything_else_is_unknown_and_never_an_error(value: object) -> None:
    for clock in (CHROMIUM, UNIX_MICROSECONDS, SAFARI):
        day = clock.day(value)
        assert day is None or 1990 <= day.year <= 2100
