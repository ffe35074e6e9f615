"""The parts of a HAR file that are needed, decoded leniently.

HAR 1.1 and 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html) with the fields that
Chromium, Firefox, Playwright and WebPagetest add under a leading underscore. A field that is
missing, null or of a wrong type is as if it were not there; text that is no UTF-8 and halves
of surrogate pairs, which browsers write, are replaced.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import inspect

from dataexposure.urls import split

_WEB: Final = re.compile(r"(?:https?|wss?)://", re.IGNORECASE)
_OTHER: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HALVES: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_BOM: Final = b"\xef\xbb\xbf"
_T = TypeVar("_T")
_REPLACEMENT: Final = rb"\ufffd"


class Pair(msgspec.Struct):
    """A header, cookie or form field; `domain` is for cookies only."""

    name: str | None = None
    value: str | None = None
    domain: str | None = None


class Post(msgspec.Struct, rename={"mime": "mimeType", "encoding_": "_encoding"}):
    """What a request carried."""

    mime: str | None = None
    text: str | None = None
    params: list[Pair] | None = None
    encoding: str | None = None
    encoding_: str | None = None


class Message(msgspec.Struct):
    """A message on a web socket; `opcode` 2 is binary, then `data` is base64."""

    type: str | None = None
    opcode: int | None = None
    data: str | None = None


_NOTHING: Final = msgspec.Raw(b"")


class _Content(msgspec.Struct, rename={"mime": "mimeType"}):
    mime: str | None = None
    text: msgspec.Raw = _NOTHING
    encoding: str | None = None


class _Request(msgspec.Struct, rename={"post": "postData"}):
    url: str | None = None
    method: str | None = None
    headers: list[Pair] | None = None
    cookies: list[Pair] | None = None
    post: Post | None = None


class _Response(msgspec.Struct, rename={"redirect": "redirectURL"}):
    status: int | None = None
    headers: list[Pair] | None = None
    cookies: list[Pair] | None = None
    content: _Content | None = None
    redirect: str | None = None


class _Wire(
    msgspec.Struct,
    rename={
        "started": "startedDateTime",
        "kind": "_resourceType",
        "frame": "_frameref",
        "messages": "_webSocketMessages",
    },
):
    started: str | None = None
    pageref: str | None = None
    request: _Request | None = None
    response: _Response | None = None
    kind: str | None = None
    frame: str | None = None
    messages: list[Message] | None = None


class _Page(msgspec.Struct):
    id: str | None = None
    title: str | None = None


class _Log(msgspec.Struct, rename={"notes": "_dataexposure"}):
    entries: list[msgspec.Raw] | None = None
    pages: list[msgspec.Raw] | None = None
    notes: msgspec.Raw = _NOTHING


class _Har(msgspec.Struct):
    log: _Log


_HAR: Final = msgspec.json.Decoder(_Har)
_ENTRY: Final = msgspec.json.Decoder(_Wire)
_PAGE: Final = msgspec.json.Decoder(_Page)


class Entry(msgspec.Struct, frozen=True):
    """One request with its response.

    `number` counts from 1; `host` is empty for addresses that are not on the web (`data:`,
    `blob:`, extensions). Header names are in lower case, headers that stand more than once
    are joined by line ends. `kind` is the browser's word for what was loaded, `frame` the
    frame it was loaded into, `page` the id of the page. `started` is the time as written,
    `content` the body that came, as undecoded JSON in the given `encoding`.
    """

    number: int
    url: str
    host: str
    method: str
    sent: Mapping[str, str]
    received: Mapping[str, str]
    status: int
    mime: str
    redirect: str
    kind: str
    frame: str
    page: str
    day: dt.date | None
    post: Post | None
    cookies_sent: tuple[Pair, ...]
    cookies_received: tuple[Pair, ...]
    messages: tuple[Message, ...]
    started: str = ""
    content: msgspec.Raw = _NOTHING
    encoding: str = ""


class Capture(msgspec.Struct, frozen=True):
    """A whole file: its entries, still undecoded, and the titles of its pages by id.

    `notes` is what our own capture noted, still undecoded too.
    """

    entries: list[msgspec.Raw]
    titles: Mapping[str, str]
    pages: int
    notes: msgspec.Raw = _NOTHING


def load(raw: bytes) -> Capture:
    """Decode a file. Raises msgspec.DecodeError or RecursionError when it is no HAR."""
    raw = raw.removeprefix(_BOM)
    try:
        log = _HAR.decode(raw).log
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        mended = _HALVES.sub(_whole, raw)
        if mended == raw:
            raise
        log = _HAR.decode(mended).log
    if log.entries is None:
        raise msgspec.ValidationError("no entries")
    pages = [_decode(one, _PAGE) for one in log.pages or ()]
    titles = {page.id: page.title or "" for page in pages if page is not None and page.id}
    return Capture(log.entries, titles, len(pages), log.notes)


def _whole(match: re.Match[bytes]) -> bytes:
    return match[0] if match[1] is None else _REPLACEMENT


def decode(raw: msgspec.Raw, number: int) -> Entry | None:
    """Decode one entry; None when it has no usable address."""
    wire = _decode(raw, _ENTRY)
    if wire is None or wire.request is None or not wire.request.url:
        return None
    url = wire.request.url.strip()
    host = split(url).host
    if not host and (_WEB.match(url) or not _OTHER.match(url)):
        return None
    request = wire.request
    response = wire.response or _Response()
    return Entry(
        number=number,
        url=url,
        host=host,
        method=(request.method or "GET").upper(),
        sent=_headers(request.headers),
        received=_headers(response.headers),
        status=response.status or 0,
        mime=((response.content and response.content.mime) or "").lower(),
        redirect=response.redirect or "",
        kind=(wire.kind or "").lower(),
        frame=wire.frame or "",
        page=wire.pageref or "",
        day=_day(wire.started or ""),
        post=request.post,
        cookies_sent=tuple(request.cookies or ()),
        cookies_received=tuple(response.cookies or ()),
        messages=tuple(wire.messages or ()),
        started=wire.started or "",
        content=response.content.text if response.content else _NOTHING,
        encoding=(response.content and response.content.encoding) or "",
    )


def _headers(pairs: list[Pair] | None) -> dict[str, str]:
    headers: dict[str, str] = {}
    for pair in pairs or ():
        if pair.name and pair.value:
            name = pair.name.lower()
            headers[name] = f"{headers[name]}\n{pair.value}" if name in headers else pair.value
    return headers


def _day(text: str) -> dt.date | None:
    """Read an ISO 8601 time; one without a zone is taken as UTC."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return moment.date()


