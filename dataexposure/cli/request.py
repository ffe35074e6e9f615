"""`dataexposure request`: one letter to one holder, and the log of what was sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from dataexposure.cli import options
from dataexposure.errors import UsageError
from dataexposure.language import _

_EVENTS: Final = ("log", "csv", "sent", "fulfilled", "denied", "extended")

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
    from dataexposure.cli import asking, request_letter, request_log

    options.choose_language(lang)
    event = _one(log, export_csv, sent, answered, denied, extended)
    asked = asking.read(holder, right, report, region, as_of)
    if event == "log":
        request_log.show(log_file, asked.day)
    elif export_csv is not None:
        request_letter.export(asked, export_csv)
    elif event == "sent":
        request_log.sent(asked, sent, log_file)
    elif event:
        request_log.answer(asked, event, log_file)
    else:
        request_letter.write(asked, letter_lang, output)


def _one(*said: object) -> str:
    """Give the one thing of `_EVENTS` that was asked for instead of a letter, or nothing."""
    events = [name for name, wanted in zip(_EVENTS, said, strict=True) if wanted]
    if len(events) > 1:
        raise UsageError(
            _("Choose one: --log, --export-csv, --sent, --answered, --denied or --extended.")
        )
    return events[0] if events else ""
