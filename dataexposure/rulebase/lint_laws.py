"""Faults of laws and advice that parse: one function each; its docstring is the instruction."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from dataexposure import law
from dataexposure.law import Provenance, Regime, Right, Step
from dataexposure.rulebase.faults import FORBIDDEN, STALE, Found, Rules, fault

Place = tuple[str, int]
"""A file and a line."""

_PLACE: Final = re.compile(r"EEA|[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)


def _at(rules: Rules, regime: Regime, *keys: str) -> Place:
    """Give the file and line of something a law says, alone in its file or among others."""
    for name, document in rules.documents.items():
        if name == f"regimes/{regime.id}.yaml":
            return name, document.line(*keys)
        if name.startswith("regimes/") and regime.id in document.mapping("regimes"):
            return name, document.line("regimes", regime.id, *keys)
    return f"regimes/{regime.id}.yaml", 0


def _at_step(rules: Rules, step: Step, *keys: str) -> Place:
    document = rules.documents["advice.yaml"]
    return document.name, document.line("steps", step.id, *keys)


def _rights(rules: Rules) -> Iterator[tuple[Place, Regime, str, Right]]:
    for regime in rules.base.regimes.values():
        for number, version in enumerate(regime.versions):
            for kind, right in version.rights.items():
                place = _at(rules, regime, "valid", str(number), "rights", kind)
                yield place, regime, kind, right


def bad_versions(rules: Rules) -> Found:
    """Give each law at least one version, in the order of time and without overlap."""
    for regime in rules.base.regimes.values():
        place = _at(rules, regime, "valid")
        if not regime.versions:
            yield fault(place, "give at least one version under `valid`")
        for version in regime.versions:
            if not version.rights:
                yield fault(place, f"the version from {version.since} gives no rights")
            if version.until and version.until < version.since:
                yield fault(place, f"`to` is before `from` ({version.since})")
        for earlier, later in zip(regime.versions, regime.versions[1:], strict=False):
            if earlier.until is None or later.since <= earlier.until:
                yield fault(place, f"the version from {later.since} overlaps the one before it")


def unknown_law_words(rules: Rules) -> Found:
    """Use the words of dataexposure/law.py for rights, proofs, letters, scopes and orders."""
    for place, _, kind, right in _rights(rules):
        words: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
            ("right", (kind,), law.RIGHTS),
            ("scope", (right.scope,), law.SCOPES),
            ("identity level", (right.identity.level,), law.IDENTITY_LEVELS),
            ("proof", (*right.identity.ask, *right.identity.never), law.PROOFS),
            ("letter part", right.letter, law.LETTER_PARTS),
        )
        for name, used, known in words:
            for word in used:
                if word not in known:
                    yield fault(place, f"unknown {name} `{word}`; known: {', '.join(known)}")
    for regime in rules.base.regimes.values():
        for authority in regime.authorities:
            if authority.order not in law.ORDERS:
                yield fault(_at(rules, regime, "authorities"), f"unknown order `{authority.order}`")
        for statement in regime.unverified:
            if statement.about not in (*law.RIGHTS, "authority", "law"):
                message = f"`about: {statement.about}` is no right, `authority` or `law`"
                yield fault(_at(rules, regime, "unverified"), message)


def muddled_terms(rules: Rules) -> Found:
    """Give a term in months, days or business days, not in several; extend only what ends."""
    for place, _, kind, right in _rights(rules):
        for term in (right.term, right.extension, right.acknowledge):
            if sum(part > 0 for part in (term.months, term.days, term.business_days)) > 1:
                yield fault(place, f"`{kind}` mixes months, days and business days")
        if right.extension != law.Term() and right.term == law.Term():
            yield fault(place, f"`{kind}` has an extension but no term")


def asked_and_forbidden(rules: Rules) -> Found:
    """List a proof under `ask` or under `never`, not both; ask nothing where none is needed."""
    for place, _, kind, right in _rights(rules):
        if both := set(right.identity.ask) & set(right.identity.never):
            yield fault(place, f"`{kind}` asks for and warns against `{min(both)}`")
        if right.identity.level == "none" and right.identity.ask:
            yield fault(place, f"`{kind}` needs no identity but asks for one")


def unclear_deletion(rules: Rules) -> Found:
    """Say with `scope` whether a right to erase reaches all data or only what was provided."""
    for place, _, kind, right in _rights(rules):
        if kind == "erase" and not right.scope:
            yield fault(place, "`erase` needs `scope: all` or `scope: provided`")


def uncited_law(rules: Rules) -> Found:
    """Cite one of the law's `sources` for each right and each authority."""
    for place, regime, kind, right in _rights(rules):
        if right.source not in regime.sources:
            yield fault(place, f"`{kind}` cites `{right.source}`, which is not among `sources`")
    for regime in rules.base.regimes.values():
        for authority in regime.authorities:
            if authority.source not in regime.sources:
                place = _at(rules, regime, "authorities")
                yield fault(place, f"no source `{authority.source}` among `sources`")
        if not regime.residents:
            yield fault(_at(rules, regime), "say under `residents` whom the law protects")
        for code in regime.residents:
            if not _PLACE.fullmatch(code):
                yield fault(_at(rules, regime, "residents"), f"`{code}` is no ISO 3166 code")
        if not regime.authorities:
            yield fault(_at(rules, regime), "name under `authorities` who takes complaints")


