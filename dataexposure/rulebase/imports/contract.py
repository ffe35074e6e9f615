"""What an importer is."""

from __future__ import annotations

from typing import Protocol

from dataexposure.rulebase.imports.material import Material
from dataexposure.rulebase.lists import Copy


class Importer(Protocol):
    """The contract of an importer module.

    `KIND` is the list's id, `NAME` its name, `HOME` where it comes from, `LICENCE` the short
    name of its licence and `ASKS` a sentence that says what that licence asks of the user.
    """

    KIND: str
    NAME: str
    HOME: str
    LICENCE: str
    ASKS: str

    def sniff(self, material: Material) -> bool:
        """Say, by content, whether this is the list; exactly one importer may claim it."""
        ...

    def read(self, material: Material) -> Copy:
        """Convert the list. Raises msgspec.MsgspecError, ValueError or csv.Error if damaged."""
        ...
