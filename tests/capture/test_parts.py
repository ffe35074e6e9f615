"""Parts of captures that need no browser."""

from __future__ import annotations

import base64
import builtins
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import dns.exception
import dns.resolver
import pytest

from dataexposure.capture import Wish, capture, chromium, har, names
from dataexposure.capture.containers import is_container, may_be_container, named_in
from dataexposure.capture.har import Exchange
from dataexposure.capture.instruments import Told
from dataexposure.capture.pace import Pace
from dataexposure.capture.verdicts import is_challenge, judge, own_domains, patience
from dataexposure.consent import Consent
from dataexposure.errors import UsageError
from dataexposure.model import Observation
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.network import har as reader
from dataexposure.website import Called, Notes

PAGE = "https://shop.example/"


class Everything:
    def url(self, url: str) -> bool:
        return bool(url)


def test_a_scan_reads_what_a_capture_writes(tmp_path: Path) -> None:
    post = Exchange(
        "https://ads.example/hit?ev=Purchase",
        method="POST",
        moment=2.0,
        kind="fetch",
        sent=[("content-type", "text/plain"), ("cookie", "a=1; b=2")],
        body=b'{"value": 3}',
        status=204,
    )
    socket = Exchange(
        "wss://ads.example/live",
        moment=3.0,
        kind="websocket",
        status=101,
        messages=[("send", 3.0, 1, "hello"), ("receive", 3.1, 1, "no")],
    )
    page = Exchange(PAGE, moment=1.0, kind="document", status=200, mime="text/html", text="<p>")
    opened = [har.Opened(PAGE, 1.0), har.Opened(PAGE, 2.0, "page_2")]
    path = har.write(tmp_path, "a.har", Notes(page=PAGE), [post, socket, page], opened)
    log = json.loads(path.read_bytes())["log"]
    assert [page["id"] for page in log["pages"]] == ["page_1"]
    assert log["_dataexposure"]["page"] == PAGE
    assert log["entries"][0]["startedDateTime"] == "1970-01-01T00:00:01.000Z"
    with InputFile(path, "a.har") as file:
        assert reader.sniff(file)
        found = [one for one in reader.read(file, Everything()) if isinstance(one, Observation)]
    facts = [one.facts for one in found]
    assert facts[0] == {"url": (PAGE,)}
    assert facts[1]["body"] == ('{"value": 3}',)
    assert ("hello",) in [one.get("body") for one in facts]
    assert ("no",) not in [one.get("body") for one in facts]


def test_files_are_named_by_number_subject_and_state() -> None:
    assert (
        har.file_name(7, "https://shop.example/a b", "gpc") == "007-https-shop-example-a-b-gpc.har"
    )
    assert har.file_name(1, "…", "none") == "001-page-none.har"


def test_bodies_are_matched_by_method_address_and_order() -> None:
    told = Told()

    def tell(message: object) -> None:
        told.take(told.mark + json.dumps(message))

    for text in (b"one", b"two"):
        data = base64.b64encode(text).decode()
        tell({"body": {"method": "POST", "url": PAGE + "#x", "data": data}})
    form = {"method": "POST", "url": PAGE + "f", "form": [["a", "1"], ["file", ""]]}
    tell({"body": form})
    tell({"calls": [["canvas-read", "Ads.example", 2]]})
    tell({"calls": "no"})
    told.take('{"calls": [["canvas-read", "made up by the page", 1]]}')
    assert told.body("PUT", PAGE, "") is None
    assert [told.body("POST", PAGE, "") for _ in range(3)] == [b"one", b"two", None]
    body = told.body("POST", PAGE + "f", 'multipart/form-data; boundary="xx"') or b""
    assert body.startswith(b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xx')
    assert told.calls == (Called("canvas-read", "ads.example", 2),)


@pytest.mark.parametrize(
    ("status", "headers", "text", "expected"),
    [
        (403, [("cf-mitigated", "challenge")], "", True),
        (202, [("x-amzn-waf-action", "challenge")], "", True),
        (429, [("x-vercel-mitigated", "challenge")], "", True),
        (403, [], "<script src=https://ct.captcha-delivery.com/c.js>", True),
        (403, [], "<p>No</p>", False),
        (200, [], "<script src=https://js.hcaptcha.com/1/api.js>", False),
    ],
)
def test_bot_checks_are_told_from_pages(
    status: int, headers: list[tuple[str, str]], text: str, expected: bool
) -> None:
    document = Exchange(PAGE, status=status, received=headers, text=text)
    assert is_challenge(document, [document]) is expected


def test_verdicts_on_a_page() -> None:
    own = own_domains(PAGE, ("shop-cdn.example",))
    assert own == {"shop.example", "shop-cdn.example"}

    def verdict(reached: str = PAGE, **fields: Any) -> tuple[str, ...]:
        document = Exchange(PAGE, **{"status": 200, "mime": "text/html", **fields})
        return judge(document, [document], own, reached)

    assert verdict() == ()
    assert verdict("https://www.shop-cdn.example/") == ()
    assert verdict("https://other.example/") == ("elsewhere",)
    assert verdict(status=429) == ("rate-limited",)
    assert verdict(status=500) == ("status",)
    assert verdict(mime="application/pdf") == ("not-html",)


def test_how_long_a_host_wants_to_be_left_alone() -> None:
    now = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)

    def wanted(text: str) -> float | None:
        return patience(Exchange(PAGE, received=[("Retry-After", text)]), now)

    assert wanted("5") == 5.0
    assert wanted("Sat, 21 Nov 2026 12:00:30 GMT") == 30.0
    assert wanted("Sat, 21 Nov 2026 11:00:30 GMT") == 0.0
    assert wanted("61") is wanted("soon") is wanted("") is None


