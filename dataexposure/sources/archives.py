"""Archives, member by member: zip, tar (plain, gzip, bzip2, xz) and single compressed files.

Each member is written to a private temporary file under a name of ours: a name inside an
archive never becomes a path. A database waits for its write-ahead log and journal until the
archive has been gone through, since a tar may hold them in any order. Office documents,
e-books and app packages are zip files too, but each is one document: they are left whole.
"""

from __future__ import annotations

import contextlib
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final, NamedTuple, Self, cast

from dataexposure.model import Locator, Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.naming import is_unsafe, shown
from dataexposure.sources.sidecars import Waiting
from dataexposure.sources.streams import CHUNK, Budget, Inflated, LimitError, compression

NAME: Final = "walk"
_DAMAGED: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    ValueError,
    OverflowError,
)
_DOCUMENTS: Final = ("AndroidManifest.xml", "[Content_Types].xml", "META-INF/MANIFEST.MF")
_ENDINGS: Final = {".gz": "", ".bz2": "", ".xz": "", ".zhar": ".har", ".tgz": ".tar", ".z": ""}
_ENTRY_BYTES: Final = 300


class _Entry(NamedTuple):
    name: str
    refused: str
    packed: int
    stream: IO[bytes] | None


def form(file: InputFile) -> str:
    """Name the kind of archive, by content: `zip`, `tar`, a compression, or nothing.

    Raises OSError when the file cannot be read.
    """
    head = file.head
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "" if _is_document(file.path) else "zip"
    if _is_tar(head):
        return "tar"
    return compression(head)


def _is_document(path: Path) -> bool:
    try:
        if _directory_size(path) > Budget(0).limits.entries * _ENTRY_BYTES:
            return False
        with zipfile.ZipFile(path) as archive:
            first = next(iter(archive.NameToInfo), "")
            return first == "mimetype" or any(name in archive.NameToInfo for name in _DOCUMENTS)
    except (*_DAMAGED, NotImplementedError):
        return False


def _is_tar(head: bytes) -> bool:
    if head[257:262] != b"ustar":
        return False
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def unpack(file: InputFile, kind: str, budget: Budget) -> Iterator[InputFile | Problem]:
    """Give what an archive of this kind holds; the reason when it cannot be gone through.

    Whoever takes an `InputFile` closes it, which removes its private copy.
    """
    here = Locator(NAME, file.name)
    try:
        with contextlib.closing(_entries(file, kind, budget)) as entries:
            yield from _members(file.name, entries, budget)
    except LimitError as error:
        yield Problem(here, error.cause)
    except NotImplementedError:
        yield Problem(here, "unclaimed")
    except _DAMAGED:
        yield Problem(here, "damaged")
    except OSError:
        # bzip2 reports damage so, and a full disk comes here too
        yield Problem(here, "damaged" if kind == "bzip2" else "unreadable")


def _entries(file: InputFile, kind: str, budget: Budget) -> Generator[_Entry, None, None]:
    if kind == "zip":
        yield from _zip(file.path, budget)
        return
    if kind == "tar":
        with file.path.open("rb") as plain:
            yield from _tar(plain, budget)
        return
    with Inflated(file.path, kind, Budget(0)) as peek:
        is_tar = _is_tar(peek.read(512))
    with Inflated(file.path, kind, budget) as stream:
        if is_tar:
            yield from _tar(cast("IO[bytes]", stream), budget)
        else:
            budget.entry()
            yield _Entry(_inner_name(file.name), "", 0, cast("IO[bytes]", stream))


def _inner_name(name: str) -> str:
    last = PurePosixPath(name.rpartition("!/")[2])
    ending = _ENDINGS.get(last.suffix.lower())
    return last.name if ending is None else last.stem + ending


