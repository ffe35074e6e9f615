"""Writing for a terminal: plain text in, styled only by us.

Every text goes into rich as it is, so that nothing from a file can style the terminal, and no
line ends in spaces.
"""

from __future__ import annotations

import io
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text


def opened(stream: io.StringIO, width: int, *, colour: bool) -> Console:
    """Give a console that writes into a stream, `width` columns wide."""
    return Console(
        file=stream,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def trimmed(stream: io.StringIO) -> str:
    """Give all that was written."""
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def heading(console: Console, text: str) -> None:
    """Begin a section."""
    console.print()
    console.print(Text(text, style="bold"))


def item(console: Console, text: str, depth: int = 1) -> None:
    """Print an item of a list, at once: a table for each would take seconds for thousands."""
    mark = "   " * (depth - 1) + " - "
    room = console.width - len(mark)
    if cell_len(text) == len(text):
        lines = wrap(text, room, break_on_hyphens=False) or [""]
    else:
        lines = [line.plain for line in Text(text).wrap(console, room)]
    first, *more = lines
    console.file.write("\n".join((mark + first, *(" " * len(mark) + line for line in more), "")))
