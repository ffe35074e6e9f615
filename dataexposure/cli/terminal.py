"""Writing to the terminal: plain lines, made safe."""

from __future__ import annotations

import sys

from dataexposure.printable import printable


def line(text: str = "") -> None:
    """Print a text to the standard output, line by line."""
    sys.stdout.write("".join(f"{printable(part)}\n" for part in text.split("\n")))


def note(text: str) -> None:
    """Print one line to the standard error, for what is not the answer."""
    sys.stderr.write(printable(text) + "\n")
