"""`dataexposure site` on a recording by another program, on text alone, and on bad policies.

The recording is Playwright's own HAR of the thank-you page after a yes: it has no notes of
ours, and judging it needs neither network nor browser.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.website import expected
from tests.website.orders import SHOWN, SKU
from tests.website.runs import POLICY, Run, Running, at, issues, met, run
from tests.website.shop import Shop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

FORMATS: Final = (
    "terminal",
    "json",
    "html",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
)
SETTLE: Final = 1.0
BLOBS: Final = frozenset({"analytics.tiktok.com"})
"""Hosts to which a Blob is sent as a beacon: a browser's own record has no body of it."""


@pytest.fixture(scope="module")
def recording(chromium: Browser, shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "thanks.har"
    shop.forget()
    with chromium.new_context(ignore_https_errors=True, record_har_path=path) as context:
        page = context.new_page()
        page.goto(f"https://{expected.SITE}/checkout/thank-you")
        page.click("#onetrust-accept-btn-handler")
        page.wait_for_load_state("networkidle")
        time.sleep(SETTLE)
    return path


@pytest.fixture(scope="module")
def judged(recording: Path) -> Run:
    return run(recording, "--state", "none", "--policy", POLICY, "--no-flows", "--format", "json")


@pytest.fixture
def without_flows(tmp_path: Path) -> Path:
    """A folder with a policy that can be changed, and without its flow."""
    text = POLICY.read_text(encoding="utf-8")
    start, end = text.index("flows:"), text.index("exceptions:")
    (tmp_path / "dataexposure.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    return tmp_path


def test_a_recording_names_and_decodes_too(judged: Run) -> None:
    [seen] = judged.report["visits"]
    third = {host: one["org"] for one in met(seen, "third-party") for host in one["hosts"]}
    told = expected.MET_IN_FLOW["accept"] - {"js.stripe.com"}
    assert {host: third.get(host, "") for host in told} == {
        host: expected.THIRD[host] for host in told
    }
    for event in expected.PURCHASES:
        values = [
            tuple(pair)
            for one in met(seen)
            for sent in one.get("sent", ())
            if sent["signal"] == event.signal
            for pair in sent["values"]
        ]
        if event.host not in BLOBS and "order-number" in event.shows:
            assert ("order-number", SHOWN.number) in values, event
        if event.host not in BLOBS and "items" in event.shows:
            assert [text for fact, text in values if fact == "items" and SKU in text], event


def test_an_address_that_was_typed_can_be_given(recording: Path) -> None:
    done = run(recording, "--email", SHOWN.email, "--format", "json")
    found = {
        (one["org"], leak["kind"], leak["form"])
        for one in met(done.report["visits"][0])
        for leak in one.get("leaks", ())
    }
    assert {("klaviyo", "email", "plain"), ("meta", "email", "sha256")} <= found
    assert SHOWN.email not in done.out


def test_findings_fail_the_build_in_every_format(recording: Path, tmp_path: Path) -> None:
    started = {
        style: Running(
            recording,
            *("--state", "none", "--policy", POLICY, "--no-flows"),
            *("--format", style, "--output", tmp_path / style),
        )
        for style in FORMATS
    }
    assert {style: one.ended().code for style, one in started.items()} == dict.fromkeys(FORMATS, 1)
    assert all((tmp_path / style).stat().st_size for style in FORMATS)


def test_places_in_sarif_are_files_of_the_repository(recording: Path) -> None:
    done = run(recording, "--state", "none", "--policy", POLICY, "--no-flows", "--format", "sarif")
    [told] = json.loads(done.out)["runs"]
    places = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for one in told["results"]
        for place in one["locations"]
    ]
    assert places
    assert not [uri for uri in places if "://" in uri or uri.startswith("/")]


def test_all_faults_of_a_policy_are_told_at_once(without_flows: Path, recording: Path) -> None:
    policy = without_flows / "dataexposure.yml"
    text = policy.read_text(encoding="utf-8")
    text = text.replace("cookie_lifetime: warn", "cookie_lifetme: warn")
    policy.write_text(text.replace("until: 2027-01-31", "until: soon"), encoding="utf-8")
    done = run(recording, folder=without_flows)
    assert done.code == 2
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "lifetme" in line]
    assert f"dataexposure.yml:{lines[0]}:" in done.err
    told = [line for line in done.err.splitlines() if "dataexposure.yml:" in line]
    assert len(told) == 2, "each fault has a line of its own"


