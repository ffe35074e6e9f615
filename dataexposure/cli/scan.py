"""`dataexposure scan` and `dataexposure show`."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dataexposure.cli import options, progress, terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _, ngettext
from dataexposure.model import Report

if TYPE_CHECKING:
    from dataexposure.pipeline import Person

FOUND: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help=_("Files, folders and archives to read; none: this machine's own, after a yes."),
        show_default=False,
    ),
]
Demo = Annotated[bool, typer.Option("--demo", help=_("Read a made-up person's exports."))]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help=_("Read this machine's own files without asking."))
]
Email = Annotated[
    list[str] | None,
    typer.Option("--email", help=_("An address of yours, to find where it was sent; not kept.")),
]
Since = Annotated[str, typer.Option("--since", help=_("Leave out what is older than this date."))]
Region = Annotated[
    str,
    typer.Option("--region", help=_("Where you live, such as NO or US-CA; it is not guessed.")),
]
FailOn = Annotated[
    str, typer.Option("--fail-on", help=_("Exit 1 when someone is at least this likely."))
]
Saved = Annotated[Path, typer.Argument(help=_("A report that was saved with --format json."))]


def scan(
    paths: Paths = None,
    demo: Demo = False,
    yes: Yes = False,
    email: Email = None,
    since: Since = "",
    region: Region = "",
    as_of: options.AsOf = "",
    style: options.Format = "terminal",
    output: options.Output = None,
    details: options.Details = False,
    redact: options.Redact = False,
    share: options.Share = False,
    lang: options.Lang = "",
    fail_on: FailOn = "",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Find out who likely holds data about your purchases.

    Reads exports, profiles and mailboxes; changes nothing and sends nothing. Exit code 0:
    done; 1: someone is at least as likely as --fail-on says; 2: wrong usage; 3: something
    could not be read (the report says what).
    """
    from dataexposure import pipeline
    from dataexposure.rulebase import userdata

    how = options.wanted(
        style, output, lang, details=details, no_color=no_color, redact=redact, share=share
    )
    rulebase = userdata.complete()
    bound = options.bound(fail_on, rulebase.likelihood.words, "--fail-on")
    made, oldest = options.today(as_of), options.date(since, "--since")
    person = pipeline.Person(tuple(email or ()), options.residence(region))
    inputs = _inputs(paths or (), person, demo=demo, yes=yes)
    with inputs as (files, who), progress.shown(files, quiet=quiet) as notice:
        report = pipeline.audit(files, rulebase, made=made, person=who, since=oldest, notice=notice)
    raise typer.Exit(_finish(report, how, rulebase, bound))


def _finish(report: Report, how: options.Wanted, rulebase: Rulebase, bound: float | None) -> int:
    """Write the report and give the exit code."""
    options.write(report, how, rulebase)
    if bound is not None and any(holder.likelihood.mid >= bound for holder in report.holders):
        return FOUND
    return INCOMPLETE if report.problems else 0


def show(
    saved: Saved,
    style: options.Format = "terminal",
    output: options.Output = None,
    details: options.Details = False,
    redact: options.Redact = False,
    share: options.Share = False,
    lang: options.Lang = "",
    no_color: options.NoColor = False,
) -> None:
    """Show a saved report again; nothing is read anew."""
    how = options.wanted(
        style, output, lang, details=details, no_color=no_color, redact=redact, share=share
    )
    options.write(options.saved(saved), how)


@contextlib.contextmanager
def _inputs(
    paths: Sequence[Path], person: Person, *, demo: bool, yes: bool
) -> Iterator[tuple[tuple[Path, ...], Person]]:
    """Give what to read, and who asks: the user, or the person of the demo."""
    if demo:
        if paths:
            raise UsageError(_("Name files or use --demo, not both."))
        from dataexposure import demo as exports

        with exports.built() as folder:
            yield (
                (folder,),
                person._replace(addresses=exports.ADDRESSES, residence=exports.RESIDENCE),
            )
    elif paths:
        yield tuple(paths), person
    else:
        yield _this_machine(yes=yes), person


def _this_machine(*, yes: bool) -> tuple[Path, ...]:
    from dataexposure.sources.locations import discover

    found = discover(Path.home(), sys.platform, os.environ)
    if not found:
        terminal.note(_("No browser, mailbox or app list of yours was found on this machine."))
        terminal.note(_("`dataexposure sources` tells how to export them from elsewhere,"))
        terminal.note(_("and `dataexposure scan --demo` shows what a report looks like."))
        raise typer.Exit(USAGE)
    terminal.note(_("This was found on this machine, and would be read (nothing is changed):"))
    for one in found:
        terminal.note(f"  - {one.name}: {_short(one.path)}")
    if not yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            terminal.note(_("Without a terminal to ask in, say --yes to read them."))
            raise typer.Exit(USAGE)
        question = ngettext("Read this {count} item?", "Read these {count} items?", len(found))
        if not typer.confirm(question.format(count=len(found)), default=False, err=True):
            terminal.note(_("Nothing was read."))
            raise typer.Exit(0)
    return tuple(one.path for one in found)


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return str(path)
