"""How much of a list of domains the rule base can name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _


class Covered(Struct, frozen=True):
    """The share of a list that has an owner: of its domains, and of their weight (0 to 1).

    `missing` gives the heaviest domains without an owner, with their weights.
    """

    domains: int
    owned: int
    weight: float
    missing: tuple[tuple[str, float], ...]


def measure(path: Path, rulebase: Rulebase, most: int = 25) -> Covered:
    """Hold a file of domains against the rule base.

    Each line names a domain and, behind a tab, comma or space, its weight (1 if none); a
    first line whose second word is no number is a heading. Raises UsageError when it cannot
    be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = tuple(_rows(stream))
    except (OSError, UnicodeDecodeError):
        raise UsageError(_("The list cannot be read: it must be a text file.")) from None
    total = sum(weight for _, weight in rows)
    missing = [(domain, weight) for domain, weight in rows if not rulebase.owner(domain)]
    lost = sum(weight for _, weight in missing)
    missing.sort(key=lambda row: (-row[1], row[0]))
    return Covered(
        domains=len(rows),
        owned=len(rows) - len(missing),
        weight=1.0 - lost / total if total else 0.0,
        missing=tuple(missing[:most]),
    )


def _rows(lines: Iterator[str]) -> Iterator[tuple[str, float]]:
    for number, line in enumerate(csv.reader(text.replace("\t", ",") for text in lines)):
        words = [word.strip() for word in line if word.strip()]
        if not words:
            continue
        try:
            weight = float(words[1]) if len(words) > 1 else 1.0
        except ValueError:
            if number:
                text = _("Line {line}: the weight is not a number.").format(line=number + 1)
                raise UsageError(text) from None
            continue
        yield words[0].lower(), weight
