"""`dataexposure sources`: what can be read, and how to export it."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from dataexposure.cli import options, terminal
from dataexposure.language import _

Word = Annotated[str, typer.Argument(help=_("Only those whose title has this word."))]


def sources(word: Word = "", lang: options.Lang = "") -> None:
    """Show what can be read, and how to export it from each place."""
    from dataexposure.sources.locations import EXPORTS

    options.choose_language(lang)
    for export in EXPORTS:
        if word.casefold() not in _(export.title).casefold():
            continue
        terminal.line(_(export.title))
        for number, step in enumerate(export.steps, 1):
            lines = textwrap.wrap(_(step), width=options.WIDTH - 5)
            for position, line in enumerate(lines):
                lead = f"  {number}. " if position == 0 else "     "
                terminal.line(lead + line)
        terminal.line()
