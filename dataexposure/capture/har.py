"""HAR 1.2 files (w3c.github.io/web-performance/specs/HAR/Overview.html), as they are written.

What the format has no place for stands under a leading underscore, as browsers do it:
`_resourceType`, `_frameref`, `_webSocketMessages`, and the notes under `log._dataexposure`.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import msgspec

from dataexposure import __version__
from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.website import Notes

PAGE: Final = "page_1"
_SLUG: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG: Final = 60

Headers = list[tuple[str, str]]


class Exchange(msgspec.Struct):
    """One request and what came back.

    `moment` is when it began, in seconds since 1970; `took` in milliseconds. `status` 0 with
    an `error` says that no response came. `text` is kept only of what is read later. Web
    socket `messages` are (type, seconds since 1970, opcode, data).
    """

    url: str
    method: str = "GET"
    moment: float = 0.0
    took: float = -1.0
    kind: str = "other"
    frame: str = ""
    page: str = PAGE
    sent: Headers = []
    received: Headers = []
    body: bytes | None = None
    status: int = 0
    reason: str = ""
    protocol: str = ""
    mime: str = ""
    size: int = -1
    text: str | None = None
    error: str = ""
    messages: list[tuple[str, float, int, str]] | None = None

    def header(self, name: str) -> str:
        """Give a received header by its name in lower case."""
        return next((value for key, value in self.received if key.lower() == name), "")


class Opened(msgspec.Struct):
    """A page of a HAR: its address, when it began (seconds since 1970), its id and frame."""

    url: str
    moment: float
    id: str = PAGE
    frame: str = ""


def stamp(moment: float) -> str:
    """Give seconds since 1970 as ISO 8601 in UTC, to the millisecond."""
    made = dt.datetime.fromtimestamp(moment, dt.UTC)
    return made.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write(
    folder: Path,
    name: str,
    notes: Notes,
    exchanges: Iterable[Exchange],
    pages: Iterable[Opened],
    browser: tuple[str, str] = ("", ""),
) -> Path:
    """Write a capture to `name` in a folder, and give its path.

    Raises UsageError when the folder cannot be written to.
    """
    ordered = sorted(exchanges, key=lambda exchange: exchange.moment)
    used = {exchange.page for exchange in ordered}
    log: dict[str, Any] = {
        "version": "1.2",
        "creator": {"name": "dataexposure", "version": __version__},
        "browser": {"name": browser[0], "version": browser[1]},
        "pages": [_page(page) for page in pages if page.id in used],
        "entries": [_entry(exchange) for exchange in ordered],
        "_dataexposure": msgspec.to_builtins(notes),
    }
    path = folder / name
    try:
        path.write_bytes(msgspec.json.encode({"log": log}))
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from error
    return path


def file_name(number: int, subject: str, state: str) -> str:
    """Name a capture's file by its place in the run, what it is of, and the state."""
    slug = _SLUG.sub("-", subject.lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{number:03d}-{slug or 'page'}-{state}.har"


def _page(page: Opened) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.url,
        "startedDateTime": stamp(page.moment),
        "pageTimings": {"onContentLoad": -1, "onLoad": -1},
    }


def _entry(exchange: Exchange) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "pageref": exchange.page,
        "startedDateTime": stamp(exchange.moment),
        "time": max(exchange.took, 0),
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": max(exchange.took, 0), "receive": 0},
        "_resourceType": exchange.kind,
    }
    if exchange.frame:
        entry["_frameref"] = exchange.frame
    if exchange.messages is not None:
        entry["_webSocketMessages"] = [
            {"type": kind, "time": time, "opcode": opcode, "data": data}
            for kind, time, opcode, data in exchange.messages
        ]
    return entry


def _request(exchange: Exchange) -> dict[str, Any]:
    query = parse_qsl(urlsplit(exchange.url).query, keep_blank_values=True)
    cookies = "; ".join(value for key, value in exchange.sent if key.lower() == "cookie")
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": exchange.protocol or "HTTP/1.1",
        "headers": _pairs(exchange.sent),
        "cookies": _pairs(_cookie(one) for one in cookies.split("; ") if one),
        "queryString": _pairs(query),
        "headersSize": -1,
        "bodySize": len(exchange.body or b""),
    }
    if exchange.body is not None:
        mime = next((value for key, value in exchange.sent if key.lower() == "content-type"), "")
        request["postData"] = {"mimeType": mime, **_content(exchange.body)}
    return request


def _content(body: bytes) -> dict[str, str]:
    """Give a body as text, or in base64 where it is none."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode("ascii"), "encoding": "base64"}


def _response(exchange: Exchange) -> dict[str, Any]:
    set_cookies = [value for key, value in exchange.received if key.lower() == "set-cookie"]
    content: dict[str, Any] = {"size": exchange.size, "mimeType": exchange.mime}
    if exchange.text is not None:
        content["text"] = exchange.text
    response: dict[str, Any] = {
        "status": exchange.status,
        "statusText": exchange.reason,
        "httpVersion": exchange.protocol or "HTTP/1.1",
        "headers": _pairs(exchange.received),
        "cookies": _pairs(_cookie(line.partition(";")[0]) for line in set_cookies),
        "content": content,
        "redirectURL": exchange.header("location"),
        "headersSize": -1,
        "bodySize": -1,
    }
    if exchange.error:
        response["_failureText"] = exchange.error
    return response


def _cookie(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name.strip(), value.strip()


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
