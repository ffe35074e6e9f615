from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataexposure.model import Coverage, Observation, Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.network import har


class Everything:
    def url(self, url: str) -> bool:
        return bool(url)


Result = Observation | Problem | Coverage


def read(path: Path, raw: bytes) -> list[Result]:
    path.write_bytes(raw)
    with InputFile(path, "site.har") as file:
        assert har.sniff(file)
        return list(har.read(file, Everything()))


def capture(path: Path, entries: list[Any], pages: list[Any] | None = None) -> list[Result]:
    log = {"version": "1.2", "creator": {}, "pages": pages or [], "entries": entries}
    return read(path / "site.har", json.dumps({"log": log}).encode())


def entry(url: str, **more: Any) -> dict[str, Any]:
    """Make an entry; headers as keywords with `_` for `-`, the rest by name."""
    own = {"method", "post", "status", "mime", "page", "kind", "frame", "got", "to", "ws", "at"}
    sent = {key.replace("_", "-"): text for key, text in more.items() if key not in own}
    made: dict[str, Any] = {
        "startedDateTime": more.get("at", "2026-05-01T23:30:00.123-02:00"),
        "request": {
            "url": url,
            "method": more.get("method", "GET"),
            "headers": [{"name": key.title(), "value": text} for key, text in sent.items()],
        },
        "response": {
            "status": more.get("status", 302 if "to" in more else 200),
            "headers": [{"name": k, "value": v} for k, v in more.get("got", {}).items()],
            "content": {"mimeType": more.get("mime", "image/gif")},
            "redirectURL": more.get("to", ""),
        },
    }
    for key, name in (("page", "pageref"), ("kind", "_resourceType"), ("frame", "_frameref")):
        if key in more:
            made[name] = more[key]
    if "post" in more:
        made["request"]["postData"] = more["post"]
    if "ws" in more:
        made["_webSocketMessages"] = more["ws"]
    return made


def seen(results: list[Result], channel: str) -> list[Observation]:
    return [one for one in results if isinstance(one, Observation) and one.channel == channel]


def pages_of(results: list[Result]) -> dict[str, str]:
    """Request address to the address of its page."""
    return {
        one.facts["url"][0]: one.context.facts["url"][0] if one.context else ""
        for one in seen(results, "request")
    }


def visits(results: list[Result]) -> list[str]:
    return [one.facts["url"][0] for one in seen(results, "visit")]


def coverage(results: list[Result]) -> Coverage:
    assert isinstance(results[-1], Coverage)
    return results[-1]


SHOP = "https://shop.example/"
HTML = {"mime": "text/html; charset=utf-8"}


def test_a_page_is_a_visit_and_what_it_loads_are_requests(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [
            entry(SHOP + "thanks?o=1", page="p", **HTML),
            entry("https://pixel.example/tr?ev=Purchase", page="p", referer=SHOP),
        ],
        [{"id": "p", "title": SHOP + "thanks?o=1"}],
    )
    (visit,) = seen(results, "visit")
    assert visit.facts == {"url": (SHOP + "thanks?o=1",)}
    assert visit.party == "shop.example"
    assert visit.at.record == "entry:1"
    (request,) = seen(results, "request")
    assert request.facts == {"url": ("https://pixel.example/tr?ev=Purchase",), "method": ("GET",)}
    assert request.party == "shop.example"
    assert request.context is not None
    assert request.context.channel == "visit"
    assert request.context.facts == visit.facts
    assert request.first == request.last == dt.date(2026, 5, 2)
    assert coverage(results).counts == {"requests": 2, "pages": 1, "visits": 1}
    assert coverage(results).first == dt.date(2026, 5, 2)


