"""A website check as SARIF 2.1.0 that GitHub's code scanning accepts.

GitHub refuses a location with a scheme, so an issue stands at the line of the policy file that
it is about, and the page stands in the message and in the properties. What else is shaped by
GitHub: it opens an alert for every result, whatever its `kind`, `baselineState` or
`suppressions` say. So an issue of the baseline that was not seen again is a notification and
no result, and an issue that does not count has the level `note` beside its suppression.

An invocation with an inconclusive visit was not successful (§3.20.14): its results are valid
but not all, so nothing may be taken for solved because it is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.policy import Excepted, Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report.marks import plain
from dataexposure.report.sarif_parts import Part, inert, log, message
from dataexposure.report.website import answers, judged, places, wording
from dataexposure.report.website.rows import listed

MOST: Final = 5_000
"""GitHub keeps no more results of a run."""

_NOTIFICATIONS: Final = 1_000
_PAGES: Final = 5
_URLS: Final = 100
_LEVELS: Final = {"error": "error", "warn": "warning"}
_NOTE: Final = "note"


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the issues as results, the worst first; places are relative to a repository."""
    del width, colour, details
    issues = judged.worst_first(inspection)
    order = {name: number for number, name in enumerate(sorted(_checks(issues, words)))}
    has_baseline = bool(inspection.gone) or any(issue.known for issue in issues)
    return log(
        [_rule(name, inspection, words) for name in order],
        _invocation(inspection, words, left_out=len(issues[MOST:])),
        [
            _result(issue, order, inspection, words, has_baseline=has_baseline)
            for issue in issues[:MOST]
        ],
        {
            "made": inspection.made,
            "rulebase": printable(inspection.rulebase.version),
            "site": printable(inspection.site),
            "blindSpots": [
                *answers.unmade(inspection),
                *(_(spot) for spot in wording.BLIND_SPOTS),
            ],
        },
    )


def _checks(issues: tuple[Issue, ...], words: Words) -> set[str]:
    return {*words.checks, *(issue.check for issue in issues)}


def _rule(check: str, inspection: Inspection, words: Words) -> Part:
    title = wording.check_title(check, words)
    fix, blind = wording.check_fix(check, words), wording.check_blind(check, words)
    known = words.checks.get(check)
    level = inspection.levels.get(check, known.level if known else "warn")
    texts = [text for text in (fix, blind) if text] or [title]
    return {
        "id": printable(check),
        "shortDescription": message(title),
        "fullDescription": message(" ".join(texts)),
        "help": {
            "text": "\n\n".join(map(inert, texts)),
            "markdown": "\n\n".join(map(plain, texts)),
        },
        "defaultConfiguration": {"level": _LEVELS.get(level, _NOTE), "enabled": level != "off"},
        "properties": {"tags": ["privacy", "website"]},
    }


def _result(
    issue: Issue,
    order: Mapping[str, int],
    inspection: Inspection,
    words: Words,
    *,
    has_baseline: bool,
) -> Part:
    (line,) = judged.lines((issue,), words)
    found: Part = {
        "ruleId": printable(issue.check),
        "ruleIndex": order[issue.check],
        "level": _LEVELS.get(issue.level, _NOTE) if issue.counts else _NOTE,
        "message": message(line.whole),
        "locations": [_location(inspection, issue.line)],
        "partialFingerprints": {"issue/v1": places.issue_mark(inspection, issue)},
        "properties": {
            "level": issue.level,
            "url": printable(places.address(issue.page, inspection.site)),
            "page": printable(issue.page),
            "state": printable(issue.state),
            "org": printable(issue.org),
            "data": printable(issue.data),
        },
    }
    if has_baseline:
        found["baselineState"] = "unchanged" if issue.known else "new"
    if not issue.counts:
        text = _("An exception of the policy file.") if issue.excepted else _("In the baseline.")
        found["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": text},
        ]
    return found


def _location(inspection: Inspection, line: int) -> Part:
    path = wording.policy_file(inspection)
    uri = "/".join(quote(part, safe="") for part in path.split("/"))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": places.line(line)},
        }
    }


def _invocation(inspection: Inspection, words: Words, *, left_out: int) -> Part:
    notes = [_unsure(one, inspection) for one in judged.unsure(inspection, words)]
    notes += [_gone(one, inspection, words) for one in inspection.gone]
    rest = len(notes) - _NOTIFICATIONS
    notes = notes[:_NOTIFICATIONS]
    if rest > 0:
        text = ngettext("{count} more notice is left out.", "{count} more are left out.", rest)
        notes.append(_notification(_NOTE, text.format(count=rest), inspection))
    if left_out:
        text = ngettext(
            "{count} result is left out because GitHub keeps no more.",
            "{count} results are left out because GitHub keeps no more.",
            left_out,
        )
        notes.append(_notification("warning", text.format(count=left_out), inspection))
    return {
        "executionSuccessful": not inspection.inconclusive,
        "toolExecutionNotifications": notes,
        "toolConfigurationNotifications": [
            _expired(one, inspection, words) for one in inspection.expired
        ],
    }


def _unsure(one: judged.Unsure, inspection: Inspection) -> Part:
    text = _("Inconclusive: {page}, {state}. {reason}").format(
        page=listed(one.pages, _PAGES), state=wording.state_text(one.state), reason=one.reason
    )
    properties: Part = {
        "problem": printable(one.problem),
        "state": printable(one.state),
        "urls": list(one.pages[:_URLS]),
        "count": len(one.pages),
    }
    level = "warning" if one.partial else "error"
    return _notification(level, text, inspection, properties=properties)


def _gone(identity: tuple[str, str, str, str, str], inspection: Inspection, words: Words) -> Part:
    text = _("In the baseline, not observed this time: {issue}").format(
        issue=wording.gone_text(identity, words)
    )
    return _notification(_NOTE, text, inspection, properties={"baselineState": "absent"})


def _expired(one: Excepted, inspection: Inspection, words: Words) -> Part:
    return _notification("error", wording.expired_text(one, words), inspection, line=one.line)


def _notification(
    level: str, text: str, inspection: Inspection, *, line: int = 1, properties: Part | None = None
) -> Part:
    found: Part = {
        "level": level,
        "message": message(text),
        "locations": [_location(inspection, line)],
    }
    if properties:
        found["properties"] = properties
    return found
