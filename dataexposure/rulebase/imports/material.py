"""The file, folder or ZIP archive that a user wants to import, as bytes within a limit."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from dataexposure.errors import UsageError
from dataexposure.language import _

LIMIT: Final = 200 * 1024 * 1024
"""Bytes that one import may hold, unpacked."""

_MEMBERS: Final = 50_000
_SUFFIXES: Final = (".json", ".eno", ".csv", ".txt")
_HEAD: Final = 65_536
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,  # what zipfile raises for a password, and for a method it does not know
)


class Material:
    """What is to be imported: `members` maps a name (with `/`) to its content.

    A single file is one member. Of a folder or archive only the members whose names end like
    a list's are read; links are not followed.
    """

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = members

    @classmethod
    def load(cls, path: Path) -> Material:
        """Read a file, folder or ZIP archive.

        Raises UsageError when there is none, it cannot be read, is empty or too large.
        """
        try:
            if path.is_dir():
                return cls(_bounded(_folder(path)))
            if not stat.S_ISREG(path.stat().st_mode):
                raise UsageError(_("This is neither a file nor a folder."))
            if zipfile.is_zipfile(path):
                return cls(_bounded(_archive(path)))
            with path.open("rb") as stream:
                return cls(_bounded(iter([(path.name, stream.read(LIMIT + 1))])))
        except _BROKEN:
            raise UsageError(_("The archive is damaged or locked with a password.")) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "error"
            raise UsageError(_("Cannot read the list: {reason}.").format(reason=reason)) from None

    @cached_property
    def top(self) -> Mapping[str, msgspec.Raw]:
        """The keys of the only member, if it is a JSON object, with their undecoded values."""
        if len(self.members) != 1:
            return {}
        return json_object(next(iter(self.members.values())))

    @cached_property
    def head(self) -> str:
        """The beginning of the only member as text; empty when there are several."""
        if len(self.members) != 1:
            return ""
        return text(next(iter(self.members.values()))[:_HEAD], errors="replace")

    def ending(self, suffix: str) -> Iterator[tuple[str, bytes]]:
        """Give the members whose names end so, in order."""
        for name in sorted(self.members):
            if name.endswith(suffix):
                yield name, self.members[name]


def text(content: bytes, errors: str = "strict") -> str:
    """Decode UTF-8, with or without a byte order mark. Raises ValueError when it is not."""
    return content.decode("utf-8-sig", errors)


def json_object(content: bytes) -> Mapping[str, msgspec.Raw]:
    """Give a JSON object's keys with undecoded values; empty when it is none."""
    try:
        return msgspec.json.decode(
            content.removeprefix(b"\xef\xbb\xbf"), type=dict[str, msgspec.Raw]
        )
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}


def _bounded(parts: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    size = 0
    for name, content in parts:
        size += len(content)
        if size > LIMIT or len(members) >= _MEMBERS:
            limit = LIMIT // (1024 * 1024)
            raise UsageError(_("The list is larger than {limit} MB.").format(limit=limit))
        members[name] = content
    if not any(content.strip() for content in members.values()):
        raise UsageError(_("The list is empty."))
    return members


def _folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SUFFIXES and stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as stream:
                yield path.relative_to(folder).as_posix(), stream.read(LIMIT + 1)


def _archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.filename.endswith(_SUFFIXES) and not info.is_dir():
                with archive.open(info) as stream:
                    yield info.filename, stream.read(LIMIT + 1)
