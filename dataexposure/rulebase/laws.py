"""The laws of `rules/regimes/` and the advice of `rules/advice.yaml`, from their documents.

A regime file holds one law at its root, or several under `regimes:` by id (the laws of many
states that differ in little). Sources that stand at the root hold for all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from dataexposure.documents import Document
from dataexposure.law import (
    Authority,
    Identity,
    Lowering,
    Provenance,
    Regime,
    Right,
    Step,
    Term,
    Unverified,
    Version,
)

_REGIME: Final = frozenset(
    {
        "name",
        "residents",
        "languages",
        "signal",
        "note",
        "sources",
        "authorities",
        "valid",
        "unverified",
    }
)
_RIGHT: Final = frozenset(
    {
        "basis",
        "source",
        "months",
        "days",
        "business_days",
        "extension",
        "acknowledge",
        "scope",
        "identity",
        "letter",
        "note",
    }
)
_AUTHORITY: Final = frozenset({"name", "website", "complain", "order", "note", "source"})
_STEP: Final = frozenset(
    {
        "title",
        "sentence",
        "lowers",
        "withholds",
        "roles",
        "residents",
        "right",
        "cannot",
        "cost",
        "sources",
    }
)


def regimes(document: Document, identifier: str) -> Iterator[Regime]:
    """Read a file of `rules/regimes/`; faults are collected in the document."""
    if not document.mapping("regimes"):
        document.unknown(_REGIME)
        yield _regime(document, identifier, ())
        return
    document.unknown(frozenset({"regimes", "sources", "shapes"}))
    for key in document.mapping("regimes"):
        document.unknown(_REGIME, "regimes", key)
        yield _regime(document, key, ("regimes", key))


def _regime(document: Document, identifier: str, place: tuple[str, ...]) -> Regime:
    shared = dict(_sources(document, ("sources",))) if place else {}
    return Regime(
        id=identifier,
        name=document.text(*place, "name", required=True),
        residents=document.texts(*place, "residents"),
        languages=document.texts(*place, "languages"),
        signal=document.text(*place, "signal") == "yes",
        note=document.text(*place, "note"),
        sources={**shared, **dict(_sources(document, (*place, "sources")))},
        authorities=tuple(_authorities(document, place)),
        versions=tuple(_versions(document, place)),
        unverified=tuple(
            Unverified(
                about=document.text(*entry, "about", required=True),
                sentence=document.text(*entry, "sentence", required=True),
            )
            for entry in document.items(*place, "unverified")
        ),
    )


def _sources(document: Document, place: tuple[str, ...]) -> Iterator[tuple[str, Provenance]]:
    allowed = frozenset({"url", "checked", "licence", "secondary"})
    for key in document.mapping(*place):
        document.unknown(allowed, *place, key)
        yield (
            key,
            Provenance(
                url=document.text(*place, key, "url", required=True),
                checked=document.text(*place, key, "checked", required=True),
                licence=document.text(*place, key, "licence"),
                secondary=document.text(*place, key, "secondary") == "yes",
            ),
        )


def _authorities(document: Document, place: tuple[str, ...]) -> Iterator[Authority]:
    for entry in document.items(*place, "authorities"):
        document.unknown(_AUTHORITY, *entry)
        yield Authority(
            name=document.text(*entry, "name", required=True),
            website=document.text(*entry, "website", required=True),
            complain=document.text(*entry, "complain"),
            order=document.text(*entry, "order") or "any",
            note=document.text(*entry, "note"),
            source=document.text(*entry, "source", required=True),
        )


def _versions(document: Document, place: tuple[str, ...]) -> Iterator[Version]:
    for entry in document.items(*place, "valid"):
        document.unknown(frozenset({"from", "to", "rights"}), *entry)
        since = _date(document, *entry, "from")
        if since is None:
            document.error("`from` must say since when this version holds", *entry)
            continue
        yield Version(
            since=since,
            until=_date(document, *entry, "to"),
            rights={
                kind: _right(document, (*entry, "rights", kind))
                for kind in document.mapping(*entry, "rights")
            },
        )


def _right(document: Document, place: tuple[str, ...]) -> Right:
    document.unknown(_RIGHT, *place)
    return Right(
        basis=document.text(*place, "basis", required=True),
        source=document.text(*place, "source", required=True),
        term=_term(document, place),
        extension=_term(document, (*place, "extension")),
        acknowledge=_term(document, (*place, "acknowledge")),
        scope=document.text(*place, "scope"),
        identity=_identity(document, (*place, "identity")),
        letter=document.texts(*place, "letter"),
        note=document.text(*place, "note"),
    )


def _identity(document: Document, place: tuple[str, ...]) -> Identity:
    document.unknown(frozenset({"level", "ask", "never"}), *place)
    return Identity(
        level=document.text(*place, "level", required=True),
        ask=document.texts(*place, "ask"),
        never=document.texts(*place, "never"),
    )


def _term(document: Document, place: tuple[str, ...]) -> Term:
    return Term(
        months=_number(document, *place, "months"),
        days=_number(document, *place, "days"),
        business_days=_number(document, *place, "business_days"),
    )


def _number(document: Document, *keys: str) -> int:
    text = document.text(*keys)
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        document.error(f"`{text}` must be a whole number above zero", *keys)
        return 0
    return int(text)


def _date(document: Document, *keys: str) -> dt.date | None:
    text = document.text(*keys)
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        document.error(f"`{text}` is not a date like 2026-11-21", *keys)
        return None


def advice(document: Document) -> Iterator[Step]:
    """Read the protective steps in the order of the file; faults are collected."""
    for order, key in enumerate(document.mapping("steps"), start=1):
        place = ("steps", key)
        document.unknown(_STEP, *place)
        yield Step(
            id=key,
            order=order,
            title=document.text(*place, "title", required=True),
            sentence=document.text(*place, "sentence", required=True),
            keeps=document.text(*place, "cannot", required=True),
            cost=document.text(*place, "cost", required=True),
            lowers=tuple(_lowering(document, entry) for entry in document.items(*place, "lowers")),
            withholds=document.texts(*place, "withholds"),
            roles=document.texts(*place, "roles"),
            residents=document.texts(*place, "residents"),
            right=document.text(*place, "right"),
            sources=dict(_sources(document, (*place, "sources"))),
        )


def _lowering(document: Document, place: tuple[str, ...]) -> Lowering:
    document.unknown(frozenset({"tiers", "events", "channels", "inhibitor"}), *place)
    return Lowering(
        tiers=document.texts(*place, "tiers"),
        events=document.texts(*place, "events"),
        channels=document.texts(*place, "channels"),
        inhibitor=document.text(*place, "inhibitor"),
    )
