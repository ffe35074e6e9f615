from __future__ import annotations

import datetime as dt
from pathlib import Path

from dataexposure.model import Locator
from tests.sources.browser.reading import Interested, build, claimants, read


def test_pages_with_a_visit_are_browsing_and_bookmarks_are_not(tmp_path: Path) -> None:
    reading = read(build("firefox-86", tmp_path))
    assert "https://bookmarked.example/" not in reading.urls("visit")
    assert reading.urls("visit")["https://click.example/track?u=1"] == 1
    assert reading.of("https://click.example/track?u=1").at == Locator(
        "firefox-history", "input", "moz_places:3"
    )


def test_an_order_page_stripped_by_an_add_on_counts_once(tmp_path: Path) -> None:
    visits = read(build("firefox-86", tmp_path), Interested("/thanks")).urls("visit")
    assert visits == {"https://shop.example/thanks?order=1&mc_eid=f00d": 1}


def test_a_redirect_to_the_same_path_with_something_new_is_a_visit(tmp_path: Path) -> None:
    visits = read(build("firefox-86", tmp_path), Interested("/pay")).urls("visit")
    assert visits == {"https://shop.example/pay?step=1": 1, "https://shop.example/pay?step=2": 1}


def test_embedded_and_framed_visits_are_requests(tmp_path: Path) -> None:
    reading = read(build("firefox-86", tmp_path))
    assert reading.urls("request") == {"https://ads.example/frame": 2}


def test_places_and_visits_are_counted(tmp_path: Path) -> None:
    coverage = read(build("firefox-86", tmp_path)).coverage
    assert coverage.counts == {"places": 9, "visits": 8}
    assert (coverage.read, coverage.skipped) == (8, 1)  # about:config
    assert (coverage.first, coverage.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 2))


def test_dates_in_milliseconds_are_understood(tmp_path: Path) -> None:
    reading = read(build("fenix", tmp_path))
    shop = reading.of("https://shop.example/")
    assert (shop.first, shop.last, shop.count) == (dt.date(2024, 3, 1), dt.date(2024, 3, 2), 2)
    assert (reading.coverage.first, reading.coverage.last) == (shop.first, shop.last)


def test_an_empty_file_of_that_name_is_not_claimed(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.touch()
    assert claimants(path) == []
