"""The reader on captures that other projects publish, where they are at hand."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from dataexposure.model import Coverage, Observation, Problem
from dataexposure.sources.network import har
from dataexposure.sources.walk import walk

CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus"
COUNTS = re.compile(r"(\d+) requests, \d+ hosts, (\d+) pages")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real files here")


class Everything:
    def url(self, url: str) -> bool:
        return bool(url)


def read(name: str) -> list[Observation | Problem | Coverage]:
    (file,) = walk([CORPUS / name])
    assert not isinstance(file, Problem)
    with file:
        assert har.sniff(file)
        return list(har.read(file, Everything()))


def promised() -> list[tuple[str, int, int]]:
    if not CORPUS.is_dir():
        return []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    found = [(row["path"], COUNTS.match(row["contents"])) for row in rows if row["kind"] == "har"]
    return [(path, int(match[1]), int(match[2])) for path, match in found if match]


@pytest.mark.parametrize(("name", "requests", "pages"), promised())
def test_requests_and_pages_are_as_many_as_promised(name: str, requests: int, pages: int) -> None:
    *observations, coverage = read(name)
    assert isinstance(coverage, Coverage)
    assert (coverage.counts["requests"], coverage.counts["pages"]) == (requests, pages)
    assert coverage.skipped == 0
    channels = [one.channel for one in observations if isinstance(one, Observation)]
    assert channels.count("visit") + channels.count("request") == requests


def test_every_request_of_one_scan_belongs_to_its_page() -> None:
    for place, party in (
        ("markup_colorado", "connectforhealthco.com"),
        ("markup_nevada", "nevadahealthlink.com"),
        ("markup_virginia", "virginia.gov"),
    ):
        found = [one for one in read(f"har/{place}/requests.har") if isinstance(one, Observation)]
        assert {one.party for one in found} == {party}
        assert [one.channel for one in found].count("visit") == 1


def test_the_purchase_event_happens_on_the_thank_you_page() -> None:
    (event,) = [
        one
        for one in read("har/generated_purchase/playwrightA.har")
        if isinstance(one, Observation)
        and one.channel == "request"
        and "ev=Purchase" in one.facts["url"][0]
    ]
    assert event.context is not None
    assert event.context.facts["url"][0].endswith("/thank_you")
    assert event.party == "example-bikes.com"


def test_a_bot_check_is_told() -> None:
    problems = [
        one for one in read("har/markup_washington/requests.har") if isinstance(one, Problem)
    ]
    assert [one.cause for one in problems] == ["challenge"]


def test_damage_is_told_with_its_place() -> None:
    problem, _ = read("har/mitmproxy/brokenfile.har")
    assert isinstance(problem, Problem)
    assert (problem.cause, problem.note) == ("damaged", "line 5 column 1")


def test_a_compressed_capture_is_read() -> None:
    *found, coverage = read("har/mitmproxy/compressed.zhar")
    assert isinstance(coverage, Coverage)
    assert coverage.counts["requests"] == 2
    (post,) = [one for one in found if isinstance(one, Observation) and one.channel == "request"]
    assert post.facts["body"] == ("key1=value1&key2=value2",)
    assert post.party == ""
