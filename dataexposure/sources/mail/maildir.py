"""Mailboxes that are a folder: Maildir with `cur` and `new`, and Maildir++ folders `.Name`.

https://cr.yp.to/proto/maildir.html says that `tmp` holds unfinished messages and that flags
follow `:2,` in a file's name; where a colon cannot stand in a name, programs write `;`, `!`
or percent-encoding instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.mail import letter
from dataexposure.sources.mail.folders import kind_of_folder
from dataexposure.sources.mail.tally import Tally

NAME: Final = "maildir"

_BOXES: Final = ("cur", "new")
_DRAFT: Final = re.compile(r"[:;!]2,[A-Za-z]*D")


def sniff(file: Input) -> bool:
    """Recognise a folder that holds `cur` and `new`."""
    return _is_maildir(file.path)


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Read every message of the folder and of the folders `.Name` in it.

    Links are not followed. A place is `cur/3`, or `2/cur/3` in the second folder: names of
    folders and files are left out, for a person chose them.
    """
    tally = Tally(NAME, file.name)
    for place, path, kind in _messages(file.path):
        if kind:
            tally.passed_over(kind)
            continue
        try:
            with path.open("rb") as stream:
                raw = stream.read(letter.LARGEST + 1)
        except OSError:
            tally.problem("unreadable")
            continue
        if len(raw) > letter.LARGEST:
            tally.problem("too-large")
        else:
            yield from tally.letter(letter.read(raw, tally.at(place), interest))
    yield from tally.close()


def _is_maildir(path: Path) -> bool:
    return all((path / box).is_dir() for box in _BOXES)


def _messages(root: Path) -> Iterator[tuple[str, Path, str]]:
    """Give each message's place, path, and why it is passed over, in a steady order."""
    for number, folder in enumerate(_folders(root)):
        kind = kind_of_folder(folder.name)
        for box in _BOXES:
            for position, entry in enumerate(_entries(folder / box), start=1):
                if entry.is_file(follow_symlinks=False):
                    place = f"{number}/{box}/{position}" if number else f"{box}/{position}"
                    draft = "draft" if _DRAFT.search(unquote(entry.name)) else ""
                    yield place, Path(entry.path), kind or draft


def _folders(root: Path) -> Iterator[Path]:
    yield root
    for entry in _entries(root):
        inner = Path(entry.path)
        if (
            entry.name.startswith(".")
            and entry.is_dir(follow_symlinks=False)
            and _is_maildir(inner)
        ):
            yield inner


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
