"""What a page's text would load: the sample page, the traps, and hostile pages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataexposure.model import Locator, Observation
from dataexposure.sources.web import forms, markup, scripts
from dataexposure.urls import split
from dataexposure.website import Field

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sources" / "web" / "checkout.html"
PAGE = "https://shop.example/checkout"
AT = Locator("html", "checkout.html")


def seen(html: str, page: str = PAGE) -> list[Observation]:
    return [one.observation for one in markup.written(html, page, AT)]


def urls(html: str, page: str = PAGE) -> list[str]:
    return [one.facts["url"][0] for one in seen(html, page) if one.channel == "request"]


def hosts(html: str, page: str = PAGE) -> list[str]:
    return [split(url).host for url in urls(html, page)]


def test_the_sample_page_calls_whom_its_tags_and_loaders_call() -> None:
    assert hosts(SAMPLE.read_text(encoding="utf-8")) == [
        "preconnected.example",
        "style.example",
        "imported.example",
        "ground.example",
        "tags.example",
        "pixel.example",
        "escaped.example",
        "beacon.example",
        "noscript.example",
        "shop.example",
        "small.example",
        "large.example",
        "frame.example",
        "newsletter.example",
    ]


def test_a_written_request_says_where_it_stands_and_on_whose_page() -> None:
    found = [one for one in seen(SAMPLE.read_text(encoding="utf-8")) if one.channel == "request"]
    pixel = next(one for one in found if "noscript.example" in one.facts["url"][0])
    assert pixel.facts["url"] == ("https://noscript.example/tr?id=1&ev=Purchase",)
    assert pixel.at == Locator("html", "checkout.html", "line:30")
    assert (pixel.channel, pixel.party) == ("request", "shop.example")
    assert pixel.context is not None
    assert pixel.context.facts["url"] == (PAGE,)
    assert found[-1].facts["method"] == ("POST",)


def test_a_recording_keeps_its_own_place() -> None:
    at = Locator("har", "shop.har", "entry:3")
    assert [one.observation.at for one in markup.written("<img src=//a.example/p>", PAGE, at)] == [
        at
    ]


def test_addresses_are_resolved_against_the_base() -> None:
    page = '<base href="//cdn.example/v2/"><script src="a.js"></script><img src="/b.png">'
    assert urls(page) == ["https://cdn.example/v2/a.js", "https://cdn.example/b.png"]
    assert urls("<script src=//a.example/x></script>", "http://shop.example/") == [
        "http://a.example/x"
    ]


def test_a_page_without_address_has_no_own_host() -> None:
    page = '<script src="app.js"></script><script src="//a.example/x.js"></script>'
    found = list(markup.written(page, "/checkout.html", AT))
    assert [one.observation.facts["url"][0] for one in found] == ["https://a.example/x.js"]
    assert (found[0].observation.party, found[0].observation.context) == ("", None)


@pytest.mark.parametrize(
    "page",
    [
        '<img src="data:image/gif;base64,R0lGODlh">',
        '<img src="javascript:alert(1)">',
        '<iframe src="about:blank"></iframe>',
        '<img src="https://[broken/">',
        '<a href="https://a.example/" ping="https://b.example/">x</a>',
        "<textarea><img src=https://a.example/p></textarea>",
        "<script>var a = 'https://a.example/page';</script>",
        "<script>var css = \"url('https://a.example/x.png')\";</script>",
        "<script>location.href = 'https://a.example/';</script>",
        '<script type="text/template"><img src="https://a.example/p"></script>',
        "<img src='https://a.example/p",
        "<!-- <img src=https://a.example/p>",
        "<template><template></template><img src=https://a.example/p></template>",
    ],
)
def test_what_loads_nothing_is_left_out(page: str) -> None:
    assert urls(page) == []


@pytest.mark.parametrize(
    "script",
    [
        "x.src='https://a.example/t'",
        "j.src = ('https://a.example/t?id=' + i)",
        "fetch(`https://a.example/t`)",
        "r.open('POST', 'https://a.example/t')",
        "(function(){})(window,document,'https://a.example/t')",
        "var u='//a.example/t'",
        "document.write('<script src=\"https://a.example/t\"></'+'script>')",
        "s.setAttribute('src', 'https://a.example/t')",
        "load({src: 'https:\\/\\/a.example\\/t'})",
        "var u = 'https://a.example/lib/t.js?v=1'",
        "new WebSocket('wss://a.example/t')",
        "f('image/*'); x.src='https://a.example/t'; g('*/*')",
    ],
)
def test_loaders_are_known_by_their_shape(script: str) -> None:
    assert [split(url).host for _, url in scripts.loads(script)] == ["a.example"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("fbq('track', 'Purchase', {value: 5})", ("fbq=track", "fbq=Purchase")),
        ("window.uetq.push('event', 'purchase')", ("uetq.push=event", "uetq.push=purchase")),
        ('ttq.track("CompletePayment")', ("ttq.track=CompletePayment",)),
        ("// fbq('track', 'Purchase')", ()),
        ("/* fbq('track', 'Purchase') */", ()),
        ("if (a) {fbq('track', name)}", ("fbq=track",)),
        ("xfbq.fbq.y.z('track', 'Purchase')", ()),
    ],
)
def test_calls_are_told_with_their_texts(script: str, expected: tuple[str, ...]) -> None:
    assert scripts.calls(script) == expected


def test_an_inline_script_says_what_it_calls() -> None:
    page = (
        "<p>\n<script>pintrk('track', 'checkout')</script><script type=text/plain>a('b')</script>"
    )
    (one,) = seen(page)
    assert one.facts == {
        "template": ("inline",),
        "trigger": ("page",),
        "call": ("pintrk=track", "pintrk=checkout"),
    }
    assert (one.channel, one.at.record) == ("tag", "line:2")


def test_a_loader_that_a_speed_up_service_marked_runs() -> None:
    assert hosts('<script type="0af3-text/javascript" src="//a.example/x.js"></script>') == [
        "a.example"
    ]


def test_redirects_and_meta_words_are_followed_in_either_case() -> None:
    page = '<META HTTP-EQUIV=Refresh CONTENT="0; URL=https://a.example/">'
    assert hosts(page) == ["a.example"]


def test_fields_tell_what_is_asked_for_and_never_what_stands_in_them() -> None:
    assert forms.fields(SAMPLE.read_text(encoding="utf-8")) == (
        Field("email", "cust email e mail address", True),
        Field("date", "dob date of birth", True),
        Field("file", "passport scan", True),
        Field("select", "country", False),
        Field("radio", "how", False),
    )


HOSTILE = (
    "<" * 400_000,
    "<a " * 200_000,
    '<a b="' * 100_000,
    "<a b='<a b=\"" * 60_000,
    "<!--" * 200_000,
    "<!-- -" * 100_000,
    "</" * 300_000,
    "<div id=a>" * 100_000,
    "<script>" * 100_000,
    "<script>" + "'//" * 200_000,
    "<script>" + "\\'" * 300_000,
    "<script>" + "'https://a.example/" * 40_000,
    "<script>" + "/*" * 300_000 + "</script>",
    "<script>" + " /* */" * 100_000 + "</script>",
    "<script>" + "a.b.c('d'," * 60_000,
    "<script>" + "a." * 300_000,
    "<script>" + "a('" + "b " * 300_000,
    "<script>" + "src=" * 200_000 + "'//a.example/x'</script>",
    "<style>" + "url(" * 200_000,
    "<style>" + "@import " * 100_000,
    "<img srcset='" + ", " * 300_000 + "'>",
    "<img srcset='" + " ," * 300_000 + "'>",
    "<a" + " " * 600_000 + ">",
    "<a" + " b" * 300_000 + ">",
    "<a b" + " " * 600_000 + "=c>",
    "<template>" * 100_000,
    "<label>" * 100_000 + "<input>" * 100_000,
    "<meta http-equiv=refresh content='" + "url=" * 150_000 + "'>",
    "<img src=&" + "&amp" * 150_000 + ">",
)


@pytest.mark.parametrize("page", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_take_linear_time(page: str) -> None:
    began = time.process_time()
    list(markup.written(page, PAGE, AT))
    forms.fields(page)
    assert time.process_time() - began < 8


PIECES = st.sampled_from(
    [
        "<", ">", "/", "=", '"', "'", "`", "<!--", "-->", "<script", "</script>", "<template>",
        "</template>", "<noscript>", "<img src=", "<label for=", "<input ", "<base href=", "&amp;",
        "//a.example/x.js", "https://", "/*", "*/", "\\", "\n", " ", "\0", "\ud800", "é", "url(",
        "srcset=", "type=text/plain", "<style>", "</style>", "s.src='", "[", "]", "%", "https://[",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
@settings(max_examples=400, deadline=None)
def test_no_page_raises_and_all_that_is_given_is_on_the_web(page: str) -> None:
    for address in ("", "/x.html", PAGE):
        for one in markup.written(page, address, AT):
            seen = one.observation
            assert seen.channel == "tag" or split(seen.facts["url"][0]).host
    assert all(field.type for field in forms.fields(page))
