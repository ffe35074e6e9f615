"""What SARIF 2.1.0 requires of the parts that we write, as JSON Schema.

Written from the text of the OASIS standard (27 March 2020), sections 3.4 to 3.58: which
properties each object must and may have, and what their values may be. It allows less than
the official schema, which is in `tests/data/schemas` and slower to hold a log against: only what
we write.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

OFFICIAL = Path(__file__).resolve().parents[1] / "data" / "schemas" / "sarif-schema-2.1.0.json"

URI_REFERENCE = r"^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-Fa-f]{2})+$"
BAG = {"type": "object"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _part(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional, "properties": BAG},
        "required": list(required),
        "additionalProperties": False,
    }


def _many(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


MESSAGE = _part({"text": {"type": "string", "minLength": 1}})
LOCATION = _part(
    {
        "physicalLocation": _part(
            {"artifactLocation": _part({"uri": {"type": "string", "pattern": URI_REFERENCE}})},
            region=_part({"startLine": {"type": "integer", "minimum": 1}}),
        )
    },
    logicalLocations=_many(_part({"fullyQualifiedName": {"type": "string"}}), uniqueItems=True),
)
FORMATTED = _part({"text": {"type": "string", "minLength": 1}}, markdown={"type": "string"})
RULE = _part(
    {"id": {"type": "string", "minLength": 1}},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=FORMATTED,
    defaultConfiguration=_part({"level": LEVEL}, enabled={"type": "boolean"}),
)
DRIVER = _part(
    {"name": {"type": "string"}},
    version={"type": "string"},
    rules=_many(RULE, uniqueItems=True),
)
RESULT = _part(
    {"message": MESSAGE},
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    locations=_many(LOCATION),
    relatedLocations=_many(LOCATION, uniqueItems=True),
    partialFingerprints={
        "type": "object",
        "additionalProperties": {"type": "string"},
        "propertyNames": {"pattern": "^[A-Za-z]+/v[0-9]+$"},
    },
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    suppressions=_many(
        _part(
            {"kind": {"enum": ["inSource", "external"]}},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification={"type": "string"},
        ),
        uniqueItems=True,
    ),
)
NOTIFICATION = _part({"message": MESSAGE}, level=LEVEL, locations=_many(LOCATION))
INVOCATION = _part(
    {"executionSuccessful": {"type": "boolean"}},
    toolExecutionNotifications=_many(NOTIFICATION),
    toolConfigurationNotifications=_many(NOTIFICATION),
)
RUN = _part(
    {"tool": _part({"driver": DRIVER})},
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    invocations=_many(INVOCATION),
    results=_many(RESULT),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
)
LOG = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": _many(RUN),
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}


@cache
def _official() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(OFFICIAL.read_text(encoding="utf-8")))


def check_officially(log: dict[str, Any]) -> None:
    """Hold a log against the official schema."""
    _official().validate(log)
