"""JUnit, GitHub annotations and GitLab code quality: valid, within limits, and unbreakable."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as Tree

import jsonschema
import pytest
import xmlschema
from msgspec import structs

from dataexposure.knowledge import Rulebase
from dataexposure.policy import Inspection, Issue
from dataexposure.report.website import renderer
from tests.conftest import ROOT
from tests.report.strangers import VALUES
from tests.report.website import made_up

HOSTILE = (*VALUES, "half \ud800", "\ufffe\x00\x0b]]>", "::error::x", "a%0A::error::b", "a,b=c:d")
COMMAND = re.compile(
    r"::(?P<name>error|warning|notice) file=(?P<file>[^,:\r\n]+),line=(?P<line>\d+),"
    r"title=(?P<title>[^,:\r\n]*)::(?P<text>[^\r\n]*)"
)
QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.{0,2}/)[^/].*"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation of the code quality report format asks for, in our own words."""


@cache
def xsd() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(ROOT / "tests" / "data" / "schemas" / "junit-10.xsd"))


def text_of(style: str, inspection: Inspection, rulebase: Rulebase) -> str:
    words = made_up.words(rulebase)
    return renderer(style)(inspection, words, width=80, colour=False, details=False)


def junit(inspection: Inspection, rulebase: Rulebase) -> Tree.Element:
    text = text_of("junit", inspection, rulebase)
    xsd().validate(text)
    return Tree.fromstring(text)


def commands(inspection: Inspection, rulebase: Rulebase) -> list[dict[str, str]]:
    lines = text_of("github", inspection, rulebase).split("\n")
    assert lines.pop() == ""
    found = [COMMAND.fullmatch(line) for line in lines]
    assert all(found), [line for line in lines if not COMMAND.fullmatch(line)]
    return [one.groupdict() for one in found if one]


def case(root: Tree.Element, state: str, page: str, check: str) -> Tree.Element:
    suite = next(one for one in root if one.get("name", "").endswith(f"– {state}"))
    (found,) = (one for one in suite if (one.get("classname"), one.get("name")) == (page, check))
    return found


def outcome(one: Tree.Element) -> str:
    tags = {child.tag for child in one} - {"system-out"}
    assert len(tags) <= 1
    return tags.pop() if tags else "passed"


def test_a_case_fails_when_an_error_counts(rulebase: Rulebase) -> None:
    root = junit(made_up.inspection(), rulebase)
    failed = case(root, "none", "/", "no-tracking-before-consent")
    assert outcome(failed) == "failure"
    assert "known" in (failed.findtext("system-out") or "")
    assert outcome(case(root, "any", "/", "cookie-lifetime")) == "passed"
    assert "warning" in (case(root, "any", "/", "cookie-lifetime").findtext("system-out") or "")
    assert outcome(case(root, "GPC", "/", "no-session-replay")) == "passed"


def test_a_page_judged_over_all_states_does_not_pass_in_one(rulebase: Rulebase) -> None:
    root = junit(made_up.inspection(), rulebase)
    with pytest.raises(ValueError, match="not enough values"):
        case(root, "none", "/", "cookie-lifetime")


def test_nothing_of_an_inconclusive_visit_looks_as_if_it_had_passed(rulebase: Rulebase) -> None:
    root = junit(made_up.inspection(), rulebase)
    unsure = [("none", "/account"), ("reject", "/"), ("accept", "flow:checkout")]
    for state, page in unsure:
        assert outcome(case(root, state, page, "visit")) == "error"
        suite = next(one for one in root if one.get("name", "").endswith(f"– {state}"))
        outcomes = {outcome(one) for one in suite if one.get("classname") == page}
        assert "passed" not in outcomes


def test_a_check_that_is_off_is_skipped_and_one_of_another_state_not_listed(
    rulebase: Rulebase,
) -> None:
    levels = {"no-session-replay": "off"}
    inspection = structs.replace(made_up.empty(), levels=levels)
    root = junit(inspection, rulebase)
    assert outcome(case(root, "none", "/", "no-session-replay")) == "skipped"
    assert outcome(case(root, "none", "/", "no-tracking-before-consent")) == "passed"
    accepted = structs.replace(inspection.visits[0], state="accept")
    root = junit(structs.replace(inspection, visits=(accepted,)), rulebase)
    assert "no-tracking-before-consent" not in {one.get("name") for one in root.iter()}


