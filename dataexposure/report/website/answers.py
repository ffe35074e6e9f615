"""The answer in a few sentences, which every format for people begins with."""

from __future__ import annotations

from dataexposure.language import _, ngettext
from dataexposure.policy import Inspection
from dataexposure.report.website import wording
from dataexposure.website import STATIC, UNSTATED


def answers(inspection: Inspection) -> tuple[str, ...]:
    """Answer in a few sentences: what was looked at, what is inconclusive, what was observed."""
    visits = len(inspection.visits)
    if not visits:
        return (_("Nothing was looked at, so nothing can be concluded."),)
    pages = len({visit.page for visit in inspection.visits})
    looked = ngettext("{count} page was looked at", "{count} pages were looked at", pages)
    times = ngettext("in {count} visit.", "in {count} visits.", visits)
    said = [f"{looked.format(count=pages)} {times.format(count=visits)}"]
    open_ = len(inspection.inconclusive)
    if open_:
        text = ngettext(
            "{count} visit is inconclusive, which is not the same as nothing found.",
            "{count} visits are inconclusive, which is not the same as nothing found.",
            open_,
        )
        said.append(text.format(count=open_))
    said.extend(_counted(inspection, all_open=open_ == visits))
    if inspection.expired:
        text = ngettext(
            "{count} exception has expired.",
            "{count} exceptions have expired.",
            len(inspection.expired),
        )
        said.append(text.format(count=len(inspection.expired)))
    return (*said, *unmade(inspection))


def unmade(inspection: Inspection) -> tuple[str, ...]:
    """Say what a recording or a mere text cannot show, so that silence is not taken for rest."""
    said = []
    if any(visit.state == UNSTATED for visit in inspection.visits):
        said.append(
            _(
                "A recording that does not say what the visitor chose was not held against "
                "checks that depend on the choice."
            )
        )
    if any(visit.depth == STATIC for visit in inspection.visits):
        said.append(
            _("Where only a page’s text was read, what its scripts would send was not observed.")
        )
    return tuple(said)


def _counted(inspection: Inspection, *, all_open: bool) -> tuple[str, ...]:
    counting = [issue for issue in inspection.issues if issue.counts]
    errors = sum(issue.level == wording.ERROR for issue in counting)
    warnings = len(counting) - errors
    if not counting:
        if all_open:
            return (_("Nothing can be concluded from it."),)
        return (_("No issue that counts was observed in what could be looked at."),)
    first = ngettext("{count} possible issue (error)", "{count} possible issues (error)", errors)
    second = ngettext("{count} warning", "{count} warnings", warnings)
    parts = ((first, errors), (second, warnings))
    found = ", ".join(text.format(count=count) for text, count in parts if count)
    return (_("Observed: {found}.").format(found=found),)
