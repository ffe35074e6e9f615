"""The log of requests: a plain CSV file that the person can read, change and delete.

It has who was asked for what, by which law, and the days that follow from the day on which the
request was sent; nothing about the person. The states are those of the Data Rights Protocol 1.0.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.law import Right, Term, due
from dataexposure.rights.contacts import cell
from dataexposure.rights.steps import Given

STATES: Final = ("open", "in_progress", "fulfilled", "denied", "expired")
"""A request waits; was confirmed; was answered; was refused; had no answer in time."""

WAITING: Final = ("open", "in_progress")
_GRACE: Final = dt.timedelta(days=14)
_DAY: Final = dt.timedelta(days=1)
_LARGEST: Final = 5_000_000


class Entry(Struct, frozen=True):
    """One request.

    `due` is the last day of the law's term, counted from `sent` as the day of receipt;
    `reminder` the day after it, and `complaint` two weeks after that. All three are None when
    the law names no term. `authority` and `address` take the complaint; `answered` is the day
    of the answer.
    """

    holder: str
    name: str
    right: str
    law: str
    status: str
    sent: dt.date
    due: dt.date | None = None
    reminder: dt.date | None = None
    complaint: dt.date | None = None
    authority: str = ""
    address: str = ""
    answered: dt.date | None = None


COLUMNS: Final = Entry.__struct_fields__


def sent(holder: str, name: str, found: Given, day: dt.date) -> Entry:
    """Begin the record of a request that was sent on a day."""
    authority = next(iter(found.law.authorities), None)
    entry = Entry(
        holder=holder,
        name=name,
        right=found.kind,
        law=found.law.id,
        status="open",
        sent=day,
        authority=authority.name if authority else "",
        address=(authority.complain or authority.website) if authority else "",
    )
    return _dated(entry, due(found.right.term, day))


def _dated(entry: Entry, last: dt.date | None) -> Entry:
    reminder = last + _DAY if last else None
    complaint = reminder + _GRACE if reminder else None
    return msgspec.structs.replace(entry, due=last, reminder=reminder, complaint=complaint)


def extended(entry: Entry, right: Right | None) -> Entry:
    """Move the days of a request by the extension that its right gives the holder.

    Both terms together count from receipt. Raises UsageError when the law gives no extension,
    or it was taken before.
    """
    longer = _together(right.term, right.extension) if right else Term()
    if longer == Term():
        raise UsageError(_("This law gives the holder no more time for this request."))
    if entry.status == "in_progress":
        raise UsageError(_("The extension is in the log already."))
    return msgspec.structs.replace(_dated(entry, due(longer, entry.sent)), status="in_progress")


def _together(term: Term, extension: Term) -> Term:
    """Add an extension to a term of the same unit; none when there is no such extension."""
    for unit in Term.__struct_fields__:
        if getattr(term, unit) and getattr(extension, unit):
            return Term(**{unit: getattr(term, unit) + getattr(extension, unit)})
    return Term()


def closed(entry: Entry, status: str, day: dt.date) -> Entry:
    """Record an answer, or the lack of one, with its day."""
    return msgspec.structs.replace(entry, status=status, answered=day)


def state(entry: Entry, today: dt.date) -> str:
    """Give the state on a day: a request that waits past its term is `expired`."""
    overdue = entry.status in WAITING and entry.due is not None and today > entry.due
    return "expired" if overdue else entry.status


def add(entries: Iterable[Entry], entry: Entry) -> tuple[Entry, ...]:
    """Add a request. Raises UsageError when the same one still waits for its answer."""
    known = tuple(entries)
    for other in known:
        if (other.holder, other.right) == (entry.holder, entry.right) and other.status in WAITING:
            raise UsageError(
                _("This request is in the log already, sent on {day}.").format(
                    day=other.sent.isoformat()
                )
            )
    return (*known, entry)


def waiting(entries: Iterable[Entry], word: str, kinds: Iterable[str]) -> Entry:
    """Find the request that waits for a holder's answer, by its id or name.

    Raises UsageError when none of these kinds of right does.
    """
    wanted = word.casefold().strip()
    for entry in entries:
        names = (entry.holder, entry.holder.removeprefix("site:"), entry.name.casefold())
        if wanted in names and entry.right in kinds and entry.status in WAITING:
            return entry
    raise UsageError(_("The log has no such request that waits for an answer."))


def replaced(entries: Iterable[Entry], old: Entry, new: Entry) -> tuple[Entry, ...]:
    """Give the entries with one of them replaced."""
    return tuple(new if entry is old else entry for entry in entries)


def read(path: Path) -> tuple[Entry, ...]:
    """Read a log; one that does not exist yet is empty.

    Raises UsageError when the file is no such log or has a row that is not understood, and
    names the row, so that nothing of the person's is ever written over.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(_("{name} is no log of requests.").format(name=path.name))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeError):
        raise UsageError(_("Cannot read the log {name}.").format(name=path.name)) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise UsageError(_("{name} is no log of requests.").format(name=path.name))
        return tuple(_entry(row, path.name, rows.line_num) for row in rows)
    except csv.Error:
        raise _bad(path.name, rows.line_num) from None


def _bad(name: str, line: int) -> UsageError:
    text = _("{name}, line {line} is not understood; days are written as 2026-11-21.")
    return UsageError(text.format(name=name, line=line))


def _entry(row: dict[str, str | None], name: str, line: int) -> Entry:
    filled = {key: value for key, value in row.items() if value}
    try:
        entry = msgspec.convert(filled, Entry, strict=False)
    except msgspec.ValidationError:
        raise _bad(name, line) from None
    if entry.status not in STATES:
        raise _bad(name, line)
    return entry


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a log in one step, so that a fault leaves the old one whole.

    Raises UsageError when the place cannot be written.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        values = (getattr(entry, name) for name in COLUMNS)
        writer.writerow([cell(str(value)) if value is not None else "" for value in values])
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(stream.getvalue(), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the log: {reason}.").format(reason=reason)) from None
