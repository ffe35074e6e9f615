"""What `dataexposure request` was asked for, and the holder and the right that are meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final, NamedTuple

from dataexposure.cli import options
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _
from dataexposure.model import Contact, Holder, Report
from dataexposure.rights import letters
from dataexposure.rights.steps import Given, given

_SITE: Final = "site:"


class Asked(NamedTuple):
    """What the options said: whom, for what, from where, on which day."""

    holder: str
    right: str
    report: Report | None
    residence: str
    day: dt.date


class Party(NamedTuple):
    """A holder by its id and name."""

    id: str
    name: str


def read(holder: str, right: str, saved: Path | None, region: str, as_of: str) -> Asked:
    """Read the options. Raises UsageError for a value or report that does not work.

    The place is the one that was said now, else the one of the report; it is never guessed.
    """
    if right not in letters.RIGHTS:
        known = ", ".join(letters.RIGHTS)
        raise UsageError(_("--right wants one of: {known}.").format(known=known))
    report = _report(saved) if saved else None
    residence = options.residence(region or (report.residence if report else ""))
    day = options.date(as_of, "--as-of") or dt.datetime.now(dt.UTC).date()
    return Asked(holder, right, report, residence, day)


def _report(path: Path) -> Report:
    from dataexposure.report.document import parse

    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot read the report: {reason}.").format(reason=reason)) from None
    return parse(content)


def rulebase() -> Rulebase:
    """Load the rules, with the lists that the user imported."""
    from dataexposure.rulebase import userdata

    return userdata.complete()


def holder(asked: Asked) -> Holder:
    """Give the holder of the report that is meant, by its id, name or domain.

    Raises UsageError without a report, or when that is not one holder exactly.
    """
    if asked.report is None:
        raise UsageError(
            _("A letter needs --report, a report saved by `scan --format json -o report.json`.")
        )
    found = [one for one in asked.report.holders if _is_meant(asked.holder, one.id, one.name)]
    if len(found) != 1:
        raise UsageError(
            _("The report has no one holder of that name; a letter is written to one at a time.")
        )
    return found[0]


def party(asked: Asked, rules: Rulebase) -> Party:
    """Name the holder whose request is logged, from the report or else from the rules.

    Raises UsageError when neither knows it.
    """
    if asked.report is not None:
        found = holder(asked)
        return Party(found.id, found.name)
    for org in rules.organisations.values():
        if _is_meant(asked.holder, org.id, org.name):
            return Party(org.id, org.name)
    raise UsageError(_("The rules do not know that holder; name the --report that does."))


def _is_meant(word: str, identifier: str, name: str) -> bool:
    wanted = word.casefold().strip()
    return bool(wanted) and wanted in (
        identifier,
        identifier.removeprefix(_SITE),
        name.casefold(),
    )


def right(asked: Asked, rules: Rulebase) -> Given:
    """Give the right by the law of the place, on the day of the letter.

    Raises UsageError when no place was said, or its law does not give the right.
    """
    if not asked.residence:
        raise UsageError(
            _("Say where you live with --region, such as NO or US-CA: the law depends on it.")
        )
    given_there = {
        name: found
        for name in letters.RIGHTS
        for kind in reversed(letters.kinds(name))
        if (found := given(kind, rules.regimes, asked.residence, asked.day))
    }
    if asked.right in given_there:
        return given_there[asked.right]
    if not given_there:
        raise UsageError(_("No law is known here for that place and day."))
    known = ", ".join(given_there)
    raise UsageError(
        _("The law there does not give this right; it gives: {known}.").format(known=known)
    )


def contacts(found: Holder, rules: Rulebase) -> tuple[Contact, ...]:
    """Give a holder's contacts: what the rules have now, rather than what an old report had."""
    known = rules.organisations.get(found.id)
    return known.rights if known else found.rights
