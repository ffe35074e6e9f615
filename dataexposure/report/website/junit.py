"""A website check as JUnit XML, as Jenkins' and GitLab's readers take it.

A suite is the site in one state, a case is a check on a page. A case fails when an error
counts; warnings and what does not count stand in its output. What was off is skipped. A visit
that is inconclusive is an error, and its checks are skipped unless an error counts: none of
them may look as if it had passed. Checks of another state are not listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as Tree

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.policy import Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report.website import judged, places, wording
from dataexposure.website import BROWSER, Visit

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2)."""

_ONLY_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "no-tracking-before-consent": ("none",),
    "no-purchase-data-before-consent": ("none",),
    "no-consent-string-before-choice": ("none",),
    "no-tracking-after-reject": ("reject",),
    "no-purchase-data-after-reject": ("reject",),
    "no-tracking-storage-before-consent": ("none", "reject"),
    "gpc-honoured": ("gpc",),
    "gpc-status-shown": ("gpc",),
}
"""Checks that look at these states alone; all others look at every one."""

_SITE_WIDE: Final = frozenset({"budget", "declared-not-observed"})
"""Checks of the site rather than of a page."""

_NEEDS: Final[Mapping[str, Callable[[Visit], bool]]] = {
    "reject-as-easy-as-accept": lambda visit: visit.choice is not None,
    "no-preticked-choices": lambda visit: visit.choice is not None,
    "optout-form-needs-no-id": lambda visit: bool(visit.fields),
    "no-fingerprinting": lambda visit: visit.depth == BROWSER,
}
"""What a visit must have shown for a check to be able to pass."""

Key = tuple[str, str, str]


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the suites; the name of the whole is the site."""
    del width, colour, details
    root = Tree.Element("testsuites", {"name": _text(inspection.site)})
    found: dict[Key, list[Issue]] = {}
    for issue in inspection.issues:
        found.setdefault((issue.state, issue.page, issue.check), []).append(issue)
    joined = {(page, check) for state, page, check in found if not state}
    visits = _by_place(inspection, {page for _state, page, _check in found})
    for state in dict.fromkeys((*visits, *(key[0] for key in found))):
        suite = Tree.SubElement(root, "testsuite")
        for page, those in visits.get(state, {}).items():
            _page(suite, (state, page), those, found, joined, inspection, words)
        # What is left is of no single visit: a budget, or a page judged over all its states.
        for key in [key for key in found if key[0] == state]:
            _case(suite, key[1] or inspection.site, key[2], found.pop(key), inspection, words)
        _finish(suite, inspection, state)
    _expired(root, inspection, words)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _by_place(
    inspection: Inspection, judged_pages: Container[str]
) -> dict[str, dict[str, list[Visit]]]:
    """Give the visits by state and page, by the names that the issues have for the pages."""
    visits: dict[str, dict[str, list[Visit]]] = {}
    for visit in inspection.visits:
        names = places.names(visit, inspection.site)
        page = next((name for name in names if name in judged_pages), names[0])
        visits.setdefault(visit.state, {}).setdefault(page, []).append(visit)
    return visits


def _page(
    suite: Tree.Element,
    place: tuple[str, str],
    visits: Sequence[Visit],
    found: dict[Key, list[Issue]],
    joined: Container[tuple[str, str]],
    inspection: Inspection,
    words: Words,
) -> None:
    state, page = place
    reason = " ".join(wording.reasons(visit, words) for visit in visits if visit.inconclusive)
    case = _new(suite, page, _("visit"))
    if reason:
        _child(case, "error", _("Inconclusive: {reason}").format(reason=reason), "inconclusive")
    for check in words.checks:
        is_here = state in _ONLY_IN.get(check, (state,)) and check not in _SITE_WIDE
        # A page that is judged once over all states has its case there alone.
        if is_here and (page, check) not in joined:
            issues = found.pop((state, page, check), [])
            needs = _NEEDS.get(check)
            why_not = _("Inconclusive: {reason}").format(reason=reason) if reason else ""
            if not why_not and needs and not any(map(needs, visits)):
                why_not = _("Not applicable: there was nothing to look at.")
            _case(suite, page, check, issues, inspection, words, why_not=why_not)


def _case(
    suite: Tree.Element,
    page: str,
    check: str,
    issues: Sequence[Issue],
    inspection: Inspection,
    words: Words,
    *,
    why_not: str = "",
) -> None:
    case = _new(suite, page, check)
    failing = [one for one in issues if one.counts and one.level == wording.ERROR]
    if failing:
        texts = [line.whole for line in judged.lines(failing, words)]
        fix = wording.check_fix(check, words)
        body = "\n".join([*texts, fix] if fix else texts)
        _child(case, "failure", texts[0], wording.ERROR, body)
    elif not issues and _is_off(check, inspection, words):
        _child(case, "skipped", _("This check is off."))
    elif why_not:
        _child(case, "skipped", why_not)
    others = [one for one in issues if one not in failing]
    if others:
        lines = zip(others, judged.lines(others, words), strict=True)
        said = [f"{wording.level_text(one.level)}: {line.whole}" for one, line in lines]
        Tree.SubElement(case, "system-out").text = _text("\n".join(said))


def _is_off(check: str, inspection: Inspection, words: Words) -> bool:
    known = words.checks.get(check)
    return inspection.levels.get(check, known.level if known else "") == "off"


def _expired(root: Tree.Element, inspection: Inspection, words: Words) -> None:
    if not inspection.expired:
        return
    suite = Tree.SubElement(root, "testsuite")
    for one in inspection.expired:
        case = _new(suite, wording.policy_file(inspection), one.rule)
        _child(case, "failure", wording.expired_text(one, words), "expired-exception")
    _finish(suite, inspection, _("exceptions"))


def _finish(suite: Tree.Element, inspection: Inspection, state: str) -> None:
    """Name a suite and count its cases."""
    name = f"{inspection.site} – {wording.state_column(state)}"
    suite.set("name", _text(name))
    suite.set("tests", str(len(suite)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(kind, str(sum(case.find(tag) is not None for case in suite)))
    suite.set("timestamp", f"{inspection.made.isoformat()}T00:00:00")


def _new(suite: Tree.Element, page: str, name: str) -> Tree.Element:
    return Tree.SubElement(
        suite, "testcase", {"classname": _text(page), "name": _text(name), "time": "0"}
    )


def _child(case: Tree.Element, tag: str, message: str, kind: str = "", body: str = "") -> None:
    child = Tree.SubElement(case, tag, {"message": _text(message)})
    if kind:
        child.set("type", kind)
    if body:
        child.text = _text(body)


def _text(text: str) -> str:
    """Make a text fit for XML; our own line breaks stay."""
    lines = (printable(line) for line in text.split("\n"))
    return _ILLEGAL.sub("?", "\n".join(lines))
