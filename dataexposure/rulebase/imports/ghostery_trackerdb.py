"""Ghostery's tracker database: `trackerdb.json`, or its `.eno` files in a folder or archive.

Format of the export: `organizations` and `patterns` by id; a pattern has a `category`, an
`organization` and `domains`. An `.eno` file has a line `key: value` for each field, and
longer fields between two lines `--- key`. Source: the public repository ghostery/trackerdb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, text
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "ghostery-trackerdb"
NAME: Final = "Ghostery Tracker Database"
HOME: Final = "https://github.com/ghostery/trackerdb"
LICENCE: Final = "CC BY-NC-SA 4.0"
ASKS: Final = N_(
    "Use it for non-commercial purposes only; if you pass it or anything made from it on, "
    "name the source and keep the same licence."
)

# Extensions, comment boxes, players, what a page cannot do without, and the unclassified are
# left out: the category does not say what the company does.
_ROLES: Final[Mapping[str, str]] = {
    "advertising": "advertising",
    "pornvertising": "advertising",
    "site_analytics": "analytics",
    "telemetry": "analytics",
    "customer_interaction": "customer-support",
    "email": "mail-platform",
    "consent": "consent-platform",
    "social_media": "social-platform",
    "cdn": gathering.SILENT,
    "hosting": gathering.SILENT,
}


class _Organisation(Struct, frozen=True):
    name: str = ""
    website_url: str | None = None
    country: str | None = None
    privacy_policy_url: str | None = None


class _Pattern(Struct, frozen=True):
    name: str
    category: str
    organization: str | None = None
    website_url: str | None = None
    domains: tuple[str, ...] = ()


def sniff(material: Material) -> bool:
    """Say whether the export has its three tables, or a member is a pattern."""
    if {"categories", "organizations", "patterns"} <= set(material.top):
        return True
    return any(_folder(name) == "patterns" for name, _ in material.ending(".eno"))


def read(material: Material) -> Copy:
    """Give one entry for each organisation; a pattern without one stands for itself."""
    found = gathering.Gathering()
    if material.top:
        tables = (material.top[key] for key in ("organizations", "patterns"))
        orgs, patterns = (msgspec.json.decode(raw, type=dict[str, msgspec.Raw]) for raw in tables)
        known = {key: org for key, org in gathering.each(orgs, _Organisation) if org}
        rows = gathering.each(patterns, _Pattern)
    else:
        known = {key: org for key, org in _specs(material, "organizations", _Organisation) if org}
        rows = _specs(material, "patterns", _Pattern)
    for key, pattern in rows:
        if pattern is None:
            found.left_out += 1
        else:
            found.add(_entry(key, pattern, known))
    return found.copy()


def _entry(key: str, pattern: _Pattern, known: Mapping[str, _Organisation]) -> Entry:
    org = known.get(pattern.organization or "", _Organisation())
    role = _ROLES.get(pattern.category, "")
    return Entry(
        key=pattern.organization or key,
        name=gathering.name(org.name or pattern.name),
        roles=(role,) if role else (),
        domains=tuple(filter(None, map(gathering.host, pattern.domains))),
        country=gathering.country(org.country or ""),
        website=gathering.page(org.website_url or pattern.website_url or ""),
        privacy=gathering.page(org.privacy_policy_url or ""),
    )


def _folder(name: str) -> str:
    return PurePosixPath(name).parent.name


def _specs(
    material: Material, folder: str, shape: type[gathering.Shape]
) -> Iterator[tuple[str, gathering.Shape | None]]:
    """Decode the `.eno` files of one folder; one that has another shape gives None."""
    for name, content in material.ending(".eno"):
        if _folder(name) == folder:
            try:
                fields = dict(_fields(text(content)))
                yield PurePosixPath(name).stem, msgspec.convert(fields, shape)
            except (msgspec.ValidationError, ValueError):
                yield name, None


def _fields(content: str) -> Iterator[tuple[str, str | list[str]]]:
    """Give the fields of one file; a long field that is a list (`domains`) line by line."""
    opened, lines = "", list[str]()
    for raw in content.splitlines():
        line = raw.strip()
        if line.startswith("--"):
            key = line.lstrip("-").strip()
            if key == opened:
                yield key, lines if key == "domains" else "\n".join(lines)
                opened, lines = "", []
            else:
                opened, lines = key, []
        elif opened:
            if line:
                lines.append(line)
        elif ":" in line and not line.startswith(">"):
            key, _, value = line.partition(":")
            yield key.strip(), value.strip()
