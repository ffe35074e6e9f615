"""A website check as one page of HTML in one file, which asks nothing of any network.

The template escapes every value; style and script stand in the page and are named by their
hashes in its content security policy. The page works without the script, which only opens
everything for paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from dataexposure import language
from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.pages import inlined, policy, template
from dataexposure.report.style import stamp
from dataexposure.report.website import answers, contents, judged, meetings, wording
from dataexposure.report.website.rows import seen_in

MOST: Final = 500
"""Rows of one list; the page says how many more there are."""

_Row = TypeVar("_Row")


class Cut(Generic[_Row]):
    """The first rows of a list, and how many more there are."""

    def __init__(self, rows: Sequence[_Row], most: int = MOST) -> None:
        self.shown = rows[:most]
        self.more = max(0, len(rows) - most)

    def __bool__(self) -> bool:
        """Say whether there is any row."""
        return bool(self.shown)


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the page; it always holds everything, so the options change nothing."""
    del width, colour, details
    css, script = inlined("page.css") + inlined("website.css"), inlined("page.js")
    return template("website.html.jinja").render(
        language=language.current(),
        policy=policy(css, script),
        css=css,
        script=script,
        site=printable(inspection.site),
        made=inspection.made.isoformat(),
        answers=answers.answers(inspection),
        limits=tuple(_(spot) for spot in wording.BLIND_SPOTS),
        stamp=stamp(inspection.rulebase),
        column=wording.state_column,
        level=wording.level_text,
        seen=seen_in,
        **_judged(inspection, words),
        **_met(inspection, words),
        **_kept(inspection, words),
    )


def _judged(inspection: Inspection, words: Words) -> dict[str, object]:
    groups = judged.groups(inspection, words)
    unsure = judged.unsure(inspection, words)
    return {
        "unsure": [(one, Cut(one.pages)) for one in unsure],
        "groups": [(group, Cut(group.lines)) for group in groups],
        "counting": sum(group.counting for group in groups),
        "expired": [wording.expired_text(one, words) for one in inspection.expired],
        "gone": Cut([wording.gone_text(one, words) for one in inspection.gone]),
    }


def _met(inspection: Inspection, words: Words) -> dict[str, object]:
    events = contents.events(inspection, words)
    marks = contents.identifiers(inspection, words)
    rights = inspection.rights
    return {
        "states": [wording.state_column(state) for state in wording.states_of(inspection)],
        "people": Cut(meetings.met(inspection, words)),
        "legend": meetings.legend(),
        "marks": {key: _(text) for key, text in meetings.MARK_TEXTS.items()},
        "events": Cut([one for one in events if not one.written]),
        "identifiers": Cut([one for one in marks if not one.written]),
        "written": Cut(meetings.written(inspection, words)),
        "written_events": Cut([one for one in events if one.written]),
        "ways": [
            (title, Cut(found))
            for title, found in (
                (_("Who records sessions"), meetings.replays(inspection, words)),
                (_("Reached through the site’s own hosts"), meetings.relays(inspection, words)),
                (_("Behind another name of the site"), meetings.disguised(inspection, words)),
            )
            if found
        ],
        "contacts": [
            (wording.who(org, words), [printable(contact.value) for contact in found])
            for org, found in rights.items()
        ],
    }


def _kept(inspection: Inspection, words: Words) -> dict[str, object]:
    return {
        "calls": Cut(contents.calls(inspection)),
        "asked": Cut(contents.asked(inspection)),
        "cookies": Cut(contents.cookies(inspection, words)),
        "stored": Cut(contents.stored(inspection, words)),
        "looked": Cut(
            [
                (
                    printable(visit.page),
                    wording.state_text(visit.state),
                    wording.depth_text(visit.depth),
                    printable(visit.flow),
                    _("inconclusive") if visit.inconclusive else str(visit.requests),
                )
                for visit in inspection.visits
            ]
        ),
    }
