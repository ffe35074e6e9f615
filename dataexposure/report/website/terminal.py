"""A website check for the terminal: what is inconclusive first, then who was met and what of it.

Readable at 80 columns, without colour and in a pipe. Lists are cut unless details are asked
for, and each cut says how many it left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.console import heading, item, opened, trimmed
from dataexposure.report.style import stamp
from dataexposure.report.website import answers, contents, judged, meetings, wording
from dataexposure.report.website.rows import (
    call_text,
    choice_text,
    event_text,
    identifier_text,
    listed,
    mark_text,
    told_text,
)

_EVERYBODY: Final = 12
_ROWS: Final = 8
_PAGES: Final = 3
_HOSTS: Final = 1
_ROLES: Final = 2
_COMMAND: Final = re.compile(r"^((?:[ \t]|\x1b\[[0-9;]*m)*)::", re.MULTILINE)
_NARROW: Final = 7
"""Columns for a state: `● 9999`, or its name."""


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the result of a check for a terminal; `details` leaves nothing out."""
    stream = io.StringIO()
    console = opened(stream, width, colour=colour)
    _looked(console, inspection, details=details)
    _unsure(console, inspection, words, details=details)
    _met(console, inspection, words, details=details)
    _sent(console, inspection, words, details=details)
    _issues(console, inspection, words, details=details)
    _baseline(console, inspection, words, details=details)
    _ways(console, inspection, words, details=details)
    _kept(console, inspection, words, details=details)
    _contacts(console, inspection, words, details=details)
    _limits(console, inspection)
    return _calm(trimmed(stream))


def _calm(text: str) -> str:
    """Keep values from being commands to a CI runner that reads what is printed.

    GitHub's runner obeys a line that begins with `::`, and the older `##[` anywhere in one.
    """
    return _COMMAND.sub(r"\1∷", text).replace("##[", "# #[")


def _listed(console: Console, texts: Sequence[str], *, details: bool, most: int = _ROWS) -> None:
    """Print the first items of a list and how many more there are."""
    shown = texts if details else texts[:most]
    for text in shown:
        item(console, text)
    _more(console, len(texts) - len(shown))


def _more(console: Console, rest: int) -> None:
    if rest > 0:
        text = ngettext("… and {count} more (--details).", "… and {count} more (--details).", rest)
        console.print(Text(text.format(count=rest), style="dim"))


def _looked(console: Console, inspection: Inspection, *, details: bool) -> None:
    console.print(Text(" ".join(answers.answers(inspection)), style="bold"))
    if not inspection.visits:
        return
    console.print()
    console.print(Text(_("Site: {site}").format(site=printable(inspection.site))))
    pages: dict[tuple[str, str, str], dict[str, None]] = {}
    for visit in inspection.visits:
        pages.setdefault((visit.page, visit.flow, visit.depth), {})[visit.state] = None
    texts = []
    for (page, flow, depth), states in pages.items():
        names = ", ".join(wording.state_column(state) for state in states)
        text = f"{printable(page)}: {names} ({wording.depth_text(depth)})"
        if flow:
            text += " " + _("walk “{flow}”").format(flow=printable(flow))
        texts.append(text)
    _listed(console, texts, details=details)


