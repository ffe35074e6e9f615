"""What the lists of Android apps share: package names, dates, and lines of text.

A package name has letters, digits and underscores between dots
(developer.android.com/build/configure-app-module); the system itself is just `android`.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from dataexposure.channels import APP
from dataexposure.model import Locator, Observation

LONGEST_LINE: Final = 65_536
_PACKAGE: Final = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*", re.ASCII)
_LONGEST_PACKAGE: Final = 255
# Parts of the system image carry a fixed date, in local time up to 2009-01-01.
_IMAGE_DATE: Final = dt.date(2009, 1, 1)
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def is_package(text: str) -> bool:
    """Say whether this may be a package name, the bare ones of the system included."""
    return len(text) <= _LONGEST_PACKAGE and _PACKAGE.fullmatch(text) is not None


def app(
    package: str,
    at: Locator,
    installer: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Observation:
    """Make the observation of one installed app.

    `installer` is what the list says; only a package name counts, not `null` or `@system`.
    """
    facts: Mapping[str, tuple[str, ...]] = {"package": (package,), "platform": ("android",)}
    if "." in installer and is_package(installer):
        facts = {**facts, "installer": (installer,)}
    return Observation(APP.name, facts, at, party=package, first=first, last=last)


def day(text: str) -> dt.date | None:
    """Read the date of `2023-05-01 10:11:12` (the phone's own time); None for an image's."""
    try:
        date = dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
    return date if date > _IMAGE_DATE else None


def encoding(head: bytes) -> str:
    """Name the encoding: PowerShell's `>` writes UTF-16, the phone itself UTF-8."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8-sig")


def lines(path: Path, head: bytes) -> Iterator[tuple[int, str]]:
    """Give each line with its number from 1; one that is absurdly long is given cut."""
    with path.open(encoding=encoding(head), errors="replace") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            yield number, line.rstrip("\r\n")
            while line and not line.endswith("\n"):
                line = stream.readline(LONGEST_LINE)


def head_lines(head: bytes) -> list[str]:
    """Give the whole lines of a file's beginning; the last may be cut and is left out."""
    text = head.decode(encoding(head), "replace")
    found = text.splitlines()
    return found[:-1] if len(head) >= LONGEST_LINE else found
