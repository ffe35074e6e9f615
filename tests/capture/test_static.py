"""The static depth and sitemaps, against a site on this machine."""

from __future__ import annotations

import gzip
from email.utils import formatdate

import pytest

from dataexposure.capture import Wish
from dataexposure.capture.sitemap import listed, pages, unpacked
from dataexposure.capture.static import understood
from dataexposure.consent import Consent, ConsentWords
from dataexposure.errors import UsageError
from dataexposure.website import STATIC, Field
from tests.capture.conftest import Captured
from tests.capture.site import Answer, Site

CONSENT = Consent(words=ConsentWords(honoured=("opt-out request honored",)))


def test_a_page_is_read_without_running_it(site: Site, captured: Captured) -> None:
    cookies = (
        ("Set-Cookie", "a=1; Max-Age=864000; Secure; HttpOnly; SameSite=none; Domain=.shop.test"),
        ("Set-Cookie", f"b=2; Expires={formatdate(9e9, usegmt=True)}"),
        ("Set-Cookie", "c=3"),
    )
    site.pages["shop.test/"] = Answer(status=301, headers=(("Location", "/home"),))
    site.pages["shop.test/home"] = Answer(
        "<title>Kjøp</title><p>Opt-Out Request  Honored</p><input name=q required>"
        "<img src=https://ads.test/pixel><script src=https://ads.test/gtm.js?id=GTM-ABCD></script>"
        "<script src=https://ads.test/other.js></script>",
        headers=cookies,
    )
    site.pages["ads.test/gtm.js"] = Answer("var data", kind="text/javascript")
    (seen,) = captured(CONSENT, depth=STATIC, states=("none", "reject"))
    assert [asked.path for asked in site.log] == ["/", "/home", "/gtm.js"]
    assert seen.notes.problems == ()
    assert (seen.notes.depth, seen.notes.state, seen.notes.honoured) == ("static", "none", True)
    assert seen.notes.reached == "https://shop.test/home"
    assert seen.notes.fields == (Field("text", "q", required=True),)
    assert "Kjøp" in seen.entry("/home")["response"]["content"]["text"]
    assert seen.entry("gtm.js")["response"]["content"]["text"] == "var data"
    kept = {cookie.name: cookie for cookie in seen.notes.cookies}
    assert (kept["a"].days, kept["a"].host, kept["a"].same_site) == (10.0, "shop.test", "None")
    assert kept["a"].secure
    assert kept["a"].http_only
    assert (kept["b"].days or 0) > 70_000
    assert kept["c"].days is None
    agent = site.log[0].headers["user-agent"]
    assert agent.startswith("dataexposure/")
    sent = {one["name"].lower(): one["value"] for one in seen.entries[0]["request"]["headers"]}
    assert sent["host"] == "shop.test"


def test_what_went_wrong_is_noted(site: Site, captured: Captured) -> None:
    site.pages |= {
        "shop.test/away": Answer(status=302, headers=(("Location", "https://ads.test/"),)),
        "shop.test/bot": Answer("", 403, headers=(("cf-mitigated", "challenge"),)),
        "shop.test/file": Answer("{}", kind="application/json"),
        "shop.test/blank": "",
        "shop.test/slow": Answer("late", delay=2.0),
        "shop.test/round": Answer(status=302, headers=(("Location", "/round"),)),
    }
    names = ("away", "bot", "file", "blank", "slow", "missing", "round")
    found = captured(
        depth=STATIC, timeout=1.0, pages=tuple(f"https://shop.test/{name}" for name in names)
    )
    problems = {seen.notes.page.rpartition("/")[2]: seen.notes.problems for seen in found}
    assert problems == {
        "away": ("elsewhere",),
        "bot": ("challenge",),
        "file": ("not-html",),
        "blank": ("empty",),
        "slow": ("timeout",),
        "missing": ("status",),
        "round": ("unreachable",),
    }
    assert not [asked for asked in site.log if asked.host == "ads.test"], (
        "other sites are left alone"
    )
    (lost,) = captured(depth=STATIC, pages=("https://127.0.0.1:9/",), resolve="", timeout=1.0)
    assert lost.notes.problems == ("unreachable",)


def test_large_pages_are_cut(
    site: Site, captured: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataexposure.capture.web.Web.fetch.__defaults__", (1000,))
    site.pages["shop.test/"] = "<p>" + "x" * 5000
    (seen,) = captured(depth=STATIC)
    assert len(seen.entries[0]["response"]["content"]["text"]) == 1000


def test_fields_have_the_words_of_their_labels() -> None:
    read = understood(
        "<label for=d>Date of Birth</label><input id=d name=f1 type=date><input type=hidden name=x>"
        "<textarea aria-label='Why'></textarea><script>opt-out request</script>"
    )
    assert read.fields == (Field("date", "f1 date of birth d"), Field("textarea", "why"))
    assert "opt-out" not in read.text


def sitemap(*places: str, kind: str = "urlset") -> str:
    inside = "".join(
        f"<url><loc>{place}</loc><lastmod>2026-01-01</lastmod></url>" for place in places
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><{kind}>{inside}</{kind}>'


def test_a_sitemap_and_its_parts_are_followed_on_their_host(site: Site) -> None:
    index = sitemap(
        "https://shop.test/a.xml",
        "https://shop.test/b.xml.gz",
        "https://ads.test/c.xml",
        kind="sitemapindex",
    )
    site.pages["shop.test/sitemap.xml"] = Answer(index, kind="text/xml")
    first = sitemap("https://shop.test/1?a=1&amp;b=2", "https://ads.test/other", "/relative")
    site.pages["shop.test/a.xml"] = Answer(first, kind="text/xml")
    packed = gzip.compress(
        sitemap("https://shop.test/2", "https://shop.test/1?a=1&amp;b=2").encode()
    )
    site.pages["shop.test/b.xml.gz"] = Answer(packed, kind="application/gzip")
    wish = Wish((), delay=0.0, resolve=site.resolve, insecure=True)
    address = "https://shop.test/sitemap.xml"
    assert pages(address, wish=wish) == ("https://shop.test/1?a=1&b=2", "https://shop.test/2")
    assert pages(address, 1, wish) == ("https://shop.test/1?a=1&b=2",)
    assert not [asked for asked in site.log if asked.host == "ads.test"]
    with pytest.raises(UsageError, match=r"Cannot read the sitemap of shop\.test: status 404"):
        pages("https://shop.test/none.xml", wish=wish)
    site.pages["shop.test/empty.xml"] = sitemap()
    with pytest.raises(UsageError, match="lists no page"):
        pages("https://shop.test/empty.xml", wish=wish)
    with pytest.raises(UsageError, match="must have a web address"):
        pages("sitemap.xml", wish=wish)


def test_bombs_are_only_text() -> None:
    bomb = """<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">
      <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>https://shop.test/&b;</loc>
      </url><url><loc><![CDATA[https://shop.test/?a&b]]></loc></url></urlset>"""
    assert listed(bomb.encode()) == (False, ("https://shop.test/&b;", "https://shop.test/?a&b"))
    assert len(unpacked(gzip.compress(b"x" * 60_000_000))) == 50_000_000
    assert unpacked(b"\x1f\x8bdamaged") == b""
