"""The report as SARIF 2.1.0, for reports on files that lie in a repository.

What GitHub's code scanning asks beyond the standard: no scheme in a location, texts for every
rule, own fingerprints. A rule is one kind of reasoning with one tier of
evidence; a result is what one organisation likely holds by it, and is no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Claim, Finding, Holder, Locator, Problem, Report
from dataexposure.printable import printable
from dataexposure.report.sarif_parts import Part, digest, log, message, uri
from dataexposure.report.style import (
    likelihood_range,
    likelihood_word,
    name_of,
    place,
    problem_text,
    reason,
    signal_title,
)

_MEMBER: Final = "!/"
_LINE: Final = re.compile(r"line:([1-9]\d*)")
_RELATED: Final = 10  # places beside the first one

Group = tuple[Holder, tuple[Claim, ...]]


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the report as SARIF; places are relative to what the user named."""
    del width, colour, details
    groups = tuple(group for holder in report.holders for group in _groups(holder))
    rules = {_rule_id(claims[0]): claims[0] for _holder, claims in groups}
    order = {name: number for number, name in enumerate(sorted(rules))}
    return log(
        [_rule(name, rules[name], words) for name in order],
        _invocation(report, words),
        [_result(group, order, report, words) for group in groups],
        {"made": report.made, "rulebase": printable(report.rulebase.version)},
    )


def _groups(holder: Holder) -> Iterator[Group]:
    """Give a holder's claims by kind, the strongest first."""
    kinds: dict[str, list[Claim]] = {}
    for claim in holder.claims:
        kinds.setdefault(_rule_id(claim), []).append(claim)
    for claims in kinds.values():
        yield holder, tuple(claims)


def _rule_id(claim: Claim) -> str:
    return f"{claim.tier}/{claim.because}"


def _rule(name: str, claim: Claim, words: Words) -> Part:
    tier = words.vocabulary.tiers[claim.tier]
    blind = _("“No sign” never means “does not hold”.")
    return {
        "id": name,
        "shortDescription": message(_(tier.title)),
        "fullDescription": message(reason(claim, words)),
        "help": message(f"{_(tier.sentence)} {blind}"),
        "defaultConfiguration": {"level": "note"},
    }


def _invocation(report: Report, words: Words) -> Part:
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [_notification(one, words) for one in report.problems],
    }


def _notification(problem: Problem, words: Words) -> Part:
    return {
        "level": "warning",
        "message": message(problem_text(problem, words)),
        "locations": [_location(problem.at)],
        "properties": {"cause": problem.cause},
    }


def _result(group: Group, order: Mapping[str, int], report: Report, words: Words) -> Part:
    holder, claims = group
    name = _rule_id(claims[0])
    findings = _findings(claims, report)
    chance = f"{likelihood_word(holder.likelihood)}, {likelihood_range(holder.likelihood)}"
    text = f"{printable(holder.name)}: {chance}. {reason(claims[0], words)}"
    via = dict.fromkeys(name_of(claim.via, words) for claim in claims if claim.via)
    if via:
        text += f" ({', '.join(via)})"
    seen = dict.fromkeys(signal_title(finding, words) for finding in findings)
    text += f" ({', '.join(seen)})" if seen else ""
    places = list(dict.fromkeys(at for finding in findings for at in finding.evidence))
    found: Part = {
        "ruleId": name,
        "ruleIndex": order[name],
        "level": "warning" if holder.likelihood.mid >= words.counted else "note",
        "message": message(text),
        "locations": [_location(at) for at in places[:1]],
        "partialFingerprints": _fingerprints(name, holder, findings),
        "properties": {
            "org": printable(holder.id),
            "likelihood": holder.likelihood,
            "categories": sorted({claim.category for claim in claims}),
            "signals": sorted({printable(finding.signal) for finding in findings}),
        },
    }
    if places[1:]:
        found["relatedLocations"] = [_location(at) for at in places[1 : _RELATED + 1]]
    return found


def _findings(claims: tuple[Claim, ...], report: Report) -> tuple[Finding, ...]:
    positions = dict.fromkeys(position for claim in claims for position in claim.findings)
    return tuple(report.findings[position] for position in positions)


def _fingerprints(rule: str, holder: Holder, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Tell results apart over time: whom and how, and by which signals with which parties.

    Neither depends on a place, a date, a count or a likelihood.
    """
    seen = sorted({(one.signal, one.org, one.party) for one in findings})
    return {
        "holder/v1": digest(rule, holder.id),
        "evidence/v1": digest(rule, holder.id, *(part for triple in seen for part in triple)),
    }


def _location(at: Locator) -> Part:
    """Say where: the file, its line if the record is one, else the record as a logical place.

    A member of an archive has no place of its own in a repository; its archive has.
    """
    outer, _sign, inner = at.file.partition(_MEMBER)
    physical: Part = {"artifactLocation": {"uri": uri(outer)}}
    line = _LINE.fullmatch(at.record)
    if line and not inner:
        physical["region"] = {"startLine": int(line[1])}
    location: Part = {"physicalLocation": physical}
    if inner or (at.record and not line):
        location["logicalLocations"] = [{"fullyQualifiedName": place(at)}]
    return location