def test_hosts_are_asked_at_a_distance() -> None:
    clock = [0.0]
    slept: list[float] = []
    pace = Pace(2.0, lambda: clock[0])
    for host, now in (("a", 0.0), ("b", 0.5), ("a", 0.5), ("a", 9.0)):
        clock[0] = now
        pace.wait(host, slept.append)
    assert slept == [1.5]


def test_containers_are_known_by_address_or_content() -> None:
    assert may_be_container("https://www.googletagmanager.com/gtm.js?id=GTM-ABCD")
    assert may_be_container("https://shop.example/x.js?id=G-123")
    assert not may_be_container("https://shop.example/app.js?id=4")
    assert is_container("https://shop.example/gtm.js", "")
    text = 'var data = {"resource": {"macros":[],"tags":[],"predicates":[]}}'
    assert is_container("https://shop.example/a.js", text)
    assert not is_container("https://shop.example/a.js", "var a")
    html = "<script src='/own/gtm.js?id=GTM-OWN1&amp;l=x'></script>(function(w){...'https://www."
    html += "googletagmanager.com/gtm.js?id='...})('GTM-ABCD'); GTM-ABCD"
    assert list(named_in(html, PAGE)) == [
        "https://shop.example/own/gtm.js?id=GTM-OWN1&l=x",
        "https://www.googletagmanager.com/gtm.js?id=GTM-ABCD",
    ]


def test_the_browser_is_found_by_path_name_or_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    mac = tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    mac.parent.mkdir(parents=True)
    mac.touch(mode=0o755)
    assert chromium.find("chrome") == str(mac)
    edge = tmp_path / "microsoft-edge"
    edge.touch(mode=0o755)
    assert chromium.find("msedge") == str(edge)
    assert chromium.find(str(edge)) == str(edge)
    with pytest.raises(UsageError, match="nowhere was not found"):
        chromium.find("nowhere")


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith(("playwright", "dns")):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"dataexposure\[browser\]"):
        list(capture(Wish((PAGE,)), Consent(), tmp_path, lambda *_: None))
    with pytest.raises(UsageError, match=r"dataexposure\[browser\]"):
        names.Resolver()


def test_other_names_of_hosts_are_followed_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = {"a.shop.example": "b.cdn.example.", "b.cdn.example": "Collect.Ads.example."}
    asked: list[str] = []

    class Target:
        def __init__(self, target: str) -> None:
            self.target = target

    def resolve(_self: object, host: str, kind: str) -> list[Target]:
        asked.append(host)
        assert kind == "CNAME"
        if host not in chain:
            raise dns.exception.Timeout
        return [Target(chain[host])]

    monkeypatch.setattr(dns.resolver.Resolver, "__init__", lambda _self: None)
    monkeypatch.setattr(dns.resolver.Resolver, "resolve", resolve)
    resolver = names.Resolver()
    hosts = ["a.shop.example", "shop.example", "a.shop.example"]
    assert resolver.cnames(hosts) == {"a.shop.example": "collect.ads.example"}
    count = len(asked)
    resolver.cnames(hosts)
    assert len(asked) == count, "each host is asked about once"


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Cannot write"):
        har.write(tmp_path / "gone", "a.har", Notes(), (), ())
