"""The canonical form of a rule file: the order of its sections, and nothing else.

Comments and the writing inside a section are the author's and stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from dataexposure.channels import CHANNELS

ORDER: Final = (
    "name",
    "roles",
    "parent",
    "country",
    "website",
    "domains",
    "sources",
    "rights",
    "gap",
    *CHANNELS,
    "tests",
)
_SPACED: Final = frozenset({*CHANNELS, "tests"})
_KEY: Final = re.compile(r"([a-z-]+):")


def canonical(text: str) -> str:
    """Give a file's text with its sections in order, one empty line before each channel.

    Trailing white space goes, and the file ends in one line break. A comment at the margin
    belongs to the section below it.
    """
    head, sections = _sections(text)
    known = {name: place for place, name in enumerate(ORDER)}
    # Sorting is stable: unknown sections, which lint reports, go last in their own order.
    sections.sort(key=lambda section: known.get(section[0], len(ORDER)))
    lines = _trimmed(head)
    for name, block in sections:
        if name in _SPACED and lines:
            lines.append("")
        lines.extend(_trimmed(block))
    return "\n".join(lines) + "\n"


def _sections(text: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Split into what stands before the first section, and the sections by name."""
    head: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in text.splitlines():
        match = _KEY.match(line)
        if match:
            sections.append((match.group(1), [*waiting, line]))
            waiting = []
        elif line.startswith("#") or not line.strip():
            waiting.append(line)
        elif sections:
            sections[-1][1].extend([*waiting, line])
            waiting = []
        else:
            head.extend([*waiting, line])
            waiting = []
    if sections:
        sections[-1][1].extend(waiting)
    else:
        head.extend(waiting)
    return head, sections


def _trimmed(lines: list[str]) -> list[str]:
    """Drop trailing white space, and empty lines at both ends."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        kept.pop(0)
    return kept
