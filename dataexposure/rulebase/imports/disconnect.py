"""Disconnect's tracker protection list, `services.json`.

Format: `{"license": …, "categories": {category: [{name: {homepage: [domain, …]}}]}}`; beside
homepages an entry may hold flags such as `"performance": "true"`. Source: the public
repository disconnectme/disconnect-tracking-protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, json_object
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "disconnect"
NAME: Final = "Disconnect Tracker Protection"
HOME: Final = "https://github.com/disconnectme/disconnect-tracking-protection"
LICENCE: Final = "CC BY-NC-SA 4.0"
ASKS: Final = N_(
    "Use it for non-commercial purposes only; if you pass it or anything made from it on, "
    "name the source and keep the same licence."
)

# How a site is recognised (fingerprinting) or misused (mining) is not what a company does.
_ROLES: Final[Mapping[str, str]] = {
    "Advertising": "advertising",
    "Analytics": "analytics",
    "Social": "social-platform",
    "Content": gathering.SILENT,
    "Anti-fraud": "fraud-prevention",
    "ConsentManagers": "consent-platform",
    "Email": "mail-platform",
    "EmailAggressive": "mail-platform",
}


def sniff(material: Material) -> bool:
    """Say whether the file has categories that hold lists."""
    raw = material.top.get("categories")
    if raw is None or "patterns" in material.top:
        return False
    lists = list(json_object(bytes(raw)).values())
    return bool(lists) and all(bytes(value).lstrip()[:1] == b"[" for value in lists)


def read(material: Material) -> Copy:
    """Give one entry for each name, with the roles of all its categories."""
    found = gathering.Gathering()
    categories = msgspec.json.decode(material.top["categories"], type=dict[str, msgspec.Raw])
    for category, services in gathering.each(categories, list[dict[str, dict[str, Any]]]):
        role = _ROLES.get(category, "")
        for service in services or ():
            for name, homes in service.items():
                found.add(_entry(name, homes, role))
    return found.copy()


def _entry(name: str, homes: Mapping[str, Any], role: str) -> Entry:
    lists = {home: value for home, value in homes.items() if isinstance(value, list)}
    given = (value for values in lists.values() for value in values if isinstance(value, str))
    return Entry(
        key=name,
        name=gathering.name(name),
        roles=(role,) if role else (),
        domains=tuple(filter(None, map(gathering.host, given))),
        website=next(filter(None, map(gathering.page, lists)), ""),
    )
