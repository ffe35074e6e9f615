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
from typing import Annotated, Final

import typer

from dataexposure import language
from dataexposure.cli import terminal
from dataexposure.errors import UsageError
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


def residence(text: str) -> str:
    """Read a region option; empty means not said. Raises UsageError for another form."""
    code = text.strip().upper()
    if code and not _REGION.fullmatch(code):
        raise UsageError(_("--region wants a country such as NO, or a state such as US-CA."))
    return {"UK": "GB"}.get(code, code)


def prepared(
    style: str, output: Path | None, *, lang: str, redact: bool, share: bool
) -> tuple[str, bool]:
    """Choose the language, and give the format and whether to redact, before anything is read.

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
    return style, redact or share


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
    from dataexposure.report.document import parse

    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot read the report: {reason}.").format(reason=reason)) from None
    return parse(content)


def width() -> int:
    """Give the columns to write in: the terminal's, at most 120."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, 120)


def write(
    report: Report,
    style: str,
    output: Path | None,
    *,
    details: bool,
    no_color: bool,
    redacted: bool = False,
) -> None:
    """Render a report and write it. Raises UsageError for a format or file that does not work."""
    from dataexposure import pipeline
    from dataexposure.report import renderer
    from dataexposure.rulebase import userdata

    colour = (
        output is None and not no_color and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    )
    words = pipeline.words(userdata.complete())
    if redacted:
        from dataexposure.report.redaction import redact

        report = redact(report, words)
    text = renderer(style)(
        report,
        words,
        width=width(),
        colour=colour,
        details=details,
    )
    put(text, output)


def put(text: str, output: Path | None) -> None:
    """Write a text as it stands to a file or the screen. Raises UsageError when it cannot be."""
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # a format's own line ends
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from None
    terminal.note(_("Written: {name}").format(name=output.name))
