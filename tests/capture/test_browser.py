"""What a real browser's visit leaves in a capture."""

from __future__ import annotations

import time

import pytest

from dataexposure.website import Called, Field, Stored
from tests.capture.conftest import Captured
from tests.capture.site import Answer, Asked, Site

pytestmark = pytest.mark.usefixtures("browser")

BODIES = """<!doctype html><title>Shop</title><p>Shop</p><script>
const to = (path) => "https://ads.test/" + path;
navigator.sendBeacon(to("beacon-text"), "plain text");
navigator.sendBeacon(to("beacon-blob"), new Blob(['{"a":', '"blob"}'], {type: "text/plain"}));
const post = (path, body) => fetch(to(path), {method: "POST", mode: "no-cors", body});
post("fetch-blob", new Blob(["blob in fetch"]));
post("fetch-buffer", new TextEncoder().encode("buffer"));
post("fetch-binary", new Uint8Array([255, 254, 0]));
const form = new FormData();
form.append("email", "canary@example.com");
form.append("file", new Blob(["content"]), "a.txt");
post("fetch-form", form);
const inside = new Blob(["inside"]);
fetch(new Request(to("request-blob"), {method: "POST", mode: "no-cors", body: inside}));
const xhr = new XMLHttpRequest();
xhr.open("POST", to("xhr-blob"));
xhr.send(new Blob(["blob in xhr"]));
addEventListener("pagehide", () => {
  navigator.sendBeacon(to("on-leaving"), new Blob(["left"], {type: "text/plain"}));
});
</script>"""


