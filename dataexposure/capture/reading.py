"""Reads what a browser keeps and a page shows once it is quiet: names, never values."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec

from dataexposure.capture.instruments import source
from dataexposure.capture.quiet import answers
from dataexposure.website import Field, Kept, Stored

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

_DAY: Final = 86_400.0


class _Shown(msgspec.Struct):
    host: str = ""
    local: list[str] = []
    session: list[str] = []
    text: str = ""
    fields: list[Field] = []
    empty: bool = False


class Reading(msgspec.Struct, frozen=True):
    """What was read from all frames of a page; `text` is what they show, in lower case.

    `silent` says that the page itself did not answer.
    """

    storage: tuple[Stored, ...] = ()
    fields: tuple[Field, ...] = ()
    text: str = ""
    empty: bool = False
    silent: bool = False


def read(page: Page) -> Reading:
    """Read every frame that answers."""
    storage: set[Stored] = set()
    fields: dict[Field, None] = {}
    texts: list[str] = []
    empty, silent = False, True
    for frame in page.frames:
        is_main = frame == page.main_frame
        if not answers(frame):
            if is_main:
                break
            continue
        silent = silent and not is_main
        if (shown := _shown(frame)) is None:
            continue
        for area, names in (("local", shown.local), ("session", shown.session)):
            storage.update(Stored(name, shown.host, area) for name in names if shown.host)
        fields.update(dict.fromkeys(shown.fields))
        texts.append(shown.text)
        empty |= is_main and shown.empty
    text = " ".join("\n".join(texts).lower().split())
    return Reading(tuple(sorted(storage)), tuple(fields), text, empty, silent)


def _shown(frame: object) -> _Shown | None:
    from playwright.sync_api import Error, Frame

    if not isinstance(frame, Frame):
        return None
    try:
        return msgspec.convert(frame.evaluate(source("reading.js")), _Shown)
    except (Error, msgspec.ValidationError):
        return None


def cookies(context: BrowserContext) -> tuple[Kept, ...]:
    """Give the cookies that the browser keeps, with their days from now."""
    from playwright.sync_api import Error

    try:
        found = context.cookies()
    except Error:
        return ()
    now = time.time()
    kept: set[Kept] = set()
    for cookie in found:
        expires = cookie.get("expires", -1)
        kept.add(
            Kept(
                cookie.get("name", ""),
                cookie.get("domain", "").lstrip("."),
                None if expires <= 0 else round((expires - now) / _DAY, 2),
                secure=cookie.get("secure", False),
                http_only=cookie.get("httpOnly", False),
                same_site=cookie.get("sameSite", ""),
            )
        )
    return tuple(sorted(kept, key=lambda one: (one.host, one.name)))
