"""Captures: notes first, whatever the file is; what a recording tells without notes."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataexposure.model import Coverage, Observation, Problem
from dataexposure.sources.web import captures
from dataexposure.website import (
    Called,
    Canary,
    Capture,
    Choice,
    Field,
    Kept,
    Notes,
    Stored,
    Written,
)

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "sources" / "web"
CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus"


def items(path: Path, raw: bytes, name: str = "site.har", **more: str) -> list[captures.Item]:
    file = path / name
    file.write_bytes(raw)
    found = list(captures.read(Capture(file, name, **more)))
    assert isinstance(found[0], Notes)
    assert sum(isinstance(one, Notes) for one in found) == 1
    assert sum(isinstance(one, Coverage) for one in found) == 1
    return found


def notes(found: list[captures.Item]) -> Notes:
    assert isinstance(found[0], Notes)
    return found[0]


def har(*entries: dict[str, Any], noted: Any = None) -> bytes:
    log: dict[str, Any] = {"version": "1.2", "entries": list(entries)}
    if noted is not None:
        log["_dataexposure"] = noted
    return json.dumps({"log": log}).encode()


def entry(url: str, kind: str = "document", status: int = 200, **more: Any) -> dict[str, Any]:
    mime = {"document": "text/html", "script": "application/javascript"}.get(kind, "image/gif")
    content: dict[str, Any] = {"mimeType": mime, **more.get("content", {})}
    headers = [{"name": "Set-Cookie", "value": line} for line in more.get("cookies", ())]
    headers += [{"name": name, "value": value} for name, value in more.get("got", {}).items()]
    return {
        "startedDateTime": "2026-05-01T12:00:00.000Z",
        "pageref": "page_1",
        "_resourceType": kind,
        "request": {"url": url, "method": "GET", "headers": more.get("sent", [])},
        "response": {
            "status": status,
            "headers": headers,
            "content": content,
            "redirectURL": more.get("to", ""),
        },
    }


LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
PAGE = "https://shop.example/checkout?mail=somebody@example.com#top"


def test_a_recording_without_notes_tells_its_page_and_cookies(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        har(
            entry("http://shop.example/checkout", status=301, to=PAGE),
            entry(
                PAGE,
                cookies=(
                    "sid=1; HttpOnly; SameSite=Lax",
                    "_id=2; Max-Age=34128000; Domain=.shop.example; Secure; SameSite=None",
                    "old=3; Expires=Fri, 08-May-2026 12:00:00 GMT",
                    "gone=4; Max-Age=60",
                    "odd=5; Max-Age=soon; Expires=whenever",
                ),
            ),
            entry("https://ads.example/p", "image", cookies=("gone=", "t=1; Domain=else.example")),
            entry("https://ads.example/q", "image", cookies=("gone=; Max-Age=0",)),
            entry("https://shop.example/x", "image", cookies=(f"gone=; Expires={LONG_AGO}",)),
        ),
        state="reject",
    )
    assert notes(found) == Notes(
        page="http://shop.example/checkout",
        reached="https://shop.example/checkout",
        state="reject",
        status=200,
        cookies=(
            Kept("_id", "shop.example", 395.0, secure=True, same_site="None"),
            Kept("odd", "shop.example"),
            Kept("old", "shop.example", 7.0),
            Kept("sid", "shop.example", http_only=True, same_site="Lax"),
            Kept("t", "ads.example"),
        ),
    )


def test_pages_and_containers_in_a_recording_are_read_too(tmp_path: Path) -> None:
    page = (SAMPLES / "checkout.html").read_text(encoding="utf-8")
    script = (SAMPLES / "container.js").read_bytes()
    packed = {"text": base64.b64encode(script).decode(), "encoding": "base64"}
    found = items(
        tmp_path,
        har(
            entry(PAGE, content={"text": page}),
            entry("https://shop.example/own.js", "script", content={"text": script.decode()}),
            entry("https://tags.example/gtm.js?id=1", "script", content=packed),
            entry("https://tags.example/other.js", "script", content={"text": "x.src='//a.b/'"}),
        ),
    )
    written = [one.observation for one in found if isinstance(one, Written)]
    assert {one.at.record for one in written if one.channel == "request"} >= {"entry:1"}
    tags = {(one.at.record, one.facts["template"][0]) for one in written if one.channel == "tag"}
    assert {record for record, name in tags if name == "__awct"} == {"entry:2", "entry:3"}
    assert {record for record, name in tags if name == "inline"} == {"entry:1"}
    assert {one.party for one in written} == {"shop.example"}
    assert len(notes(found).fields) == 5


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ((), ("empty",)),
        ((entry(PAGE, status=404),), ("status",)),
        ((entry(PAGE, status=404), entry("https://shop.example/", status=200)), ()),
        ((entry(PAGE, status=0),), ("unreachable",)),
        ((entry(PAGE, status=403, got={"cf-mitigated": "challenge"}),), ("challenge",)),
        ((entry(PAGE),), ()),
    ],
)
def test_what_shows_nothing_is_inconclusive(
    tmp_path: Path, entries: tuple[dict[str, Any], ...], problems: tuple[str, ...]
) -> None:
    assert notes(items(tmp_path, har(*entries))).problems == problems


GOOD = {
    "page": "https://shop.example/?a=1",
    "reached": "https://shop.example/no",
    "state": "gpc",
    "depth": "browser",
    "flow": "checkout",
    "status": 200,
    "choice": {"platform": "onetrust", "made": "reject", "clicks": 2, "accept_clicks": 1},
    "cookies": [
        {
            "name": "_id",
            "host": "Shop.example",
            "days": 400.5,
            "secure": True,
            "org": "meta",
            "tracking": True,
        }
    ],
    "storage": [{"name": "k", "host": "shop.example", "area": "session"}],
    "calls": [{"call": "canvas.toDataURL", "host": "a.example", "count": 3}],
    "fields": [{"type": "email", "name": "mail", "required": True}],
    "canaries": [{"kind": "email", "value": "x@example.com"}],
    "honoured": True,
    "cnames": {"m.shop.example": "shop.tracker.example"},
    "problems": ["timeout"],
    "version": 1,
}


def test_the_notes_of_a_capture_come_through(tmp_path: Path) -> None:
    assert notes(items(tmp_path, har(entry(PAGE), noted=GOOD), state="none")) == Notes(
        page="https://shop.example/",
        reached="https://shop.example/no",
        state="gpc",
        depth="browser",
        flow="checkout",
        status=200,
        choice=Choice("onetrust", "reject", 2, 1),
        cookies=(Kept("_id", "shop.example", 400.5, secure=True),),
        storage=(Stored("k", "shop.example", "session"),),
        calls=(Called("canvas.toDataURL", "a.example", 3),),
        fields=(Field("email", "mail", True),),
        canaries=(Canary("email", "x@example.com"),),
        honoured=True,
        cnames={"m.shop.example": "shop.tracker.example"},
        problems=("timeout",),
    )


@pytest.mark.parametrize("noted", [[], "x", 5, True, {}, [[[]]], {"state": "happy", "page": 7}])
def test_notes_that_say_nothing_leave_what_the_recording_shows(tmp_path: Path, noted: Any) -> None:
    one = notes(items(tmp_path, har(entry(PAGE), noted=noted), state="accept"))
    assert (one.page, one.state, one.status) == ("https://shop.example/checkout", "accept", 200)


def test_notes_of_strangers_are_bounded(tmp_path: Path) -> None:
    noted = {
        "page": "https://shop.example/" + "x" * 9_999 + "\x1b[31m",
        "status": -5,
        "flow": "a\x1b]0;b\u202e",
        "cookies": [{"name": "n" * 999, "host": "h", "days": 1e308}] * 3_000,
        "calls": [{"call": "c", "count": 10**12}],
        "canaries": [{"kind": "password", "value": "x"}],
        "problems": ["made-up", "crashed", {}],
        "cnames": {"": "x", "a": 5},
    }
    one = notes(items(tmp_path, har(entry(PAGE), noted=noted)))
    assert (len(one.page), one.status, one.flow) == (2_000, 200, "a]0;b")
    assert (len(one.cookies), len(one.cookies[0].name), one.cookies[0].days) == (2_000, 200, 36_500)
    assert one.calls == (Called("c", "", 1),)
    assert (one.canaries, one.problems, one.cnames) == ((), ("crashed",), {})


KEYS = st.sampled_from([*GOOD, "name", "host", "days", "kind", "value"])
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
WORDS = st.sampled_from(["accept", "timeout", "email", "browser", 1e300, -0.5])
JSON = st.recursive(
    PLAIN | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(list(GOOD)), JSON) | JSON)
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_notes_raise(tmp_path: Path, noted: Any) -> None:
    items(tmp_path, har(entry(PAGE), noted=noted))


def test_a_built_page_is_read_as_text(tmp_path: Path) -> None:
    raw = (SAMPLES / "checkout.html").read_bytes()
    found = items(tmp_path, raw, "checkout.html", page="/checkout.html", state="none")
    one = notes(found)
    assert (one.page, one.state, one.depth, one.status) == ("/checkout.html", "none", "static", 200)
    assert len(one.fields) == 5
    written = [item.observation for item in found if isinstance(item, Written)]
    assert written[0].facts["url"] == ("https://preconnected.example",)
    assert not any(isinstance(item, Observation) for item in found)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b'{"log": {"entries": [', "damaged"),
        (b'{"no": "har"}', "damaged"),
        (b"PK\x03\x04", "not-html"),
        (b"just words", "not-html"),
        (b"<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "not-html"),
        (b"<urlset><url><loc>https://shop.example/</loc></url></urlset>", "not-html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", "not-html"),
        (b"\x89PNG\r\n\x1a\n\0\0<html>", "not-html"),
    ],
)
def test_what_is_no_capture_is_inconclusive(tmp_path: Path, raw: bytes, problem: str) -> None:
    found = items(tmp_path, raw, "file")
    assert notes(found).problems == (problem,)
    assert any(isinstance(one, Problem) for one in found)


def test_a_file_that_is_not_there_is_inconclusive(tmp_path: Path) -> None:
    found = list(captures.read(Capture(tmp_path / "none.har", "none.har")))
    assert notes(found).problems == ("damaged",)


@given(st.binary(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_raises(tmp_path: Path, raw: bytes) -> None:
    items(tmp_path, raw, "file")
    items(tmp_path, b'{"log": {"entries": [' + raw, "file")
    items(tmp_path, b"<!doctype html>" + raw, "file")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real files here")
@pytest.mark.parametrize(
    ("name", "page", "problems"),
    [
        (
            "generated_purchase/playwrightA.har",
            "https://shop.example-bikes.com/",
            (),
        ),
        ("markup_nevada/requests.har", "https://www.nevadahealthlink.com/", ()),
        ("markup_washington/requests.har", "https://www.dchealthlink.com/", ("challenge",)),
        ("mitmproxy/brokenfile.har", "", ("damaged",)),
        ("mitmproxy/compressed.zhar", "", ("not-html",)),
        ("mitmproxy/with-bom.har", "https://reqbin.com/", ()),
        (
            "perfcascade/capture-har_redirect-loop.har",
            "https://www.httpbin.org/redirect/25",
            ("unreachable",),
        ),
        ("perfcascade/www.bbc.com.har", "http://www.bbc.com/", ()),
    ],
)
def test_real_recordings_tell_their_page(name: str, page: str, problems: tuple[str, ...]) -> None:
    one = notes(list(captures.read(Capture(CORPUS / "har" / name, name))))
    assert (one.page, one.problems) == (page, problems)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real files here")
@pytest.mark.parametrize(
    "path", sorted((CORPUS / "web").rglob("*.html")), ids=lambda one: one.parent.name
)
def test_real_pages_are_read_and_name_hosts(path: Path) -> None:
    found = list(captures.read(Capture(path, path.name, page="/")))
    assert notes(found).problems == ()
    assert any(isinstance(one, Written) for one in found)
