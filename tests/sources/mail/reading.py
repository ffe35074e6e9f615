"""Reads a file as the pipeline would: by the one reader that claims it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dataexposure.model import Coverage, Observation, Problem, Source
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.mail import maildir, mbox, message

READERS: tuple[Source, ...] = (maildir, mbox, message)
SAMPLES = Path(__file__).resolve().parents[2] / "data/sources/mail"
CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus"


class Everything:
    """An interest that wants every address."""

    def url(self, url: str) -> bool:
        assert url.startswith("http")
        return True


class Hosts:
    """An interest that wants the addresses on some hosts."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = hosts

    def url(self, url: str) -> bool:
        return url.split("/")[2] in self.hosts


def claimants(path: Path, name: str = "") -> list[str]:
    with InputFile(path, name or path.name) as file:
        return [reader.NAME for reader in READERS if reader.sniff(file)]


class Reading:
    """All that one reader gave, sorted by kind."""

    def __init__(self, given: Iterable[Observation | Problem | Coverage]) -> None:
        rows = list(given)
        last = rows.pop()
        assert isinstance(last, Coverage)
        self.coverage = last
        self.problems = [row for row in rows if isinstance(row, Problem)]
        self.observations = [row for row in rows if isinstance(row, Observation)]

    def on(self, channel: str) -> list[Observation]:
        return [row for row in self.observations if row.channel == channel]


def read(path: Path, interest: Everything | Hosts | None = None, name: str = "") -> Reading:
    (claimant,) = claimants(path, name)
    (reader,) = [reader for reader in READERS if claimant == reader.NAME]
    with InputFile(path, name or path.name) as file:
        return Reading(reader.read(file, interest or Everything()))
