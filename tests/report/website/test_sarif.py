"""SARIF that GitHub accepts: valid, relative, inert, and the same again tomorrow."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from msgspec import structs

from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report.website import renderer
from tests.conftest import TODAY
from tests.report.sarif_schema import LOG, check_officially
from tests.report.strangers import VALUES
from tests.report.website import made_up

HOSTILE = (*VALUES, "half \ud800", "https://evil.example/dataexposure.yml", "a:b")


def run_of(inspection: Inspection, rulebase: Rulebase) -> dict[str, Any]:
    words = made_up.words(rulebase)
    text = renderer("sarif")(inspection, words, width=80, colour=False, details=False)
    found = json.loads(text)
    jsonschema.validate(found, LOG)
    (run,) = found["runs"]
    assert isinstance(run, dict)
    return run


def told(run: dict[str, Any]) -> list[dict[str, Any]]:
    (invocation,) = run["invocations"]
    kinds = ("toolExecutionNotifications", "toolConfigurationNotifications")
    return [*run["results"], *(one for kind in kinds for one in invocation[kind])]


def test_an_issue_stands_at_its_line_of_the_policy_file(rulebase: Rulebase) -> None:
    run = run_of(made_up.inspection(), rulebase)
    first = run["results"][0]
    (place,) = first["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/dataexposure.yml"},
        "region": {"startLine": 8},
    }
    assert first["ruleId"] == "no-contact-data-to-third-party"
    assert first["level"] == "error"
    assert "E-mail address, sha256" in first["message"]["text"]
    second = run["results"][1]
    assert second["properties"]["url"] == "https://shop.example/"


def test_every_result_has_its_rule_with_all_its_texts(rulebase: Rulebase) -> None:
    run = run_of(made_up.inspection(), rulebase)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        assert {"shortDescription", "fullDescription", "help"} <= set(rule)
        assert "helpUri" not in rule
    off = next(rule for rule in rules if rule["id"] == "declared-not-observed")
    assert off["defaultConfiguration"] == {"level": "note", "enabled": False}


@pytest.mark.parametrize("value", HOSTILE)
def test_a_place_is_relative_whatever_the_policy_is_called(value: str, rulebase: Rulebase) -> None:
    for one in told(run_of(made_up.hostile(value), rulebase)):
        for place in one["locations"]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            parts = urlsplit(uri)
            assert parts._replace(path="") == ("", "", "", "", "")
            assert not uri.startswith("/")
            assert ".." not in unquote(uri).split("/")
            assert place["physicalLocation"]["region"]["startLine"] >= 1


@pytest.mark.parametrize("value", HOSTILE)
def test_a_message_has_no_link_and_no_placeholder(value: str, rulebase: Rulebase) -> None:
    for one in told(run_of(made_up.hostile(value), rulebase)):
        text = one["message"]["text"]
        assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", text)
        assert not re.search(r"(?<!{){\d+}(?!})", text)
        assert text == printable(text)


def test_what_does_not_count_is_a_note_with_its_reason(rulebase: Rulebase) -> None:
    results = run_of(made_up.inspection(), rulebase)["results"]
    settled = [one for one in results if "suppressions" in one]
    assert len(settled) == 2
    assert {one["level"] for one in settled} == {"note"}
    assert {one["properties"]["level"] for one in settled} == {"error", "warn"}
    assert all(one["suppressions"][0]["justification"] for one in settled)
    assert {one["baselineState"] for one in results} == {"new", "unchanged"}


def test_without_a_baseline_nothing_is_called_new(rulebase: Rulebase) -> None:
    fresh = structs.replace(made_up.inspection(), issues=made_up.ISSUES[:2], gone=())
    assert not any("baselineState" in one for one in run_of(fresh, rulebase)["results"])


def test_what_is_gone_opens_no_alert(rulebase: Rulebase) -> None:
    run = run_of(made_up.inspection(), rulebase)
    assert not any(one["baselineState"] == "absent" for one in run["results"])
    notes = run["invocations"][0]["toolExecutionNotifications"]
    gone = [one for one in notes if one.get("properties", {}).get("baselineState") == "absent"]
    assert len(gone) == 1
    assert gone[0]["level"] == "note"
    assert "Measure" in gone[0]["message"]["text"]


def test_an_inconclusive_run_was_not_successful(rulebase: Rulebase) -> None:
    (invocation,) = run_of(made_up.inspection(), rulebase)["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = [one["level"] for one in invocation["toolExecutionNotifications"]]
    assert levels.count("error") == 5
    assert levels.count("warning") == 1, "a visit that was cut off"
    assert len(invocation["toolConfigurationNotifications"]) == 1
    (whole,) = run_of(made_up.empty(), rulebase)["invocations"]
    assert whole["executionSuccessful"] is True


def test_fingerprints_depend_on_the_identity_alone(rulebase: Rulebase) -> None:
    before = made_up.inspection()
    later = structs.replace(
        before,
        made=TODAY.replace(day=1),
        policy="other.yml",
        visits=(),
        issues=tuple(
            structs.replace(one, line=one.line + 9, detail="9", level="warn", known=False)
            for one in before.issues
        ),
    )
    marks = [
        {one["partialFingerprints"]["issue/v1"] for one in run_of(made, rulebase)["results"]}
        for made in (before, later)
    ]
    assert marks[0] == marks[1]
    assert len(marks[0]) == len(before.issues)
    elsewhere = structs.replace(before, site="https://other.example")
    moved = {
        one["partialFingerprints"]["issue/v1"] for one in run_of(elsewhere, rulebase)["results"]
    }
    assert not moved & marks[0]


def test_no_more_results_than_github_keeps_and_the_worst_of_them(rulebase: Rulebase) -> None:
    many = tuple(
        Issue("cookie-lifetime", level, f"/{number}", "", "", f"c{number}")
        for level in ("warn", "error")
        for number in range(3_000)
    )
    run = run_of(structs.replace(made_up.empty(), issues=many), rulebase)
    assert len(run["results"]) == 5_000
    assert sum(one["level"] == "error" for one in run["results"]) == 3_000
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert any("1000 results are left out" in one["message"]["text"] for one in notes)


def test_the_official_schema_agrees(rulebase: Rulebase) -> None:
    words = made_up.words(rulebase)
    for one in (made_up.inspection(), made_up.empty(), *map(made_up.hostile, HOSTILE[:2])):
        text = renderer("sarif")(one, words, width=80, colour=False, details=False)
        check_officially(json.loads(text))
