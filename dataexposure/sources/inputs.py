"""One input file as readers see it: its head, and its tables if it is a SQLite database.

A database is never opened where it lies. It is copied, together with its write-ahead log
and rollback journal, into a private temporary folder and opened there: a browser that runs
holds a lock, a log that stays behind hides the newest rows, and `immutable=1` ignores the
log altogether. The copy lives as long as the `InputFile`; so does the private file of an
archive's member, which needs no second copy.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

HEAD_SIZE: Final = 65_536
SIDECARS: Final = ("-wal", "-journal")
SQLITE: Final = b"SQLite format 3\x00"


class InputFile:
    """A file, or a folder that is one mailbox; implements `model.Input`.

    Close it (or use it as a context manager) to remove the private copy of a database.
    `owned` is the temporary folder of a file that was taken out of an archive: it is removed
    on closing too.
    """

    def __init__(
        self, path: Path, name: str, owned: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.path = path
        self.name = name
        self._owned = owned
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        """Give the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Remove the private copies, if any were made."""
        for folder in (self._scratch, self._owned):
            if folder is not None:
                folder.cleanup()
        self._scratch = None

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB; empty for a folder. Raises OSError when it cannot be read."""
        if self.path.is_dir():
            return b""
        with self.path.open("rb") as stream:
            return stream.read(HEAD_SIZE)

    def forget(self) -> None:
        """Drop the beginning that was read; it is read again when it is asked for."""
        self.__dict__.pop("head", None)

    @property
    def sidecars(self) -> tuple[Path, ...]:
        """The write-ahead log and journal that lie beside a database; never a link."""
        beside = (self.path.with_name(self.path.name + suffix) for suffix in SIDECARS)
        return tuple(path for path in beside if is_regular(path))

    @property
    def sidecar_names(self) -> tuple[str, ...]:
        """The display names of the sidecars, in the same order."""
        return tuple(self.name + path.name[len(self.path.name) :] for path in self.sidecars)

    @cached_property
    def tables(self) -> Mapping[str, frozenset[str]]:
        """Table names with their column names; empty when this is no readable database.

        A virtual table whose module is not built into this SQLite has no columns here.
        """
        if not self.head.startswith(SQLITE):
            return {}
        try:
            with self.database() as database:
                rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                return {name: _columns(database, name) for (name,) in rows.fetchall()}
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            # The latter when SQLite quotes a damaged schema that is no text.
            return {}

    @contextlib.contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """Open the private copy of the database; text that is not UTF-8 is read leniently.

        Raises sqlite3.DatabaseError when it is damaged.
        """
        with contextlib.closing(sqlite3.connect(self._copy())) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield connection

    def _copy(self) -> Path:
        if self._owned is not None:
            return self.path
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="dataexposure-")
            target = Path(self._scratch.name) / "database"
            shutil.copyfile(self.path, target)
            for sidecar in self.sidecars:
                suffix = sidecar.name[len(self.path.name) :]
                shutil.copyfile(sidecar, target.with_name(target.name + suffix))
        return Path(self._scratch.name) / "database"


def is_regular(path: Path) -> bool:
    """Say whether this is a plain file itself: no link, folder, pipe, socket or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def _columns(database: sqlite3.Connection, table: str) -> frozenset[str]:
    try:
        rows = database.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    except sqlite3.OperationalError:
        return frozenset()
    return frozenset(column for (column,) in rows)