def test_an_order_page_is_the_page_of_all_that_it_loads() -> None:
    path = Path(__file__).resolve().parents[2] / "data/sources/har/order.har"
    with InputFile(path, "order.har") as file:
        assert har.sniff(file)
        results = list(har.read(file, Everything()))
    order = "shop.example/checkout/thank-you?order=1001"
    assert visits(results) == ["http://" + order]
    assert set(pages_of(results).values()) == {"https://" + order}
    assert len(pages_of(results)) == 5
    (batch,) = [one for one in seen(results, "request") if "body" in one.facts]
    assert batch.facts["type"] == ("application/json",)
    hosts = {(one.facts["name"][0], one.facts["host"][0]) for one in seen(results, "cookie")}
    assert hosts == {("basket", "shop.example"), ("uid", "pixel.example")}
    assert coverage(results).counts == {"requests": 8, "pages": 1, "visits": 1}
    assert coverage(results).skipped == 1


def test_a_session_with_one_page_id_follows_the_documents(tmp_path: Path) -> None:
    doc: dict[str, Any] = {
        "page": "p",
        "kind": "document",
        "frame": "f",
        "sec_fetch_dest": "document",
    }
    results = capture(
        tmp_path,
        [
            entry("https://mail.example/c?u=1", to=SHOP + "?utm=1", **doc),
            entry(SHOP + "?utm=1", **doc, **HTML),
            entry("https://pixel.example/1", page="p", referer=SHOP, sec_fetch_dest="image"),
            entry("https://pay.example/c/1", **doc, **HTML),
            entry("https://pixel.example/2", page="p", referer="https://pay.example/"),
            entry("https://pixel.example/late", page="p", referer=SHOP),
            entry(SHOP + "thanks", **doc, **HTML),
            entry("https://pixel.example/3", page="p", referer=SHOP),
            entry("https://pixel.example/4", page="p"),
        ],
        [{"id": "p", "title": "Thank you"}],
    )
    assert visits(results) == [
        "https://mail.example/c?u=1",
        SHOP + "?utm=1",
        "https://pay.example/c/1",
        SHOP + "thanks",
    ]
    assert pages_of(results) == {
        "https://pixel.example/1": SHOP + "?utm=1",
        "https://pixel.example/2": "https://pay.example/c/1",
        "https://pixel.example/late": SHOP + "?utm=1",
        "https://pixel.example/3": SHOP + "thanks",
        "https://pixel.example/4": SHOP + "thanks",
    }


def test_a_frame_is_a_request_and_what_it_loads_belongs_to_the_page(tmp_path: Path) -> None:
    frame = "https://ads.example/frame?id=1"
    results = capture(
        tmp_path,
        [
            entry(SHOP + "cart", page="p", kind="document", frame="main", **HTML),
            entry(frame, page="p", kind="document", frame="sub", referer=SHOP, **HTML),
            entry("https://pixel.example/1", page="p", referer=frame),
            entry("https://pixel.example/2", page="p", referer="https://ads.example/"),
            entry(SHOP + "site.css", page="p", kind="stylesheet", referer=SHOP + "cart"),
            entry("https://fonts.example/a", page="p", referer=SHOP + "site.css"),
        ],
        [{"id": "p", "title": "Cart"}],
    )
    assert visits(results) == [SHOP + "cart"]
    assert set(pages_of(results).values()) == {SHOP + "cart"}


def test_a_full_referer_tells_the_page_of_a_single_page_shop(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [
            entry(SHOP, page="p", **HTML),
            entry(SHOP + "api/order", page="p", method="POST", referer=SHOP + "checkout/done?o=7"),
            entry("https://pixel.example/1", page="p", referer="https://www.shop.example/done"),
            entry("https://pixel.example/2", page="p", referer="https://other.example/done"),
        ],
        [{"id": "p", "title": SHOP}],
    )
    assert pages_of(results) == {
        SHOP + "api/order": SHOP + "checkout/done?o=7",
        "https://pixel.example/1": "https://www.shop.example/done",
        "https://pixel.example/2": SHOP,
    }


