r"""The trackers of Exodus Privacy, as its API gives them (`/api/trackers`).

Format: `trackers` maps a number to `name`, `website`, `categories`, `code_signature` (class
prefixes joined by `|`, such as `com.example.sdk.|org.example.`) and `network_signature`
(regular expressions joined by `|`, such as `\.example\.com`). Source: doc/api.md of the
public repository Exodus-Privacy/exodus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, json_object
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "exodus"
NAME: Final = "Exodus Privacy trackers"
HOME: Final = "https://reports.exodus-privacy.eu.org/"
LICENCE: Final = "ODbL 1.0"
ASKS: Final = N_(
    "Name the source; if you pass a database made from it on, offer it under the same licence."
)

_ROLES: Final[Mapping[str, str]] = {
    "Advertisement": "advertising",
    "Ads": "advertising",
    "Analytics": "analytics",
    "Location": "location-data",
}
_CLASSES: Final = re.compile(r"[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)+")


class _Tracker(Struct, frozen=True):
    name: str
    code_signature: str | None = None
    network_signature: str | None = None
    website: str | None = None
    categories: tuple[str, ...] = ()


def sniff(material: Material) -> bool:
    """Say whether the file has trackers with code signatures."""
    raw = material.top.get("trackers")
    if raw is None or "entities" in material.top:
        return False
    first = next(iter(json_object(bytes(raw)).values()), msgspec.Raw())
    return "code_signature" in json_object(bytes(first))


def read(material: Material) -> Copy:
    """Give one entry for each tracker that has a plain class prefix or host."""
    found = gathering.Gathering()
    trackers = msgspec.json.decode(material.top["trackers"], type=dict[str, msgspec.Raw])
    for _, tracker in gathering.each(trackers, _Tracker):
        if tracker is None:
            found.left_out += 1
            continue
        classes = tuple(filter(None, map(_class, (tracker.code_signature or "").split("|"))))
        hosts = map(gathering.literal_host, (tracker.network_signature or "").split("|"))
        domains = tuple(filter(None, hosts))
        if not classes and not domains:
            found.left_out += 1
            continue
        named = sorted({_ROLES[name] for name in tracker.categories if name in _ROLES})
        found.add(
            Entry(
                key=tracker.name,
                name=gathering.name(tracker.name),
                roles=("app-sdk", *named),
                domains=domains,
                classes=classes,
                website=gathering.page(tracker.website or ""),
            )
        )
    return found.copy()


def _class(signature: str) -> str:
    """Give a class prefix without its last dot; empty when it is more than a dotted name."""
    prefix = signature.strip().replace(r"\.", ".").rstrip(".")
    return prefix if _CLASSES.fullmatch(prefix) else ""
