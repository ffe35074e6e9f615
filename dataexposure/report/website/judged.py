"""Issues in groups: by level and check, what counts before what does not; inconclusive visits."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.policy import Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report.website import wording


class Line(Struct, frozen=True):
    """An issue as a person reads it; `status` says why it does not count, if so."""

    page: str
    state: str
    text: str
    status: str

    @property
    def whole(self) -> str:
        """Give the sentence with all that it does not say itself."""
        parts = [self.page] if self.page and self.page not in self.text else []
        parts += [part for part in (self.state, self.status) if part]
        return f"{self.text} [{', '.join(parts)}]" if parts else self.text


class Group(Struct, frozen=True):
    """The issues of one check at one level; `counting` is how many count."""

    check: str
    level: str
    title: str
    fix: str
    blind: str
    lines: tuple[Line, ...]
    counting: int


class Unsure(Struct, frozen=True):
    """Visits that are inconclusive for one reason in one state."""

    problem: str
    reason: str
    state: str
    pages: tuple[str, ...]
    partial: bool


def groups(inspection: Inspection, words: Words) -> tuple[Group, ...]:
    """Give the issues, errors first and in each check what counts first."""
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in inspection.issues:
        found.setdefault((issue.level, issue.check), []).append(issue)
    made = [_group(level, check, issues, words) for (level, check), issues in found.items()]
    made.sort(key=lambda one: (one.level != wording.ERROR, not one.counting))
    return tuple(made)


def _group(level: str, check: str, issues: list[Issue], words: Words) -> Group:
    ordered = sorted(issues, key=lambda one: not one.counts)
    return Group(
        printable(check),
        level,
        wording.check_title(check, words),
        wording.check_fix(check, words),
        wording.check_blind(check, words),
        lines(ordered, words),
        sum(one.counts for one in issues),
    )


def lines(issues: Sequence[Issue], words: Words) -> tuple[Line, ...]:
    """Give issues as a person reads them."""
    return tuple(
        Line(
            wording.page_text(one.page),
            wording.state_text(one.state),
            wording.sentence(one, words),
            wording.status(one),
        )
        for one in issues
    )


def worst_first(inspection: Inspection) -> tuple[Issue, ...]:
    """Give the issues with those that count first, errors before warnings."""
    return tuple(
        sorted(inspection.issues, key=lambda one: (not one.counts, one.level != wording.ERROR))
    )


def unsure(inspection: Inspection, words: Words) -> tuple[Unsure, ...]:
    """Give the inconclusive visits by reason and state; `partial` if what was seen stands."""
    pages: dict[tuple[str, str, bool], list[str]] = {}
    for visit in inspection.inconclusive:
        for problem in visit.inconclusive:
            key = (problem, visit.state, visit.stands)
            page = printable(visit.page)
            walk = f" ({wording.page_text(wording.FLOW + visit.flow)})" if visit.flow else ""
            pages.setdefault(key, []).append(page + walk)
    return tuple(
        Unsure(problem, wording.reason(problem, words), state, tuple(found), partial)
        for (problem, state, partial), found in pages.items()
    )
