"""`dataexposure diff`: what came and what went between two saved reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from dataexposure.cli import options
from dataexposure.errors import UsageError
from dataexposure.language import _

FOUND: Final = 1

Old = Annotated[Path, typer.Argument(help=_("The older report, saved with --format json."))]
New = Annotated[Path, typer.Argument(help=_("The newer report, saved with --format json."))]
Style = Annotated[str, typer.Option("--format", "-f", help=_("terminal, json or markdown."))]
FailOnNew = Annotated[
    str,
    typer.Option("--fail-on-new", help=_("Exit 1 when someone new is at least this likely.")),
]


def diff(
    old: Old,
    new: New,
    style: Style = "terminal",
    output: options.Output = None,
    lang: options.Lang = "",
    fail_on_new: FailOnNew = "",
) -> None:
    """Show what came and what went between two saved reports.

    What may be due to a newer rule base is marked. Exit code 0: compared; 1: someone new is
    at least as likely as --fail-on-new says; 2: wrong usage.
    """
    from dataexposure import pipeline
    from dataexposure.report import changes
    from dataexposure.report.comparison import compare
    from dataexposure.rulebase import userdata

    options.choose_language(lang)
    changes.checked(style)
    rulebase = userdata.complete()
    bound = options.bound(fail_on_new, rulebase.likelihood.words, "--fail-on-new")
    reports = options.saved(old), options.saved(new)
    if any(report.redacted for report in reports):
        raise UsageError(_("A redacted report names nobody for sure, so it cannot be compared."))
    found = compare(*reports)
    text = changes.written(found, pipeline.words(rulebase), style, options.width())
    options.put(text, output)
    likely = [change.after.mid for change in found.came if change.after]
    if bound is not None and any(mid >= bound for mid in likely):
        raise typer.Exit(FOUND)
