"""The folder `rules/` to a `Rulebase`, with every fault and every test case."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct, structs

from dataexposure.documents import Document
from dataexposure.knowledge import Organisation, Partnership, Rulebase, Signal
from dataexposure.law import Regime
from dataexposure.model import RulebaseStamp
from dataexposure.rulebase import laws, organisations, tables, websites


class Loaded(Struct, frozen=True):
    """A rule base with what only its authors need: the documents and the test cases."""

    rulebase: Rulebase
    documents: tuple[Document, ...]
    cases: tuple[organisations.Case, ...]


def files(folder: Path) -> tuple[Path, ...]:
    """Give every rule file, in a fixed order; drafts are left out."""
    return tuple(
        path
        for path in sorted(folder.rglob("*.yaml"))
        if "drafts" not in path.relative_to(folder).parts
    )


def load(folder: Path) -> Loaded:
    """Read all rule files. Faults are collected in the documents; nothing is raised."""
    documents = _documents(folder)
    table = {document.name: document for document in documents}
    orgs: dict[str, Organisation] = {}
    signals: list[Signal] = []
    partnerships: list[Partnership] = []
    cases: list[organisations.Case] = []
    for document in documents:
        kind, _, rest = document.name.partition("/")
        identifier = rest.removesuffix(".yaml")
        if kind == "orgs":
            orgs[identifier] = organisations.organisation(document, identifier)
            signals.extend(organisations.signals(document, identifier, identifier))
            cases.extend(organisations.cases(document, identifier))
        elif kind == "generic":
            organisations.generic(document)
            signals.extend(organisations.signals(document, "generic", ""))
            cases.extend(organisations.cases(document, "generic"))
        elif kind == "directory":
            for entry in tables.directory(document):
                if entry.id in orgs:
                    document.error(f"`{entry.id}` exists already", "organisations", entry.id)
                orgs[entry.id] = entry
        elif document.name == "partnerships.yaml":
            partnerships.extend(tables.partnerships(document))
    rulebase = Rulebase(
        stamp=_stamp(folder, orgs, signals),
        organisations=dict(sorted(orgs.items())),
        domains={domain: org.id for org in orgs.values() for domain in org.domains},
        signals=tuple(sorted(signals, key=lambda signal: signal.id)),
        partnerships=tuple(partnerships),
        mailboxes=frozenset(_named(table, "private-mailboxes.yaml").texts("mailboxes")),
        vocabulary=tables.vocabulary(_named(table, "vocabulary.yaml")),
        likelihood=tables.likelihood(_named(table, "likelihood.yaml")),
        regimes=_regimes(documents),
        advice=tuple(laws.advice(_named(table, "advice.yaml"))),
    )
    return Loaded(_with_websites(rulebase, table), documents, tuple(cases))


def _with_websites(rulebase: Rulebase, table: dict[str, Document]) -> Rulebase:
    """Add what website checks need."""
    return structs.replace(
        rulebase,
        website=websites.table(_named(table, "website.yaml"), _named(table, "disguised.yaml")),
        consent=websites.consent(_named(table, "consent.yaml")),
        checks=websites.checks(_named(table, "checks.yaml")),
        inconclusive=websites.inconclusive(_named(table, "checks.yaml")),
    )


def _documents(folder: Path) -> tuple[Document, ...]:
    return tuple(Document.load(path, path.relative_to(folder).as_posix()) for path in files(folder))


def _named(documents: dict[str, Document], name: str) -> Document:
    """Give a document, or an empty one when there is no such file."""
    return documents.get(name) or Document(name, "")


def _regimes(documents: tuple[Document, ...]) -> dict[str, Regime]:
    """Read every law; an id that two files give is a fault of the later one."""
    found: dict[str, Regime] = {}
    for document in documents:
        folder, _, rest = document.name.partition("/")
        if folder == "regimes":
            for regime in laws.regimes(document, rest.removesuffix(".yaml")):
                if regime.id in found:
                    document.error(f"`{regime.id}` exists already", "regimes", regime.id)
                found[regime.id] = regime
    return dict(sorted(found.items()))


def _stamp(folder: Path, orgs: dict[str, Organisation], signals: list[Signal]) -> RulebaseStamp:
    """Name the rule base by its content, and date it by its newest check."""
    digest = hashlib.sha256()
    for path in files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    checked = [citation.checked for org in orgs.values() for citation in org.sources.values()]
    return RulebaseStamp(
        version=digest.hexdigest()[:12],
        date=max(checked, default=""),
        organisations=len(orgs),
        signals=len(signals),
    )
