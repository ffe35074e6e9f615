from __future__ import annotations

import datetime as dt
from pathlib import Path

from dataexposure.model import Locator
from tests.sources.browser.reading import SAMPLES, Interested, claimants, read


def test_entries_are_folded_by_address_and_name_google_as_their_holder() -> None:
    thanks = read(SAMPLES / "takeout.json").of("https://shop.example/thanks?order=1")
    assert (thanks.channel, thanks.count, thanks.holder) == ("visit", 2, "google")
    assert (thanks.first, thanks.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 2))
    assert thanks.at == Locator("takeout-history", "takeout.json", "entry:1")


def test_a_frame_is_a_request() -> None:
    assert read(SAMPLES / "takeout.json").urls("request") == {"https://ads.example/frame": 1}


def test_other_lists_of_the_same_file_are_not_history() -> None:
    interest = Interested()
    read(SAMPLES / "takeout.json", interest)
    assert "https://not-history.example/" not in interest.asked


def test_entries_are_counted_and_odd_ones_do_not_stop_the_reading() -> None:
    reading = read(SAMPLES / "takeout.json")
    assert reading.problems == {"bad-record": 1}
    assert reading.of("https://undated.example/").first is None
    assert (reading.coverage.read, reading.coverage.skipped) == (6, 2)
    assert reading.coverage.counts == {"visits": 6}
    assert (reading.coverage.first, reading.coverage.last) == (
        dt.date(2024, 3, 1),
        dt.date(2024, 3, 2),
    )


def test_the_file_may_have_any_name_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "Verlauf"
    path.write_bytes(b"\xef\xbb\xbf" + (SAMPLES / "takeout.json").read_bytes())
    assert claimants(path) == ["takeout-history"]
    assert read(path).coverage.read == 6


def test_the_key_inside_a_text_is_not_the_key(tmp_path: Path) -> None:
    path = tmp_path / "BrowserHistory.json"
    path.write_text('{"note": ",\\"Browser History\\": ["}')
    assert claimants(path) == []


def test_a_file_cut_short_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    content = (SAMPLES / "takeout.json").read_bytes()
    path = tmp_path / "BrowserHistory.json"
    path.write_bytes(content[: content.index(b"AUTO_SUBFRAME")])
    reading = read(path)
    assert reading.problems == {"damaged": 1}
    assert reading.urls("visit") == {"https://shop.example/thanks?order=1": 2}
    assert reading.coverage.read == 2


def test_an_empty_history_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "History.json"
    path.write_text('{"Browser History": []}')
    reading = read(path)
    assert (reading.problems, reading.coverage.read) == ({}, 0)
    assert reading.coverage.first is None


def test_an_entry_that_is_no_text_or_nests_too_deeply_is_a_bad_record(tmp_path: Path) -> None:
    entry = b'{"url":"https://shop.example/","time_usec":1}'
    deep = b'{"url":' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    path = tmp_path / "History.json"
    listed = b",".join((entry, entry.replace(b"shop", b"sh\xffp"), deep, entry))
    path.write_bytes(b'{"Browser History":[' + listed + b"]}")
    reading = read(path)
    assert reading.urls("visit") == {"https://shop.example/": 2}
    assert reading.problems == {"bad-record": 2}