def _unsure(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    found = judged.unsure(inspection, words)
    if not found:
        return
    heading(console, _("Inconclusive: nothing can be concluded from these visits"))
    for one in found:
        pages = listed(one.pages, most=len(one.pages) if details else _PAGES)
        text = f"{wording.state_column(one.state)}: {one.reason} {pages}"
        if one.partial:
            text += " " + _("What was seen until then counts; what was not, does not.")
        item(console, text)


def _met(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    heading(console, _("Who was met"))
    found = meetings.met(inspection, words)
    if not found:
        item(console, _("Nobody was observed in what could be looked at."))
        return
    states = wording.states_of(inspection)
    room = console.width - len(states) * _NARROW
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    table.add_column(_("Who"), overflow="fold", max_width=room * 2 // 5, min_width=8)
    table.add_column(_("What it does"), overflow="fold", max_width=room // 4, min_width=8)
    table.add_column(_("Host"), overflow="fold", max_width=room // 3, min_width=8)
    for state in states:
        table.add_column(wording.state_column(state), overflow="fold", min_width=3)
    shown = found if details else found[:_EVERYBODY]
    for one in shown:
        name = Text(one.name, style="bold" if one.tracking else "")
        if one.parent:
            name.append(_(" (belongs to {owner})").format(owner=one.parent), style="not bold")
        hosts = listed(one.hosts, most=len(one.hosts) if details else _HOSTS)
        roles = listed(one.roles, most=len(one.roles) if details else _ROLES)
        cells = (Text(cell.text) for cell in one.cells)
        table.add_row(name, Text(roles), Text(hosts), *cells)
    console.print(table)
    _more(console, len(found) - len(shown))
    signs = "; ".join(f"{sign} {text}" for sign, text in meetings.legend())
    text = _("Numbers are requests. {signs}.").format(signs=signs)
    console.print(Text(text, style="dim"))


def _sent(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    events = contents.events(inspection, words)
    seen = [event_text(one) for one in events if not one.written]
    if seen:
        heading(console, _("Shopping events that were seen sent"))
        _listed(console, seen, details=details)
    marks = contents.identifiers(inspection, words)
    found = [identifier_text(one) for one in marks if not one.written]
    if found:
        heading(console, _("Identifiers and planted values that were seen sent"))
        _listed(console, found, details=details)
    code = [told_text(one, details=details) for one in meetings.written(inspection, words)]
    if code:
        heading(console, _("Only written in the code, not seen sent"))
        _listed(console, code, details=details)
        of_code = [event_text(one) for one in events if one.written]
        of_code += [identifier_text(one) for one in marks if one.written]
        _listed(console, of_code, details=details)


def _issues(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    heading(console, _("Possible issues"))
    found = judged.groups(inspection, words)
    if not any(group.counting for group in found):
        item(console, _("No issue that counts was observed in what could be looked at."))
    for group in found:
        level = wording.level_text(group.level)
        title = Text(f"[{level}] ", style="red" if group.level == wording.ERROR else "yellow")
        title.append(f"{group.title}: {group.counting}", style="bold")
        title.append(f" ({group.check})", style="dim")
        console.print(title)
        lines = [line.whole for line in group.lines if details or not line.status]
        _listed(console, lines, details=details)
        hidden = len(group.lines) - group.counting
        if hidden and not details:
            text = ngettext(
                "{count} known or excepted, not shown (--details).",
                "{count} known or excepted, not shown (--details).",
                hidden,
            )
            item(console, text.format(count=hidden))
        if group.fix and group.counting:
            item(console, _("What to do: {fix}").format(fix=printable(group.fix)))


def _baseline(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    if inspection.expired:
        heading(console, _("Exceptions that have expired"))
        for one in inspection.expired:
            item(console, wording.expired_text(one, words))
    if inspection.gone:
        heading(console, _("In the baseline, not observed this time"))
        texts = [wording.gone_text(one, words) for one in inspection.gone]
        _listed(console, texts, details=details)


def _ways(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    """Print by which ways the site is looked at or asks."""
    lists = (
        (_("Who records sessions"), meetings.replays(inspection, words)),
        (_("Reached through the site’s own hosts"), meetings.relays(inspection, words)),
        (_("Behind another name of the site"), meetings.disguised(inspection, words)),
    )
    for title, found in lists:
        if found:
            heading(console, title)
            texts = [told_text(one, details=details) for one in found]
            _listed(console, texts, details=details)
    used = [call_text(one) for one in contents.calls(inspection)]
    if used:
        heading(console, _("Browser calls that can tell browsers apart"))
        _listed(console, used, details=details)
    ways = [choice_text(one) for one in contents.asked(inspection)]
    if ways:
        heading(console, _("How the site asks"))
        _listed(console, ways, details=details)


def _kept(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    cookies = contents.cookies(inspection, words)
    keys = contents.stored(inspection, words)
    if not cookies and not keys:
        return
    heading(console, _("What the browser kept"))
    for found, is_cookie in ((cookies, True), (keys, False)):
        if not found:
            continue
        marks = sum(mark.tracking for mark in found)
        item(console, _kept_text(len(found), marks, is_cookie=is_cookie))
        for mark in found if details else ():
            item(console, mark_text(mark), depth=2)


def _kept_text(count: int, marks: int, *, is_cookie: bool) -> str:
    first = (
        ngettext("{count} cookie", "{count} cookies", count)
        if is_cookie
        else ngettext("{count} stored key", "{count} stored keys", count)
    )
    second = ngettext(
        "{count} tracking mark among them", "{count} tracking marks among them", marks
    )
    return f"{first.format(count=count)}, {second.format(count=marks)}"


def _contacts(console: Console, inspection: Inspection, words: Words, *, details: bool) -> None:
    if not details or not inspection.rights:
        return
    heading(console, _("Whom to ask"))
    for org, contacts in inspection.rights.items():
        places = ", ".join(printable(contact.value) for contact in contacts)
        item(console, f"{wording.who(org, words)}: {places}")


def _limits(console: Console, inspection: Inspection) -> None:
    heading(console, _("What this cannot see"))
    for spot in wording.BLIND_SPOTS:
        item(console, _(spot))
    console.print()
    console.print(Text(stamp(inspection.rulebase), style="dim"))
