"""What is put into every frame before its own scripts, and what it tells."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections import defaultdict, deque
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from dataexposure.website import Called

_BOUNDARY: Final = "boundary="


class _Body(msgspec.Struct):
    method: str
    url: str
    data: str = ""
    form: list[tuple[str, str]] | None = None


class _Message(msgspec.Struct):
    body: _Body | None = None
    calls: list[tuple[str, str, int]] = []


_MESSAGE: Final = msgspec.json.Decoder(_Message)


@cache
def source(name: str) -> str:
    """Give a script of this package."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def script(mark: str, *, gpc: bool) -> str:
    """Give the script for every frame; with `gpc` the browser also says that it opts out.

    What it tells goes to the console behind a `mark` that no page can guess. (A function that
    is exposed to pages would do, but a page that changes `JSON` breaks Playwright's.)
    """
    return f"({source('instruments.js').strip()})({json.dumps(mark)}, {json.dumps(gpc)});"


class Told:
    """What the scripts in a page's frames told: bodies in their order, and counts of calls.

    `mark` stands before each of their messages.
    """

    def __init__(self) -> None:
        self.mark = f"{secrets.token_hex(8)}:"
        self._bodies: dict[tuple[str, str], deque[_Body]] = defaultdict(deque)
        self._calls: dict[tuple[str, str], int] = defaultdict(int)

    def take(self, text: str) -> None:
        """Take what was written to the console; what is none of ours is passed over."""
        if not text.startswith(self.mark):
            return
        try:
            message = _MESSAGE.decode(text.removeprefix(self.mark))
        except (msgspec.DecodeError, UnicodeError):
            return
        if message.body is not None:
            url = message.body.url.partition("#")[0]
            self._bodies[message.body.method, url].append(message.body)
        for call, host, count in message.calls:
            self._calls[call, host.lower()] += count

    def body(self, method: str, url: str, mime: str) -> bytes | None:
        """Give the next body that was told for a request, and forget it."""
        waiting = self._bodies.get((method, url.partition("#")[0]))
        if not waiting:
            return None
        body = waiting.popleft()
        if body.form is not None:
            return _multipart(body.form, mime)
        try:
            return base64.b64decode(body.data, validate=True)
        except (binascii.Error, ValueError):
            return None

    @property
    def calls(self) -> tuple[Called, ...]:
        """Give the calls so far."""
        return tuple(
            sorted(Called(call, host, count) for (call, host), count in self._calls.items())
        )

    def forget_calls(self) -> None:
        """Begin counting anew."""
        self._calls.clear()


def _multipart(fields: list[tuple[str, str]], mime: str) -> bytes:
    """Write a form's text fields as they were sent; files stand as empty parts."""
    boundary = mime.partition(_BOUNDARY)[2].strip('"') or "form"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode("utf-8", "replace")
