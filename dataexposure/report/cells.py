"""CSV after RFC 4180, with cells that no spreadsheet takes for a formula.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is run as a formula by
spreadsheets, and so is one after a separator that the spreadsheet expects instead of the comma.
An apostrophe before the sign makes it text. Every cell is in quotes, so that no separator
within one can begin another.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from dataexposure.printable import printable

_FORMULA: Final = re.compile(r"(^|[,;|\"'\t\r\n])(\s*)([=+\-@＝＋－＠]|[\t\r\n])")

Cell = str | float | int | bool | None


def table(header: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> str:
    """Give the rows as CSV, in UTF-8 without a byte-order mark, with CRLF line ends."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def listed(values: Iterable[str]) -> str:
    """Give several ids in one cell, each once, in order."""
    return " ".join(dict.fromkeys(value for value in values if value))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return printable(_FORMULA.sub(r"\1'\2\3", value))