def _zip(path: Path, budget: Budget) -> Iterator[_Entry]:
    if _directory_size(path) > budget.limits.entries * _ENTRY_BYTES:
        raise LimitError("too-many")
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            budget.entry()
            mode = info.external_attr >> 16
            kind = stat.S_IFMT(mode)
            if info.is_dir() and not is_unsafe(info.filename):
                continue
            if is_unsafe(info.filename) or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                yield _Entry(info.filename, "unsafe-entry", 0, None)
            elif info.flag_bits & 0x1:
                yield _Entry(info.filename, "encrypted", 0, None)
            else:
                yield from _zipped(archive, info)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[_Entry]:
    try:
        stream = archive.open(info)
    except NotImplementedError:
        yield _Entry(info.filename, "unclaimed", 0, None)
    except _DAMAGED:
        yield _Entry(info.filename, "damaged", 0, None)
    else:
        with stream:
            yield _Entry(info.filename, "", max(info.compress_size, 1), stream)


def _directory_size(path: Path) -> int:
    """Give the size in bytes of a zip's directory (PKWARE APPNOTE 4.3.14 to 4.3.16)."""
    with path.open("rb") as stream:
        end = stream.seek(0, 2)
        stream.seek(max(0, end - 65_557))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("no directory")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    far = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFF_FFFF and far >= 0:
        size = int.from_bytes(tail[far + 40 : far + 48], "little")
    return size


class _Header(tarfile.TarInfo):
    """A header that must be whole: tarfile takes a broken one for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read the next header. Raises tarfile.ReadError when the archive is cut short."""
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not any(buf):
                raise
            raise tarfile.ReadError("cut short") from error


def _tar(stream: IO[bytes], budget: Budget) -> Iterator[_Entry]:
    with tarfile.open(
        fileobj=stream, mode="r:", errors="surrogateescape", tarinfo=_Header
    ) as archive:
        for info in archive:
            budget.entry()
            if info.isdir() and not is_unsafe(info.name):
                continue
            if is_unsafe(info.name) or not info.isfile():
                yield _Entry(info.name, "unsafe-entry", 0, None)
                continue
            member = archive.extractfile(info)
            if member is not None:
                with member:
                    yield _Entry(info.name, "", 0, member)


def _members(
    outer: str, entries: Iterator[_Entry], budget: Budget
) -> Iterator[InputFile | Problem]:
    locked = 0
    with Waiting(outer) as waiting:
        for entry in entries:
            name = f"{outer}!/{shown(entry.name)}"
            if entry.refused == "encrypted":
                locked += 1
            elif entry.refused or entry.stream is None:
                yield Problem(Locator(NAME, name), entry.refused)
            else:
                given = _member(entry, name, budget)
                if isinstance(given, Problem) or not waiting.keeps(entry.name, given):
                    yield given
        yield from waiting.release()
    if locked:
        yield Problem(Locator(NAME, outer), "encrypted", locked)


def _member(entry: _Entry, name: str, budget: Budget) -> InputFile | Problem:
    holder = tempfile.TemporaryDirectory(prefix="dataexposure-")
    path = Path(holder.name) / "member"
    with contextlib.ExitStack() as undo:
        undo.callback(holder.cleanup)
        try:
            _spill(cast("IO[bytes]", entry.stream), path, entry.packed, budget)
        except LimitError as error:
            if error.whole:
                raise
            return Problem(Locator(NAME, name), error.cause)
        except _DAMAGED:
            if not entry.packed:
                raise
            return Problem(Locator(NAME, name), "damaged")
        undo.pop_all()
    return InputFile(path, name, holder)


def _spill(stream: IO[bytes], path: Path, packed: int, budget: Budget) -> None:
    written = 0
    with path.open("xb") as out:
        while chunk := _chunk(stream):
            written += len(chunk)
            budget.take(len(chunk))
            budget.member(written, packed)
            out.write(chunk)


def _chunk(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:
        # so does bzip2 report damage; what is left to OSError is the writing
        raise EOFError("damaged") from error
