"""What the shop is asked and what it answers, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"
MESSAGE = "MESSAGE"
"""The method under which a WebSocket message is noted."""


class Asked(NamedTuple):
    """A request as received: header names in lower case, the query and the body as they came."""

    method: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def parameters(self) -> dict[str, str]:
        """The decoded parameters of the query."""
        return dict(parse_qsl(self.query))

    @property
    def form(self) -> dict[str, str]:
        """The decoded parameters of a body that is a form."""
        return dict(parse_qsl(self.text))

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that were sent."""
        pairs = (part.strip().partition("=") for part in self.headers.get("cookie", "").split(";"))
        return {name: value for name, _, value in pairs if name}

    def with_message(self, message: bytes) -> Asked:
        """Give the same place with a WebSocket message in it."""
        return self._replace(method=MESSAGE, body=message)


class Answer(NamedTuple):
    """What is sent back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def page(text: str, *more: tuple[str, str], status: int = 200) -> Answer:
    """Answer with a page."""
    return Answer(
        status, (("Content-Type", HTML), ("Cache-Control", "no-store"), *more), text.encode()
    )


def script(text: str, *more: tuple[str, str]) -> Answer:
    """Answer with a script."""
    return Answer(200, (("Content-Type", SCRIPT), *more), text.encode())


def elsewhere(url: str, *more: tuple[str, str], status: int = 302) -> Answer:
    """Answer that it is to be found at another address."""
    return Answer(status, (("Location", url), *more))
