"""The log of requests: recording what the person did, and showing what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from dataexposure.cli import asking, options, terminal
from dataexposure.cli.asking import Asked
from dataexposure.errors import UsageError
from dataexposure.language import N_, _
from dataexposure.law import Right, on_day
from dataexposure.rights import guidance, journal, letters
from dataexposure.rights.journal import Entry

_STATES = {
    "open": N_("waiting"),
    "in_progress": N_("waiting, longer term"),
    "fulfilled": N_("answered"),
    "denied": N_("refused"),
    "expired": N_("no answer in time"),
}


def sent(asked: Asked, when: str, path: Path) -> None:
    """Log that a request was sent; the days of the law count from then.

    Raises UsageError for a day in the future, or a request that is waiting already.
    """
    day = options.date(when, "--sent") or asked.day
    if day > asked.day:
        raise UsageError(_("--sent wants a day that has come."))
    rules = asking.rulebase()
    who = asking.party(asked, rules)
    found = asking.right(asked._replace(day=day), rules)
    entry = journal.sent(who.id, who.name, found, day)
    journal.write(path, journal.add(journal.read(path), entry))
    _shown(entry, asked.day)
    terminal.note(_("Written: {name}").format(name=path.name))


def answer(asked: Asked, event: str, path: Path) -> None:
    """Log an answer, a refusal or an extension of the request that waits.

    Raises UsageError when none does.
    """
    entries = journal.read(path)
    old = journal.waiting(entries, asked.holder, letters.kinds(asked.right))
    if event == "extended":
        new = journal.extended(old, _right(old))
    else:
        new = journal.closed(old, event, asked.day)
    journal.write(path, journal.replaced(entries, old, new))
    _shown(new, asked.day)
    terminal.note(_("Written: {name}").format(name=path.name))


def _right(entry: Entry) -> Right | None:
    law = asking.rulebase().regimes.get(entry.law)
    version = on_day(law, entry.sent) if law else None
    return version.rights.get(entry.right) if version else None


def show(path: Path, today: dt.date) -> None:
    """Show every request of the log, what is due next first. Raises UsageError if unreadable."""
    entries = journal.read(path)
    if not entries:
        terminal.line(_("The log {name} is empty: nothing was recorded.").format(name=path.name))
        return
    for entry in sorted(entries, key=_urgency):
        _shown(entry, today)


def _urgency(entry: Entry) -> tuple[bool, dt.date]:
    return entry.status not in journal.WAITING, entry.due or entry.sent


def _shown(entry: Entry, today: dt.date) -> None:
    title = guidance.titles().get(entry.right, entry.right)
    state = _(_STATES[journal.state(entry, today)])
    terminal.line(f"{entry.name or entry.holder}: {title} ({entry.law}), {state}")
    for sentence in _days(entry, today):
        for line in terminal.wrapped(sentence):
            terminal.line(line)


def _days(entry: Entry, today: dt.date) -> Iterator[str]:
    where = f"{entry.authority}, {entry.address}"
    yield _("sent {date}").format(date=entry.sent.isoformat())
    if entry.status == "denied":
        yield _("refused {date}").format(date=(entry.answered or today).isoformat())
        yield _("complaint: {authority}").format(authority=where)
    elif entry.status not in journal.WAITING:
        yield _("answered {date}").format(date=(entry.answered or today).isoformat())
    elif entry.due is None or entry.reminder is None or entry.complaint is None:
        yield _("the law names no deadline; remind the holder after about a month")
        yield _("complaint: {authority}").format(authority=where)
    else:
        yield _("answer due {date}").format(date=entry.due.isoformat())
        yield _("reminder from {date}").format(date=entry.reminder.isoformat())
        yield _("complaint from {date}: {authority}").format(
            date=entry.complaint.isoformat(), authority=where
        )
