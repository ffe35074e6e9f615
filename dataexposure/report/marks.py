"""Text made safe for GitHub-flavoured Markdown.

A backslash before a punctuation mark takes its meaning away (CommonMark 0.31, 2.4), but not
from what GitHub turns into links after that: bare addresses, `@names`, `#numbers`, and what
stands between dollar signs. A word with one of these is shown as code, where nothing has a
meaning but backquotes (6.1) and, in a table, the pipe, which is replaced by its look-alike.
"""

from __future__ import annotations

import re
from typing import Final

from dataexposure.printable import printable

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|~&!])")
_FIRST: Final = re.compile(r"^(?:(\d+)([.)])|([-+=#:]))")
_RISKY: Final = re.compile(
    r"[@$]|://|www\.|mailto:|xmpp:|#\d|\bgh-\d|:[\w+-]+:|^[0-9a-f]{7,40}$", re.IGNORECASE
)
_WORD: Final = re.compile(r"\S+")
_ENDS: Final = ".,;)?"  # what ends a sentence, not an address
_BACKQUOTES: Final = re.compile("`+")


def plain(text: str) -> str:
    """Give a text that shows as it stands, in a paragraph, list, heading or table cell."""
    shown = _WORD.sub(_word, printable(text).strip())
    return _FIRST.sub(_first, shown)


def code(text: str) -> str:
    """Give a text as code; within a table it must have no pipe."""
    shown = printable(text).strip() or " "
    fence = "`" * (max((len(run) for run in _BACKQUOTES.findall(shown)), default=0) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def row(cells: tuple[str, ...]) -> str:
    """Give a row of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _word(found: re.Match[str]) -> str:
    word = found.group()
    if _RISKY.search(word):
        core = word.rstrip(_ENDS) or word
        return code(core.replace("|", "∣")) + _SPECIAL.sub(r"\\\1", word[len(core) :])
    return _SPECIAL.sub(r"\\\1", word)


def _first(found: re.Match[str]) -> str:
    number, mark, sign = found.groups()
    return f"{number}\\{mark}" if number else f"\\{sign}"
