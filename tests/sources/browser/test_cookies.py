from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.sources.browser.reading import Interested, build, claimants, read


def test_an_old_chromium_jar_gives_names_and_hosts(tmp_path: Path) -> None:
    reading = read(build("chromium-cookies-5", tmp_path))
    assert [each.facts for each in reading.observations] == [
        {"name": ("_id",), "host": ("ads.example",)},
        {"name": ("basket",), "host": ("shop.example",)},
    ]
    first, second = reading.observations
    assert (first.channel, first.party, first.at.record) == ("cookie", "", "cookies:1")
    assert (first.first, first.last) == (dt.date(2011, 5, 21), dt.date(2011, 5, 22))
    assert (second.first, second.last) == (dt.date(2011, 5, 21), dt.date(2011, 5, 21))
    assert reading.coverage.counts == {"cookies": 2}


def test_a_partitioned_chromium_cookie_tells_the_shop(tmp_path: Path) -> None:
    pay, ads = read(build("chromium-cookies-24", tmp_path)).observations
    assert (pay.facts["host"], pay.party) == (("pay.example",), "shop.example")
    assert (ads.facts["host"], ads.party) == (("ads.example",), "")


def test_a_cookie_without_a_host_is_a_bad_record(tmp_path: Path) -> None:
    reading = read(build("chromium-cookies-24", tmp_path))
    assert reading.problems == {"bad-record": 1}
    assert (reading.coverage.read, reading.coverage.skipped) == (3, 1)


def test_a_partitioned_firefox_cookie_tells_the_shop(tmp_path: Path) -> None:
    reading = read(build("firefox-cookies-17", tmp_path))
    assert [each.party for each in reading.observations] == [
        "",
        "shop.example",
        "example.com",
        "other.example",
        "",
    ]
    assert reading.problems == {"bad-record": 1}
    assert reading.coverage.counts == {"cookies": 6}


def test_a_firefox_jar_without_creation_times_is_read(tmp_path: Path) -> None:
    (basket,) = read(build("firefox-cookies-3", tmp_path)).observations
    assert (basket.first, basket.last) == (dt.date(2011, 5, 22), dt.date(2011, 5, 22))
    assert basket.at.record == "moz_cookies:1"


@pytest.mark.parametrize(
    "sample",
    ["chromium-cookies-5", "chromium-cookies-24", "firefox-cookies-17", "firefox-cookies-3"],
)
def test_values_are_never_read(tmp_path: Path, sample: str) -> None:
    assert "secret-value" not in repr(read(build(sample, tmp_path)))


def test_cookies_need_no_interest(tmp_path: Path) -> None:
    interest = Interested("nothing-like-this")
    assert len(read(build("chromium-cookies-5", tmp_path), interest).observations) == 2
    assert interest.asked == []


@pytest.mark.parametrize(
    ("sample", "reader"),
    [
        ("chromium-20", "chromium-history"),
        ("chromium-70", "chromium-history"),
        ("chromium-bare", "chromium-history"),
        ("chromium-cookies-5", "chromium-cookies"),
        ("chromium-cookies-24", "chromium-cookies"),
        ("firefox-86", "firefox-history"),
        ("fenix", "firefox-history"),
        ("firefox-cookies-17", "firefox-cookies"),
        ("firefox-cookies-3", "firefox-cookies"),
        ("safari", "safari-history"),
    ],
)
def test_exactly_one_reader_claims_each_sample(tmp_path: Path, sample: str, reader: str) -> None:
    assert claimants(build(sample, tmp_path)) == [reader]
