"""Which contact of a holder a letter goes to, and the list of contacts as CSV.

The columns `name`, `address`, `email`, `webform` and `web` are named as the fields of a company
in datarequests.org's data. Its site cannot import a list yet, and has not said what one would
look like (datenanfragen/website issue 1259), so this is what an import could use.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from dataexposure.model import Contact, Holder
from dataexposure.printable import printable
from dataexposure.rights.letters import Address

COLUMNS: Final = ("name", "address", "email", "webform", "web", "right", "checked")
_MAILBOX: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII
)
_LONGEST: Final = 254
_ENDINGS: Final = {"GB": "uk"}
_COUNTRY_CODE: Final = 2
_FORMULA: Final = ("=", "+", "-", "@")


def mail(contacts: Iterable[Contact], country: str) -> Contact | None:
    """Give the mail contact to use, among those that were seen written down somewhere.

    One of the person's own country comes first, then one of no country, then the newest.
    """
    found = [one for one in contacts if one.kind == "email" and one.seen and _is_mailbox(one.value)]
    own = _ENDINGS.get(country, country.lower())

    def worth(one: Contact) -> tuple[bool, bool, str]:
        ending = one.value.lower().rpartition(".")[2]
        return ending == own, len(ending) != _COUNTRY_CODE, one.checked

    return max(found, key=worth, default=None)


def _is_mailbox(value: str) -> bool:
    return len(value) <= _LONGEST and _MAILBOX.fullmatch(value) is not None


def post(contacts: Iterable[Contact]) -> Contact | None:
    """Give the newest postal contact that was seen written down somewhere."""
    found = [one for one in contacts if one.kind == "post" and one.seen]
    return max(found, key=lambda one: one.checked, default=None)


def address(name: str, contacts: Iterable[Contact], country: str) -> Address:
    """Give where a letter to a holder goes; a postal address only where there is no mailbox."""
    known = tuple(contacts)
    mailbox, letterbox = mail(known, country), post(known)
    if mailbox:
        return Address(name, email=mailbox.value)
    return Address(name, post=letterbox.value if letterbox else "")


def as_csv(holders: Iterable[Holder], right: str, country: str) -> str:
    """Give the contacts of holders that have one as CSV; no cell can act as a formula.

    `checked` is the day of the oldest check among a line's contacts.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for holder in holders:
        mailbox, letterbox = mail(holder.rights, country), post(holder.rights)
        form = _first(holder.rights, "form")
        page = _first(holder.rights, "page")
        used = [one for one in (letterbox, mailbox, form, page) if one]
        if not used:
            continue
        values = [one.value if one else "" for one in (letterbox, mailbox, form, page)]
        oldest = min((one.checked for one in used), default="")
        writer.writerow([cell(text) for text in (holder.name, *values, right, oldest)])
    return stream.getvalue()


def _first(contacts: Iterable[Contact], kind: str) -> Contact | None:
    return next((one for one in web(contacts) if one.kind == kind), None)


def web(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Give the forms and pages of a holder that can be opened, forms first."""
    found = [one for one in contacts if one.kind in ("form", "page") and _is_web(one.value)]
    return tuple(sorted(found, key=lambda one: one.kind))


def _is_web(value: str) -> bool:
    return value.startswith(("https://", "http://")) and value.isprintable() and " " not in value


def cell(text: str) -> str:
    """Make a text safe for a cell of a spreadsheet."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