def test_without_pages_only_the_referer_and_origin_tell(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [
            entry(SHOP + "thanks", **HTML),
            entry("https://pixel.example/1", referer=SHOP),
            entry("https://pixel.example/2", referer=SHOP + "spa/done"),
            entry("https://pixel.example/3", origin="https://other.example"),
            entry("https://api.example/4", mime="application/json"),
        ],
    )
    assert visits(results) == [SHOP + "thanks"]
    assert pages_of(results) == {
        "https://pixel.example/1": SHOP + "thanks",
        "https://pixel.example/2": SHOP + "spa/done",
        "https://pixel.example/3": "https://other.example/",
        "https://api.example/4": "",
    }
    last = seen(results, "request")[-1]
    assert (last.party, last.context) == ("", None)


def test_what_a_browser_only_prepared_was_not_opened(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [
            entry(SHOP, page="p", sec_fetch_dest="document", **HTML),
            entry(
                "https://next.example/",
                page="p",
                sec_fetch_dest="document",
                sec_purpose="prefetch;prerender",
                **HTML,
            ),
        ],
        [{"id": "p", "title": SHOP}],
    )
    assert visits(results) == [SHOP]


def test_the_same_page_by_https_is_one_visit(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [
            entry("http://shop.example/thanks?o=1&gclid=2", page="p", to=SHOP + "thanks?o=1"),
            entry(SHOP + "thanks?o=1", page="p", **HTML),
            entry("https://pixel.example/1", page="p", referer=SHOP),
        ],
        [{"id": "p", "title": "x"}],
    )
    assert visits(results) == ["http://shop.example/thanks?o=1&gclid=2"]
    assert pages_of(results) == {"https://pixel.example/1": SHOP + "thanks?o=1"}
    assert coverage(results).counts["visits"] == 1


@pytest.mark.parametrize(
    ("post", "kind", "body"),
    [
        ({"mimeType": "text/plain", "text": "ev=1"}, "text/plain", "ev=1"),
        ({"text": "ev=1"}, None, "ev=1"),
        (
            {
                "mimeType": "text/x",
                "text": base64.b64encode(b"ev=2").decode(),
                "encoding": "base64",
            },
            "text/x",
            "ev=2",
        ),
        ({"text": base64.b64encode(b"ev=2").decode(), "_encoding": "base64"}, None, "ev=2"),
        ({"text": "no base64!", "encoding": "base64"}, None, "no base64!"),
        (
            {
                "mimeType": "multipart/form-data",
                "params": [{"name": "a b", "value": "1&2"}, {"name": "file", "fileName": "x.jpg"}],
            },
            "application/x-www-form-urlencoded",
            "a+b=1%262&file=",
        ),
        ({"mimeType": "text/plain", "text": "", "params": []}, "text/plain", None),
        (None, None, None),
    ],
)
def test_the_body_of_a_request_is_given(
    tmp_path: Path, post: Any, kind: str | None, body: str | None
) -> None:
    (request,) = seen(
        capture(tmp_path, [entry("https://x.example/", method="POST", post=post)]), "request"
    )
    assert request.facts.get("type") == ((kind,) if kind else None)
    assert request.facts.get("body") == ((body,) if body else None)


def test_a_get_has_no_body(tmp_path: Path) -> None:
    (request,) = seen(
        capture(tmp_path, [entry("https://x.example/", post={"text": "a"})]), "request"
    )
    assert set(request.facts) == {"url", "method"}


def test_messages_that_a_page_sends_are_requests(tmp_path: Path) -> None:
    messages = [
        {"type": "send", "opcode": 1, "data": "hello"},
        {"type": "receive", "opcode": 1, "data": "secret"},
        {"type": "send", "opcode": 2, "data": base64.b64encode(b"bytes").decode()},
        {"type": "send", "opcode": 1, "data": ""},
    ]
    results = capture(tmp_path, [entry("wss://chat.example/s", kind="websocket", ws=messages)])
    assert [one.facts.get("body") for one in seen(results, "request")] == [
        None,
        ("hello",),
        ("bytes",),
    ]
    assert coverage(results).counts["requests"] == 1


