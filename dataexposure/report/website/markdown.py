"""A website check as GitHub-flavoured Markdown, to be a job's summary.

GitHub refuses a summary above 1,024 kB, so this stays below 1,000 kB: tables are cut at whole
rows, and each says how many it left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.marks import plain
from dataexposure.report.style import stamp
from dataexposure.report.website import answers, contents, judged, meetings, wording
from dataexposure.report.website.fitting import RESERVE, Part, cell, fitted, size
from dataexposure.report.website.rows import (
    call_text,
    choice_text,
    listed,
    seen_in,
    told_text,
)

MOST: Final = 1_000_000
"""Bytes of a whole summary."""

_PAGES: Final = 5
_HOSTS: Final = 3


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the result as Markdown; it shows everything that there is room for."""
    del width, colour, details
    last = list(_limits(inspection))
    room = MOST - size(last) - RESERVE
    lines = list(_summary(inspection))
    room -= size(lines)
    dropped = 0
    for part in _parts(inspection, words):
        found, left_out = fitted(part, room)
        dropped += left_out
        room -= size(found)
        lines += found
    if dropped:
        text = ngettext(
            "{count} row of further tables is left out here, for want of room.",
            "{count} rows of further tables are left out here, for want of room.",
            dropped,
        )
        lines += [plain(text.format(count=dropped)), ""]
    return "\n".join(lines + last) + "\n"


def _summary(inspection: Inspection) -> Iterator[str]:
    title = _("Website check of {site}").format(site=printable(inspection.site))
    yield from (f"# {cell(title)}", "")
    yield from (f"**{cell(' '.join(answers.answers(inspection)))}**", "")


def _parts(inspection: Inspection, words: Words) -> Iterator[Part]:
    parts = (
        _unsure(inspection, words),
        _issues(inspection, words),
        _baseline(inspection, words),
        _met(inspection, words),
        _sent(inspection, words),
        _ways(inspection, words),
        _kept(inspection, words),
        _looked(inspection),
    )
    for group in parts:
        yield from (part for part in group if part.rows)


def _unsure(inspection: Inspection, words: Words) -> Iterator[Part]:
    yield Part(
        _("Inconclusive: nothing can be concluded from these visits"),
        [
            (
                wording.state_column(one.state),
                one.reason
                + (
                    " " + _("What was seen until then counts; what was not, does not.")
                    if one.partial
                    else ""
                ),
                listed(one.pages, most=_PAGES),
            )
            for one in judged.unsure(inspection, words)
        ],
        (_("State"), _("Why"), _("Pages")),
    )


def _issues(inspection: Inspection, words: Words) -> Iterator[Part]:
    found = judged.groups(inspection, words)
    if not any(group.counting for group in found):
        text = _("No issue that counts was observed in what could be looked at.")
        yield Part(_("Possible issues"), [(text,)])
    for group in found:
        level = wording.level_text(group.level)
        is_asked = group.fix and group.counting
        fix = _("What to do: {fix}").format(fix=printable(group.fix)) if is_asked else ""
        yield Part(
            f"{level}: {group.title} ({group.counting})",
            [(line.page, line.state, line.text, line.status) for line in group.lines],
            (_("Page"), _("State"), _("Observed"), _("Note")),
            fix,
        )


def _baseline(inspection: Inspection, words: Words) -> Iterator[Part]:
    yield Part(
        _("Exceptions that have expired"),
        [(wording.expired_text(one, words),) for one in inspection.expired],
    )
    yield Part(
        _("In the baseline, not observed this time"),
        [(wording.gone_text(one, words),) for one in inspection.gone],
    )


def _met(inspection: Inspection, words: Words) -> Iterator[Part]:
    states = wording.states_of(inspection)
    signs = "; ".join(f"{sign} {text}" for sign, text in meetings.legend())
    yield Part(
        _("Who was met"),
        [
            (
                one.name,
                one.parent,
                ", ".join(one.roles),
                listed(one.hosts, most=_HOSTS),
                *(cell.text for cell in one.cells),
            )
            for one in meetings.met(inspection, words)
        ],
        (
            _("Who"),
            _("Belongs to"),
            _("What it does"),
            _("Host"),
            *map(wording.state_column, states),
        ),
        _("Numbers are requests. {signs}.").format(signs=signs),
    )


def _sent(inspection: Inspection, words: Words) -> Iterator[Part]:
    events = contents.events(inspection, words)
    marks = contents.identifiers(inspection, words)
    for title, is_code in (
        (_("Shopping events that were seen sent"), False),
        (_("Shopping events that are only written in the code, not seen sent"), True),
    ):
        yield Part(
            title,
            [
                (
                    one.name,
                    one.event,
                    ", ".join(f"{name}: {text}" for name, text in one.facts),
                    seen_in(one.states, one.pages, one.count),
                )
                for one in events
                if one.written == is_code
            ],
            (_("Who"), _("Event"), _("What it said"), _("Seen in")),
        )
    yield Part(
        _("Identifiers and planted values that were seen sent"),
        [
            (one.name, one.kind, one.form, seen_in(one.states, one.pages, one.count))
            for one in marks
            if not one.written
        ],
        (_("Who"), _("Data"), _("Form"), _("Seen in")),
    )
    code = [told_text(one, details=False) for one in meetings.written(inspection, words)]
    yield Part(_("Only written in the code, not seen sent"), [(text,) for text in code])


def _ways(inspection: Inspection, words: Words) -> Iterator[Part]:
    for title, found in (
        (_("Who records sessions"), meetings.replays(inspection, words)),
        (_("Reached through the site’s own hosts"), meetings.relays(inspection, words)),
        (_("Behind another name of the site"), meetings.disguised(inspection, words)),
    ):
        yield Part(title, [(told_text(one, details=False),) for one in found])
    used = contents.calls(inspection)
    title = _("Browser calls that can tell browsers apart")
    yield Part(title, [(call_text(one),) for one in used])
    yield Part(_("How the site asks"), [(choice_text(one),) for one in contents.asked(inspection)])


def _kept(inspection: Inspection, words: Words) -> Iterator[Part]:
    for title, found in (
        (_("Cookies"), contents.cookies(inspection, words)),
        (_("Stored keys"), contents.stored(inspection, words)),
    ):
        yield Part(
            title,
            [
                (
                    one.name,
                    one.host,
                    one.life,
                    one.flags,
                    one.owner,
                    _("tracking mark") if one.tracking else "",
                    seen_in(one.states, one.pages),
                )
                for one in found
            ],
            (
                _("Name"),
                _("Host"),
                _("Life"),
                _("Flags"),
                _("Whose"),
                _("Kind"),
                _("Seen in"),
            ),
        )


def _looked(inspection: Inspection) -> Iterator[Part]:
    yield Part(
        _("What was looked at"),
        [
            (
                printable(visit.page),
                wording.state_text(visit.state),
                wording.depth_text(visit.depth),
                printable(visit.flow),
                _("inconclusive") if visit.inconclusive else str(visit.requests),
            )
            for visit in inspection.visits
        ],
        (_("Page"), _("State"), _("Depth"), _("Walk"), _("Requests")),
    )


def _limits(inspection: Inspection) -> Iterator[str]:
    yield from (f"## {plain(_('What this cannot see'))}", "")
    for spot in wording.BLIND_SPOTS:
        yield f"- {plain(_(spot))}"
    yield from ("", plain(stamp(inspection.rulebase)))
