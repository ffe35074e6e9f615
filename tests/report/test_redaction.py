"""No secret of an input reaches a report, an error or, redacted, anybody at all."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from dataexposure import __main__, demo
from dataexposure.channels import CHANNELS
from dataexposure.knowledge import Rulebase, Words
from dataexposure.model import Report
from dataexposure.pipeline import Person, audit, words
from dataexposure.report import FORMATS, renderer
from dataexposure.report.discretion import is_hidden
from dataexposure.report.labels import FILES
from dataexposure.report.redaction import redact
from dataexposure.sources import SOURCES
from tests.conftest import TODAY
from tests.report.planting import Plant, build, damage

SEEDS = (1, 2)
SCANNED = set(CHANNELS) - {"tag"}  # which only website checks see
WIDE = 10_000


@pytest.fixture(scope="module")
def known(rulebase: Rulebase) -> Words:
    return words(rulebase)


@pytest.fixture(scope="module")
def anna(rulebase: Rulebase) -> Report:
    with demo.built() as folder:
        return audit([folder], rulebase, made=TODAY, person=Person(demo.ADDRESSES, demo.RESIDENCE))


@pytest.fixture(scope="module", params=SEEDS)
def planted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Plant, Path]:
    plant = Plant(request.param)
    folder = tmp_path_factory.mktemp("planted") / plant.name()
    build(plant, folder)
    return plant, folder


@pytest.fixture(scope="module")
def read(planted: tuple[Plant, Path], rulebase: Rulebase) -> Report:
    plant, folder = planted
    return audit([folder], rulebase, made=TODAY, person=Person((plant.address,), "US-CA"))


def texts(report: Report, known: Words) -> dict[str, str]:
    return {
        name: renderer(name)(report, known, width=WIDE, colour=False, details=True)
        for name in FORMATS
    }


def leaks(text: str, secrets: Iterable[str]) -> list[str]:
    """Give what stands around each secret that a text shows, wrapped lines and case aside."""
    flat = re.sub(r"\s+", "", text).lower()
    return [
        flat[max(0, flat.index(one) - 60) : flat.index(one) + 30] for one in secrets if one in flat
    ]


def test_the_plants_grow_in_every_channel_and_reader(
    planted: tuple[Plant, Path], read: Report
) -> None:
    assert {finding.channel for finding in read.findings} == SCANNED
    assert {one.source for one in read.coverage} == {source.NAME for source in SOURCES}
    shown = msgspec.json.encode(read).decode()
    named = [name for name in planted[0].names if name in shown]
    assert len(named) > 40, "or the test proves nothing"
    assert len(read.purchases) > 20


@pytest.mark.parametrize("style", FORMATS)
def test_a_report_names_nothing_but_files_sites_and_apps(
    planted: tuple[Plant, Path], read: Report, known: Words, style: str
) -> None:
    text = renderer(style)(read, known, width=WIDE, colour=False, details=True)
    assert leaks(text, planted[0].secrets) == []


@pytest.mark.parametrize("style", FORMATS)
def test_a_redacted_report_names_nothing_of_the_input(
    planted: tuple[Plant, Path], read: Report, known: Words, style: str
) -> None:
    text = renderer(style)(redact(read, known), known, width=WIDE, colour=False, details=True)
    assert leaks(text, planted[0].secrets + planted[0].names) == []


def command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["dataexposure", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_leak_into_neither_report_nor_errors(
    planted: tuple[Plant, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    seed: int,
) -> None:
    plant, whole = planted
    damage(whole, tmp_path / "damaged", seed)
    code, out, err = command(
        monkeypatch, capfd, "scan", tmp_path / "damaged", "--details", "--email", plant.address
    )
    assert code in (0, 3)
    assert leaks(out + err, plant.secrets) == []
    code, out, err = command(
        monkeypatch, capfd, "scan", tmp_path / "damaged", "--redact", "-f", "json"
    )
    assert json.loads(out)["redacted"] is True
    assert leaks(out + err, plant.secrets + plant.names) == []


def test_a_damaged_saved_report_leaks_into_no_error(
    read: Report,
    planted: tuple[Plant, Path],
    known: Words,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    content = bytearray(texts(read, known)["json"].encode())
    chance = random.Random(7)
    for at in (len(content) // 3, len(content) // 2):
        (tmp_path / "cut.json").write_bytes(content[:at])
        code, out, err = command(monkeypatch, capfd, "show", tmp_path / "cut.json")
        assert code == 2
        assert leaks(out + err, planted[0].secrets + planted[0].names) == []
    content[chance.randrange(len(content))] = 0xFF
    (tmp_path / "byte.json").write_bytes(content)
    code, out, err = command(monkeypatch, capfd, "show", tmp_path / "byte.json", "--redact")
    assert leaks(out + err, planted[0].secrets + planted[0].names) == []


def test_a_forged_report_and_a_bug_show_places_and_no_value(
    anna: Report,
    known: Words,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    forged = texts(anna, known)["json"].replace('"purchase_record"', '"qzsecret"')
    (tmp_path / "forged.json").write_text(forged, encoding="utf-8")
    code, out, err = command(monkeypatch, capfd, "show", tmp_path / "forged.json", "--details")
    assert code == 2
    assert "qzsecret" not in out + err

    secret = "qz" + "secret"

    def broken(report: object) -> str:
        raise KeyError(secret, report)

    (tmp_path / "whole.json").write_text(texts(anna, known)["json"], encoding="utf-8")
    monkeypatch.setattr("dataexposure.report.terminal.expected", broken)
    code, out, err = command(monkeypatch, capfd, "show", tmp_path / "whole.json", "--details")
    assert code == 70
    assert "terminal.py" in err
    assert "qzsecret" not in out + err


def test_every_date_is_a_month_and_every_count_a_band(anna: Report, known: Words) -> None:
    shown = redact(anna, known)
    data = msgspec.json.decode(msgspec.json.encode(shown))

    def walk(node: object, key: str = "") -> Iterable[tuple[str, object]]:
        if isinstance(node, dict):
            return itertools.chain.from_iterable(walk(value, name) for name, value in node.items())
        if isinstance(node, list):
            return itertools.chain.from_iterable(walk(value, key) for value in node)
        return [(key, node)]

    for part in ("holders", "purchases", "findings", "coverage", "problems"):
        for key, value in walk(data[part]):
            if key in ("first", "last", "date") and value:
                assert dt.date.fromisoformat(str(value)).day == 1
            if key in ("count", "read", "skipped"):
                assert value in (0, 1, 2, 6, 21)
            if key == "record":
                assert value == ""
    assert shown.residence == "NO"


def test_the_same_shop_has_the_same_label_everywhere(anna: Report, known: Words) -> None:
    shown = redact(anna, known)
    for before, after in zip(anna.holders, shown.holders, strict=True):
        if before.id == "site:fjellutstyr.example":
            label = after.name
            assert after.id == f"site:{label}"
    assert [one.merchant_name for one in shown.purchases].count(label) == 1
    assert label in {finding.party for finding in shown.findings}
    assert len({one.id for one in shown.holders}) == len(shown.holders)
    assert re.fullmatch(r"shop \d", label)


def test_redacting_twice_or_again_changes_nothing(anna: Report, known: Words) -> None:
    shown = redact(anna, known)
    assert redact(shown, known) == shown
    assert redact(anna, known) == shown


def test_trackers_stay_named_and_telling_names_do_not(known: Words) -> None:
    for org in ("meta", "google", "criteo", "stripe", "sendgrid", "acxiom", "paypal"):
        assert not is_hidden(org, known), org
    for org in ("amazon", "klarna", "payback", "pornhub", "bet365", "exoclick", "no-such-one"):
        assert is_hidden(org, known), org
    for org, about in known.organisations.items():
        delicate = {"bank", "credit-bureau", "government", "tax", "media", "shop", "loyalty"}
        if about.roles[0] in delicate:
            assert is_hidden(org, known), org


def test_claims_still_point_at_their_own_findings(anna: Report, known: Words) -> None:
    shown = redact(anna, known)
    pairs = 0
    for holder in shown.holders:
        for claim in holder.claims:
            for at in claim.findings:
                if claim.because in ("purchase_record", "seen_transfer", "writes_to_you"):
                    assert shown.findings[at].org == holder.id
                    pairs += 1
    assert pairs > 10


def test_no_redacted_holder_keeps_what_would_name_it(anna: Report, known: Words) -> None:
    for holder in redact(anna, known).holders:
        if holder.id.startswith("site:"):
            assert holder.rights == ()
            assert holder.gap == holder.parent == holder.origin == ""
            assert len(holder.roles) == 1
            assert all(not claim.via or claim.via.startswith("site:") for claim in holder.claims)


def test_a_state_becomes_its_country_with_the_laws_of_the_country_only(
    read: Report, known: Words
) -> None:
    shown = redact(read, known)
    assert shown.residence == "US"
    laws = {step.regime for holder in shown.holders for step in holder.steps}
    assert not any(set(known.regimes[law].residents) <= {"US-CA"} for law in laws)


def test_every_reader_has_a_word_for_its_files() -> None:
    assert {source.NAME for source in SOURCES} <= set(FILES)


def test_a_page_to_share_is_redacted_and_needs_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    code, _, err = command(monkeypatch, capfd, "scan", "--demo", "--share", "-o", page)
    assert code == 0, err
    text = page.read_text(encoding="utf-8")
    assert "<!doctype html>" in text.lower()
    assert "This report is redacted" in text
    assert "fjellutstyr" not in text
    assert "anna" not in text.lower()
    code, _, err = command(monkeypatch, capfd, "scan", "--demo", "--share")
    assert (code, "--output" in err) == (2, True)
    code, _, err = command(
        monkeypatch, capfd, "scan", "--demo", "--share", "-f", "json", "-o", page
    )
    assert (code, "--redact" in err) == (2, True)


def test_a_saved_report_can_be_redacted_when_shown(
    anna: Report,
    known: Words,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    saved = tmp_path / "report.json"
    saved.write_text(texts(anna, known)["json"], encoding="utf-8")
    code, out, _ = command(monkeypatch, capfd, "show", saved, "--redact", "--details")
    assert code == 0
    assert "fjellutstyr" not in out
    assert "2026-10" in out
    assert "2026-10-03" not in out
