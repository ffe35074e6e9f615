"""SARIF that is valid, names only files within a repository, and is the same again tomorrow."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import msgspec
import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Report
from dataexposure.pipeline import words
from dataexposure.printable import printable
from dataexposure.report import renderer
from tests.report.large import large_report
from tests.report.sarif_schema import LOG, check_officially
from tests.report.strangers import VALUES, report_of


def run_of(report: Report, rulebase: Rulebase) -> dict[str, Any]:
    text = renderer("sarif")(report, words(rulebase), width=80, colour=False, details=False)
    found = json.loads(text)
    jsonschema.validate(found, LOG)
    (run,) = found["runs"]
    assert isinstance(run, dict)
    return run


def places(run: dict[str, Any]) -> list[dict[str, Any]]:
    told = run["invocations"][0]["toolExecutionNotifications"]
    return [at for one in (*run["results"], *told) for at in one["locations"]]


def test_a_large_report_is_valid_with_a_rule_for_each_kind(rulebase: Rulebase) -> None:
    report = large_report(rulebase)
    run = run_of(report, rulebase)
    rules = run["tool"]["driver"]["rules"]
    kinds = {
        (holder.id, claim.tier, claim.because)
        for holder in report.holders
        for claim in holder.claims
    }
    assert len(run["results"]) == len(kinds)
    assert {rule["id"] for rule in rules} == {f"{tier}/{because}" for _, tier, because in kinds}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"]
        assert set(result["properties"]["likelihood"]) >= {"low", "mid", "high", "word"}
    assert {result["level"] for result in run["results"]} == {"note", "warning"}
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert len(told) == len(report.problems)


@pytest.mark.parametrize("value", VALUES)
def test_a_place_is_relative_whatever_the_file_is_called(value: str, rulebase: Rulebase) -> None:
    for place in places(run_of(report_of(value, rulebase), rulebase)):
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert parts._replace(path="") == ("", "", "", "", "")
        assert not uri.startswith("/")
        assert not {"", ".", ".."} & set(unquote(uri).replace("\\", "/").split("/")[:1])
        assert ".." not in unquote(uri).split("/")


@pytest.mark.parametrize("value", VALUES)
def test_a_message_has_no_link_and_no_placeholder(value: str, rulebase: Rulebase) -> None:
    run = run_of(report_of(value, rulebase), rulebase)
    told = run["invocations"][0]["toolExecutionNotifications"]
    for one in (*run["results"], *told):
        text = one["message"]["text"]
        assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", text)
        assert not re.search(r"(?<!{){\d+}(?!})", text)
        assert text == printable(text)


def test_a_line_is_a_region_and_another_record_is_not(rulebase: Rulebase) -> None:
    def place(file: str, record: str) -> dict[str, Any]:
        report = report_of("x", rulebase)
        found = msgspec.structs.replace(
            report.findings[0], evidence=(Locator("any", file, record),)
        )
        run = run_of(msgspec.structs.replace(report, findings=(found,)), rulebase)
        at = run["results"][0]["locations"][0]
        assert isinstance(at, dict)
        return at

    line = place("app lists/packages.txt", "line:12")["physicalLocation"]
    assert line["artifactLocation"]["uri"] == "app%20lists/packages.txt"
    assert line["region"] == {"startLine": 12}
    entry = place("shop.har", "entry:7")
    assert "region" not in entry["physicalLocation"]
    assert entry["logicalLocations"] == [{"fullyQualifiedName": "shop.har, entry:7"}]
    member = place("all.zip!/in/packages.txt", "line:12")
    assert member["physicalLocation"] == {"artifactLocation": {"uri": "all.zip"}}
    assert "in/packages.txt" in member["logicalLocations"][0]["fullyQualifiedName"]


def test_fingerprints_stay_when_only_places_days_and_counts_change(rulebase: Rulebase) -> None:
    report = large_report(rulebase, 40, 3)
    later = msgspec.structs.replace(
        report,
        made=report.made + dt.timedelta(days=9),
        findings=tuple(
            msgspec.structs.replace(one, count=one.count + 1, last=report.made, evidence=(at,))
            for one in report.findings
            for at in (Locator("mbox", "elsewhere", "message:9"),)
        ),
    )
    first, second = (
        [one["partialFingerprints"] for one in run_of(made, rulebase)["results"]]
        for made in (report, later)
    )
    assert first == second
    assert len({one["holder/v1"] for one in first}) == len(first)


def test_another_party_is_other_evidence_of_the_same_holder(rulebase: Rulebase) -> None:
    report = report_of("x", rulebase)
    other = msgspec.structs.replace(report.findings[0], party="other.example")
    moved = msgspec.structs.replace(report, findings=(other,))
    (first, *_), (second, *_) = (run_of(made, rulebase)["results"] for made in (report, moved))
    assert first["partialFingerprints"]["holder/v1"] == second["partialFingerprints"]["holder/v1"]
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_the_official_schema_agrees(rulebase: Rulebase) -> None:
    for report in (
        large_report(rulebase),
        report_of(VALUES[0], rulebase),
        report_of(VALUES[-1], rulebase),
    ):
        text = renderer("sarif")(report, words(rulebase), width=80, colour=False, details=False)
        check_officially(json.loads(text))
