"""A website check as a GitLab code quality report.

A list of objects with the properties that GitLab's documentation of the code quality report
format names: `description`, `check_name`, `fingerprint`, `severity` (`info`, `minor`, `major`,
`critical`, `blocker`), `location.path` (relative) and `location.lines.begin`. GitLab shows only
the first of several with the same fingerprint. Inconclusive visits and exceptions that have
expired are entries too, so that a report of nothing but these does not look like a good one.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.policy import Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report.website import judged, places, wording

_INDENT: Final = 2
_COUNTING: Final = {wording.ERROR: "critical"}
_WARNING: Final = "minor"
_SETTLED: Final = "info"


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the entries, the worst first; known and excepted issues are only `info`."""
    del width, colour, details
    path = wording.policy_file(inspection)
    entries = [
        _entry(
            path,
            one.line,
            wording.expired_text(one, words),
            places.EXPIRED,
            "critical",
            places.expired_mark(inspection, one),
        )
        for one in inspection.expired
    ]
    entries += [_issue(path, inspection, one, words) for one in judged.worst_first(inspection)]
    entries += [
        _entry(
            path,
            1,
            _("Inconclusive: {page}, {state}. {reason}").format(
                page=printable(visit.page),
                state=wording.state_text(visit.state),
                reason=wording.reasons(visit, words),
            ),
            places.INCONCLUSIVE,
            "major",
            places.visit_mark(inspection, visit),
        )
        for visit in inspection.inconclusive
    ]
    return msgspec.json.format(msgspec.json.encode(entries), indent=_INDENT).decode() + "\n"


def _issue(path: str, inspection: Inspection, issue: Issue, words: Words) -> dict[str, Any]:
    (line,) = judged.lines((issue,), words)
    severity = _COUNTING.get(issue.level, _WARNING) if issue.counts else _SETTLED
    mark = places.issue_mark(inspection, issue)
    return _entry(path, issue.line, line.whole, printable(issue.check), severity, mark)


def _entry(path: str, line: int, text: str, check: str, severity: str, mark: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": check,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": places.line(line)}},
    }
