r"""Webappanalyzer's technologies, the continuation of Wappalyzer's.

Format: a JSON object, or a folder or archive with one for each letter, that maps a
technology's name to `cats` (numbers of categories), `website`, `saas`, `oss` and patterns;
`scriptSrc` holds regular expressions for script addresses, such as `\.example\.com/`. Source:
README.md and schema.json of the public repository enthec/webappanalyzer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, json_object
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "webappanalyzer"
NAME: Final = "Webappanalyzer technologies"
HOME: Final = "https://github.com/enthec/webappanalyzer"
LICENCE: Final = "GPL-3.0"
ASKS: Final = N_(
    "If you pass it or anything made from it on, keep the same licence and offer the source."
)

# The numbers of categories whose makers run a service for shops and sites.
_ROLES: Final[Mapping[int, str]] = {
    10: "analytics",
    31: gathering.SILENT,
    32: "marketing-automation",
    36: "advertising",
    41: "payment-processor",
    42: "tag-manager",
    52: "customer-support",
    53: "crm",
    67: "consent-platform",
    71: "affiliate-network",
    74: "analytics",
    75: "mail-platform",
    77: "retargeting",
    78: "analytics",
    84: "loyalty",
    90: "review",
    91: "buy-now-pay-later",
    97: "customer-data-platform",
    98: "marketing-automation",
    102: "returns",
}


class _Technology(Struct, frozen=True, rename="camel"):
    cats: tuple[int | str, ...]
    website: str = ""
    saas: bool = False
    oss: bool = False
    script_src: str | tuple[str, ...] = ()


def sniff(material: Material) -> bool:
    """Say whether entries have categories by number and a website."""
    first = next(_technologies(material), None)
    return first is not None and {"cats", "website"} <= set(json_object(bytes(first[1])))


def read(material: Material) -> Copy:
    """Give one entry for each hosted technology whose scripts come from a host of its own.

    Software that a site runs itself sends its maker nothing, so it is left out.
    """
    found = gathering.Gathering()
    for name, technology in gathering.each(dict(_technologies(material)), _Technology):
        domains = _domains(technology) if technology and technology.saas else ()
        if technology is None or technology.oss or not domains:
            found.left_out += 1
            continue
        found.add(
            Entry(
                key=name,
                name=gathering.name(name),
                roles=_roles(technology),
                domains=domains,
                website=gathering.page(technology.website),
            )
        )
    return found.copy()


def _technologies(material: Material) -> Iterator[tuple[str, msgspec.Raw]]:
    """Give the entries of a single file, or of every `technologies/a.json` of a folder."""
    for name, content in material.members.items():
        path = PurePosixPath(name)
        letter = (path.parent.name, path.suffix, len(path.stem)) == ("technologies", ".json", 1)
        if letter or len(material.members) == 1:
            top = json_object(content)
            inner = json_object(bytes(top["technologies"])) if "technologies" in top else top
            yield from inner.items()


def _domains(technology: _Technology) -> tuple[str, ...]:
    given = technology.script_src
    patterns = (given,) if isinstance(given, str) else given
    return tuple(dict.fromkeys(filter(None, map(gathering.literal_host, patterns))))


def _roles(technology: _Technology) -> tuple[str, ...]:
    numbers = (int(number) for number in technology.cats if str(number).isdecimal())
    named = dict.fromkeys(_ROLES[number] for number in numbers if number in _ROLES)
    telling = tuple(role for role in named if role != gathering.SILENT)
    return telling or tuple(named)
