"""Real recordings: what the manifest expects of them, and what Blacklight's own verdict says.

Blacklight (The Markup) looked at four of them while they were recorded; its verdict is an
independent one. The recordings are not part of the project.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.website.runs import Json, Run, met, run

VERDICTS: Final = (
    "markup_colorado/requests.har",
    "markup_nevada/requests.har",
    "markup_virginia/requests.har",
)
CHALLENGE: Final = "markup_washington/requests.har"
PURCHASE: Final = "generated_purchase/playwrightA.har"
DAMAGED: Final = "mitmproxy/brokenfile.har"
QUIET: Final = (
    "har_reader/sstoehr.har",
    "haralyzer/humanssuck.net.har",
    "perfcascade/capture-har_redirect-loop.har",
)
NAMED: Final[Mapping[str, frozenset[str]]] = {
    "perfcascade/www.bbc.com.har": frozenset({"salesforce", "google", "comscore", "chartbeat"}),
    "perfcascade/firefox_h2_filamentgroup.com.har": frozenset({"google"}),
    "perfcascade/wpt_github.com.151226_X7_b43d35e592fab70e0ba012fe11a41020.har": frozenset(
        {"google"}
    ),
}


class Verdict(NamedTuple):
    """What Blacklight said of a page."""

    trackers: tuple[str, ...]
    cookies: tuple[str, ...]
    flags: frozenset[str]


@cache
def judged(path: Path) -> Run:
    return run(path, "--format", "json")


@pytest.fixture(scope="module")
def manifest(corpus: Path) -> Mapping[str, str]:
    """The rows of the manifest as text, by the name of the recording."""
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    return {row[0].removeprefix("har/"): "\t".join(row) for row in rows if row}


def verdict(text: str) -> Verdict:
    trackers = re.search(r"\d+ ad trackers: ([^|]*)\|", text)
    cookies = re.search(r"\d+ third-party cookies: ([^|]*)\|", text)
    assert trackers is not None
    assert cookies is not None
    return Verdict(
        tuple(re.findall(r"[a-z0-9.-]+\.[a-z]+", trackers[1])),
        tuple(re.findall(r"[a-z0-9.-]+\.[a-z]+", cookies[1])),
        frozenset(re.findall(r"(\w+)=True", text)),
    )


def entries(path: Path) -> list[Any]:
    log: Json = json.loads(path.read_text(encoding="utf-8-sig"))["log"]
    found: list[Any] = log["entries"]
    return found


def under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


@pytest.mark.parametrize("name", VERDICTS)
def test_every_tracker_of_the_other_verdict_is_a_tracking_third_party(
    corpus: Path, manifest: Mapping[str, str], name: str
) -> None:
    path = corpus / "har" / name
    there = {urlsplit(entry["request"]["url"]).hostname or "" for entry in entries(path)}
    wanted = [
        domain
        for domain in verdict(manifest[name]).trackers
        if any(under(host, domain) for host in there)
    ]
    assert wanted
    [seen] = judged(path).report["visits"]
    tracking = {host for one in met(seen) if one.get("tracking") for host in one["hosts"]}
    assert [one for one in wanted if not any(under(host, one) for host in tracking)] == []


@pytest.mark.parametrize("name", VERDICTS)
def test_third_party_cookies_of_the_other_verdict_are_seen(
    corpus: Path, manifest: Mapping[str, str], name: str
) -> None:
    path = corpus / "har" / name
    setting = {
        urlsplit(entry["request"]["url"]).hostname or ""
        for entry in entries(path)
        for header in entry["response"]["headers"]
        if header["name"].lower() == "set-cookie"
    }
    wanted = [
        domain
        for domain in verdict(manifest[name]).cookies
        if any(under(host, domain) for host in setting)
    ]
    [seen] = judged(path).report["visits"]
    kept = {one["host"].lstrip(".") for one in seen.get("cookies", ())}
    missing = [one for one in wanted if not any(under(host, one) for host in kept)]
    assert missing == []


@pytest.mark.parametrize("name", VERDICTS)
def test_recorders_and_pixels_agree_with_the_other_verdict(
    corpus: Path, manifest: Mapping[str, str], name: str
) -> None:
    flags = verdict(manifest[name]).flags
    [seen] = judged(corpus / "har" / name).report["visits"]
    if "session_recorders" in flags:
        assert [one["org"] for one in met(seen) if one.get("replay")]
    if "fb_pixel_events" in flags:
        assert [one for one in met(seen) if one["org"] == "meta" and one.get("tracking")]


def test_a_bot_challenge_is_inconclusive(corpus: Path) -> None:
    done = judged(corpus / "har" / CHALLENGE)
    assert done.code == 3
    assert "challenge" in done.report["visits"][0]["inconclusive"]


def test_the_recorded_purchase_is_decoded(corpus: Path) -> None:
    values: dict[str, set[tuple[str, str]]] = {}
    for seen in judged(corpus / "har" / PURCHASE).report["visits"]:
        for one in met(seen):
            for sent in one.get("sent", ()):
                if sent["event"] == "purchase":
                    pairs = {(category, text) for category, text in sent["values"]}
                    values.setdefault(one["org"], set()).update(pairs)
    assert {("amount", "1317.95"), ("order-number", "1042"), ("currency", "EUR")} <= values["meta"]
    assert {"google", "microsoft"} <= values.keys()


@pytest.mark.parametrize("name", QUIET)
def test_recordings_without_trackers_accuse_nobody(corpus: Path, name: str) -> None:
    done = judged(corpus / "har" / name)
    for seen in done.report["visits"]:
        assert [one["org"] for one in met(seen) if one.get("tracking")] == []
    assert done.code in (0, 3)


@pytest.mark.parametrize("name", list(NAMED))
def test_known_trackers_are_named(corpus: Path, name: str) -> None:
    found = {
        one["org"] for seen in judged(corpus / "har" / name).report["visits"] for one in met(seen)
    }
    assert NAMED[name] <= found


def test_a_damaged_recording_is_inconclusive(corpus: Path) -> None:
    done = judged(corpus / "har" / DAMAGED)
    assert done.code == 3
    assert "damaged" in done.report["visits"][0]["inconclusive"]
