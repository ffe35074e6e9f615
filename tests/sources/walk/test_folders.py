from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from dataexposure.model import Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.walk import walk


def found(*paths: Path) -> list[str]:
    """Every result as `name` or `name: cause`, closed."""
    results = []
    for one in walk(paths):
        if isinstance(one, Problem):
            results.append(f"{one.at.file}: {one.cause}")
        else:
            results.append(one.name)
            one.close()
    return results


def database(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.commit()
    connection.close()
    return path


WAL = b"\x37\x7f\x06\x82" + bytes(28)
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(20)


def test_a_folder_is_shown_by_its_own_name_and_in_sorted_order(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    (folder / "b").mkdir(parents=True)
    for name in ("z.txt", "a.txt", "b/c.txt"):
        (folder / name).write_text("x")
    assert found(folder) == ["mails/a.txt", "mails/b/c.txt", "mails/z.txt"]


def test_a_single_file_is_shown_by_its_last_name(tmp_path: Path) -> None:
    (tmp_path / "History").write_text("x")
    assert found(tmp_path / "History") == ["History"]


def test_two_files_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "History").write_text("x")
    (tmp_path / "Cookies").write_text("x")
    assert found(tmp_path / "one/History", tmp_path / "two/History", tmp_path / "Cookies") == [
        "one/History",
        "two/History",
        "Cookies",
    ]


def test_the_home_folder_is_never_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "people" / "maria"
    home.mkdir(parents=True)
    (home / "notes.txt").write_text("x")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.chdir(home)
    assert found(home) == ["~/notes.txt"]
    assert found(Path()) == ["~/notes.txt"]
    assert found(home.parent) == ["people/~/notes.txt"]
    assert found(home / "notes.txt") == ["notes.txt"]


def test_the_current_folder_is_shown_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "a").write_text("x")
    monkeypatch.chdir(tmp_path / "export")
    assert found(Path()) == ["export/a"]
    assert found(Path("../export/./a")) == ["a"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "a").write_text("x")
    assert found(tmp_path / "mails" / "a", tmp_path / "mails") == ["a"]


def test_what_does_not_exist_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path / "no") == ["no: missing"]
    assert found(tmp_path / "file" / "under") == ["under: missing"]
    assert found(tmp_path / "dangling") == ["dangling: missing"]
    assert found(Path("nul\0l")) == ["nul?l: missing"]
    assert found(tmp_path / ("n" * 4000))[0].endswith(": unreadable")


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "nothing").touch()
    assert found(tmp_path / "nothing") == ["nothing: empty"]


def test_links_found_on_the_way_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("x")
    (folder / "SingletonLock").symlink_to("host-4711")
    (folder / "file").symlink_to(outside / "secret")
    (folder / "folder").symlink_to(outside)
    (folder / "self").symlink_to(folder)
    assert found(folder) == [
        "profile/SingletonLock: link",
        "profile/file: link",
        "profile/folder: link",
        "profile/self: link",
    ]


def test_a_link_that_the_user_names_is_followed_to_the_database_and_its_log(
    tmp_path: Path,
) -> None:
    (tmp_path / "real").mkdir()
    database(tmp_path / "real" / "History")
    (tmp_path / "real" / "History-wal").write_bytes(WAL)
    (tmp_path / "mine").symlink_to(tmp_path / "real" / "History")
    (file,) = walk([tmp_path / "mine"])
    assert isinstance(file, InputFile)
    with file:
        assert file.name == "mine"
        assert file.sidecar_names == ("mine-wal",)
    assert found(tmp_path / "mine") == ["mine"]


def test_pipes_and_sockets_never_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "real").write_text("x")
    os.mknod(tmp_path / "socket", stat.S_IFSOCK | 0o600)
    assert found(tmp_path) == [f"{tmp_path.name}/real"]
    assert found(tmp_path / "pipe") == ["pipe: unreadable"]
    assert found(tmp_path / "socket") == ["socket: unreadable"]