def test_bodies_are_recorded_whatever_they_are_made_of(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = BODIES
    (seen,) = captured()
    bodies = {
        path: seen.body(f"ads.test/{path}")
        for path in ("beacon-text", "beacon-blob", "fetch-blob", "fetch-buffer", "request-blob")
    }
    assert bodies == {
        "beacon-text": "plain text",
        "beacon-blob": '{"a":"blob"}',
        "fetch-blob": "blob in fetch",
        "fetch-buffer": "buffer",
        "request-blob": "inside",
    }
    assert seen.body("xhr-blob") == "blob in xhr"
    assert seen.body("on-leaving") == "left"
    assert 'name="email"\r\n\r\ncanary@example.com' in seen.body("fetch-form")
    assert seen.entry("fetch-binary")["request"]["postData"]["encoding"] == "base64"
    arrived = {asked.path.strip("/"): asked.body for asked in site.log if asked.host == "ads.test"}
    assert arrived["beacon-blob"] == b'{"a":"blob"}', "what is sent stays as it was"
    assert b"content" in arrived["fetch-form"]


def test_an_entry_has_what_went_over_the_wire(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = Answer(status=302, headers=(("Location", "/home"),))
    site.pages["shop.test/home"] = Answer(
        "<title>Home</title><img src='https://ads.test/pixel?ev=PageView'>"
        "<script src='https://ads.test/gtm.js?id=GTM-ABCDE'></script>"
        "<script src='https://ads.test/other.js'></script>"
        "<iframe src='https://ads.test/frame'></iframe>",
        headers=(("Set-Cookie", "basket=1; Path=/; Secure"), ("Set-Cookie", "other=2; Path=/")),
    )
    site.pages["ads.test/gtm.js"] = Answer("var data = {}", kind="text/javascript")
    site.pages["ads.test/other.js"] = Answer("var other", kind="text/javascript")
    site.pages["ads.test/frame"] = "<p>Frame</p>"
    (seen,) = captured()
    first, second = seen.entries[:2]
    assert (first["response"]["status"], first["response"]["redirectURL"]) == (302, "/home")
    assert second["_resourceType"] == "document"
    assert "<title>Home" in second["response"]["content"]["text"]
    lines = [one["value"] for one in second["response"]["headers"] if one["name"] == "Set-Cookie"]
    assert len(lines) == 2
    assert [one["name"] for one in second["response"]["cookies"]] == ["basket", "other"]
    pixel = seen.entry("pixel")
    assert pixel["request"]["queryString"] == [{"name": "ev", "value": "PageView"}]
    assert "referer" in {header["name"] for header in pixel["request"]["headers"]}
    assert seen.entry("gtm.js")["response"]["content"]["text"] == "var data = {}"
    assert "text" not in seen.entry("other.js")["response"]["content"]
    frame = seen.entry("/frame")
    assert frame["_frameref"] != second["_frameref"]
    assert "text" not in frame["response"]["content"]
    assert seen.notes.reached == "https://shop.test/home"
    assert {kept.name for kept in seen.notes.cookies} == {"basket", "other"}


def test_the_visitor_says_who_it_is_and_is_an_ordinary_browser(
    site: Site, captured: Captured
) -> None:
    site.pages["shop.test/"] = "<iframe src='https://ads.test/frame'></iframe>"
    cookie = ("Set-Cookie", "mark=1; Secure; SameSite=None; Path=/; Max-Age=864000")
    site.pages["ads.test/frame"] = Answer("<img src='/pixel'>", headers=(cookie,))
    (seen,) = captured(agent="ticket-7")
    agent = site.asked("shop.test/")[0].headers["user-agent"]
    assert agent.startswith("Mozilla/5.0")
    assert "Headless" not in agent
    assert " dataexposure/" in agent
    assert agent.endswith("ticket-7")
    assert "Headless" not in site.asked("shop.test/")[0].headers["sec-ch-ua"]
    assert site.asked("ads.test/pixel")[0].headers["cookie"] == "mark=1", "third parties too"
    (kept,) = seen.notes.cookies
    assert (kept.host, kept.days, kept.secure, kept.same_site) == ("ads.test", 10.0, True, "None")


def test_storage_fields_and_calls_are_noted_without_values(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = """<form><label>Date of birth <input name=f1 required></label>
      <input type=email name=mail value=secret@example.com><input type=hidden name=x>
      <select name=country></select></form><script>
      localStorage.setItem("_mark", "secret");
      document.createElement("canvas").toDataURL();
      navigator.hardwareConcurrency;
      </script><script src="https://ads.test/print.js"></script>
      <iframe src="https://ads.test/frame"></iframe>"""
    site.pages["ads.test/print.js"] = Answer(
        "for (let i = 0; i < 3; i++) document.createElement('canvas').toDataURL()",
        kind="text/javascript",
    )
    site.pages["ads.test/frame"] = "<script>sessionStorage.setItem('visit', 1)</script>"
    (seen,) = captured()
    assert seen.notes.storage == (
        Stored("_mark", "shop.test"),
        Stored("visit", "ads.test", "session"),
    )
    assert seen.notes.fields == (
        Field("text", "f1 date of birth", required=True),
        Field("email", "mail"),
        Field("select", "country"),
    )
    assert set(seen.notes.calls) == {
        Called("canvas-read", "ads.test", 3),
        Called("canvas-read", "shop.test", 1),
        Called("navigator-hardware", "shop.test", 1),
    }
    assert "secret" not in str(seen.notes)


def test_the_instruments_change_nothing(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = """<script>
    const results = {
      names: [fetch.name, Blob.name, navigator.sendBeacon.length,
        XMLHttpRequest.prototype.send.name],
      native: [fetch, Blob, navigator.sendBeacon, Request].every((one) =>
        Function.prototype.toString.call(one).includes("[native code]")),
      kinds: [new Blob([]) instanceof Blob, new Blob([]).constructor === Blob,
        new (class extends Blob {})(["x"]).size === 1],
      refuses: (() => { try { Blob(); return false; } catch (error) {
        return error instanceof TypeError; } })(),
      hidden: Object.getOwnPropertyNames(window).filter((name) => name.includes("dataexposure")),
      gpc: navigator.globalPrivacyControl,
    };
    fetch("/results", {method: "POST", body: JSON.stringify(results)});
    </script>"""
    (seen,) = captured()
    assert seen.body("/results") == (
        '{"names":["fetch","Blob",1,"send"],"native":true,"kinds":[true,true,true],'
        '"refuses":true,"hidden":[]}'
    )


GPC = """<script>
const tell = (where, value) => fetch("https://ads.test/gpc?" + where + "=" + value);
tell("page", navigator.globalPrivacyControl);
new Worker("/worker.js");
</script><iframe src="https://ads.test/frame"></iframe>"""


def test_an_opt_out_signal_is_sent_and_shown_everywhere(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = GPC
    site.pages["shop.test/worker.js"] = Answer("fetch('/in-worker')", kind="text/javascript")
    site.pages["ads.test/frame"] = GPC.replace('tell("page"', 'tell("frame"').partition("<iframe")[
        0
    ]
    (seen,) = captured(states=("gpc",))
    told = {asked.query for asked in site.asked("ads.test/gpc")}
    assert told == {"page=true", "frame=true"}
    assert "/in-worker" in {asked.path for asked in site.log}
    assert all(asked.headers.get("sec-gpc") == "1" for asked in site.log)
    assert not [asked for asked in site.log if asked.method == "OPTIONS"]
    assert seen.notes.choice is None
    assert seen.notes.state == "gpc"


def test_what_makes_a_visit_inconclusive_is_noted(
    site: Site, captured: Captured, notices: list[tuple[str, str]]
) -> None:
    header = (("cf-mitigated", "challenge"),)
    site.pages |= {
        "shop.test/challenge": Answer("wait", 403, headers=header),
        "shop.test/captcha": Answer("<script src=https://ads.test/px-captcha.js></script>", 403),
        "shop.test/missing": Answer("<p>No</p>", 404),
        "shop.test/slow": Answer("late", delay=3),
        "shop.test/file": Answer("{}", kind="application/json"),
        "shop.test/away": Answer(status=302, headers=(("Location", "https://ads.test/"),)),
        "ads.test/": "<p>Somebody else</p>",
        "shop.test/busy": "<p>Busy</p><script>setTimeout(() => { for (;;); }, 100)</script>",
        "shop.test/blank": "",
    }
    names = ("challenge", "captcha", "missing", "slow", "file", "away", "blank", "busy")
    pages = tuple(f"https://shop.test/{name}" for name in names)
    found = captured(pages=(*pages, "https://127.0.0.1:9/"), timeout=1.5)
    problems = {seen.notes.page.rpartition("/")[2]: seen.notes.problems for seen in found}
    # A page that keeps its browser busy for ever may bring it down before the time is over.
    assert problems.pop("busy") in {("timeout",), ("crashed",)}
    assert problems == {
        "challenge": ("challenge",),
        "captcha": ("challenge",),
        "missing": ("status",),
        "slow": ("timeout",),
        "file": ("not-html",),
        "away": ("elsewhere",),
        "blank": ("empty",),
        "": ("unreachable",),
    }
    assert ("problem", "challenge https://shop.test/challenge none") in notices
    assert {seen.notes.page.rpartition("/")[2]: seen.notes.status for seen in found}[
        "missing"
    ] == 404


def test_a_host_that_asks_for_patience_gets_it_once(site: Site, captured: Captured) -> None:
    def busy(_asked: Asked) -> Answer:
        if len(site.asked("shop.test/")) < 2:
            return Answer("later", 429, headers=(("Retry-After", "1"),))
        return Answer("<p>Here you are</p>")

    site.pages["shop.test/"] = busy
    site.pages["shop.test/never"] = Answer("later", 429, headers=(("Retry-After", "1"),))
    site.pages["shop.test/long"] = Answer("later", 429, headers=(("Retry-After", "900"),))
    pages = tuple(f"https://shop.test/{name}" for name in ("", "never", "long"))
    first, never, long = captured(pages=pages)
    assert (first.notes.problems, first.notes.status) == ((), 200)
    assert never.notes.problems == long.notes.problems == ("rate-limited",)
    assert len(site.asked("shop.test/never")) == 2
    assert len(site.asked("shop.test/long")) == 1


def test_pages_of_one_host_are_loaded_at_a_distance(site: Site, captured: Captured) -> None:
    times: list[float] = []

    def timed(_asked: Asked) -> Answer:
        times.append(time.monotonic())
        return Answer("<p>Shop</p>")

    site.pages["shop.test/"] = timed
    captured(pages=("https://shop.test/", "https://shop.test/"), delay=4.0, settle=0.1)
    assert times[1] - times[0] > 3.0


def test_windows_that_nobody_asked_for_stay_closed(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = "<p>Shop</p><script>open('https://ads.test/popup')</script>"
    site.pages["ads.test/popup"] = "<p>Advertisement</p>"
    (seen,) = captured()
    assert seen.urls()[0] == "https://shop.test/"
    assert not site.asked("ads.test/popup")
    assert seen.notes.reached == "https://shop.test/"


HOSTILE = """<title>Shop</title><input name=q><script nonce=once>
JSON.stringify = () => "";
Array.prototype.map = Object.keys = () => { throw new Error("mine"); };
Error.prepareStackTrace = () => { throw new Error("mine"); };
console.debug = () => { throw new Error("mine"); };
document.createElement("canvas").toDataURL();
navigator.sendBeacon("/beacon", new Blob(["body"]));
localStorage.mark = 1;
</script>"""


def test_a_page_that_changes_the_language_does_no_harm(site: Site, captured: Captured) -> None:
    policy = "default-src 'self'; script-src 'nonce-once'; require-trusted-types-for 'script'"
    header = ("Content-Security-Policy", policy)
    site.pages["shop.test/"] = Answer(HOSTILE, headers=(header,))
    site.pages["shop.test/whole"] = "<p>Whole</p>"
    hostile, whole = captured(pages=("https://shop.test/", "https://shop.test/whole"))
    assert hostile.body("/beacon") == "body"
    assert hostile.notes.calls == (Called("canvas-read", "shop.test", 1),)
    assert hostile.notes.problems == ()
    assert whole.notes.problems == ()
