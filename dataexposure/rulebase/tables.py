"""The rule base's tables: vocabulary, likelihood, partnerships and the directory."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.documents import Document
from dataexposure.knowledge import (
    Category,
    Citation,
    DataClass,
    Event,
    Grade,
    InputKind,
    LikelihoodTable,
    Organisation,
    Partnership,
    Retention,
    Role,
    Term,
    Tier,
    Vocabulary,
)
from dataexposure.rulebase.organisations import contact


def vocabulary(document: Document) -> Vocabulary:
    """Read the closed lists; faults are collected in the document."""
    return Vocabulary(
        classes={
            key: DataClass(
                int(document.text("classes", key, "number") or 0),
                *words,
                inputs=document.texts("classes", key, "inputs"),
            )
            for key, words in _words(document, "classes")
        },
        inputs={
            key: InputKind(*words, channels=document.texts("inputs", key, "channels"))
            for key, words in _words(document, "inputs")
        },
        roles={key: _role(document, key, *words) for key, words in _words(document, "roles")},
        events={
            key: Event(
                *words,
                setting=document.text("events", key, "setting"),
                nested=_flag(document, "events", key, "nested"),
            )
            for key, words in _words(document, "events")
        },
        data={
            key: Category(*words, purchases=_flag(document, "data", key, "purchases"))
            for key, words in _words(document, "data")
        },
        tiers={key: Tier(*words) for key, words in _words(document, "tiers")},
        market={key: Term(*words) for key, words in _words(document, "market")},
        collects={key: Term(*words) for key, words in _words(document, "collects")},
        kinds={key: Term(*words) for key, words in _words(document, "kinds")},
        basis={key: Term(*words) for key, words in _words(document, "basis")},
        problems={
            key: document.text("problems", key, "sentence", required=True)
            for key in document.mapping("problems")
        },
    )


def _words(document: Document, section: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for key in document.mapping(section):
        title = document.text(section, key, "title", required=True)
        yield key, (title, document.text(section, key, "sentence", required=True))


def _flag(document: Document, *keys: str) -> bool:
    return document.text(*keys) == "yes"


def _role(document: Document, key: str, title: str, sentence: str) -> Role:
    return Role(
        group=document.text("roles", key, "class", required=True),
        retention=document.text("roles", key, "retention", required=True),
        market=document.text("roles", key, "market", required=True),
        title=title,
        sentence=sentence,
        collects=document.texts("roles", key, "collects"),
        kinds=document.texts("roles", key, "kinds"),
        basis=document.texts("roles", key, "basis"),
        sells=_flag(document, "roles", key, "sells"),
        account=_flag(document, "roles", key, "account"),
        payment=_flag(document, "roles", key, "payment"),
        silent=_flag(document, "roles", key, "silent"),
    )


def likelihood(document: Document) -> LikelihoodTable:
    """Read the numbers of the likelihood model."""
    return LikelihoodTable(
        grades={key: _grade(document, key) for key in document.mapping("grades")},
        reliability=_numbers(document, "reliability"),
        credibility=_numbers(document, "credibility"),
        rating=_texts(document, "rating"),
        groups=_texts(document, "groups"),
        retention={
            key: Retention(
                keep=_number(document, "retention", key, "keep"),
                half=_number(document, "retention", key, "half"),
            )
            for key in document.mapping("retention")
        },
        inhibitors=_numbers(document, "inhibitors"),
        overlap=_number(document, "overlap"),
        words=_numbers(document, "words"),
        counted=_number(document, "counted"),
    )


def _grade(document: Document, key: str) -> Grade:
    return Grade(
        tier=document.text("grades", key, "tier", required=True),
        low=_number(document, "grades", key, "low"),
        mid=_number(document, "grades", key, "mid"),
        high=_number(document, "grades", key, "high"),
        basis=document.text("grades", key, "basis", required=True),
        calibrated=_flag(document, "grades", key, "calibrated"),
    )


def _number(document: Document, *keys: str) -> float:
    text = document.text(*keys, required=True)
    try:
        return float(text)
    except ValueError:
        document.error(f"`{text}` is not a number", *keys)
        return 0.0


def _numbers(document: Document, section: str) -> dict[str, float]:
    return {key: _number(document, section, key) for key in document.mapping(section)}


def _texts(document: Document, section: str) -> dict[str, str]:
    return {key: document.text(section, key) for key in document.mapping(section)}


def partnerships(document: Document) -> Iterator[Partnership]:
    """Read the documented second hops."""
    allowed = frozenset(
        {"giver", "taker", "relation", "data", "source", "since", "until", "region"}
    )
    for place in document.items("partnerships"):
        document.unknown(allowed, *place)
        source = (*place, "source")
        yield Partnership(
            giver=document.text(*place, "giver", required=True),
            taker=document.text(*place, "taker", required=True),
            relation=document.text(*place, "relation", required=True),
            data=document.texts(*place, "data"),
            source=Citation(
                url=document.text(*source, "url", required=True),
                checked=document.text(*source, "checked", required=True),
                licence=document.text(*source, "licence"),
            ),
            since=document.text(*place, "since"),
            until=document.text(*place, "until"),
            region=document.text(*place, "region"),
        )


def directory(document: Document) -> Iterator[Organisation]:
    """Read a file of the long tail: domains and their organisation, nothing more."""
    allowed = frozenset({"name", "roles", "country", "website", "domains", "rights", "source"})
    for identifier in document.mapping("organisations"):
        place = ("organisations", identifier)
        document.unknown(allowed, *place)
        citation = document.text(*place, "source", required=True)
        rights = tuple(contact(document, item) for item in document.items(*place, "rights"))
        yield Organisation(
            id=identifier,
            name=document.text(*place, "name", required=True),
            roles=document.texts(*place, "roles"),
            country=document.text(*place, "country"),
            website=document.text(*place, "website"),
            domains=tuple(domain.lower() for domain in document.texts(*place, "domains")),
            sources={
                "directory": Citation(
                    url=document.text("sources", citation, "url", required=True),
                    checked=document.text("sources", citation, "checked", required=True),
                    licence=document.text("sources", citation, "licence"),
                )
            },
            rights=rights,
            gap="" if rights else document.text("gap"),
        )
