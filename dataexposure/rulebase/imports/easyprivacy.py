"""EasyPrivacy, an Adblock filter list.

Only plain host rules count: `||host^`, with or without the option `third-party`. A rule for
part of a site (a path, a type, some pages) says nothing about who runs the host. A host
below the registered domain without `third-party` is a site's own name that leads to somebody
else (a CNAME): whose it is the list does not say, so it is left out. Syntax: the Adblock Plus
filter documentation; headers as in the public repository easylist/easylist.
"""

from __future__ import annotations

import re
from typing import Final

from dataexposure import urls
from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material, text
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "easyprivacy"
NAME: Final = "EasyPrivacy"
HOME: Final = "https://easylist.to/"
LICENCE: Final = "GPL-3.0-or-later or CC BY-SA 3.0-or-later"
ASKS: Final = N_(
    "If you pass it or anything made from it on, name the source and keep the same licence."
)

_RULE: Final = re.compile(r"(@@)?\|\|([^/^*|$]+)\^(?:\$(.*))?")
_THIRD: Final = frozenset({"third-party", "3p"})
_TITLE: Final = re.compile(r"^! Title:.*EasyPrivacy", re.MULTILINE | re.IGNORECASE)
_VERSION: Final = re.compile(r"^! Version: (\d{4})(\d{2})(\d{2})\d*\s*$", re.MULTILINE)


def sniff(material: Material) -> bool:
    """Say whether the header names the list."""
    return bool(_TITLE.search(material.head))


def read(material: Material) -> Copy:
    """Give an anonymous entry for each registered domain, or host below one, that tracks."""
    found = gathering.Gathering()
    hosts: dict[str, None] = {}
    allowed = set()
    for line in _lines(material):
        rule = _RULE.fullmatch(line)
        options = frozenset((rule[3] or "").split(",")) - {""} if rule else frozenset[str]()
        name = gathering.host(rule[2]) if rule else ""
        if rule and rule[1]:
            allowed.add(name)
        elif name and options <= _THIRD and (options or urls.registrable(name) == name):
            hosts[name] = None
        else:
            found.left_out += 1
    for name in hosts:
        if name not in allowed:
            found.add(Entry(key=name, name=name, roles=("analytics",), domains=(name,)))
    version = _VERSION.search(material.head)
    return found.copy("-".join(version.groups()) if version else "")


def _lines(material: Material) -> list[str]:
    """Give the network rules: no comments, headers or rules about page elements."""
    content = "\n".join(text(content) for _, content in sorted(material.members.items()))
    lines = (line.strip() for line in content.splitlines())
    return [line for line in lines if line and line[0] not in "![" and "#" not in line]
