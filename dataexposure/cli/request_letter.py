"""Writing one letter, and what the person should know about it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dataexposure.cli import asking, terminal
from dataexposure.cli.asking import Asked
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _
from dataexposure.model import Contact, Holder
from dataexposure.rights import contacts, guidance, letters
from dataexposure.rights.evidence import Trace, trace
from dataexposure.rights.steps import Given

_MAIL: tuple[str, ...] = (".eml",)


def write(asked: Asked, language: str, output: Path | None) -> None:
    """Write the letter to a new file or the standard output, and tell the rest beside it.

    Raises UsageError when the report gives no reason for a letter, the law not that right, or
    the file cannot be made.
    """
    if not asked.holder:
        raise UsageError(_("Name a holder of the report, or use --log or --export-csv."))
    holder = asking.holder(asked)
    rules = asking.rulebase()
    found = asking.right(asked, rules)
    reason = _discreet(_reason(asked, holder), holder, rules)
    known = rules.organisations.get(holder.id)
    country = asked.residence.partition("-")[0]
    reach = asking.contacts(holder, rules)
    letter = letters.write(
        asked.right,
        found,
        reason,
        contacts.address(known.name if known else holder.name, reach, country),
        asked.day,
        _language(language, found, known.country if known else country, country),
    )
    if output is None:
        sys.stdout.write(letter.text)
    elif output.suffix.lower() in _MAIL:
        _create(output, letters.draft(letter))
    else:
        _create(output, letter.text.encode())
    _guide(asked, holder, found, rules)


def _reason(asked: Asked, holder: Holder) -> Trace:
    reason = trace(holder, asked.report) if asked.report else None
    if reason is None:
        raise UsageError(
            _(
                "Nothing in the report points at this holder itself, so there is no letter: "
                "ask the one that passes data on to it for a copy, and for its recipients."
            )
        )
    return reason


def _discreet(reason: Trace, holder: Holder, rules: Rulebase) -> Trace:
    """Do not tell a holder of a delicate site where it was met; it can find that by itself."""
    from dataexposure.report.discretion import is_telling

    own = holder.id in (f"site:{reason.party}", rules.owner(reason.party))
    return reason._replace(party="") if is_telling(reason.party) and not own else reason


def _language(wanted: str, found: Given, home: str, country: str) -> str:
    """Choose the letter's language: the law's own at home, English for a holder elsewhere."""
    if wanted:
        if wanted not in letters.LANGUAGES:
            known = ", ".join(letters.LANGUAGES)
            raise UsageError(_("--letter-lang wants one of: {known}.").format(known=known))
        return wanted
    usual = [language for language in found.law.languages if language in letters.LANGUAGES]
    abroad = bool(home) and home != country and "en" in usual
    return "en" if abroad or not usual else usual[0]


def _create(path: Path, content: bytes) -> None:
    """Write a new file; one that is there may have been filled in, and is left alone."""
    try:
        with path.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise UsageError(
            _("There is a file {name} already; choose another name.").format(name=path.name)
        ) from None
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from None
    terminal.note(_("Written: {name}").format(name=path.name))


def _guide(asked: Asked, holder: Holder, found: Given, rules: Rulebase) -> None:
    """Say on the error output what to know and do, so that the letter itself can be piped."""
    terminal.note("")
    terminal.note(_("Nothing was sent: fill the gaps in [brackets], and send it yourself."))
    _part(
        _("Before a letter, or instead of it:"),
        guidance.better_ways(asked.right, holder, found, rules.advice, asked.residence),
    )
    _part(_("Where to send it:"), _reach(holder, asking.contacts(holder, rules), asked))
    _part(_("Who you are:"), guidance.identity(found))
    _part(_("Deadline:"), guidance.deadline(found, asked.day))
    _part(_("Good to know:"), guidance.cautions(found))
    _part(_("Without an answer:"), guidance.complaint(found.law.authorities))
    _part(_("When you have sent it, start the log and its day counter:"), (_log(asked, holder),))


def _part(title: str, sentences: Iterable[str]) -> None:
    said = list(sentences)
    if said:
        terminal.note(title)
        for sentence in said:
            for line in terminal.wrapped(sentence):
                terminal.note(line)


def _reach(holder: Holder, known: Iterable[Contact], asked: Asked) -> Iterator[str]:
    """Give the ways to reach a holder with their age: forms first, they are often quicker."""
    from dataexposure.report.style import contact_age

    found = tuple(known)
    country = asked.residence.partition("-")[0]
    usable = (*contacts.web(found), contacts.mail(found, country), contacts.post(found))
    nothing = True
    for one in usable:
        if one is not None:
            nothing = False
            title = guidance.contact_title(one)
            yield f"{title}: {one.value} {contact_age(one, asked.day)}"
    if nothing:
        yield holder.gap or _("No contact is known: look into the privacy notice on its site.")


def _log(asked: Asked, holder: Holder) -> str:
    name = holder.id.removeprefix("site:")
    words = f"dataexposure request {name} --right {asked.right} --sent {asked.day.isoformat()}"
    return f"{words} --region {asked.residence}"


def export(asked: Asked, path: Path) -> None:
    """Write the contacts of the holders that a letter could go to, as CSV in a new file."""
    if asked.report is None:
        raise UsageError(_("--export-csv needs --report, for its holders."))
    rules = asking.rulebase()
    holders = (
        msgspec.structs.replace(holder, rights=asking.contacts(holder, rules))
        for holder in asked.report.holders
        if trace(holder, asked.report)
    )
    country = asked.residence.partition("-")[0]
    _create(path, contacts.as_csv(holders, asked.right, country).encode())
