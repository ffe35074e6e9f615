"""Compressed streams with limits: what an archive may cost before it is put aside.

Sizes that an archive states are never trusted: bytes are counted as they come out. A single
compressed file is gzip (RFC 1952), zlib (RFC 1950, mitmproxy's `.zhar`), bzip2 or xz.
"""

from __future__ import annotations

import bz2
import io
import lzma
import os
import zlib
from pathlib import Path
from typing import IO, Final, Protocol

from msgspec import Struct

CHUNK: Final = 1 << 18
_LONGEST_READ: Final = 64 << 20
_XZ_MEMORY: Final = 256 << 20
MAGIC: Final = {
    b"\x1f\x8b\x08": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
_BZIP2_BLOCKS: Final = (b"1AY&SY", b"\x17rE8P\x90")


class Limits(Struct, frozen=True):
    """How much one archive, with all that is nested in it, may give.

    `total` and `single` are bytes, `ratio` how many bytes may come out of one, which is only
    looked at beyond `free` bytes; `depth` counts archives inside archives.
    """

    entries: int = 100_000
    total: int = 20 << 30
    single: int = 10 << 30
    ratio: int = 200
    free: int = 10 << 20
    depth: int = 3


LIMITS: Final = Limits()


class LimitError(Exception):
    """A limit was passed; `cause` is `too-large` or `too-many`, `whole` ends the archive."""

    def __init__(self, cause: str, *, whole: bool = True) -> None:
        super().__init__(cause)
        self.cause = cause
        self.whole = whole


class Budget:
    """What is left for one archive that the user has, `size` bytes on disk."""

    def __init__(self, size: int, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._size = max(size, 1)
        self._entries = 0
        self._given = 0

    def entry(self) -> None:
        """Count one entry. Raises LimitError `too-many`."""
        self._entries += 1
        if self._entries > self.limits.entries:
            raise LimitError("too-many")

    def take(self, count: int) -> None:
        """Count bytes that came out. Raises LimitError `too-large`."""
        self._given += count
        if self._given > self.limits.total or self._swells(self._given, self._size):
            raise LimitError("too-large")

    def member(self, given: int, packed: int) -> None:
        """Check one member: `given` bytes so far out of `packed` (0 when that is not known)."""
        if given > self.limits.single or (packed and self._swells(given, packed)):
            raise LimitError("too-large", whole=False)

    def _swells(self, given: int, packed: int) -> bool:
        return given > self.limits.free and given > self.limits.ratio * packed


class _Engine(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _engine(form: str) -> _Engine:
    if form == "gzip":
        return zlib.decompressobj(31)
    if form == "zlib":
        return zlib.decompressobj(15)
    if form == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


def compression(head: bytes) -> str:
    """Name the compression of a file by its first bytes; empty when it is not compressed."""
    for magic, form in MAGIC.items():
        if head.startswith(magic):
            return form if form != "bzip2" or head[4:10] in _BZIP2_BLOCKS else ""
    if head[:1] == b"x" and len(head) > 2 and not int.from_bytes(head[:2], "big") % 31:
        try:
            zlib.decompressobj(15).decompress(head[:CHUNK], 1024)
        except zlib.error:
            return ""
        return "zlib"
    return ""


class Inflated(io.BufferedIOBase):
    """What a compressed file holds, forwards only.

    Raises EOFError when the file is cut short, zlib.error, OSError or lzma.LZMAError when it
    is damaged, and LimitError when too much comes out while passing over it.
    """

    def __init__(self, path: Path, form: str, budget: Budget) -> None:
        self._raw: IO[bytes] = path.open("rb")
        self._form = form
        self._budget = budget
        self._engine: _Engine | None = _engine(form)
        self._pending = b""
        self._position = 0

    def close(self) -> None:
        """Close the compressed file."""
        self._raw.close()
        super().close()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes, but forwards only."""
        return True

    def tell(self) -> int:
        """Give the position in what came out."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Pass over bytes, counting them. Raises OSError when asked to go back."""
        target = offset if whence == os.SEEK_SET else self._position + offset
        if whence == os.SEEK_END or target < self._position:
            raise io.UnsupportedOperation("forwards only")
        while self._position < target:
            passed = len(self.read(min(CHUNK, target - self._position)))
            if not passed:
                break
            self._budget.take(passed)
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        """Read exactly `size` bytes, fewer only at the end."""
        if size is None or not 0 <= size <= _LONGEST_READ:
            raise LimitError("too-large")
        parts = []
        missing = size
        while missing and (part := self._some(missing)):
            parts.append(part)
            missing -= len(part)
        self._position += size - missing
        return b"".join(parts)

    def _some(self, most: int) -> bytes:
        while self._engine is not None:
            data = self._pending
            if not data and getattr(self._engine, "needs_input", True):
                data = self._raw.read(CHUNK)
            out = self._engine.decompress(data, most)
            self._pending = getattr(self._engine, "unconsumed_tail", b"")
            if self._engine.eof:
                self._next(self._engine.unused_data)
            elif not out and not data and getattr(self._engine, "needs_input", True):
                raise EOFError("cut short")
            if out:
                return out
        return b""

    def _next(self, rest: bytes) -> None:
        """Go on with the next of several streams written one after the other."""
        rest = rest.lstrip(b"\0")
        if len(rest) < len(b"\xfd7zXZ\x00"):
            rest = (rest + self._raw.read(CHUNK)).lstrip(b"\0")
        more = self._form != "zlib" and compression(rest) == self._form
        self._engine = _engine(self._form) if more else None
        self._pending = rest if more else b""