def test_a_check_with_nothing_to_look_at_is_skipped(rulebase: Rulebase) -> None:
    words = made_up.words(rulebase)
    check = structs.replace(words.checks["cookie-lifetime"], id="reject-as-easy-as-accept")
    words = structs.replace(words, checks={check.id: check})
    for inspection, expected in (
        (made_up.empty(), "skipped"),
        (structs.replace(made_up.inspection(), issues=()), "passed"),
    ):
        text = renderer("junit")(inspection, words, width=80, colour=False, details=False)
        assert outcome(case(Tree.fromstring(text), "none", "/", check.id)) == expected


def test_the_counts_are_those_of_the_cases(rulebase: Rulebase) -> None:
    root = junit(made_up.inspection(), rulebase)
    for tag, name in (("failure", "failures"), ("error", "errors"), ("testcase", "tests")):
        assert int(root.get(name, "")) == len(list(root.iter(tag)))
        assert sum(int(suite.get(name, "")) for suite in root) == int(root.get(name, ""))


def test_an_expired_exception_fails(rulebase: Rulebase) -> None:
    root = junit(made_up.inspection(), rulebase)
    found = case(root, "exceptions", "shop/dataexposure.yml", "no-session-replay")
    assert outcome(found) == "failure"


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_only_text_in_junit(value: str, rulebase: Rulebase) -> None:
    def shape(root: Tree.Element) -> list[str]:
        return [one.tag for one in root.iter()]

    root = junit(made_up.hostile(value), rulebase)
    assert shape(root) == shape(junit(made_up.hostile("harmless"), rulebase))


def test_the_worst_come_first_and_the_rest_is_counted(rulebase: Rulebase) -> None:
    found = commands(made_up.many(50), rulebase)
    names = [one["name"] for one in found]
    assert names == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert found[0]["title"] == "Exception expired"
    assert found[10]["title"] == "Inconclusive"
    assert "91 more errors" in found[-1]["text"]
    assert "more warnings" in found[-1]["text"]


def test_annotations_stand_at_the_policy_file(rulebase: Rulebase) -> None:
    for one in commands(made_up.inspection(), rulebase):
        assert one["file"] == "shop/dataexposure.yml"
        assert int(one["line"]) >= 1
    assert commands(made_up.empty(), rulebase) == []


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_is_a_command_of_its_own(value: str, rulebase: Rulebase) -> None:
    found = commands(made_up.hostile(value), rulebase)
    assert len(found) == len(commands(made_up.hostile("harmless"), rulebase))
    for one in found:
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", one["title"] + one["file"])
        assert not re.search(r"%(?!25|0A|0D)", one["text"])


@pytest.mark.parametrize("value", HOSTILE)
def test_code_quality_is_valid_with_unique_fingerprints(value: str, rulebase: Rulebase) -> None:
    for inspection in (made_up.hostile(value), made_up.inspection(), made_up.empty()):
        found = json.loads(text_of("gitlab", inspection, rulebase))
        jsonschema.validate(found, QUALITY)
        marks = [one["fingerprint"] for one in found]
        assert len(set(marks)) == len(marks)


def test_code_quality_tells_by_severity_what_counts(rulebase: Rulebase) -> None:
    found = json.loads(text_of("gitlab", made_up.inspection(), rulebase))
    told = [(one["check_name"], one["severity"]) for one in found]
    assert told.count(("no-tracking-before-consent", "critical")) == 1
    assert told.count(("no-tracking-before-consent", "info")) == 1
    assert ("cookie-lifetime", "minor") in told
    assert ("no-session-replay", "info") in told
    assert told.count(("inconclusive", "major")) == 6
    assert told[0] == ("expired-exception", "critical")


def test_a_line_that_is_not_known_is_the_first(rulebase: Rulebase) -> None:
    issue = Issue("cookie-lifetime", "warn", "/", line=0)
    inspection = structs.replace(made_up.empty(), issues=(issue,))
    (one,) = json.loads(text_of("gitlab", inspection, rulebase))
    assert one["location"] == {"path": "dataexposure.yml", "lines": {"begin": 1}}
