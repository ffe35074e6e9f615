"""What a lint looks at, and what it finds: the loaded base with its lines, and faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from dataexposure.documents import Document
from dataexposure.errors import RuleError
from dataexposure.knowledge import Organisation, Signal
from dataexposure.rulebase.load import Loaded

STALE: Final = dt.timedelta(days=548)
"""Eighteen months: after that a source or contact wants another look."""

FORBIDDEN: Final = (
    "github.com/ghostery/trackerdb",
    "disconnectme",
    "duckduckgo/tracker-",
    "exodus-privacy",
    "easylist",
    "enthec/webappanalyzer",
    "clearurls",
    "adguardteam/companiesdb",
    "adguardteam/adguardfilters",
    "badbool",
    "optery",
)
"""Lists whose licence forbids taking facts from them into these rules."""


class Fault(Struct, frozen=True):
    """What is wrong, where, and whether it is only advice."""

    error: RuleError
    advice: bool = False


class Rules:
    """What the lints look at: the loaded base, and where each file's lines are."""

    def __init__(self, loaded: Loaded, today: dt.date) -> None:
        self.base = loaded.rulebase
        self.cases = loaded.cases
        self.today = today
        self.documents = {document.name: document for document in loaded.documents}

    def file_of(self, org: Organisation) -> Document:
        """Give the organisation's file, or the directory file that lists it."""
        if own := self.documents.get(f"orgs/{org.id}.yaml"):
            return own
        return next(
            document
            for name, document in self.documents.items()
            if name.startswith("directory/") and org.id in document.mapping("organisations")
        )

    def at(self, org: Organisation, *keys: str) -> tuple[str, int]:
        """Give the file and line of something an organisation says."""
        document = self.file_of(org)
        return document.name, document.line(*keys)

    def at_signal(self, signal: Signal, *keys: str) -> tuple[str, int]:
        """Give the file and line of a signal."""
        owner, _, name = signal.id.rpartition(":")[0].partition("/")
        own = f"orgs/{owner}.yaml"
        for document in self.documents.values():
            mine = document.name == own if signal.org else document.name.startswith("generic/")
            if mine and document.mapping(signal.channel, name):
                return document.name, document.line(signal.channel, name, *keys)
        return own, 0


Found = Iterator[Fault]
"""What a lint gives."""


def fault(place: tuple[str, int], message: str, *, advice: bool = False) -> Fault:
    """Make a fault at a file and line."""
    return Fault(RuleError(*place, message), advice)
