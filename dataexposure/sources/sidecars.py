"""Write-ahead logs and rollback journals: files that are read only with their database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Self

from dataexposure.model import Locator, Problem
from dataexposure.sources.inputs import SIDECARS, SQLITE, InputFile
from dataexposure.sources.naming import shown

_WALK: Final = "walk"
_WAL: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_JOURNAL: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class Waiting:
    """Databases of an archive, and the logs and journals that belong to them."""

    def __init__(self, outer: str) -> None:
        self._outer = outer
        self._mains: dict[str, InputFile] = {}
        self._sidecars: dict[str, InputFile] = {}

    def __enter__(self) -> Self:
        """Start to wait."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what nobody took."""
        for file in (*self._mains.values(), *self._sidecars.values()):
            file.close()

    def keeps(self, name: str, file: InputFile) -> bool:
        """Take a file that must wait; a name that stands twice does not wait."""
        if name.endswith(SIDECARS) and name not in self._sidecars and is_log(file):
            self._sidecars[name] = file
            return True
        if file.head.startswith(SQLITE) and name not in self._mains:
            self._mains[name] = file
            return True
        return False

    def release(self) -> Iterator[InputFile | Problem]:
        """Give the databases, each with its sidecars beside it, and what belongs to none."""
        while self._mains:
            name = next(iter(self._mains))
            main = self._mains.pop(name)
            for suffix in SIDECARS:
                sidecar = self._sidecars.pop(name + suffix, None)
                if sidecar is not None:
                    sidecar.path.rename(main.path.with_name(main.path.name + suffix))
                    sidecar.close()
            yield main
        for name in self._sidecars:
            yield Problem(Locator(_WALK, f"{self._outer}!/{shown(name)}"), "sidecar")


def is_log(file: InputFile) -> bool:
    """Say whether a file that is named like one is a write-ahead log or rollback journal.

    SQLite zeroes or empties them when they are done with (sqlite.org/fileformat2.html).
    """
    head = file.head
    return head.startswith((*_WAL, _JOURNAL)) or not head.strip(b"\0")
