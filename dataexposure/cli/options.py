"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from dataexposure import language
from dataexposure.cli import terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _
from dataexposure.model import Report
from dataexposure.report import FORMATS

_SHARED: Final = "html"
_REGION: Final = re.compile(r"[A-Z]{2}(-[A-Z]{2})?")
WIDTH: Final = 80
"""Columns of a report that does not go to a terminal."""

Format = Annotated[
    str,
    typer.Option("--format", "-f", help=_("One of: {known}.").format(known=", ".join(FORMATS))),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help=_("Write to this file instead of the screen."))
]
Details = Annotated[
    bool, typer.Option("--details", "-d", help=_("Show everyone, with all reasons and files."))
]
Lang = Annotated[str, typer.Option("--lang", help=_("Language of the report, such as en."))]
NoColor = Annotated[bool, typer.Option("--no-color", help=_("Write without colours."))]
Redact = Annotated[
    bool,
    typer.Option("--redact", help=_("Leave out shops, days and file names, to show it to others.")),
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", help=_("Reason as of this date instead of today, to repeat a run.")),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Do not say what is being read."))]
Share = Annotated[
    bool,
    typer.Option("--share", help=_("Write a redacted page to send to others; needs --output.")),
]


def choose_language(name: str) -> None:
    """Use a language. Raises UsageError when there is no catalogue for a named one."""
    if name and name not in language.languages():
        known = ", ".join(language.languages())
        raise UsageError(
            _("There is no catalogue for `{name}`; known: {known}.").format(name=name, known=known)
        )
    language.use(name)


def date(text: str, option: str) -> dt.date | None:
    """Read a date option; empty means none. Raises UsageError when it is no date."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            _("{option} wants a date such as 2026-11-21.").format(option=option)
        ) from None


def today(as_of: str) -> dt.date:
    """Give the day to reason as of: the one that is named, or today's (UTC)."""
    return date(as_of, "--as-of") or dt.datetime.now(dt.UTC).date()


def residence(text: str) -> str:
    """Read a region option; empty means not said. Raises UsageError for another form."""
    code = text.strip().upper()
    if code and not _REGION.fullmatch(code):
        raise UsageError(_("--region wants a country such as NO, or a state such as US-CA."))
    return {"UK": "GB"}.get(code, code)


class Wanted(NamedTuple):
    """How a report is wanted: its format, where it goes, and how much of it."""

    style: str
    output: Path | None
    details: bool
    no_color: bool
    redact: bool

    @property
    def colour(self) -> bool:
        """Say whether to write with colours: to a terminal, unless asked not to."""
        plain = self.no_color or "NO_COLOR" in os.environ
        return self.output is None and not plain and sys.stdout.isatty()


def wanted(
    style: str,
    output: Path | None,
    lang: str,
    *,
    details: bool,
    no_color: bool,
    redact: bool,
    share: bool,
) -> Wanted:
    """Choose the language, and say how the report is wanted, before anything is read.

    To share is to write a redacted page. Raises UsageError for an unknown language or format,
    and for a share that is no page or has no file.
    """
    from dataexposure.report import renderer

    choose_language(lang)
    if share:
        if output is None:
            raise UsageError(_("--share wants a file to write, such as --output report.html."))
        if style not in ("terminal", _SHARED):
            raise UsageError(_("--share writes a page; for another format use --redact."))
        style = _SHARED
    renderer(style)
    return Wanted(style, output, details, no_color, redact or share)


def bound(word: str, words: Mapping[str, float], option: str) -> float | None:
    """Give the lower bound of a likelihood word; empty means none.

    Raises UsageError for an unknown word.
    """
    if not word:
        return None
    if word not in words:
        known = ", ".join(words)
        raise UsageError(_("{option} wants one of: {known}.").format(option=option, known=known))
    return words[word]


def saved(path: Path) -> Report:
    """Read a saved report. Raises UsageError when it cannot be read or is none."""
    from dataexposure import pipeline
    from dataexposure.report.document import parse, strangers
    from dataexposure.rulebase import userdata

    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot read the report: {reason}.").format(reason=reason)) from None
    report = parse(content)
    if strangers(report, pipeline.words(userdata.complete())):
        raise UsageError(_("The report has words that this version does not know: scan again."))
    return report


def width() -> int:
    """Give the columns to write in: the terminal's, at most 120."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, 120)


def write(report: Report, how: Wanted, rulebase: Rulebase | None = None) -> None:
    """Render a report and write it, with the words of a rule base, or of that in use.

    Raises UsageError for a format or file that does not work.
    """
    from dataexposure import pipeline
    from dataexposure.report import renderer
    from dataexposure.rulebase import userdata

    words = pipeline.words(rulebase or userdata.complete())
    if how.redact:
        from dataexposure.report.redaction import redact

        report = redact(report, words)
    render = renderer(how.style)
    text = render(report, words, width=width(), colour=how.colour, details=how.details)
    put(text, how.output)


def put(text: str, output: Path | None, *, append: bool = False) -> None:
    """Write a text as it stands to a file or the screen; `append` keeps what the file has.

    Raises UsageError when it cannot be written.
    """
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # a format's own line ends
        sys.stdout.write(text)
        return
    try:
        with output.open("a" if append else "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from None
    terminal.note(_("Written: {name}").format(name=output.name))
