"""The static depth: a page's text without running it, for places where there is no browser.

Of third parties nothing is asked for but the tag-manager containers that the page names
(`gtm.js`), because what would fire stands in them and not in the page.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from msgspec import Struct

from dataexposure.capture import containers, har
from dataexposure.capture.contract import Notice, Wish, without_query
from dataexposure.capture.har import Exchange, Opened
from dataexposure.capture.pace import Pace
from dataexposure.capture.verdicts import is_challenge, is_html, judge, own_domains, patience
from dataexposure.capture.web import Web
from dataexposure.consent import Consent
from dataexposure.urls import registrable, split
from dataexposure.website import STATIC, Capture, Field, Kept, Notes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STATE: Final = "none"
_MOST_CONTAINERS: Final = 5
_DAY: Final = 86_400.0
_PASSED: Final = frozenset({"hidden", "submit", "button", "reset", "image"})
_LONGEST_NAME: Final = 160


class Read(Struct, frozen=True):
    """What a page's text says: its form fields, what it shows (lower case), if it is empty."""

    fields: tuple[Field, ...] = ()
    text: str = ""
    empty: bool = False


def captures(wish: Wish, consent: Consent, folder: Path, notice: Notice) -> Iterator[Capture]:
    """Capture each page once, in the state in which nothing is chosen."""
    pace = Pace(wish.delay)
    with Web(wish) as web:
        for number, page in enumerate(wish.pages, 1):
            subject = without_query(page)
            notice("visiting", f"{subject} {_STATE}")
            notes, exchanges = _visit(web, wish, consent, page, pace)
            for problem in notes.problems:
                notice("problem", f"{problem} {subject} {_STATE}")
            name = har.file_name(number, subject, _STATE)
            opened = [Opened(page, exchanges[0].moment)]
            path = har.write(folder, name, notes, exchanges, opened)
            yield Capture(path, f"{subject} ({_STATE})", notes.page, _STATE)


def _visit(
    web: Web, wish: Wish, consent: Consent, page: str, pace: Pace
) -> tuple[Notes, list[Exchange]]:
    own = own_domains(page, wish.first_party)
    exchanges, body = _page(web, page, own, pace)
    document = exchanges[-1]
    read = Read()
    kept = tuple(cookie for exchange in exchanges for cookie in cookies(exchange))
    if document.status and is_html(document):
        document.text = _text(body, document.mime)
        read = understood(document.text)
    problems = _problems(document, exchanges, own)
    if read.empty and not problems:
        problems = ("empty",)
    if not problems and document.text:
        exchanges += _containers(web, document, pace)
    notes = Notes(
        page=without_query(page),
        reached=without_query(document.url),
        state=_STATE,
        depth=STATIC,
        status=document.status,
        cookies=kept,
        fields=read.fields,
        canaries=wish.canaries,
        honoured=any(phrase.lower() in read.text for phrase in consent.words.honoured),
        problems=problems,
    )
    return notes, exchanges


def _page(web: Web, page: str, own: frozenset[str], pace: Pace) -> tuple[list[Exchange], bytes]:
    """Fetch a page; a host that asks for patience gets it once."""

    def may(url: str) -> bool:
        return registrable(split(url).host) in own

    pace.wait(split(page).host)
    exchanges, body = web.fetch(page, may)
    last = exchanges[-1]
    if last.status == 429 and not is_challenge(last, ()):
        seconds = patience(last)
        if seconds is not None:
            time.sleep(seconds)
            pace.wait(split(page).host)
            exchanges, body = web.fetch(page, may)
    for exchange in exchanges:
        exchange.kind = "document"
    return exchanges, body


def _problems(
    document: Exchange, exchanges: list[Exchange], own: frozenset[str]
) -> tuple[str, ...]:
    if document.error:
        return (document.error,)
    location = document.header("location")
    if document.status in range(300, 400) and location:
        host = split(urljoin(document.url, location)).host
        return ("unreachable",) if registrable(host) in own else ("elsewhere",)
    return judge(document, exchanges, own, document.url)


def _containers(web: Web, document: Exchange, pace: Pace) -> Iterator[Exchange]:
    """Fetch the tag-manager containers that a page names."""
    for number, url in enumerate(containers.named_in(document.text or "", document.url)):
        if number == _MOST_CONTAINERS:
            return
        pace.wait(split(url).host)
        found, body = web.fetch(url, lambda following: False)  # noqa: ARG005
        exchange = found[-1]
        exchange.kind = "script"
        if exchange.status == 200:
            text = body.decode("utf-8", "replace")
            exchange.text = text if containers.is_container(url, text) else None
        yield exchange


def _text(body: bytes, mime: str) -> str:
    charset = mime.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return body.decode(charset or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def understood(html: str) -> Read:
    """Read a page's text."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    body = tree.body
    empty = body is None or not (body.html or "").removeprefix("<body>").removesuffix("</body>")
    labels = {
        label.attributes.get("for") or "": label.text(strip=True) for label in tree.css("label")
    }
    fields = dict.fromkeys(
        field
        for node in tree.css("input, select, textarea")
        if (field := _field(node, labels)) is not None
    )
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    text = body.text(separator=" ") if body is not None else ""
    return Read(tuple(fields), " ".join(text.lower().split()), empty)


def _field(node: LexborNode, labels: dict[str, str]) -> Field | None:
    attributes = node.attributes
    kind = (attributes.get("type") or "text").lower() if node.tag == "input" else node.tag or ""
    if kind in _PASSED or "disabled" in attributes:
        return None
    words = [attributes.get(key) or "" for key in ("name", "autocomplete")]
    words.append(labels.get(attributes.get("id") or "-", ""))
    words += [attributes.get(key) or "" for key in ("aria-label", "placeholder", "id")]
    plain = [" ".join(word.lower().split()) for word in words]
    name = " ".join(dict.fromkeys(word for word in plain if word not in ("", "on", "off")))
    return Field(kind, name[:_LONGEST_NAME], required="required" in attributes)


def cookies(exchange: Exchange) -> Iterator[Kept]:
    """Give the cookies that an answer sets, with their days from now."""
    for name, line in exchange.received:
        if name.lower() != "set-cookie":
            continue
        try:
            parsed = SimpleCookie(line)
        except CookieError:
            continue
        for key, morsel in parsed.items():
            yield Kept(
                key,
                (morsel["domain"] or split(exchange.url).host).lstrip(".").lower(),
                _days(str(morsel["max-age"]), str(morsel["expires"])),
                secure=bool(morsel["secure"]),
                http_only=bool(morsel["httponly"]),
                same_site=str(morsel["samesite"]).capitalize(),
            )


def _days(age: str, expires: str) -> float | None:
    try:
        if age:
            return round(int(age) / _DAY, 2)
        if not expires:
            return None
        moment = parsedate_to_datetime(expires.replace("-", " "))
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return round((moment - dt.datetime.now(dt.UTC)).total_seconds() / _DAY, 2)
