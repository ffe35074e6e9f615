"""`dataexposure request`: one letter to one holder, and the log of what was sent."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from dataexposure.cli import options, request_log, terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _
from dataexposure.model import Contact, Holder, Report
from dataexposure.rights import contacts, guidance, letters
from dataexposure.rights.evidence import Trace, trace
from dataexposure.rights.steps import Given, given

_SITE: Final = "site:"

Who = Annotated[
    str, typer.Argument(help=_("A holder of the report, by its name or id."), show_default=False)
]
Saved = Annotated[
    Path | None,
    typer.Option("--report", help=_("A report that was saved with --format json.")),
]
Chosen = Annotated[
    str, typer.Option("--right", help=_("access, object, erase, opt-out or withdraw."))
]
Region = Annotated[
    str, typer.Option("--region", help=_("Where you live, such as NO, if the report does not say."))
]
LetterLang = Annotated[
    str, typer.Option("--letter-lang", help=_("Language of the letter: en, nb, ro or ru."))
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=_("A new .txt file, or an .eml file for a mail draft.")),
]
Log = Annotated[bool, typer.Option("--log", help=_("Show the log of requests."))]
LogFile = Annotated[Path, typer.Option("--log-file", help=_("Where the log of requests is."))]
Sent = Annotated[str, typer.Option("--sent", help=_("Log that you sent it, on this day."))]
Answered = Annotated[bool, typer.Option("--answered", help=_("Log that it was answered."))]
Denied = Annotated[bool, typer.Option("--denied", help=_("Log that it was refused."))]
Extended = Annotated[
    bool, typer.Option("--extended", help=_("Log that the holder said it needs longer."))
]
ExportCsv = Annotated[
    Path | None,
    typer.Option("--export-csv", help=_("Write the contacts of the report's holders as CSV.")),
]
AsOf = Annotated[str, typer.Option("--as-of", help=_("Count from this day instead of today."))]


class Asked(NamedTuple):
    """What the options said: whom, for what, from where, on which day."""

    holder: str
    right: str
    report: Report | None
    residence: str
    day: dt.date


def request(
    holder: Who = "",
    report: Saved = None,
    right: Chosen = "access",
    region: Region = "",
    letter_lang: LetterLang = "",
    output: Output = None,
    sent: Sent = "",
    answered: Answered = False,
    denied: Denied = False,
    extended: Extended = False,
    log: Log = False,
    log_file: LogFile = Path("requests.csv"),
    export_csv: ExportCsv = None,
    as_of: AsOf = "",
    lang: options.Lang = "",
) -> None:
    """Write one letter to one holder, for you to send; keep a log of what you sent.

    Nothing is sent. A letter needs a saved report with a finding about that holder, and has
    gaps in square brackets that only you can fill.
    """
    options.choose_language(lang)
    logged = {"sent": bool(sent), "fulfilled": answered, "denied": denied, "extended": extended}
    events = [name for name, said in logged.items() if said]
    if len(events) + log + (export_csv is not None) > 1:
        raise UsageError(_("Choose one of --log, --sent, --answered, --denied, --extended."))
    asked = _asked(holder, right, report, region, as_of)
    if log:
        request_log.show(log_file, asked.day)
    elif export_csv is not None:
        _export(asked, export_csv)
    elif not holder:
        raise UsageError(_("Name a holder of the report, or use --log or --export-csv."))
    elif sent:
        name, _contacts = _known(asked)
        day = options.date(sent, "--sent") or asked.day
        request_log.sent(log_file, *name, _given(asked._replace(day=day)), day, asked.day)
    elif events:
        request_log.answer(log_file, holder, letters.kinds(asked.right), events[0], asked.day)
    else:
        _letter(asked, letter_lang, output)
