from __future__ import annotations

import datetime as dt
from pathlib import Path

from dataexposure.model import Locator
from tests.sources.browser.reading import build, read


def test_visits_are_folded_by_address_with_their_dates(tmp_path: Path) -> None:
    reading = read(build("safari", tmp_path))
    assert reading.urls("visit") == {
        "http://shop.example/": 1,
        "https://shop.example/": 1,
        "https://click.example/go": 1,
    }
    click = reading.of("https://click.example/go")
    assert (click.first, click.at) == (
        dt.date(2024, 3, 2),
        Locator("safari-history", "input", "history_items:3"),
    )


def test_a_page_raised_to_https_counts_once(tmp_path: Path) -> None:
    secure = read(build("safari", tmp_path)).of("https://shop.example/")
    assert (secure.count, secure.first) == (1, dt.date(2024, 3, 2))


def test_items_and_visits_are_counted(tmp_path: Path) -> None:
    coverage = read(build("safari", tmp_path)).coverage
    assert (coverage.read, coverage.counts) == (4, {"items": 3, "visits": 4})
    assert (coverage.first, coverage.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 2))
