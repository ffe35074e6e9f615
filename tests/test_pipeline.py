"""The main job from end to end: the demo, real files, and hostile ones."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from dataexposure import demo
from dataexposure.channels import CHANNELS
from dataexposure.knowledge import Rulebase
from dataexposure.model import Report
from dataexposure.pipeline import Person, audit, words
from dataexposure.report import renderer
from tests.conftest import TODAY

SCANNED = set(CHANNELS) - {"tag"}  # which only website checks see


@pytest.fixture(scope="module")
def demonstration(rulebase: Rulebase) -> Report:
    with demo.built() as folder:
        return audit([folder], rulebase, made=TODAY, person=Person(demo.ADDRESSES, demo.RESIDENCE))


def test_the_demo_is_read_completely(demonstration: Report) -> None:
    assert demonstration.problems == ()
    assert {coverage.source for coverage in demonstration.coverage} >= {
        "chromium-history",
        "chromium-cookies",
        "firefox-history",
        "firefox-cookies",
        "takeout-history",
        "mbox",
        "android-packages",
        "har",
    }


def test_the_demo_exercises_every_channel_and_tier(
    demonstration: Report, rulebase: Rulebase
) -> None:
    assert {finding.channel for finding in demonstration.findings} == SCANNED
    assert {claim.tier for holder in demonstration.holders for claim in holder.claims} == set(
        rulebase.vocabulary.tiers
    )


def test_the_demo_person_bought_three_times(demonstration: Report) -> None:
    rows = [(row.merchant, str(row.date)) for row in demonstration.purchases]
    assert rows == [
        ("amazon", "2026-08-20"),
        ("site:bokhylla.example", "2026-09-12"),
        ("site:fjellutstyr.example", "2026-10-03"),
    ]
    newest = {(one.org, one.tier) for one in demonstration.purchases[-1].seen_by}
    assert {
        ("meta", "transfer"),
        ("google", "transfer"),
        ("google", "confirmed"),
        ("klarna", "transaction"),
        ("tiktok", "checkout-contact"),
    } <= newest


def test_the_same_input_gives_the_same_bytes(rulebase: Rulebase, demonstration: Report) -> None:
    with demo.built() as folder:
        again = audit([folder], rulebase, made=TODAY, person=Person(demo.ADDRESSES, demo.RESIDENCE))
    render = renderer("json")
    names = words(rulebase)
    texts = [
        render(one, names, width=80, colour=False, details=False) for one in (again, demonstration)
    ]
    assert texts[0] == texts[1]


PERSONAL = re.compile(
    r"anna\.eksempel|Eksempel|1299|1 299|349[.,]00|\b1042\b|7731|300-0000001|"
    r"Tur i helgen|kari@|f00dcafe12|cs_live_a1b2c3|wc_order|TELT-2|Cj0KCQ|https?://\S*fjellutstyr"
)


@pytest.mark.parametrize("style", ["json", "terminal"])
def test_no_personal_value_reaches_a_report(
    demonstration: Report, rulebase: Rulebase, style: str
) -> None:
    text = renderer(style)(demonstration, words(rulebase), width=100, colour=False, details=True)
    assert PERSONAL.search(text) is None


def hostile(folder: Path) -> Path:
    folder.mkdir()
    (folder / "empty.mbox").write_bytes(b"")
    (folder / "noise.bin").write_bytes(os.urandom(5000))
    (folder / "History").write_bytes(b"SQLite format 3\x00" + b"\xff" * 3000)
    (folder / "broken.har").write_text('{"log": {"entries": [ {"request": ', encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    (folder / "page.html").write_text("<html><script>alert(1)</script>", encoding="utf-8")
    (folder / "loop").symlink_to(folder)
    (folder / "gone").symlink_to(folder / "nowhere")
    with zipfile.ZipFile(folder / "slip.zip", "w") as archive:
        archive.writestr("../../escape.txt", "package:com.facebook.katana\n")
    cut = folder / "cut.sqlite"
    with sqlite3.connect(cut) as database:
        database.execute("CREATE TABLE urls(id INTEGER, url TEXT, visit_count, last_visit_time)")
        database.executemany(
            "INSERT INTO urls VALUES (?, ?, 1, 1)",
            ((n, "https://a.example/" * 20) for n in range(500)),
        )
    database.close()
    cut.write_bytes(cut.read_bytes()[:20_000])
    (folder / "packages.txt").write_text("package:com.facebook.katana\n", encoding="utf-8")
    return folder


def test_hostile_files_are_one_problem_each_and_the_rest_is_read(
    tmp_path: Path, rulebase: Rulebase
) -> None:
    folder = hostile(tmp_path / "in")
    report = audit([folder], rulebase, made=TODAY)
    assert [one.file for one in report.coverage if one.read] == ["in/packages.txt"]
    assert [holder.id for holder in report.holders] == ["meta"]
    causes = {problem.at.file: problem.cause for problem in report.problems}
    assert len(causes) == len(report.problems), "a file is named once"
    assert causes == {
        "in/History": "damaged",
        "in/broken.har": "damaged",
        "in/broken.zip": "damaged",
        "in/cut.sqlite": "damaged",
        "in/empty.mbox": "empty",
        "in/gone": "link",
        "in/loop": "link",
        "in/noise.bin": "unclaimed",
        "in/page.html": "unclaimed",
        "in/slip.zip!/../../escape.txt": "unsafe-entry",
    }
    assert not (tmp_path / "escape.txt").exists()


def test_nothing_is_changed_or_left_behind(tmp_path: Path, rulebase: Rulebase) -> None:
    demo.build(tmp_path / "anna")
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    contents = {path: path.read_bytes() for path in before if path.is_file()}
    audit([tmp_path / "anna"], rulebase, made=TODAY)
    after = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    assert after == before
    assert contents == {path: path.read_bytes() for path in after if path.is_file()}


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path, rulebase: Rulebase) -> None:
    report = audit([tmp_path / "nowhere"], rulebase, made=TODAY)
    assert [problem.cause for problem in report.problems] == ["missing"]


CORPUS_FOLDERS = ("browser", "email", "mbox", "har", "android")
COUNTED = {
    "chromium-history": ("urls", "visits"),
    "chromium-cookies": ("cookies",),
    "firefox-history": ("moz_places", "moz_historyvisits"),
    "firefox-cookies": ("moz_cookies",),
    "safari-history": ("history_items", "history_visits"),
}


@pytest.fixture(scope="module")
def real(corpus: Path, rulebase: Rulebase) -> Report:
    return audit([corpus / name for name in CORPUS_FOLDERS], rulebase, made=TODAY)


def test_every_real_file_is_read_or_named_as_a_problem(corpus: Path, real: Report) -> None:
    met = {coverage.file for coverage in real.coverage}
    met |= {problem.at.file for problem in real.problems}
    met |= {name.partition("!/")[0] for name in met}
    for name in CORPUS_FOLDERS:
        for path in (corpus / name).rglob("*"):
            if path.is_file():
                assert path.relative_to(corpus).as_posix() in met


def manifest(corpus: Path) -> dict[str, dict[str, str]]:
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["path"]: row for row in csv.DictReader(stream, delimiter="\t")}


def test_counts_are_those_of_the_manifest(corpus: Path, real: Report) -> None:
    rows = manifest(corpus)
    compared = 0
    for coverage in real.coverage:
        contents = rows[coverage.file.partition("!/")[0]]["contents"]
        if coverage.source in COUNTED:
            stated = tuple(
                int(found.group(1))
                for name in COUNTED[coverage.source]
                if (found := re.search(rf"\b{name}=(\d+)", contents))
            )
            assert tuple(coverage.counts.values())[: len(stated)] == stated, coverage.file
            compared += 1
        elif coverage.source == "har" and (found := re.match(r"(\d+) requests", contents)):
            assert coverage.counts["requests"] == int(found.group(1)), coverage.file
            compared += 1
        elif coverage.source == "mbox" and (found := re.match(r"(\d+) From_ lines", contents)):
            assert coverage.counts["messages"] == int(found.group(1)), coverage.file
            compared += 1
    assert compared > 30


EXPECTED = {
    "browser/chromium156_A/History": {
        "intuit-mailchimp",
        "rakuten-advertising",
        "google",
        "stripe",
        "payback",
        "acxiom",
        "paypal",
        "site:example-bikes.com",
    },
    "browser/chromium156_A/Cookies": {"rakuten-advertising", "stripe", "paypal"},
    "browser/firefox153_A/places.sqlite": {
        "intuit-mailchimp",
        "rakuten-advertising",
        "google",
        "stripe",
        "payback",
        "acxiom",
        "paypal",
        "site:example-bikes.com",
    },
    "browser/firefox153_A/cookies.sqlite": {"stripe"},
    "browser/hindsight_chrome10/History": {"amazon", "google", "epsilon", "meta"},
    "browser/hindsight_chrome60/History": {"amazon", "meta", "x-corp"},
    "browser/plaso_chrome12/History": {"google"},
    "browser/plaso_chrome_cookies/Cookies": {
        "magnite",
        "pubmatic",
        "oracle-advertising",
        "outbrain",
        "microsoft",
        "adobe",
        "comscore",
        "the-trade-desk",
        "amazon",
        "quantcast",
        "meta",
        "google",
        "criteo",
        "liveramp",
    },
    "browser/plaso_safari/History.db": {"meta"},
    "email/ha_parcels/amazon_delivered.eml": {"amazon"},
    "email/ha_parcels/amazon_shipped.eml": {"amazon"},
    "email/ha_parcels/fedex_out_for_delivery.eml": {"fedex", "salesforce"},
    "email/ha_parcels/gls_delivered.eml": {"gls"},
    "email/ha_parcels/hermes_out_for_delivery.eml": {"evri", "amazon-ses"},
    "email/ha_parcels/inpost_pl_delivered.eml": {"inpost"},
    "email/ha_parcels/usps_exception.eml": {"usps"},
    "email/kitinerary/flight-booking.eml": {"site:non-existing-airline.com"},
    "email/spamscope/mail_test_13": {"intuit-mailchimp"},
    "email/spamscope/mail_test_5": {"rapidmail"},
    "email/flanker/outlook-express.eml": {"mailgun"},
    "email/flanker/long-links.eml": {"mailgun"},
    "har/generated_purchase/playwrightA.har": {
        "meta",
        "google",
        "microsoft",
        "stripe",
        "paypal",
        "criteo",
    },
    "har/markup_colorado/requests.har": {
        "google",
        "meta",
        "adswizz",
        "adobe",
        "magnite",
        "the-trade-desk",
        "microsoft",
        "tapad",
        "tiktok",
    },
    "har/markup_nevada/requests.har": {
        "google",
        "meta",
        "hubspot",
        "the-trade-desk",
        "linkedin",
        "pinterest",
        "tiktok",
        "snap",
        "adobe",
        "microsoft",
        "index-exchange",
        "x-corp",
        "magnite",
        "tapad",
        "sovrn",
        "freewheel",
        "liveramp",
        "quantcast",
        "new-relic",
        "hotjar",
        "yahoo-advertising",
    },
    "har/markup_virginia/requests.har": {"the-trade-desk", "meta", "google"},
    "har/perfcascade/firefox_h2_filamentgroup.com.har": {"google"},
    "har/perfcascade/wpt_github.com.151226_X7_b43d35e592fab70e0ba012fe11a41020.har": {"google"},
    "har/perfcascade/www.bbc.com.har": {
        "salesforce",
        "google",
        "magnite",
        "comscore",
        "chartbeat",
        "optimizely",
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_known_to_be_in_a_real_file_is_found(
    corpus: Path, rulebase: Rulebase, name: str
) -> None:
    report = audit([corpus / name], rulebase, made=TODAY)
    assert EXPECTED[name] <= {finding.org for finding in report.findings}


NOTHING = (
    "browser/librewolf/places.sqlite",
    "browser/brave_win/History",
    "browser/edge_win/History",
    "browser/opera_win/History",
    "browser/epic_mac/History",
    "browser/plaso_ff4/places.sqlite",
    "email/tika/testRFC822-ARC",
    "email/tika/testGroupWiseEml.eml",
    "email/spamscope/mail_malformed_1",
    "mbox/tika/complex.mbox",
    "har/har_reader/sstoehr.har",
    "har/haralyzer/humanssuck.net.har",
    "har/perfcascade/capture-har_redirect-loop.har",
    "har/markup_washington/requests.har",
)


@pytest.mark.parametrize("name", NOTHING)
def test_the_innocent_accuse_nobody_of_a_purchase(
    corpus: Path, rulebase: Rulebase, name: str
) -> None:
    report = audit([corpus / name], rulebase, made=TODAY)
    strong = {"confirmed", "transaction", "transfer", "checkout-contact", "account"}
    assert [holder.id for holder in report.holders if holder.tier in strong] == []
    assert report.purchases == ()


def test_an_esp_in_a_comment_of_a_template_is_not_found(corpus: Path, rulebase: Rulebase) -> None:
    path = corpus / "email/ha_parcels/amazon_shipped.eml"
    report = audit([path], rulebase, made=TODAY)
    assert "campaign-monitor" not in {finding.org for finding in report.findings}


def test_the_recorded_purchase_is_decoded(corpus: Path, rulebase: Rulebase) -> None:
    path = corpus / "har/generated_purchase/playwrightA.har"
    report = audit([path], rulebase, made=TODAY)
    meta = next(one for one in report.findings if one.org == "meta" and one.event == "purchase")
    assert {"amount", "order-number", "email-hash"} <= set(meta.carried)
    senders = {one.org for one in report.findings if one.event == "purchase" and one.carried}
    assert {"meta", "google", "microsoft"} <= senders
    assert len(report.purchases) == 1


def test_a_bot_challenge_is_no_clean_bill(corpus: Path, rulebase: Rulebase) -> None:
    report = audit([corpus / "har/markup_washington/requests.har"], rulebase, made=TODAY)
    assert "challenge" in {problem.cause for problem in report.problems}
