"""Writing to the terminal: plain lines, made safe.

File names, host names and titles come from strangers, so control and bidirectional
characters are replaced before anything is printed.
"""

from __future__ import annotations

import sys
import unicodedata

_KEPT = frozenset("\n\t")


def clean(text: str) -> str:
    """Replace control, format and bidirectional characters by `?`."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character in _KEPT or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
        else "?"
        for character in text
    )


def line(text: str = "") -> None:
    """Print one line to the standard output."""
    sys.stdout.write(clean(text) + "\n")


def note(text: str) -> None:
    """Print one line to the standard error, for what is not the answer."""
    sys.stderr.write(clean(text) + "\n")
