"""A website check as GitHub annotations: workflow commands on standard output.

A command is `::name key=value,key=value::message`. In a message `%`, carriage return and line
feed are written as `%25`, `%0D` and `%0A`; in a property also `:` and `,` as `%3A` and `%2C`,
as GitHub's toolkit for actions does. GitHub shows at most ten errors and ten warnings of a
step, so the worst come first and one notice says how many were left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.policy import Inspection
from dataexposure.printable import printable
from dataexposure.report.website import judged, places, wording
from dataexposure.report.website.rows import listed

MOST: Final = 10
_PAGES: Final = 5
_IN_MESSAGE: Final = re.compile(r"[%\r\n]")
_IN_PROPERTY: Final = re.compile(r"[%\r\n:,]")


class Note(Struct, frozen=True):
    """An annotation at a line of the policy file."""

    line: int
    title: str
    text: str


def render(inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the commands, each on a line of its own."""
    del width, colour, details
    errors, warnings = _errors(inspection, words), _warnings(inspection, words)
    path = wording.policy_file(inspection)
    commands = [_command("error", path, note) for note in errors[:MOST]]
    commands += [_command("warning", path, note) for note in warnings[:MOST]]
    settled = sum(not issue.counts for issue in inspection.issues)
    rest = (len(errors[MOST:]), len(warnings[MOST:]), settled)
    if any(rest):
        note = Note(1, _("Not shown"), _left_out(*rest))
        commands.append(_command("notice", path, note))
    return "".join(f"{command}\n" for command in commands)


def _errors(inspection: Inspection, words: Words) -> Sequence[Note]:
    expired = [
        Note(one.line, _("Exception expired"), wording.expired_text(one, words))
        for one in inspection.expired
    ]
    return expired + _issues(inspection, words, is_error=True)


def _warnings(inspection: Inspection, words: Words) -> Sequence[Note]:
    """Give the warnings; before them, once for each reason, what is inconclusive."""
    reasons: dict[str, list[str]] = {}
    for one in judged.unsure(inspection, words):
        state = wording.state_column(one.state)
        reasons.setdefault(one.reason, []).extend(f"{page} ({state})" for page in one.pages)
    open_ = [
        Note(1, _("Inconclusive"), f"{reason} {listed(visits, _PAGES)}")
        for reason, visits in reasons.items()
    ]
    return open_ + _issues(inspection, words, is_error=False)


def _issues(inspection: Inspection, words: Words, *, is_error: bool) -> list[Note]:
    wanted = [
        issue
        for issue in inspection.issues
        if issue.counts and (issue.level == wording.ERROR) == is_error
    ]
    return [
        Note(issue.line, wording.check_title(issue.check, words), line.whole)
        for issue, line in zip(wanted, judged.lines(wanted, words), strict=True)
    ]


def _left_out(errors: int, warnings: int, settled: int) -> str:
    counts = (
        (ngettext("{count} more error", "{count} more errors", errors), errors),
        (ngettext("{count} more warning", "{count} more warnings", warnings), warnings),
        (
            ngettext(
                "{count} known or excepted issue", "{count} known or excepted issues", settled
            ),
            settled,
        ),
    )
    found = ", ".join(text.format(count=count) for text, count in counts if count)
    return _("Left out here: {found}.").format(found=found)


def _command(name: str, path: str, note: Note) -> str:
    properties = {"file": path, "line": str(places.line(note.line)), "title": note.title}
    text = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {text}::{_message(note.text)}"


def _message(text: str) -> str:
    return _IN_MESSAGE.sub(_code, printable(text))


def _property(text: str) -> str:
    return _IN_PROPERTY.sub(_code, printable(text))


def _code(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
