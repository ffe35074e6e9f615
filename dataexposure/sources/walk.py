"""From the paths that a user names to inputs, and from an input to its reader.

Folders are gone through in sorted order, archives member by member. What cannot be read is
a `Problem`, never silence, but for files that hold nothing by design:

* `-shm` indexes of databases, empty lock files, sockets, pipes and devices in a folder;
* `.DS_Store`, `Thumbs.db`, `desktop.ini`, `.localized`, AppleDouble companions (`._name`);
* the index files in a Maildir's root, Thunderbird's `.msf` index beside its mailbox and its
  rule and state files, the table of contents in Apple Mail's export, Takeout's overview page.

A file that is reached twice is given once.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from dataexposure.model import Locator, Problem, Source
from dataexposure.sources.archives import NAME, form, unpack
from dataexposure.sources.inputs import SIDECARS, SQLITE, InputFile
from dataexposure.sources.naming import home_folder, shown, titles
from dataexposure.sources.sidecars import is_log
from dataexposure.sources.streams import Budget

_FOLDER_DEPTH: Final = 64
_IGNORED: Final = frozenset(
    {
        ".ds_store",
        ".localized",
        "archive_browser.html",
        "desktop.ini",
        "msgfilterrules.dat",
        "popstate.dat",
        "thumbs.db",
    }
)
_LOCKS: Final = frozenset({"lock", ".lock", "lockfile", "parent.lock", ".parentlock"})
_MAILDIR_INDEX: Final = re.compile(
    r"dovecot[-.].*|courier.*|maildir(?:size|folder)|subscriptions|\.uidvalidity"
    r"|folders\.db|\.\.maildir\+\+|.*\.cmeta|.*\.ibex\.index(?:\.data)?"
)
_BOX: Final = ".mbox"
_BOX_INDEX: Final = "table_of_contents"
_MAIL_INDEX: Final = ".msf"
_APPLE_DOUBLE: Final = b"\x00\x05\x16\x07"

Seen = set[tuple[int, int]]


def walk(paths: Iterable[Path]) -> Iterator[InputFile | Problem]:
    """Give each input under the named paths, or the reason why something is none.

    A named path may itself be a symbolic link; links found on the way are not followed.
    Whoever takes an `InputFile` closes it.
    """
    named = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100 - keeps links
    seen: Seen = set()
    for path, title in zip(named, titles(named), strict=True):
        yield from _named(path, title, named, seen)


def _named(
    path: Path, title: str, named: tuple[Path, ...], seen: Seen
) -> Iterator[InputFile | Problem]:
    here = Locator(NAME, title)
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        yield Problem(here, "missing")
    except (OSError, RuntimeError):
        yield Problem(here, "unreadable")
    else:
        if stat.S_ISDIR(mode):
            yield from _folder(real, title, seen, 0)
        elif not stat.S_ISREG(mode):
            yield Problem(here, "unreadable")
        elif not _travels(real, {other.name for other in named if other.parent == path.parent}):
            yield from _file(real, title, seen)


def _folder(folder: Path, name: str, seen: Seen, depth: int) -> Iterator[InputFile | Problem]:
    try:
        if _is_known(folder, seen):
            return
        entries = sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths
    except OSError:
        yield Problem(Locator(NAME, name), "unreadable")
        return
    if depth > _FOLDER_DEPTH:
        yield Problem(Locator(NAME, name), "too-deep")
        return
    if _is_maildir(folder):
        yield InputFile(folder, name)
        entries = [entry for entry in entries if not _is_maildir_part(folder / entry)]
    siblings = set(entries)
    home = home_folder()
    for entry in entries:
        path = folder / entry
        title = f"{name}/{'~' if path == home else shown(entry)}"
        yield from _entry(path, title, siblings, seen, depth)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _is_maildir(folder: Path) -> bool:
    return _is_folder(folder / "cur") and _is_folder(folder / "new")


def _is_maildir_part(path: Path) -> bool:
    """Say whether this is read with the Maildir that holds it, as its folders `.Name` are."""
    name = path.name
    if name in ("cur", "new", "tmp") or _MAILDIR_INDEX.fullmatch(name):
        return True
    return name.startswith(".") and _is_maildir(path)


def _entry(
    path: Path, name: str, siblings: set[str], seen: Seen, depth: int
) -> Iterator[InputFile | Problem]:
    try:
        mode = path.lstat().st_mode
    except OSError:
        yield Problem(Locator(NAME, name), "unreadable")
        return
    if stat.S_ISLNK(mode):
        yield Problem(Locator(NAME, name), "link")
    elif stat.S_ISDIR(mode):
        yield from _folder(path, name, seen, depth + 1)
    elif stat.S_ISREG(mode) and not _travels(path, siblings):
        yield from _file(path, name, seen)


def _travels(path: Path, siblings: set[str]) -> bool:
    """Say whether this is the log, journal or index of an input beside it."""
    if path.suffix == _MAIL_INDEX and path.stem in siblings:
        return True
    for suffix in SIDECARS:
        main = path.name.removesuffix(suffix)
        if main != path.name and main in siblings:
            try:
                return _is_database(path.with_name(main)) and is_log(InputFile(path, ""))
            except OSError:
                return False
    return False


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


def _is_known(path: Path, seen: Seen) -> bool:
    """Say whether this file or folder was given before, and remember it."""
    status = path.stat()
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return True
    if status.st_ino:
        seen.add(key)
    return False


def _file(path: Path, name: str, seen: Seen) -> Iterator[InputFile | Problem]:
    try:
        if _is_known(path, seen):
            return
        size = path.stat().st_size
    except OSError:
        yield Problem(Locator(NAME, name), "unreadable")
        return
    yield from _input(InputFile(path, name), path.name, Budget(size), 1)


def _input(file: InputFile, name: str, budget: Budget, depth: int) -> Iterator[InputFile | Problem]:
    """Give a file, what it holds if it is an archive, or the reason why it is no input."""
    here = Locator(NAME, file.name)
    given = False
    try:
        head = file.head
        kind = form(file)
        if _is_ignored(file.name, head):
            return
        if name.endswith(SIDECARS) and is_log(file):
            yield Problem(here, "sidecar")
        elif not head:
            yield Problem(here, "empty")
        elif not kind:
            given = True
            file.forget()  # so that a list of all inputs stays small
            yield file
        elif depth > budget.limits.depth:
            yield Problem(here, "too-deep")
        else:
            yield from _archive(file, kind, budget, depth)
    except OSError:
        yield Problem(here, "unreadable")
    finally:
        if not given:
            file.close()


def _archive(
    file: InputFile, kind: str, budget: Budget, depth: int
) -> Iterator[InputFile | Problem]:
    for member in unpack(file, kind, budget):
        if isinstance(member, Problem):
            yield member
        else:
            inner = member.name.rpartition("!/")[2]
            yield from _input(member, inner, budget, depth + 1)


def _is_ignored(title: str, head: bytes) -> bool:
    path = PurePosixPath(title)
    name = path.name.lower()
    if name.endswith("-shm") or name in _IGNORED:
        return True
    if name.startswith("._") and head.startswith(_APPLE_DOUBLE):
        return True
    if name == _BOX_INDEX and path.parent.name.endswith(_BOX):
        return True
    return name in _LOCKS and not head


def recognise(file: InputFile, sources: tuple[Source, ...]) -> Source | Problem:
    """Find the one reader that claims a file, or say why there is none to trust."""
    here = Locator(NAME, file.name)
    try:
        claimants = tuple(source for source in sources if source.sniff(file))
        if len(claimants) == 1:
            return claimants[0]
        if claimants:
            return Problem(here, "two-claimants", note=" ".join(one.NAME for one in claimants))
        return Problem(here, "damaged" if _is_broken(file) else "unclaimed")
    except OSError:
        return Problem(here, "unreadable")


def _is_broken(file: InputFile) -> bool:
    """Say whether this begins like a SQLite database that then cannot be opened."""
    if not file.head.startswith(SQLITE):
        return False
    try:
        with file.database() as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True
    return False
