"""What the tests of the browser readers need: samples, an interest, and the result in parts."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from msgspec import Struct

from dataexposure.model import Coverage, Observation, Problem, Source
from dataexposure.sources.browser import (
    chromium_cookies,
    chromium_history,
    firefox_cookies,
    firefox_history,
    safari_history,
    takeout_history,
)
from dataexposure.sources.inputs import InputFile

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "sources" / "browser"
READERS: tuple[Source, ...] = (
    chromium_cookies,
    chromium_history,
    firefox_cookies,
    firefox_history,
    safari_history,
    takeout_history,
)


class Interested:
    """Interested in every address that contains one of the texts; remembers what it was asked."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts or ("",)
        self.asked: list[str] = []

    def url(self, url: str) -> bool:
        """Say whether the address contains one of the texts."""
        self.asked.append(url)
        return any(text in url for text in self.texts)


class Reading(Struct):
    """What a reader gave, in parts."""

    observations: list[Observation]
    problems: dict[str, int]
    coverage: Coverage

    def urls(self, channel: str) -> dict[str, int]:
        """Give the addresses of a channel with their counts."""
        return {
            observation.facts["url"][0]: observation.count
            for observation in self.observations
            if observation.channel == channel
        }

    def of(self, url: str) -> Observation:
        """Give the one observation of this address."""
        (found,) = [each for each in self.observations if each.facts.get("url") == (url,)]
        return found


def build(sample: str, folder: Path, name: str = "input") -> Path:
    """Make the database that `sample`.sql describes."""
    path = folder / name
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executescript((SAMPLES / f"{sample}.sql").read_text("utf-8"))
    return path


def claimants(path: Path) -> list[str]:
    """Name the readers that claim a file."""
    with InputFile(path, path.name) as file:
        return [reader.NAME for reader in READERS if reader.sniff(file)]


def read(path: Path, interest: Interested | None = None) -> Reading:
    """Read a file with the one reader that claims it, and check the order of what it gives."""
    with InputFile(path, path.name) as file:
        (reader,) = [reader for reader in READERS if reader.sniff(file)]
        items = list(reader.read(file, interest or Interested()))
    coverage = items.pop()
    assert isinstance(coverage, Coverage)
    problems = [item for item in items if isinstance(item, Problem)]
    assert len({problem.cause for problem in problems}) == len(problems)
    return Reading(
        [item for item in items if isinstance(item, Observation)],
        {problem.cause: problem.count for problem in problems},
        coverage,
    )