def test_a_folder_may_not_be_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> list[str]:
        raise PermissionError(13, "no", path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert found(tmp_path) == [f"{tmp_path.name}: unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_may_not_be_readable(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0)
    assert found(tmp_path / "secret") == ["secret: unreadable"]


def test_a_file_that_refuses_to_open_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert found(tmp_path / "secret") == ["secret: unreadable"]


def test_files_that_hold_nothing_by_design_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    for name in ("History-shm", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / name).write_bytes(b"x")
    for name in ("LOCK", ".parentlock", "parent.lock"):
        (folder / name).touch()
    (folder / "._photo").write_bytes(b"\x00\x05\x16\x07\x00\x02")
    (folder / "lock").write_bytes(b"something is in it")
    assert found(folder) == ["p/lock"]


def test_indexes_of_mail_programs_are_passed_over(tmp_path: Path) -> None:
    for name in ("Inbox", "Inbox.msf", "Gone.msf", "popstate.dat", "msgFilterRules.dat"):
        (tmp_path / name).write_text("x")
    (tmp_path / "Shops.mbox").mkdir()
    for name in ("Shops.mbox/mbox", "Shops.mbox/table_of_contents", "table_of_contents"):
        (tmp_path / name).write_text("x")
    names = [one.rpartition("/")[2] for one in found(tmp_path)]
    assert names == ["Gone.msf", "Inbox", "mbox", "table_of_contents"]


def test_a_log_travels_with_its_database(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    database(folder / "History")
    (folder / "History-wal").write_bytes(WAL)
    (folder / "History-journal").write_bytes(b"")
    (folder / "History-shm").write_bytes(b"index")
    results = list(walk([folder]))
    assert [getattr(one, "name", one) for one in results] == ["p/History"]
    (file,) = results
    assert isinstance(file, InputFile)
    assert file.sidecar_names == ("p/History-wal", "p/History-journal")
    assert found(folder / "History", folder / "History-wal") == ["History"]


def test_a_log_without_its_database_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "History-wal").write_bytes(WAL)
    (folder / "Cookies-journal").write_bytes(JOURNAL)
    assert found(folder) == ["p/Cookies-journal: sidecar", "p/History-wal: sidecar"]
    database(folder / "History")
    (folder / "History-wal").write_bytes(WAL)
    assert found(folder / "History-wal") == ["History-wal: sidecar"]


def test_a_diary_called_journal_is_not_a_journal(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    database(folder / "my")
    (folder / "my-journal").write_text("Dear diary")
    (folder / "notes").write_text("x")
    (folder / "notes-wal").write_bytes(WAL)
    assert found(folder) == ["p/my", "p/my-journal", "p/notes", "p/notes-wal: sidecar"]


def test_a_linked_log_is_not_read_along(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    database(folder / "History")
    (tmp_path / "elsewhere").write_bytes(WAL)
    (folder / "History-wal").symlink_to(tmp_path / "elsewhere")
    results = list(walk([folder]))
    assert isinstance(results[0], InputFile)
    assert results[0].sidecars == ()
    assert isinstance(results[1], Problem)
    assert results[1].cause == "link"


def test_a_maildir_with_its_dotted_folders_is_one_input(tmp_path: Path) -> None:
    mail = tmp_path / "Mail"
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", "work/cur", "work/new", ".x"):
        (mail / folder).mkdir(parents=True)
    (mail / "cur" / "1.x:2,S").write_text("Subject: a")
    for name in ("dovecot-uidlist", "maildirsize", "folders.db", ".Sent.cmeta"):
        (mail / name).write_text("x")
    (mail / "other.eml").write_text("x")
    assert found(mail) == ["Mail", "Mail/other.eml", "Mail/work"]


def test_folders_that_are_nested_without_end_stop(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(70):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "file").write_text("x")
    (problem,) = found(tmp_path)
    assert problem.endswith(": too-deep")


def test_names_that_are_no_text_are_read_and_shown_safely(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    odd = os.fsencode(folder) + b"/\xff\xfe\x1b[2J\xe2\x80\xaegpj.exe"
    with open(odd, "wb") as stream:  # noqa: PTH123 - the name is bytes
        stream.write(b"x")
    (file,) = walk([folder])
    assert isinstance(file, InputFile)
    assert file.name == "p/???[2J?gpj.exe"
    assert file.head == b"x"
