from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

from dataexposure.model import Locator
from tests.sources.browser.reading import Interested, build, claimants, read


def test_a_page_opened_twice_is_one_observation_with_its_dates(tmp_path: Path) -> None:
    shop = read(build("chromium-20", tmp_path)).of("http://shop.example/")
    assert (shop.channel, shop.count, shop.party) == ("visit", 2, "")
    assert (shop.first, shop.last) == (dt.date(2011, 5, 21), dt.date(2011, 5, 22))
    assert shop.at == Locator("chromium-history", "input", "urls:1")


def test_a_frame_is_a_request_and_not_a_page_visit(tmp_path: Path) -> None:
    reading = read(build("chromium-20", tmp_path))
    assert "http://ads.example/frame?slot=1" not in reading.urls("visit")
    assert reading.urls("request")["http://ads.example/frame?slot=1"] == 2


def test_a_page_both_opened_and_framed_is_both_with_its_own_counts(tmp_path: Path) -> None:
    reading = read(build("chromium-20", tmp_path))
    assert reading.urls("visit")["http://both.example/page"] == 1
    assert reading.urls("request")["http://both.example/page"] == 1


def test_every_row_is_counted_whether_of_interest_or_not(tmp_path: Path) -> None:
    coverage = read(build("chromium-20", tmp_path), Interested("nothing-like-this")).coverage
    assert (coverage.read, coverage.skipped) == (6, 0)
    assert coverage.counts == {"urls": 3, "visits": 6}
    assert (coverage.first, coverage.last) == (dt.date(2011, 5, 21), dt.date(2011, 5, 22))


def test_only_addresses_of_interest_become_observations(tmp_path: Path) -> None:
    interest = Interested("shop.example")
    reading = read(build("chromium-20", tmp_path), interest)
    assert [each.facts["url"] for each in reading.observations] == [("http://shop.example/",)]
    assert sorted(interest.asked) == [
        "http://ads.example/frame?slot=1",
        "http://both.example/page",
        "http://shop.example/",
    ]


def test_a_click_counter_on_the_way_is_seen(tmp_path: Path) -> None:
    visits = read(build("chromium-70", tmp_path)).urls("visit")
    assert visits["https://click.example/go?to=shop"] == 1


def test_a_redirect_that_only_took_a_parameter_away_is_no_second_visit(tmp_path: Path) -> None:
    visits = read(build("chromium-70", tmp_path)).urls("visit")
    assert visits["http://shop.example/thanks?order=1&gclid=x"] == 1
    assert visits["https://shop.example/thanks?order=1"] == 1  # the reload a day later


def test_pages_that_are_not_on_the_web_are_skipped_and_never_asked_about(tmp_path: Path) -> None:
    interest = Interested()
    reading = read(build("chromium-70", tmp_path), interest)
    assert all(url.startswith("http") for url in interest.asked)
    assert reading.coverage.skipped == 3 + reading.problems["bad-record"]


def test_visits_without_a_readable_page_are_bad_records_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    reading = read(build("chromium-70", tmp_path))
    assert reading.problems == {"bad-record": 3}  # NULL, no such page, not text
    assert reading.coverage.read == 12
    assert reading.coverage.counts == {"urls": 10, "visits": 12}
    assert reading.urls("visit")["https://undated.example/"] == 2


def test_an_absurd_date_is_unknown_and_the_visit_still_counts(tmp_path: Path) -> None:
    reading = read(build("chromium-70", tmp_path))
    undated = reading.of("https://undated.example/")
    assert (undated.first, undated.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 1))
    assert reading.coverage.first == dt.date(2024, 3, 1)


def test_a_page_that_was_never_visited_is_no_browsing(tmp_path: Path) -> None:
    assert "https://unvisited.example/" not in read(build("chromium-70", tmp_path)).urls("visit")


