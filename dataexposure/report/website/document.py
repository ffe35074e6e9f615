"""The JSON result of a website check: exactly `policy.Inspection`, in a stable form."""

from __future__ import annotations

import json
from typing import Final

import msgspec

from dataexposure.knowledge import Words
from dataexposure.policy import Inspection

_INDENT: Final = 2


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the result as JSON; ids stay language-neutral and nothing is left out."""
    del words, width, colour, details
    try:
        text = msgspec.json.format(msgspec.json.encode(inspection), indent=_INDENT).decode()
    except UnicodeEncodeError:
        # Half a character, as recordings may hold, has a place in JSON only as an escape.
        text = json.dumps(msgspec.to_builtins(inspection), indent=_INDENT)
    return text + "\n"


def schema() -> bytes:
    """Give the JSON Schema of the result, from the types themselves."""
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dataexposure website check",
        **msgspec.json.schema(Inspection),
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=_INDENT) + b"\n"
