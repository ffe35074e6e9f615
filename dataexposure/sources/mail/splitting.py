"""An mbox stream to its messages, in blocks, so that memory does not grow with the file.

There is no standard of mbox, only families (https://www.loc.gov/preservation/digital/formats/
fdd/fdd000383.shtml): in most a line that begins with `From ` inside a message is escaped as
`>From `, in one it is not and `Content-Length` tells where the message ends. So a separator
must look like one, stand after an empty line, and be followed by a header; a length is
believed only when it ends at a separator. Mozilla writes a bare `From - `, at times without
the empty line; Gmail Takeout writes the zone before the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from dataexposure.sources.mail.letter import LARGEST

_BLOCK: Final = 1 << 19
_LARGEST_BLOCK: Final = 8 << 20
# How much must be seen after `From ` to judge it: its line and the name of the next header.
_AHEAD: Final = 1_024
_LONGEST_LINE: Final = 500
_LONGEST_HEAD: Final = 65_536

_HEADER: Final = re.compile(rb"(?:>From [^\n]{0,300}\n)?[!-9;-~]{1,80}[ \t]{0,4}:(?!//)")
_TIME: Final = re.compile(rb"\b\d\d?:\d\d")
_DAY_OR_YEAR: Final = re.compile(rb"\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|(?:19|20)\d\d)\b")
_LENGTH: Final = re.compile(rb"\nContent-Length:[ \t]*(\d{1,9})[ \t]*\r?\n", re.IGNORECASE)
_CANDIDATE: Final = re.compile(rb"\nFrom ")
_HEAD_END: Final = re.compile(rb"\n\r?\n")
_LANDING: Final = re.compile(rb"(?:\r?\n){0,2}")


def begins_mbox(head: bytes) -> bool:
    """Say whether a file that begins so is an mbox: a separator, then a header."""
    return _is_separator(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), 0)


def messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """Give each message without its separator; None for one over 64 MiB, which is passed over."""
    return _Splitter(stream).messages()


def _is_separator(data: bytes, position: int) -> bool:
    """Judge a `From ` at the start of a line by that line and the next."""
    line_end = data.find(b"\n", position, position + _LONGEST_LINE)
    if not data.startswith(b"From ", position) or line_end == -1:
        return False
    line = data[position + 5 : line_end].rstrip()
    dated = _TIME.search(line) and _DAY_OR_YEAR.search(line) and not line[:1].isspace()
    return bool(dated or line == b"-") and _HEADER.match(data, line_end + 1) is not None


def _opens_message(data: bytes, position: int) -> bool:
    """Judge a `From ` by what is before it, too: an empty line, but in Mozilla's mailboxes."""
    after_blank = data[max(position - 3, 0) : position].endswith((b"\n\n", b"\n\r\n"))
    mozilla = data[position : position + 7].rstrip() == b"From -"
    return (after_blank or mozilla) and _is_separator(data, position)


class _Splitter:
    """A window on the stream: `_data` from `_start`, where the current message begins."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        # The start of the file counts as the line after an empty one.
        self._data = b"\n\n" + stream.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
        self._start = 0
        self._ended = False

    def messages(self) -> Iterator[bytes | None]:
        first = self._next_separator(0, LARGEST)
        if first is None or first == -1:
            return
        self._start = first
        while True:
            following = self._next_separator(self._after_length(), LARGEST)
            if following is None:
                yield None
                following = self._pass_over()
            else:
                end = len(self._data) if following == -1 else following
                begin = self._data.find(b"\n", self._start, end) + 1 or end
                yield self._data[begin:end] if end - begin <= LARGEST else None
            if following == -1:
                return
            self._start = following

    def _grow(self) -> int:
        """Drop what is done, read on, and give by how much positions moved."""
        moved = self._start
        kept = len(self._data) - moved
        block = self._stream.read(min(max(_BLOCK, kept // 2), _LARGEST_BLOCK))
        self._ended = not block
        self._data = self._data[moved:] + block
        self._start = 0
        return moved

    def _next_separator(self, position: int, limit: int) -> int | None:
        """Give where the next message begins, -1 at the end, None when it lies beyond `limit`."""
        while True:
            candidate = _CANDIDATE.search(self._data, max(position - 1, 0))
            found = candidate.start() if candidate else -1
            near_end = len(self._data) - max(found, 0) < _AHEAD
            if found != -1 and (self._ended or not near_end):
                if _opens_message(self._data, found + 1):
                    return found + 1
                position = found + 2
            elif self._ended:
                return -1
            elif len(self._data) - self._start > limit:
                return None
            else:
                position = (len(self._data) - 8 if found == -1 else found) - self._grow()

    def _pass_over(self) -> int:
        """Drop the rest of a message that is too large, and find the next one."""
        while True:
            self._start = max(self._start, len(self._data) - _AHEAD)
            found = self._next_separator(self._start + 1, _BLOCK)
            if found is not None:
                return found

    def _after_length(self) -> int:
        """Give where to look for the next separator: the declared end, if it proves right."""
        default = self._start + 5
        while True:
            head_end = _HEAD_END.search(self._data, self._start, self._start + _LONGEST_HEAD)
            if head_end or self._ended or len(self._data) - self._start >= _LONGEST_HEAD:
                break
            default -= self._grow()
        length = _LENGTH.search(self._data, self._start, head_end.end()) if head_end else None
        if head_end is None or length is None or int(length[1]) > LARGEST:
            return default
        end = head_end.end() + int(length[1])
        while len(self._data) < end + _AHEAD and not self._ended:
            moved = self._grow()
            end, default = end - moved, default - moved
        return self._landing(end) or default

    def _landing(self, end: int) -> int:
        """Give the separator, or the end of the file, that lies at a declared end; else 0."""
        landing = _LANDING.match(self._data, end) if end <= len(self._data) else None
        if landing is None:
            return 0
        place = landing.end()
        at_end = self._ended and place == len(self._data)
        return place if at_end or _opens_message(self._data, place) else 0