def _decode(raw: msgspec.Raw, decoder: msgspec.json.Decoder[_T]) -> _T | None:
    """Decode one object; where a part has the wrong type, leave that part out."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    except RecursionError:
        return None
    try:
        value = json.loads(bytes(raw).decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    kind = inspect.type_info(decoder.type)
    return msgspec.convert(_fit(value, kind) or {}, decoder.type)


def _fit(value: Any, kind: inspect.Type) -> Any:  # noqa: ANN401 - any JSON there is
    """Leave out of a JSON value what does not have the type that is asked for."""
    if isinstance(kind, inspect.UnionType):
        kind = kind.types[0]
    if isinstance(kind, inspect.StructType):
        if not isinstance(value, dict):
            return None
        return {
            field.encode_name: _fit(value.get(field.encode_name), field.type)
            for field in kind.fields
        }
    if isinstance(kind, inspect.ListType):
        if not isinstance(value, list):
            return None
        return [one for one in (_fit(item, kind.item_type) for item in value) if one is not None]
    if isinstance(kind, inspect.RawType):
        return msgspec.Raw(json.dumps(value).encode())
    if isinstance(value, bool):
        return None
    if isinstance(kind, inspect.StrType):
        text = str(value) if isinstance(value, (str, int, float)) else None
        return text and text.encode("utf-8", "replace").decode()
    return value if isinstance(value, int) else None
