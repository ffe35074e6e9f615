"""What the mail readers count while they read, and the closing values made of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Locator, Observation, Problem
from dataexposure.sources.mail.letter import Letter

_PASSED_OVER: Final = ("spam", "sent", "draft")


class Tally:
    """Counts the letters of one file; `close` gives its problems and its coverage."""

    def __init__(self, source: str, file: str) -> None:
        self._source = source
        self._file = file
        self._verdicts: Counter[str] = Counter()
        self._channels: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self._other_pictures = 0
        self._first: dt.date | None = None
        self._last: dt.date | None = None

    def at(self, record: str) -> Locator:
        """Name a place in this file."""
        return Locator(self._source, self._file, record)

    def letter(self, letter: Letter) -> tuple[Observation, ...]:
        """Count one letter, and give its observations on."""
        if letter.verdict == "bad":
            self._problems["bad-record"] += 1
            return ()
        self._verdicts[letter.verdict] += 1
        self._other_pictures += letter.other_pictures
        for observation in letter.observations:
            self._channels[observation.channel] += 1
        if letter.day:
            self._first = min(self._first or letter.day, letter.day)
            self._last = max(self._last or letter.day, letter.day)
        return letter.observations

    def passed_over(self, verdict: str) -> None:
        """Count a letter that was not opened: `spam`, `sent` or `draft`."""
        self._verdicts[verdict] += 1

    def problem(self, cause: str) -> None:
        """Count a letter that could not be read, by its cause."""
        self._problems[cause] += 1

    def close(self) -> Iterator[Problem | Coverage]:
        """Give one problem for each cause, and the coverage last."""
        for cause, count in sorted(self._problems.items()):
            yield Problem(self.at(""), cause, count)
        passed_over = {name: self._verdicts[name] for name in _PASSED_OVER}
        yield Coverage(
            self._source,
            self._file,
            read=self._verdicts["read"],
            skipped=sum(passed_over.values()) + self._problems.total(),
            first=self._first,
            last=self._last,
            counts={
                "messages": self._verdicts["read"],
                "links": self._channels["link"],
                "images": self._channels["image"],
                "other-images": self._other_pictures,
                **passed_over,
            },
        )
