"""The command line as a whole."""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

from dataexposure import __version__
from dataexposure.cli import diff, explain, imports, request, rules, scan, site, sources, terminal
from dataexposure.language import _

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=_("Find out who likely holds data about your purchases, and what you can do."),
)
COMMANDS = (
    scan.scan,
    scan.show,
    diff.diff,
    request.request,
    explain.explain,
    sources.sources,
    site.site,
)
for command in COMMANDS:
    app.command(command.__name__, help=_(inspect.cleandoc(command.__doc__ or "")))(command)
imports.register(rules.app)
app.add_typer(rules.app, name="rules", help=_("Look into the rule base, and keep it sound."))


def _version(asked: bool) -> None:
    if asked:
        terminal.line(f"dataexposure {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_version, is_eager=True, help=_("Show the version and stop.")
    ),
]


@app.callback()
def options(version: Version = False) -> None:
    """Find out who likely holds data about your purchases, and what you can do."""
    del version
