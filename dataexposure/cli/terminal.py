"""Writing to the terminal: plain lines, made safe."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from typing import Final

from dataexposure.printable import printable

_WIDTH: Final = 80


def line(text: str = "") -> None:
    """Print a text to the standard output, line by line."""
    sys.stdout.write("".join(f"{printable(part)}\n" for part in text.split("\n")))


def wrapped(text: str) -> Iterator[str]:
    """Give the lines of an item of a list, 80 columns wide; a long address stays whole."""
    yield from textwrap.wrap(
        text,
        width=_WIDTH,
        initial_indent=" - ",
        subsequent_indent="   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def note(text: str) -> None:
    """Print one line to the standard error, for what is not the answer."""
    sys.stderr.write(printable(text) + "\n")