def bad_law_sources(rules: Rules) -> Found:
    """Cite pages by https address with the date of the check, none that a licence forbids."""
    for regime in rules.base.regimes.values():
        yield from _bad_sources(rules, _at(rules, regime, "sources"), regime.sources)
    for step in rules.base.advice:
        yield from _bad_sources(rules, _at_step(rules, step, "sources"), step.sources)


def _bad_sources(rules: Rules, place: Place, sources: Mapping[str, Provenance]) -> Found:
    for key, source in sources.items():
        if not source.url.startswith("https://"):
            yield fault(place, f"the address of `{key}` must begin with https://")
        if any(name in source.url.casefold() for name in FORBIDDEN):
            yield fault(place, f"the licence of `{key}` forbids its use")
        try:
            checked = dt.date.fromisoformat(source.checked)
        except ValueError:
            yield fault(place, f"`{source.checked}` is not a date like 2026-11-21")
            continue
        if checked > rules.today:
            yield fault(place, f"`{source.checked}` is in the future")
        elif rules.today - checked > STALE:
            yield fault(place, f"`{key}` was last checked {checked}: look again", advice=True)


def unknown_step_words(rules: Rules) -> Found:
    """Use known tiers, events, channels, inhibitors, roles, data and rights in advice."""
    words = rules.base.vocabulary
    for step in rules.base.advice:
        used: list[tuple[str, tuple[str, ...], frozenset[str]]] = [
            ("role", step.roles, frozenset(words.roles)),
            ("data category", step.withholds, frozenset(words.data)),
            ("right", (step.right,) if step.right else (), frozenset(law.RIGHTS)),
        ]
        for lowering in step.lowers:
            inhibitor = (lowering.inhibitor,) if lowering.inhibitor else ()
            used += [
                ("tier", lowering.tiers, frozenset(words.tiers)),
                ("event", lowering.events, frozenset(words.events)),
                ("channel", lowering.channels, frozenset(rules.base.likelihood.groups)),
                ("inhibitor", inhibitor, frozenset(rules.base.likelihood.inhibitors)),
            ]
        for name, given, known in used:
            for word in given:
                if word not in known:
                    yield fault(_at_step(rules, step), f"unknown {name} `{word}`")


def idle_steps(rules: Rules) -> Found:
    """Let advice lower evidence, withhold data or use a right; and cite a source for it."""
    for step in rules.base.advice:
        if not (step.lowers or step.withholds or step.right):
            yield fault(
                _at_step(rules, step), "it lowers, withholds and uses nothing: leave it out"
            )
        if not step.sources:
            yield fault(_at_step(rules, step), "cite at least one source under `sources`")
        for code in step.residents:
            if not _PLACE.fullmatch(code):
                yield fault(_at_step(rules, step), f"`{code}` is no ISO 3166 code")


LINTS: Final[tuple[Callable[[Rules], Found], ...]] = (
    bad_versions,
    unknown_law_words,
    muddled_terms,
    asked_and_forbidden,
    unclear_deletion,
    uncited_law,
    bad_law_sources,
    unknown_step_words,
    idle_steps,
)
