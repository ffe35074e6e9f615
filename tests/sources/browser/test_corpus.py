"""The readers against real files, whose contents the corpus' manifest states."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.sources.browser.reading import Reading, claimants, read

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpus"
FORMATS = {
    "Chromium History SQLite": "chromium-history",
    "SQLite posing as Chromium History": "chromium-history",
    "Chromium Cookies SQLite": "chromium-cookies",
    "Firefox places.sqlite": "firefox-history",
    "Firefox cookies.sqlite": "firefox-cookies",
    "Safari History.db": "safari-history",
    "Google Takeout Chrome/BrowserHistory.json": "takeout-history",
}
COUNTERS = {
    "urls": "urls",
    "visits": "visits",
    "moz_places": "places",
    "moz_historyvisits": "visits",
    "history_items": "items",
    "history_visits": "visits",
    "cookies": "cookies",
    "moz_cookies": "cookies",
}


def _files() -> list[tuple[str, str, str]]:
    manifest = CORPUS / "MANIFEST.tsv"
    if not manifest.exists():
        return []
    with manifest.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [(row["path"], row["format"], row["contents"]) for row in rows]


def _reader(form: str) -> list[str]:
    return [name for start, name in FORMATS.items() if form.startswith(start)]


FILES = _files()


def _read(path: str) -> Reading:
    if not (CORPUS / path).exists():
        pytest.skip("the corpus of real files is not here")
    return read(CORPUS / path)


@pytest.mark.skipif(not FILES, reason="the corpus of real files is not here")
def test_each_file_is_claimed_by_its_reader_and_no_other() -> None:
    wrong = {
        path: claimants(CORPUS / path)
        for path, form, _ in FILES
        if claimants(CORPUS / path) != _reader(form)
    }
    assert wrong == {}


@pytest.mark.skipif(not FILES, reason="the corpus of real files is not here")
@pytest.mark.parametrize(
    ("path", "contents"), [(path, contents) for path, form, contents in FILES if _reader(form)]
)
def test_counts_are_those_of_the_manifest(path: str, contents: str) -> None:
    stated = {
        COUNTERS[name]: int(number)
        for name, number in re.findall(r"(\w+)=(\d+)", contents)
        if name in COUNTERS
    } or {"visits": int(contents.partition(";")[2].split()[0])}
    reading = _read(path)
    assert reading.coverage.counts == stated
    assert reading.coverage.read == stated.get("visits", stated.get("cookies"))
    assert reading.problems == {}


def test_eleven_visits_of_a_new_chromium_are_page_visits() -> None:
    reading = _read("browser/chromium156_A/History")
    assert sum(reading.urls("visit").values()) == 11
    assert reading.urls("request") == {}


def test_one_visit_among_ninety_two_places() -> None:
    assert sum(_read("browser/plaso_ff4/places.sqlite").urls("visit").values()) == 1


def test_framed_advertisements_are_requests() -> None:
    reading = _read("browser/plaso_chrome12/History")
    framed = [url for url in reading.urls("request") if "doubleclick.net" in url]
    opened = [url for url in reading.urls("visit") if "doubleclick.net" in url]
    assert len(framed) == 21
    assert len(opened) == 2
    assert all("//dfptools." in url for url in opened)  # a console, opened as a page


def test_stripped_duplicates_of_firefox_count_once() -> None:
    visits = _read("browser/firefox153_A/places.sqlite").urls("visit")
    assert "https://shop.example-bikes.com/products/gravel-one?gclid=Cj0KCQtestGCLID" in visits
    assert sum(visits.values()) == 11


def test_a_partitioned_cookie_of_firefox_tells_the_page() -> None:
    reading = _read("browser/plaso_ff_cookies_v12/cookies.sqlite")
    assert [each.party for each in reading.observations if each.party] == ["wikipedia.org"]
