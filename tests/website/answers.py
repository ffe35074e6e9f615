"""What each host of the local shop answers: the shop's pages, and the stand-ins' scripts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.website.asked import Answer, Asked, elsewhere, page, script
from tests.website.expected import ELSEWHERE, SANDBOX, SITE
from tests.website.orders import Book

HERE: Final = Path(__file__).parent

SCRIPTS: Final[Mapping[tuple[str, str], str]] = {
    ("cdn.cookielaw.org", "/scripttemplates/otSDKStub.js"): "onetrust",
    ("www.googletagmanager.com", "/gtag/js"): "analytics",
    ("connect.facebook.net", "/en_US/fbevents.js"): "meta",
    ("dynamic.criteo.com", "/js/ld/ld.js"): "criteo",
    ("analytics.tiktok.com", "/i18n/pixel/events.js"): "tiktok",
    ("s.pinimg.com", "/ct/core.js"): "pinterest",
    ("sc-static.net", "/scevent.min.js"): "snap",
    ("bat.bing.com", "/bat.js"): "bing",
    ("static.ads-twitter.com", "/uwt.js"): "x",
    ("www.redditstatic.com", "/ads/pixel.js"): "reddit",
    ("mc.yandex.ru", "/metrika/tag.js"): "yandex",
    ("vk.com", "/js/api/openapi.js"): "vk",
    ("www.dwin1.com", "/12345.js"): "awin",
    ("snap.licdn.com", "/li.lms-analytics/insight.min.js"): "linkedin",
    ("static.klaviyo.com", "/onsite/js/klaviyo.js"): "klaviyo",
    ("cdn.segment.com", "/analytics.js/v1/ShopWriteKey/analytics.min.js"): "segment",
    ("static.hotjar.com", "/c/hotjar-1234567.js"): "hotjar",
    ("www.clarity.ms", "/tag/shopxy"): "clarity",
    ("js.stripe.com", "/v3/"): "stripe",
    ("tracker-unknown.example", "/t.js"): "unknown",
}

PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "/": ("home", "first"),
    "/product/teapot": ("product", "first"),
    "/cart": ("cart", "first"),
    "/checkout": ("checkout", "first"),
    "/checkout/thank-you": ("thanks", "first"),
    "/privacy/opt-out": ("opt-out", "first"),
    "/hard-reject": ("home", "second"),
    "/no-banner": ("home", "none"),
    "/words": ("words", "none"),
    "/shadow": ("shadow", "none"),
    "/plain": ("plain", ""),
}
"""Which text a page shows, and where its banner offers to reject (`none`: it has no banner of
the platform; empty: it loads nothing from others)."""

_DOT: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_TWO_YEARS: Final = 2 * 365 * 24 * 3600
_COOKIES: Final[Mapping[str, str]] = {
    "googleads.g.doubleclick.net": "IDE=AHWqTUm0000; Domain=doubleclick.net",
    "www.facebook.com": "fr=0abc0000; Domain=facebook.com",
    "bat.bing.com": "MUID=0000AAAA; Domain=bing.com",
}
_FONT: Final = """@font-face {
  font-family: Roboto;
  src: url(https://fonts.gstatic.com/s/roboto/v1/r.woff2);
}
main { font-family: Roboto, sans-serif; }
"""


def answer(asked: Asked, book: Book) -> Answer:
    """Answer a request to any host."""
    if asked.host in (SITE, SANDBOX):
        return _shop(asked, book)
    if asked.host == ELSEWHERE:
        return page("<!doctype html><title>Elsewhere</title><p>Another site.")
    return _stand_in(asked)


@cache
def _file(folder: str, name: str) -> str:
    return (HERE / folder / name).read_text(encoding="utf-8")


def _shop(asked: Asked, book: Book) -> Answer:
    if asked.path in PAGES and asked.method in ("GET", "HEAD"):
        return _page(asked, book)
    if asked.method == "POST":
        return _received(asked, book)
    match asked.path:
        case "/tags.js":
            return script(_file("pages", "tags.js"))
        case "/sitemap.xml":
            return Answer(
                200, (("Content-Type", "application/xml"),), _file("pages", "sitemap.xml").encode()
            )
        case "/away":
            return elsewhere(f"https://{ELSEWHERE}/")
        case "/broken":
            return page("<!doctype html><title>Error</title><p>Something broke.", status=500)
        case "/challenge":
            mark = (("cf-mitigated", "challenge"), ("Server", "cloudflare"))
            return page(_file("pages", "challenge.html"), *mark, status=403)
    return page("<!doctype html><title>Not found</title><p>Not found.", status=404)


def _page(asked: Asked, book: Book) -> Answer:
    name, banner = PAGES[asked.path]
    signal = asked.headers.get("sec-gpc") == "1"
    main = _file("pages", f"{name}.html")
    if name == "thanks":
        order = book.find(asked.cookies.get("order", ""))
        main = main.replace("{number}", order.number).replace("{order}", order.data)
    text = _file("pages", "layout.html")
    for place, words in (
        ("{title}", f"{name.title()} · Teapot shop"),
        ("{gpc}", "1" if signal else "0"),
        ("{head}", _head(banner)),
        ("{signal}", '<p id="signal">Opt-Out Request Honored</p>' if signal else ""),
        ("{main}", main),
    ):
        text = text.replace(place, words)
    return page(text, ("Set-Cookie", "session=abc123; Path=/; HttpOnly; Secure; SameSite=Lax"))


def _head(banner: str) -> str:
    if not banner:
        return ""
    stub = "https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"
    consent = "" if banner == "none" else f'<script src="{stub}" data-layer="{banner}"></script>'
    return _file("pages", "tags.html").replace("{consent}", consent)


def _received(asked: Asked, book: Book) -> Answer:
    if asked.path != "/checkout":
        return page("<!doctype html><title>Received</title><p>Received.")
    said = asked.cookies.get("OptanonConsent", "")
    choice = "none" if not said else "accept" if "C0004%3A1" in said else "reject"
    order = book.place(asked.form, choice, asked.host)
    kept = f"order={order.number}; Path=/; HttpOnly; Secure; SameSite=Lax"
    return elsewhere("/checkout/thank-you", ("Set-Cookie", kept), status=303)


def _stand_in(asked: Asked) -> Answer:
    origin = asked.headers.get("origin", "*")
    shared: tuple[tuple[str, str], ...] = (
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
    )
    if asked.method == "OPTIONS":
        wanted = asked.headers.get("access-control-request-headers", "")
        return Answer(204, (*shared, ("Access-Control-Allow-Headers", wanted)))
    name = SCRIPTS.get((asked.host, asked.path))
    if name is not None:
        text = _file("vendors", f"{name}.js")
        return script(f"(() => {{\n{_file('vendors', 'prelude.js')}\n{text}\n}})();")
    match asked.host:
        case "www.googletagmanager.com" if asked.path == "/gtm.js":
            return script(_file("vendors", "gtm.js"))
        case "fonts.googleapis.com":
            return Answer(200, (*shared, ("Content-Type", "text/css")), _FONT.encode())
        case "fonts.gstatic.com":
            return Answer(200, (*shared, ("Content-Type", "font/woff2")), b"wOF2")
    if cookie := _COOKIES.get(asked.host):
        shared += (
            ("Set-Cookie", f"{cookie}; Path=/; Max-Age={_TWO_YEARS}; SameSite=None; Secure"),
        )
    if asked.method == "POST":
        return Answer(200, (*shared, ("Content-Type", "text/plain")), b"ok")
    return Answer(200, (*shared, ("Content-Type", "image/gif")), _DOT)
