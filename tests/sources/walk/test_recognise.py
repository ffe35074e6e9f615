from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataexposure.model import Coverage, Input, Interest, Observation, Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.walk import recognise


class Reader:
    """Claims what begins with its word."""

    def __init__(self, name: str, word: bytes) -> None:
        self.NAME = name
        self._word = word

    def sniff(self, file: Input) -> bool:
        return file.head.startswith(self._word)

    def read(self, file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
        del file, interest
        return iter(())


APPLES = Reader("apples", b"apple")
RED = Reader("red-apples", b"apple red")


def verdict(path: Path) -> str:
    with InputFile(path, path.name) as file:
        result = recognise(file, (APPLES, RED))
    return result.cause if isinstance(result, Problem) else result.NAME


def test_exactly_one_reader_may_claim_a_file(tmp_path: Path) -> None:
    path = tmp_path / "basket"
    for text, expected in (
        (b"apple green", "apples"),
        (b"apple red", "two-claimants"),
        (b"pear", "unclaimed"),
    ):
        path.write_bytes(text)
        assert verdict(path) == expected


def test_two_claimants_are_named(tmp_path: Path) -> None:
    (tmp_path / "basket").write_bytes(b"apple red")
    with InputFile(tmp_path / "basket", "basket") as file:
        result = recognise(file, (APPLES, RED))
    assert isinstance(result, Problem)
    assert result.note == "apples red-apples"
    assert result.at.file == "basket"


def test_a_file_that_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    assert verdict(tmp_path / "gone") == "unreadable"


def test_a_broken_database_is_damaged_and_a_strange_one_unclaimed(tmp_path: Path) -> None:
    path = tmp_path / "fruit.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.commit()
    connection.close()
    assert verdict(path) == "unclaimed"
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"\xff" * 900)
    assert verdict(path) == "damaged"
    path.write_bytes(raw[:60])
    assert verdict(path) == "damaged"


def test_a_table_of_an_unknown_module_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "INSERT INTO sqlite_master VALUES "
        "('table', 'words', 'words', 0, 'CREATE VIRTUAL TABLE words USING strange(text)')"
    )
    connection.commit()
    connection.close()
    with InputFile(path, "mail.db") as file:
        assert file.tables == {"fruit": frozenset({"name"}), "words": frozenset()}


def test_the_original_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "fruit.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.commit()
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with InputFile(path, "fruit.db") as file:
        assert "fruit" in file.tables
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
    connection.close()


def test_a_closed_file_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = tmp_path / "fruit.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.close()
    file = InputFile(path, "fruit.db")
    assert file.tables
    assert list(scratch.iterdir())
    file.close()
    assert not list(scratch.iterdir())
