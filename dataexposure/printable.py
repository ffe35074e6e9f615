"""Text from strangers, made safe to show.

File names, host names and titles may hold control characters that rewrite a terminal, or
marks that turn the reading direction. Joiners stay: Persian and Hindi names and some
pictures need them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINERS: Final = "\u200c\u200d"
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Replace every character that could deceive or rewrite by `?`; line breaks too."""
    if text.isprintable():
        return text
    return "".join("?" if _is_hidden(character) else character for character in text)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _JOINERS