def test_addresses_that_go_nowhere_are_passed_over(tmp_path: Path) -> None:
    results = capture(
        tmp_path,
        [entry(url) for url in ("data:text/plain,x", "blob:https://a.example/1", "about:blank")]
        + [entry("chrome-extension://abc/x.js"), entry("https://a.example/")],
    )
    assert len(seen(results, "request")) == 1
    assert (coverage(results).read, coverage(results).skipped) == (1, 4)
    assert not any(isinstance(one, Problem) for one in results)


def test_bad_entries_are_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    good = entry("https://a.example/")
    results = capture(
        tmp_path,
        [
            None,
            7,
            {},
            {"request": None},
            {"request": {"url": None}},
            {"request": {"url": 7}},
            {"request": {"url": "https://"}},
            {"request": {"url": "/relative"}},
            good,
        ],
    )
    assert [one.at.record for one in seen(results, "request")] == ["entry:9"]
    problems = [one for one in results if isinstance(one, Problem)]
    assert [(one.cause, one.count) for one in problems] == [("bad-record", 8)]
    assert (coverage(results).read, coverage(results).skipped) == (1, 8)


def test_wrong_types_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    odd = {
        "startedDateTime": 12,
        "pageref": ["p"],
        "_resourceType": {},
        "request": {
            "url": "https://a.example/",
            "method": None,
            "headers": [None, {"name": 1}, {"name": "Referer", "value": SHOP}, "x"],
            "cookies": "none",
            "postData": [],
        },
        "response": {"status": "200", "content": None, "headers": {}, "redirectURL": 0},
        "_webSocketMessages": [None, 3],
    }
    results = capture(tmp_path, [odd], [None, {"id": 3}, {"id": "p", "title": None}])
    (request,) = seen(results, "request")
    assert request.first is None
    assert request.party == "shop.example"


def test_halves_of_characters_and_bytes_that_are_no_text_do_not_stop_it(tmp_path: Path) -> None:
    good = json.dumps(entry("https://a.example/?q=\\ud800"))
    half = good.replace("image/gif", "\\ud83d").replace("a.ex", "b.ex")
    raw = f'{{"log":{{"entries":[{good},{half}]}}}}'.encode()
    results = read(tmp_path / "x", raw.replace(b"image/gif", b"\xff\xfe"))
    assert [one.facts["url"][0] for one in seen(results, "request")] == [
        "https://a.example/?q=\\ud800",
        "https://b.example/?q=\\ud800",
    ]
    whole = json.dumps({"log": {"entries": [entry("https://a.example/😀")]}}).encode()
    joined = whole.replace(b"image/gif", b"\\ud83d\\ud83d\\ude00")
    (request,) = seen(read(tmp_path / "x", joined), "request")
    assert request.facts["url"] == ("https://a.example/😀",)


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + json.dumps({"log": {"entries": [entry("https://a.example/")]}}).encode()
    assert len(seen(read(tmp_path / "x", raw), "request")) == 1


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (b'{"log": {"entries": [\n{"request": {"url": "https://a', "line 2 column"),
        (b'{"log":\n[\n  1,2,3\n]\n"x"}', "line 5 column 1"),
        (b'{"log": []}', ""),
        (b'{"log": {"entries": null}}', ""),
        (b'{"log": {}}', ""),
        (b'{"log": {"entries": ' + b"[" * 100_000, ""),
    ],
)
def test_a_file_that_is_cut_short_or_something_else_is_damaged(
    tmp_path: Path, raw: bytes, note: str
) -> None:
    problem, last = read(tmp_path / "x", raw)
    assert isinstance(problem, Problem)
    assert problem.cause == "damaged"
    assert problem.note.startswith(note)
    assert isinstance(last, Coverage)
    assert last.read == 0


def test_other_json_is_not_claimed(tmp_path: Path) -> None:
    for raw in (b"{}", b'{"logs": []}', b'[{"log": 1}]', b'{"a": {"log": 1}}', b"log"):
        (tmp_path / "x").write_bytes(raw)
        with InputFile(tmp_path / "x", "x") as file:
            assert not har.sniff(file)


