"""What the rule base knows for website checks: checks, consent questions, hosts by purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dataexposure.consent import Consent, ConsentPlatform, ConsentWords
from dataexposure.documents import Document
from dataexposure.policy import LEVELS, Check, Precedent
from dataexposure.website import PROBLEMS, WebsiteTable

PURPOSES: Final = ("tracking", "measuring", "replay", "functional")
_CHECK: Final = frozenset(
    {"level", "title", "observed", "fix", "blind", "looks", "example", "why", "precedents"}
)
_PRECEDENT: Final = frozenset({"case", "year", "happened", "url"})
_PLATFORM: Final = frozenset({"org", "shown", "frame", "accept", "reject", "toggles", "source"})
_WORDS: Final = ("about", "accept", "reject", "honoured")
_SOURCE: Final = frozenset({"url", "checked", "licence", "seen"})
_TABLE: Final = frozenset({"sources", "roles", "hosts", "calls", "consent_parameters"})


def checks(document: Document) -> dict[str, Check]:
    """Read `checks.yaml`; faults are collected in the document."""
    document.unknown(frozenset({"checks", "inconclusive"}))
    return {key: _check(document, key) for key in document.mapping("checks")}


def _check(document: Document, key: str) -> Check:
    place = ("checks", key)
    document.unknown(_CHECK, *place)
    level = document.text(*place, "level", required=True)
    if level and level not in LEVELS:
        document.error(f"unknown level `{level}`; known: {', '.join(LEVELS)}", *place, "level")
    given = {
        name: document.text(*place, name, required=True).strip()
        for name in ("title", "observed", "fix", "blind", "looks", "example", "why")
    }
    return Check(
        id=key,
        level=level,
        precedents=tuple(
            _precedent(document, item) for item in document.items(*place, "precedents")
        ),
        **given,
    )


def _precedent(document: Document, place: tuple[str, ...]) -> Precedent:
    document.unknown(_PRECEDENT, *place)
    return Precedent(
        case=document.text(*place, "case", required=True),
        year=document.text(*place, "year", required=True),
        happened=document.text(*place, "happened", required=True),
        url=document.text(*place, "url", required=True),
    )


def inconclusive(document: Document) -> dict[str, str]:
    """Read the sentence for each reason why nothing can be concluded."""
    found = {key: document.text("inconclusive", key) for key in document.mapping("inconclusive")}
    if document.root and set(found) != set(PROBLEMS):
        differing = ", ".join(sorted(set(found) ^ set(PROBLEMS)))
        document.error(f"lacking or unknown here: {differing}", "inconclusive")
    return found


def consent(document: Document) -> Consent:
    """Read `consent.yaml`; faults are collected in the document."""
    document.unknown(frozenset({"sources", "platforms", "words"}))
    _sources(document)
    document.unknown(frozenset(_WORDS), "words")
    words = {name: document.texts("words", name) for name in _WORDS}
    return Consent(
        platforms=tuple(_platform(document, key) for key in document.mapping("platforms")),
        words=ConsentWords(**words),
    )


def _platform(document: Document, key: str) -> ConsentPlatform:
    place = ("platforms", key)
    document.unknown(_PLATFORM, *place)
    source = document.text(*place, "source", required=True)
    if source and source not in document.mapping("sources"):
        document.error(f"no source `{source}` among `sources`", *place, "source")
    shown = document.texts(*place, "shown")
    if not shown:
        document.error("say by what it is `shown`", *place)
    return ConsentPlatform(
        id=key,
        shown=shown,
        accept=_ways(document, *place, "accept"),
        reject=_ways(document, *place, "reject"),
        org=document.text(*place, "org"),
        frame=document.text(*place, "frame"),
        toggles=document.text(*place, "toggles"),
        source=source,
    )


def _ways(document: Document, *place: str) -> tuple[tuple[str, ...], ...]:
    """Read a list of ways, each the list of clicks that it takes."""
    return tuple(document.texts(*place, str(number)) for number in range(document.length(*place)))


def table(document: Document, hidden: Document) -> WebsiteTable:
    """Read `website.yaml` and `disguised.yaml`; faults are collected in the documents."""
    document.unknown(_TABLE)
    hidden.unknown(frozenset({"sources", "hosts", "targets"}))
    _sources(document)
    _sources(hidden)
    roles = {
        name: frozenset(document.texts("roles", name))
        for name in ("tracking", "sharing", "functional")
    }
    document.unknown(frozenset(roles), "roles")
    document.unknown(frozenset(PURPOSES), "hosts")
    return WebsiteTable(
        **roles,
        hosts=_by_host(document, "hosts"),
        calls=_counts(document),
        disguised=_by_host(hidden, "hosts"),
        targets=_by_host(hidden, "targets"),
        consent_parameters=frozenset(document.texts("consent_parameters")),
    )


def _sources(document: Document) -> None:
    for key in document.mapping("sources"):
        document.unknown(_SOURCE, "sources", key)


def _by_host(document: Document, section: str) -> Mapping[str, str]:
    """Turn lists of hosts around; a host that stands twice is a fault."""
    found: dict[str, str] = {}
    for key in document.mapping(section):
        for host in document.texts(section, key):
            if host in found:
                document.error(f"`{host}` stands under `{found[host]}` too", section, key)
            found[host] = key
    return found


def _counts(document: Document) -> dict[str, int]:
    found = {}
    for key in document.mapping("calls"):
        text = document.text("calls", key)
        if text.isascii() and text.isdigit() and int(text) > 0:
            found[key] = int(text)
        else:
            document.error(f"`{text}` is not a number of uses", "calls", key)
    return found
