"""Faults of a rule base that parses: one function each; its docstring is the instruction.

A fault is an error (the command fails) or advice (printed only).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from dataexposure import urls
from dataexposure.rulebase import lint_laws, lint_websites, selftest
from dataexposure.rulebase.faults import FORBIDDEN, STALE, Fault, Found, Rules, fault
from dataexposure.rulebase.load import Loaded

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_PERIOD: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_REGION: Final = re.compile(r"[A-Z]{2}( [A-Z]{2})*", re.ASCII)
_HOST: Final = re.compile(r"[a-z0-9_](\.?[a-z0-9_-])*", re.ASCII)
_ANY_HOST: Final = frozenset({"request", "image"})
SHOWN: Final = frozenset({"currency"})
_MARKS: Final = frozenset({"host", "param", "identity"})


def unknown_words(rules: Rules) -> Found:
    """Use an id of rules/vocabulary.yaml, or add one there."""
    words = rules.base.vocabulary
    for org in rules.base.organisations.values():
        for role in org.roles:
            if role not in words.roles:
                yield fault(rules.at(org, "roles"), f"unknown role `{role}`")
        if not org.roles:
            yield fault(rules.at(org), "give at least one role")
    for signal in rules.base.signals:
        if signal.event and signal.event not in words.events:
            yield fault(rules.at_signal(signal, "event"), f"unknown event `{signal.event}`")
        for category in (*signal.data, *signal.carries):
            if category not in words.data:
                yield fault(rules.at_signal(signal), f"unknown data category `{category}`")
        for shown in sorted(set(signal.shows) - SHOWN):
            yield fault(rules.at_signal(signal, "shows"), f"`{shown}` cannot be shown")


def broken_references(rules: Rules) -> Found:
    """Point at an organisation or a source that exists."""
    for org in rules.base.organisations.values():
        if org.parent and org.parent.org not in rules.base.organisations:
            message = f"the parent `{org.parent.org}` has no file: write it"
            yield fault(rules.at(org, "parent"), message)
        cited = [("parent", org.parent.source)] if org.parent else []
        cited += [("rights", contact.source) for contact in org.rights]
        for key, source in cited:
            if source and source not in org.sources:
                yield fault(rules.at(org, key), f"no source `{source}` among `sources`")


def uncited_data(rules: Rules) -> Found:
    """Cite for each data category one of the organisation's `sources`."""
    for signal in rules.base.signals:
        sources = rules.base.organisations[signal.org].sources if signal.org else {}
        for category, source in signal.data.items():
            if signal.org and source not in sources:
                message = f"`{category}` cites `{source}`, which is not among `sources`"
                yield fault(rules.at_signal(signal, "data", category), message)


def unknown_partners(rules: Rules) -> Found:
    """Name in a partnership two organisations that have a file."""
    document = rules.documents.get("partnerships.yaml")
    for number, partnership in enumerate(rules.base.partnerships):
        for org in (partnership.giver, partnership.taker):
            if org not in rules.base.organisations and document:
                place = document.name, document.line("partnerships", str(number))
                yield fault(place, f"no organisation `{org}`")


def malformed_partnerships(rules: Rules) -> Found:
    """Give a partnership two parties, known data, an https source and dates in order."""
    document = rules.documents.get("partnerships.yaml")
    seen: set[tuple[str, ...]] = set()
    for number, partnership in enumerate(rules.base.partnerships):
        place = ("partnerships.yaml", document.line("partnerships", str(number)) if document else 0)
        dates = partnership.since, partnership.until
        key = (partnership.giver, partnership.taker, partnership.region, *dates)
        source = partnership.source
        if partnership.giver == partnership.taker or key in seen:
            yield fault(place, "it stands twice, or names one party twice")
        seen.add(key)
        if not partnership.data or set(partnership.data) - set(rules.base.vocabulary.data):
            yield fault(place, "name under `data` categories of the vocabulary")
        if not all(_PERIOD.fullmatch(date) for date in dates if date) or (
            all(dates) and dates[1] < dates[0][: len(dates[1])]
        ):
            yield fault(place, "write dates as 2015, 2015-06 or 2015-06-30, the earlier first")
        if partnership.region and not _REGION.fullmatch(partnership.region):
            yield fault(place, "write `region` as ISO codes with blanks between: `US CA`")
        if not source.url.startswith("https://") or any(
            name in source.url.casefold() for name in FORBIDDEN
        ):
            yield fault(place, "cite a page by its https address, none that a licence forbids")
        if not _PERIOD.fullmatch(source.checked) or source.checked > rules.today.isoformat():
            yield fault(place, f"`{source.checked}` is not the date of a check")


def ownership_circles(rules: Rules) -> Found:
    """Let ownership lead up to an owner, not back to the start."""
    for org in rules.base.organisations.values():
        seen = {org.id}
        above = org.parent
        while above and (parent := rules.base.organisations.get(above.org)):
            if parent.id in seen:
                yield fault(rules.at(org, "parent"), "it ends up owning itself")
                break
            seen.add(parent.id)
            above = parent.parent


def malformed_organisations(rules: Rules) -> Found:
    """Write ids in kebab-case, countries as two capitals, domains in lower case, no scheme."""
    for org in rules.base.organisations.values():
        if not _ID.fullmatch(org.id):
            yield fault(rules.at(org), f"`{org.id}` is not kebab-case: rename the file")
        if org.country and not _COUNTRY.fullmatch(org.country):
            yield fault(rules.at(org, "country"), f"`{org.country}` is not an ISO 3166 code")
        for domain in org.domains:
            if not _HOST.fullmatch(domain):
                yield fault(rules.at(org, "domains"), f"`{domain}` is not a host name")


