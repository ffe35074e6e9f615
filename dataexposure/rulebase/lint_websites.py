"""Faults of what is known for website checks: one function each; its docstring says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dataexposure.rulebase.faults import FORBIDDEN, Found, Rules, fault

_HOST: Final = re.compile(r"[a-z0-9_](\.?[a-z0-9_-])*", re.ASCII)
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_PLACES: Final = frozenset({"org", "page", "state", "data", "detail"})


def unknown_website_words(rules: Rules) -> Found:
    """Use roles of rules/vocabulary.yaml, and organisations that have a file."""
    known = rules.base.website
    for name in ("tracking", "sharing", "functional"):
        for role in sorted(getattr(known, name) - set(rules.base.vocabulary.roles)):
            yield fault(_at(rules, "website.yaml", "roles", name), f"unknown role `{role}`")
    for section, hosts in (("hosts", known.disguised), ("targets", known.targets)):
        for org in sorted(set(hosts.values()) - set(rules.base.organisations)):
            yield fault(_at(rules, "disguised.yaml", section, org), f"no organisation `{org}`")
    for platform in rules.base.consent.platforms:
        if platform.org and platform.org not in rules.base.organisations:
            place = _at(rules, "consent.yaml", "platforms", platform.id, "org")
            yield fault(place, f"no organisation `{platform.org}`")


def malformed_hosts(rules: Rules) -> Found:
    """Write hosts in lower case, without scheme and path."""
    known = rules.base.website
    for name, hosts in (
        ("website.yaml", known.hosts),
        ("disguised.yaml", known.disguised),
        ("disguised.yaml", known.targets),
    ):
        for host, key in hosts.items():
            if not _HOST.fullmatch(host):
                yield fault(_at(rules, name, "hosts", key), f"`{host}` is not a host name")


def malformed_checks(rules: Rules) -> Found:
    """Use in `observed` the places {org}, {page}, {state}, {data}, {detail}; cite https pages."""
    for check in rules.base.checks.values():
        place = _at(rules, "checks.yaml", "checks", check.id)
        for name in _PLACE.findall(check.observed):
            if name not in _PLACES:
                yield fault(place, f"`observed` has an unknown place `{{{name}}}`")
        for precedent in check.precedents:
            if not precedent.url.startswith("https://"):
                yield fault(place, "cite a precedent by its https address")


def uncited_tables(rules: Rules) -> Found:
    """Say under `sources` where the facts stand, none that a licence forbids."""
    for name in ("consent.yaml", "website.yaml", "disguised.yaml"):
        document = rules.documents.get(name)
        if document is None:
            continue
        sources = document.mapping("sources")
        if not sources:
            yield fault((name, 0), "cite at least one source under `sources`")
        for key in sources:
            url = document.text("sources", key, "url").casefold()
            if not url.startswith("https://") or any(bad in url for bad in FORBIDDEN):
                yield fault(_at(rules, name, "sources", key), "cite an https page that is free")


def _at(rules: Rules, name: str, *keys: str) -> tuple[str, int]:
    document = rules.documents.get(name)
    return name, document.line(*keys) if document else 0


LINTS: Final[tuple[Callable[[Rules], Found], ...]] = (
    unknown_website_words,
    malformed_hosts,
    malformed_checks,
    uncited_tables,
)
