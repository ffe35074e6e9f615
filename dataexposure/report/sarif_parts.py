"""What every SARIF 2.1.0 log needs: its frame, inert messages, relative places, digests.

Structure and wording after the OASIS standard of 27 March 2020 (sections given below as §);
GitHub's code scanning refuses a location with a scheme.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final
from urllib.parse import quote

import msgspec

from dataexposure import __version__, language
from dataexposure.printable import printable

_VERSION: Final = "2.1.0"
_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_INDENT: Final = 2

Part = dict[str, Any]


def log(rules: list[Part], invocation: Part, results: list[Part], properties: Part) -> str:
    """Give a log with one run of this tool."""
    run = {
        "tool": {
            "driver": {"name": "dataexposure", "version": __version__, "rules": rules},
        },
        "language": language.current(),
        "invocations": [invocation],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": properties,
    }
    found = {"$schema": _SCHEMA, "version": _VERSION, "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(found), indent=_INDENT).decode() + "\n"


def inert(text: str) -> str:
    """Give a plain text without embedded link and placeholder (§3.11.5, §3.11.6)."""
    plain = re.sub(r"([\\\[\]])", r"\\\1", printable(text))
    return plain.replace("{", "{{").replace("}", "}}")


def message(text: str) -> Part:
    """Give a plain-text message."""
    return {"text": inert(text)}


def digest(*parts: str) -> str:
    """Give a fingerprint of some texts; it shows none of them."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def uri(name: str) -> str:
    """Give a relative reference without a scheme, a host or a step upwards (RFC 3986, 4.2)."""
    parts = (part for part in printable(name).split("/") if part not in ("", ".", ".."))
    return "/".join(quote(part, safe="") for part in parts) or "%3F"
