"""Mailboxes in one file: Gmail Takeout, Thunderbird, Apple Mail's export, Unix mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.mail import letter, splitting
from dataexposure.sources.mail.folders import kind_of_file
from dataexposure.sources.mail.tally import Tally

NAME: Final = "mbox"


def sniff(file: Input) -> bool:
    """Recognise a separator line followed by a header."""
    return splitting.begins_mbox(file.head)


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Stream the mailbox message by message; raises OSError when the file cannot be read.

    A mailbox named as one of spam, of sent mail or of drafts is counted, not read.
    """
    tally = Tally(NAME, file.name)
    passed_over = kind_of_file(file.name)
    with file.path.open("rb") as stream:
        for position, raw in enumerate(splitting.messages(stream), start=1):
            if passed_over:
                tally.passed_over(passed_over)
            elif raw is None:
                tally.problem("too-large")
            else:
                yield from tally.letter(letter.read(raw, tally.at(f"message:{position}"), interest))
    yield from tally.close()