def malformed_conditions(rules: Rules) -> Found:
    """Write hosts in lower case without scheme, and let paths begin with a slash."""
    for signal in rules.base.signals:
        for part in (signal.match, signal.unless):
            for host in part.get("host", ()):
                if not _HOST.fullmatch(host):
                    yield fault(rules.at_signal(signal), f"`{host}` is not a host name")
            for path in part.get("path", ()):
                if not path.startswith("/"):
                    yield fault(rules.at_signal(signal), f"`{path}` must begin with `/`")


def unmarked_signals(rules: Rules) -> Found:
    """Give the signal something to match: a host, or on any host a second mark."""
    for signal in rules.base.signals:
        place = rules.at_signal(signal, "match")
        if not signal.match or not all(signal.match.values()):
            yield fault(place, "`match` is empty")
        elif signal.channel in _ANY_HOST and _MARKS.isdisjoint(signal.match):
            yield fault(place, "without a `host` it needs a required `param` as a second mark")
        elif "/" in signal.match.get("path", ()) and "host" not in signal.match:
            yield fault(place, "`path: /` holds everywhere: give a host")
        elif signal.decode and set(signal.match) <= {"param", "with"}:
            yield fault(place, "a decoded `param` alone cannot be looked up: add host or path")


def uncited_organisations(rules: Rules) -> Found:
    """Cite at least one source, with the date on which it was checked."""
    for org in rules.base.organisations.values():
        if not org.sources:
            yield fault(rules.at(org), "cite at least one source under `sources`")


def forbidden_sources(rules: Rules) -> Found:
    """Leave out facts from lists whose licence forbids it; users may import those themselves."""
    for org in rules.base.organisations.values():
        for key, citation in org.sources.items():
            if any(name in citation.url.casefold() for name in FORBIDDEN):
                yield fault(rules.at(org, "sources", key), "this list's licence forbids its use")


def bad_dates(rules: Rules) -> Found:
    """Write dates as 2026-11-21, not in the future; look again after eighteen months."""
    for org in rules.base.organisations.values():
        dated = [("sources", citation.checked) for citation in org.sources.values()]
        dated += [("rights", contact.checked) for contact in org.rights]
        for key, text in dated:
            try:
                checked = dt.date.fromisoformat(text)
            except ValueError:
                yield fault(rules.at(org, key), f"`{text}` is not a date like 2026-11-21")
                continue
            if checked > rules.today:
                yield fault(rules.at(org, key), f"`{text}` is in the future")
            elif rules.today - checked > STALE:
                message = f"last checked {text}: look again"
                yield fault(rules.at(org, key), message, advice=True)


def unopened_sources(rules: Rules) -> Found:
    """Open the page, compare the fact with it, and take `seen: "no"` away."""
    for org in rules.base.organisations.values():
        for key, citation in org.sources.items():
            if not citation.seen:
                message = "cited from knowledge: open it"
                yield fault(rules.at(org, "sources", key), message, advice=True)


def missing_contact(rules: Rules) -> Found:
    """Give a way to exercise rights under `rights`, or say under `gap` what is not known."""
    for org in rules.base.organisations.values():
        if not org.rights and not org.gap:
            yield fault(rules.at(org), "no `rights` contact and no `gap`")


def badly_claimed_domains(rules: Rules) -> Found:
    """Claim only domains that belong to one organisation: no public suffix, no shared host."""
    shared = {
        host
        for document in (rules.documents.get("shared-hosts.yaml"),)
        if document
        for host in document.texts("shared")
    }
    claimed: dict[str, str] = {}
    for org in rules.base.organisations.values():
        for domain in org.domains:
            place = rules.at(org, "domains")
            if domain in shared:
                yield fault(place, f"`{domain}` is shared by many organisations")
            if "." not in domain or urls.registrable(f"x.{domain}") == f"x.{domain}":
                yield fault(place, f"`{domain}` is a public suffix")
            if domain in claimed:
                yield fault(place, f"`{domain}` is claimed by `{claimed[domain]}` too")
            claimed[domain] = org.id


def unproven_signals(rules: Rules) -> Found:
    """Give each signal a test in which it fires and one in which it nearly does."""
    by_name = {signal.id.rpartition(":")[0]: signal for signal in rules.base.signals}
    for name, lacking in selftest.unproven(rules.base, rules.cases):
        yield fault(rules.at_signal(by_name[name]), f"`{name}` has no {lacking} in `tests`")


LINTS: Final[tuple[Callable[[Rules], Found], ...]] = (
    unknown_words,
    broken_references,
    uncited_data,
    unknown_partners,
    malformed_partnerships,
    ownership_circles,
    malformed_organisations,
    malformed_conditions,
    unmarked_signals,
    uncited_organisations,
    forbidden_sources,
    bad_dates,
    unopened_sources,
    missing_contact,
    badly_claimed_domains,
    unproven_signals,
    *lint_laws.LINTS,
    *lint_websites.LINTS,
)


def lint(loaded: Loaded, today: dt.date) -> tuple[Fault, ...]:
    """Give every fault of a rule base, by file and line; parse errors come first."""
    faults = [Fault(error) for document in loaded.documents for error in document.errors]
    if not faults:
        rules = Rules(loaded, today)
        faults = [found for check in LINTS for found in check(rules)]
    return tuple(
        sorted(faults, key=lambda found: (found.error.path, found.error.line, str(found.error)))
    )
