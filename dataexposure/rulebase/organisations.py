"""One organisation file, or one file of generic signals, to knowledge types and test cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from dataexposure.channels import CHANNELS
from dataexposure.documents import Document
from dataexposure.knowledge import Citation, Organisation, Parent, Signal
from dataexposure.model import Contact

DECODERS: Final = ("matrix", "pairs", "nested", "json", "base64", "joined")
_ABOUT: Final = frozenset(
    {"name", "roles", "parent", "country", "website", "domains", "sources", "rights", "gap"}
)
_FILE: Final = _ABOUT | frozenset(CHANNELS) | {"tests"}
_GENERIC: Final = frozenset(CHANNELS) | {"tests", "sources"}
_SIGNAL: Final = frozenset(
    {"title", "match", "unless", "event", "data", "carries", "shows", "decode"}
)
_CONTACT: Final = frozenset({"kind", "value", "checked", "source", "seen"})
_EXPECTED: Final = frozenset({"fires", "carried", "email"})
CONTACT_KINDS: Final = frozenset({"email", "form", "page", "post"})


class Case(Struct, frozen=True):
    """One entry of `tests`: a sample for a channel, and all that must fire on it.

    `sample` holds the sample's fields; a bare string stands under the empty key. `owner`
    is the organisation (or generic file) it was written for; `email` an own address that
    the test pretends the person gave.
    """

    path: str
    line: int
    owner: str
    channel: str
    sample: Mapping[str, tuple[str, ...]]
    fires: frozenset[str]
    carried: frozenset[str]
    email: str = ""


def organisation(document: Document, identifier: str) -> Organisation:
    """Read who it is; faults are collected in the document."""
    document.unknown(_FILE)
    sources = {key: _citation(document, key) for key in document.mapping("sources")}
    return Organisation(
        id=identifier,
        name=document.text("name", required=True),
        roles=document.texts("roles"),
        parent=_parent(document),
        country=document.text("country"),
        website=document.text("website"),
        domains=tuple(domain.lower() for domain in document.texts("domains")),
        rights=tuple(contact(document, item) for item in document.items("rights")),
        gap=document.text("gap"),
        sources=sources,
    )


def generic(document: Document) -> None:
    """Check the outline of a file of generic signals."""
    document.unknown(_GENERIC)


def _citation(document: Document, key: str) -> Citation:
    place = ("sources", key)
    document.unknown(frozenset({"url", "checked", "licence", "seen"}), *place)
    return Citation(
        url=document.text(*place, "url", required=True),
        checked=document.text(*place, "checked", required=True),
        licence=document.text(*place, "licence"),
        seen=document.text(*place, "seen") != "no",
    )


def _parent(document: Document) -> Parent | None:
    if not document.mapping("parent"):
        return None
    document.unknown(frozenset({"org", "source", "since"}), "parent")
    return Parent(
        org=document.text("parent", "org", required=True),
        source=document.text("parent", "source"),
        since=document.text("parent", "since"),
    )


def contact(document: Document, place: tuple[str, ...]) -> Contact:
    """Read one way to exercise rights, at a path of keys."""
    document.unknown(_CONTACT, *place)
    kind = document.text(*place, "kind", required=True)
    if kind and kind not in CONTACT_KINDS:
        document.error(f"unknown kind of contact `{kind}`", *place, "kind")
    return Contact(
        kind=kind,
        value=document.text(*place, "value", required=True),
        checked=document.text(*place, "checked", required=True),
        source=document.text(*place, "source"),
        seen=document.text(*place, "seen") != "no",
    )


def signals(document: Document, identifier: str, org: str) -> Iterator[Signal]:
    """Read the signals of every channel of a file, with canonical values."""
    seen: set[str] = set()
    for channel in CHANNELS:
        for name in document.mapping(channel):
            if name in seen:
                document.error(f"a signal `{name}` stands in two channels", channel, name)
            seen.add(name)
            if document.mapping(channel, name):
                yield _signal(document, channel, name, f"{identifier}/{name}", org)
            else:
                document.error(f"the signal `{name}` is empty", channel, name)


def _signal(document: Document, channel: str, name: str, identifier: str, org: str) -> Signal:
    place = (channel, name)
    document.unknown(_SIGNAL, *place)
    event = document.text(*place, "event", required=True)
    for decoder in document.texts(*place, "decode"):
        if decoder not in DECODERS:
            document.error(f"unknown decoder `{decoder}`", *place, "decode")
    return Signal(
        id=f"{identifier}:{event}",
        org=org,
        title=document.text(*place, "title", required=True),
        channel=channel,
        match=_conditions(document, channel, (*place, "match")),
        event=event,
        unless=_conditions(document, channel, (*place, "unless")),
        data={key: document.text(*place, "data", key) for key in document.mapping(*place, "data")},
        carries={
            key: document.texts(*place, "carries", key)
            for key in document.mapping(*place, "carries")
        },
        shows={
            key: document.texts(*place, "shows", key) for key in document.mapping(*place, "shows")
        },
        decode=document.texts(*place, "decode"),
    )


def _conditions(
    document: Document, channel: str, place: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    facts = CHANNELS[channel].facts
    conditions = {}
    for fact in document.mapping(*place):
        if fact not in facts:
            known = ", ".join(facts)
            document.error(f"`{channel}` has no fact `{fact}`; it has: {known}", *place, fact)
            continue
        canonical = facts[fact].kind.canonical
        conditions[fact] = tuple(canonical(value) for value in document.texts(*place, fact))
    return conditions


def cases(document: Document, owner: str) -> Iterator[Case]:
    """Read the `tests` of a file."""
    for place in document.items("tests"):
        entry = document.mapping(*place)
        channels = [key for key in entry if key not in _EXPECTED]
        if len(channels) != 1 or channels[0] not in CHANNELS:
            document.error("a test names one channel and `fires`", *place)
            continue
        channel = channels[0]
        if "fires" not in entry:
            document.error("say what `fires` (an empty list for a near-miss)", *place)
        sample = entry[channel]
        fields = (
            {key: document.texts(*place, channel, key) for key in sample if sample[key]}
            if isinstance(sample, dict)
            else {"": document.texts(*place, channel)}
        )
        yield Case(
            path=document.name,
            line=document.line(*place),
            owner=owner,
            channel=channel,
            sample=fields,
            fires=frozenset(_full(name, owner) for name in document.texts(*place, "fires")),
            carried=frozenset(document.texts(*place, "carried")),
            email=document.text(*place, "email"),
        )


def _full(name: str, owner: str) -> str:
    return name if "/" in name else f"{owner}/{name}"
