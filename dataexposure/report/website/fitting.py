"""Markdown that is cut to a size at whole rows, and says how many rows it left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from dataexposure.language import ngettext
from dataexposure.report.marks import plain, row

RESERVE: Final = 400
"""Bytes kept free for saying what was left out."""

_LONGEST: Final = 2_000
"""Characters of a cell; only a hostile value is longer."""


class Part(Struct, frozen=True):
    """A heading, what stands before the rows, and rows of which any number may be left out.

    Rows of a part with titles are cells of a table, others items of a list.
    """

    heading: str
    rows: Sequence[Sequence[str]]
    titles: Sequence[str] = ()
    intro: str = ""


def size(lines: Sequence[str]) -> int:
    """Give the bytes of some lines."""
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)


def fitted(part: Part, room: int) -> tuple[list[str], int]:
    """Give a part's lines as far as they fit, and how many rows were not even begun."""
    lines = [f"## {cell(part.heading)}", ""]
    if part.intro:
        lines += [cell(part.intro), ""]
    if part.titles:
        lines += [row(tuple(map(cell, part.titles))), row(("---",) * len(part.titles))]
    room -= size(lines) + RESERVE
    if room < 0:
        return [], len(part.rows)
    shown = 0
    for cells in part.rows:
        line = row(tuple(map(cell, cells))) if part.titles else f"- {cell(cells[0])}"
        room -= size([line])
        if room < 0:
            break
        lines.append(line)
        shown += 1
    rest = len(part.rows) - shown
    if rest:
        text = ngettext(
            "{count} more row is left out, for want of room.",
            "{count} more rows are left out, for want of room.",
            rest,
        )
        lines += ["", plain(text.format(count=rest))]
    return [*lines, ""], 0


def cell(text: str) -> str:
    """Give a text for a cell, a heading or an item: escaped, and shortened if it is huge."""
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return plain(short) or " "