def test_cookies_are_counted_by_name_and_host_never_by_value(tmp_path: Path) -> None:
    ad = {"got": {"Set-Cookie": "id=SECRET; Domain=.ads.example; Path=/\nother=SECRET; Secure"}}
    results = capture(
        tmp_path,
        [
            entry(SHOP, page="p", cookie="_ga=SECRET; _fbp=SECRET", **HTML),
            entry("https://sync.ads.example/1", page="p", referer=SHOP, **ad),
            entry("https://sync.ads.example/2", page="p", referer=SHOP, **ad),
            entry(
                "https://evil.example/",
                page="p",
                got={"set-cookie": "a=1; domain=bank.example\ngone=; Max-Age=0\nx=1; max-age=0"},
            ),
        ],
        [{"id": "p", "title": SHOP}],
    )
    cookies = {
        (one.facts["name"][0], one.facts["host"][0]): (one.party, one.count)
        for one in seen(results, "cookie")
    }
    assert cookies == {
        ("_ga", "shop.example"): ("shop.example", 1),
        ("_fbp", "shop.example"): ("shop.example", 1),
        ("id", "ads.example"): ("shop.example", 2),
        ("other", "sync.ads.example"): ("shop.example", 2),
        ("a", "evil.example"): ("shop.example", 1),
    }
    assert "SECRET" not in repr(seen(results, "cookie"))


CHECK = {"status": 403, "mime": "text/html", "page": "p"}


def causes(results: list[Result]) -> list[str]:
    return [one.cause for one in results if isinstance(one, Problem)]


def test_a_capture_of_a_bot_check_says_so(tmp_path: Path) -> None:
    page = [{"id": "p", "title": SHOP}]
    script = entry(SHOP + "cdn-cgi/challenge-platform/h/g/x", page="p", referer=SHOP)
    for got in ({"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}):
        assert causes(capture(tmp_path, [entry(SHOP, got=got, **CHECK)], page)) == ["challenge"]
    server = {"server": "cloudflare"}
    assert causes(capture(tmp_path, [entry(SHOP, got=server, **CHECK), script], page)) == [
        "challenge"
    ]
    assert causes(capture(tmp_path, [entry(SHOP, got=server, **CHECK)], page)) == []


def test_a_bot_check_that_was_passed_is_none(tmp_path: Path) -> None:
    page = [{"id": "p", "title": SHOP}]
    check = entry(SHOP, got={"cf-mitigated": "challenge"}, **CHECK)
    through = entry(SHOP + "?__cf=1", page="p", referer=SHOP, **HTML)
    assert causes(capture(tmp_path, [check, through], page)) == []
    other = entry("https://b.example/", page="q", **HTML)
    assert causes(capture(tmp_path, [check, other], page)) == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
HEADER = st.sampled_from(
    ["referer", "origin", "set-cookie", "cookie", "sec-fetch-dest", "location"]
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "pageref": JSON | st.just("p"),
        "startedDateTime": JSON | TEXT | st.just("0001-01-01T00:00:00+23:00"),
        "_resourceType": JSON | st.just("document"),
        "_webSocketMessages": JSON,
        "request": JSON
        | st.fixed_dictionaries(
            {"url": TEXT | st.sampled_from(["https://a.example/", "//b.example/", "http://[::1"])},
            optional={
                "method": JSON,
                "headers": JSON
                | st.lists(st.fixed_dictionaries({"name": HEADER, "value": TEXT | JSON})),
                "cookies": JSON,
                "postData": JSON | st.fixed_dictionaries({"text": TEXT, "encoding": TEXT}),
            },
        ),
        "response": JSON
        | st.fixed_dictionaries(
            {}, optional={"status": JSON | st.just(302), "redirectURL": TEXT, "headers": JSON}
        ),
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FIELDS, max_size=4), JSON)
def test_no_entry_however_odd_raises_and_every_entry_is_accounted_for(
    tmp_path: Path, entries: list[Any], pages: Any
) -> None:
    raw = json.dumps({"log": {"pages": [pages], "entries": entries}}).encode()
    last = coverage(read(tmp_path / "x", raw))
    assert last.read + last.skipped == last.counts["requests"] == len(entries)