def test_an_expired_exception_has_a_code_of_its_own(without_flows: Path, recording: Path) -> None:
    policy = without_flows / "dataexposure.yml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("2027-01-31", "2026-01-31"), encoding="utf-8")
    assert run(recording, folder=without_flows).code == 4


def test_a_baseline_keeps_what_is_known_and_tells_what_is_new(
    without_flows: Path, recording: Path
) -> None:
    first = run(recording, "--state", "none", "--update-baseline", folder=without_flows)
    assert first.code == 0, first.err
    assert run(recording, "--state", "none", folder=without_flows).code == 0
    other = run(recording, "--state", "reject", "--format", "json", folder=without_flows)
    assert other.code == 1
    assert [one for one in issues(other.report, "no-tracking-after-reject") if not one["known"]]


def test_a_policy_is_written_from_what_is_seen(tmp_path: Path, recording: Path) -> None:
    done = run(recording, "--state", "none", "--init", folder=tmp_path)
    assert done.code == 0, done.err
    again = run(recording, "--state", "none", "--init", folder=tmp_path)
    assert again.code == 2
    read = run(recording, "--state", "none", "--format", "json", folder=tmp_path)
    assert read.code in (0, 1), read.err
    assert not issues(read.report, "undeclared-vendor")


def test_the_text_alone_tells_of_pixels_and_containers(shop: Shop) -> None:
    shop.forget()
    page = f"https://{expected.SITE}/"
    done = run(page, "--static", *at(shop), "--format", "json")
    [seen] = done.report["visits"]
    assert seen["depth"] == "static"
    written = {one["org"] for one in met(seen, "written")}
    assert expected.WRITTEN | {"onetrust"} <= written
    assert not list(met(seen, "third-party"))
    purchase = {
        one["org"]
        for one in met(seen, "written")
        for sent in one["sent"]
        if sent["event"] == "purchase"
    }
    assert "google" in purchase
    assert {asked.host for asked in shop.requests} <= {expected.SITE, "www.googletagmanager.com"}
    assert all("dataexposure/" in asked.headers["user-agent"] for asked in shop.requests)


def test_a_sitemap_names_the_pages(shop: Shop) -> None:
    sitemap = f"https://{expected.SITE}/sitemap.xml"
    done = run(sitemap, "--static", *at(shop), "--format", "json")
    assert {one["page"] for one in done.report["visits"]} == {
        f"https://{expected.SITE}{path}" for path in ("/", "/product/teapot", "/plain")
    }


def test_a_challenge_is_inconclusive_in_the_text_too(shop: Shop) -> None:
    done = run(f"https://{expected.SITE}/challenge", "--static", *at(shop), "--format", "json")
    assert done.code == 3
    assert "challenge" in done.report["visits"][0]["inconclusive"]


def test_a_page_that_loads_nothing_has_no_findings(shop: Shop) -> None:
    done = run(f"https://{expected.SITE}/plain", "--static", *at(shop), "--format", "json")
    assert (done.code, done.report["issues"]) == (0, [])


def test_built_pages_are_read_from_a_folder(tmp_path: Path, shop: Shop) -> None:
    shop.forget()
    pages = Path(__file__).parent / "pages"
    head = (pages / "tags.html").read_text(encoding="utf-8").replace("{consent}", "")
    text = (pages / "layout.html").read_text(encoding="utf-8").replace("{head}", head)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "index.html").write_text(text, encoding="utf-8")
    done = run(tmp_path / "shop", "--format", "json", folder=tmp_path)
    [seen] = done.report["visits"]
    assert {"meta", "google"} <= {one["org"] for one in met(seen, "written")}
    assert not shop.requests


@pytest.mark.parametrize("words", [("--also", "sarif={place}"), ("--also", "markdown={place}")])
def test_a_place_that_cannot_be_written_is_one_clear_line(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    place = tmp_path / "no" / "such" / "folder"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place))
    done = run(recording, *(word.format(place=place) for word in words), folder=tmp_path)
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert "Cannot write" in line


def test_the_job_summary_is_added_to(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("Of an earlier step\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(recording, "--also", f"markdown={summary}", folder=tmp_path)
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("Of an earlier step\n")
    assert len(text) > 200
