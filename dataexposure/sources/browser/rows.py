"""Reading rows of a browser's database quickly, whatever its text is encoded in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any, Final

from dataexposure.model import Input
from dataexposure.sources.inputs import InputFile

_ROWS_AT_ONCE: Final = 4096


def opened(file: Input) -> AbstractContextManager[sqlite3.Connection]:
    """Open the private copy of the input's database."""
    return _on_disk(file).database()


def sidecar_names(file: Input) -> tuple[str, ...]:
    """Name the write-ahead log and journal that are read along with the database."""
    return _on_disk(file).sidecar_names


def _on_disk(file: Input) -> InputFile:
    if not isinstance(file, InputFile):
        raise TypeError("a database can only be read from an InputFile")
    return file


def batches(
    database: sqlite3.Connection, query: str, values: tuple[str, ...] = ()
) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows of a query with its values, some thousand at a time.

    Text is decoded by the interpreter's fast path. When a value turns out not to be UTF-8
    (old and damaged profiles have such), the query starts again with replacement characters
    and goes on behind the rows already given. Raises sqlite3.DatabaseError when the
    database is damaged.
    """
    lenient = database.text_factory
    given = 0
    database.text_factory = str
    try:
        rows = database.execute(query, values)
        while batch := rows.fetchmany(_ROWS_AT_ONCE):
            yield batch
            given += len(batch)
    except sqlite3.OperationalError:
        database.text_factory = lenient
        rest = islice(database.execute(query, values), given, None)
        while batch := list(islice(rest, _ROWS_AT_ONCE)):
            yield batch
    finally:
        database.text_factory = lenient
