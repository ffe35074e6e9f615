"""The class names in a DEX file, the compiled code of an Android app.

Only the table of types is read (source.android.com/docs/core/runtime/dex-format): every
class that the code defines or uses has an entry there, whatever else the file holds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

MAGIC: Final = b"dex\n"
_HEADER: Final = struct.Struct("<8s48xIIII")  # magic, then string and type tables: count, place


class DamagedDexError(ValueError):
    """The file is cut short or not what its header says."""


def class_names(code: bytes) -> Iterator[str]:
    """Give the dotted names of all classes. Raises DamagedDexError."""
    if len(code) < _HEADER.size or not code.startswith(MAGIC):
        raise DamagedDexError
    _, string_count, string_place, type_count, type_place = _HEADER.unpack_from(code)
    try:
        strings = struct.unpack_from(f"<{string_count}I", code, string_place)
        types = struct.unpack_from(f"<{type_count}I", code, type_place)
        for position in types:
            name = _text(code, strings[position])
            if name.startswith(b"L") and name.endswith(b";"):
                yield name[1:-1].decode("ascii", "replace").replace("/", ".")
    except (struct.error, IndexError):
        raise DamagedDexError from None


def _text(code: bytes, place: int) -> bytes:
    """Give a string's bytes: a length in LEB128, then text up to a zero byte."""
    while code[place] & 0x80:
        place += 1
    end = code.find(b"\0", place + 1)
    if end < 0:
        raise DamagedDexError
    return code[place + 1 : end]