def test_a_copy_without_meta_or_transitions_is_read(tmp_path: Path) -> None:
    reading = read(build("chromium-bare", tmp_path))
    assert reading.urls("visit") == {"https://shop.example/": 1}
    assert reading.of("https://shop.example/").first == dt.date(2024, 3, 1)
    assert (reading.coverage.read, reading.coverage.skipped) == (2, 1)


def test_a_file_name_means_nothing(tmp_path: Path) -> None:
    assert claimants(build("chromium-20", tmp_path, "holiday.jpg")) == ["chromium-history"]
    assert claimants(build("gnome-web", tmp_path, "History")) == []


def test_the_write_ahead_log_beside_the_file_is_read_along(tmp_path: Path) -> None:
    live = build("chromium-20", tmp_path, "live")
    copied = tmp_path / "History"
    with contextlib.closing(sqlite3.connect(live, isolation_level=None)) as browser:
        browser.execute("PRAGMA journal_mode = WAL")
        browser.execute("PRAGMA wal_autocheckpoint = 0")
        browser.execute("INSERT INTO urls VALUES(9, 'https://newest.example/', '', 1, 0, 0, 0, 0)")
        browser.execute("INSERT INTO visits VALUES(9, 9, 12950496000000000, 0, 0, 0, 0)")
        for suffix in ("", "-wal"):
            copied.with_name(f"History{suffix}").write_bytes(Path(f"{live}{suffix}").read_bytes())
    reading = read(copied)
    assert reading.urls("visit")["https://newest.example/"] == 1
    assert reading.coverage.sidecars == ("History-wal",)


def test_a_database_that_a_running_browser_has_locked_is_read_and_not_changed(
    tmp_path: Path,
) -> None:
    path = build("chromium-70", tmp_path)
    before = path.read_bytes()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as browser:
        browser.execute("PRAGMA locking_mode = EXCLUSIVE")
        browser.execute("BEGIN EXCLUSIVE")
        assert read(path).coverage.read == 12
        browser.execute("ROLLBACK")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["input"]


def test_text_that_is_not_utf_8_is_read_leniently_and_nothing_is_given_twice(
    tmp_path: Path,
) -> None:
    path = build("chromium-20", tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        pages = range(100, 9100)
        database.executemany(
            "INSERT INTO urls VALUES(?, ?, '', 1, 0, 0, 0, 0)",
            [(page, f"http://shop.example/{page}") for page in pages],
        )
        database.executemany(
            "INSERT INTO visits VALUES(?, ?, 12950496000000000, 0, 0, 0, 0)",
            [(page, page) for page in pages],
        )
        database.execute(
            "UPDATE urls SET url = CAST(X'687474703A2F2F73686F702E6578616D706C652F35FF' AS TEXT)"
            " WHERE id = 5000"
        )
    reading = read(path, Interested("shop.example"))
    assert not reading.problems
    assert len(reading.observations) == 9001
    assert reading.urls("visit")["http://shop.example/5\N{REPLACEMENT CHARACTER}"] == 1


def test_a_damaged_database_gives_what_can_be_read_and_says_so(tmp_path: Path) -> None:
    path = build("chromium-20", tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        rows = [(page, f"http://shop.example/{page:0>200}") for page in range(100, 60_000)]
        database.executemany("INSERT INTO urls VALUES(?, ?, '', 1, 0, 0, 0, 0)", rows)
        database.executemany(
            "INSERT INTO visits VALUES(?, ?, 12950496000000000, 0, 0, 0, 0)",
            [(page, page) for page, _ in rows],
        )
    intact = path.read_bytes()
    kept = len(intact) * 9 // 10
    path.write_bytes(intact[:kept] + b"\xff" * (len(intact) - kept))
    reading = read(path)
    assert reading.problems == {"damaged": 1}
    assert reading.coverage.read == sum(each.count for each in reading.observations)
    assert 0 < reading.coverage.read < 59_000


def test_a_file_cut_short_or_empty_is_not_claimed(tmp_path: Path) -> None:
    path = build("chromium-20", tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    assert claimants(path) == []
    path.write_bytes(b"")
    assert claimants(path) == []
