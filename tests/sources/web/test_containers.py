"""Which tags of a container fire, on what, and whom they call."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataexposure.engine.survey import Surveyor
from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.sources.web import containers, triggers
from dataexposure.website import Notes

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sources" / "web" / "container.js"
PAGE = "https://shop.example/checkout"
AT = Locator("har", "shop.har", "entry:2")


def script(resource: dict[str, Any], **more: Any) -> str:
    return f"(function(){{\nvar data = {json.dumps({'resource': resource, **more})};\n}})()"


def container(*tags: dict[str, Any], **more: Any) -> str:
    """Make a container in which the first predicates are gtm.js, purchase, checkout, a click."""
    events = ("gtm.js", "purchase", "begin_checkout", "gtm.click")
    parts: dict[str, Any] = {
        "macros": [{"function": "__e"}],
        "tags": list(tags),
        "predicates": [
            {"function": "_eq", "arg0": ["macro", 0], "arg1": event} for event in events
        ],
        "rules": [[["if", 1], ["add", *range(len(tags))]]],
    }
    return script({**parts, **more})


def seen(text: str) -> list[Observation]:
    return [one.observation for one in containers.tags(text, PAGE, AT)]


def fired(text: str) -> list[tuple[str, str]]:
    return [
        (one.facts["template"][0], one.facts["trigger"][0])
        for one in seen(text)
        if one.channel == "tag"
    ]


def test_the_sample_container_fires_its_tags() -> None:
    found = [
        tuple(one.facts.get(key, ("",))[0] for key in ("template", "trigger", "event", "url"))
        for one in seen(SAMPLE.read_text(encoding="utf-8"))
        if one.channel == "tag"
    ]
    assert found == [
        ("__googtag", "page", "gtm.js", ""),
        ("__gaawe", "purchase", "purchase", ""),
        ("__gaawe", "checkout", "begin_checkout", ""),
        ("__awct", "purchase", "purchase", ""),
        ("__html", "purchase", "purchase", ""),
        ("__html", "purchase", "purchase", "https://loader.vendor.example/events.js"),
        (
            "__html",
            "purchase",
            "purchase",
            "https://www.vendor.example/tr?id=1&ev=Purchase&noscript=1",
        ),
        ("__html", "page", "gtm.js", "https://chat.helper.example/widget.js"),
        ("__img", "purchase", "gtm.js", "https://pixel.partner.example/sale.gif?order="),
        ("__baut", "page", "gtm.js", ""),
        ("__hjtc", "page", "gtm.js", ""),
        ("__gclidw", "purchase", "purchase", ""),
        ("__cvt_0000_1", "purchase", "Purchase", "https://added.template.example/sdk.js"),
        ("__qcm", "other", "gtm.click", ""),
    ]


def test_the_functions_that_a_tag_calls_stand_by_themselves() -> None:
    calls = [one.facts["call"] for one in seen(SAMPLE.read_text("utf-8")) if "call" in one.facts]
    assert calls == [("vnd=track", "vnd=Purchase")]


def test_a_server_of_the_sites_own_is_named() -> None:
    settings = [
        "map",
        "parameter",
        "server_container_url",
        "parameterValue",
        "https://m.shop.example",
    ]
    tag = {"function": "__googtag", "vtp_configSettingsTable": ["list", settings]}
    found = [one.facts.get("url") for one in seen(container(tag))]
    assert found == [None, ("https://m.shop.example",)]


def test_a_pixel_in_a_tag_is_a_request_too() -> None:
    requests = [
        one.facts["url"][0]
        for one in seen(SAMPLE.read_text(encoding="utf-8"))
        if one.channel == "request"
    ]
    assert requests == [
        "https://www.vendor.example/tr?id=1&ev=Purchase&noscript=1",
        "https://pixel.partner.example/sale.gif?order=",
    ]


def test_a_tag_stands_on_the_page_that_loads_the_container() -> None:
    one = seen(SAMPLE.read_text(encoding="utf-8"))[0]
    assert (one.party, one.at) == ("shop.example", AT)
    assert one.context is not None
    assert one.context.facts["url"] == (PAGE,)


@pytest.mark.parametrize(
    ("event", "trigger"),
    [
        ("purchase", "purchase"),
        ("eec.purchase", "purchase"),
        ("gtm4wp.orderCompletedEEC", "purchase"),
        ("Order Completed", "purchase"),
        ("add_payment_info", "checkout"),
        ("gtm.dom", "page"),
        ("purchase_button_seen", "other"),
        ("add_to_cart", "other"),
    ],
)
def test_event_names_have_a_meaning(event: str, trigger: str) -> None:
    assert triggers.meaning(event) == trigger
    predicate = {"function": "_eq", "arg0": ["macro", 0], "arg1": event}
    rules = [[["if", 0], ["add", 0]]]
    text = container({"function": "__awct"}, predicates=[predicate], rules=rules)
    assert fired(text) == [("__awct", trigger)]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (("_re", ".*"), ["checkout", "page", "purchase"]),
        (("_re", "purchase|refund"), ["purchase"]),
        (("_re", "^(begin_checkout|purchase)$"), ["checkout", "purchase"]),
        (("_re", "^gtm\\.js$"), ["page"]),
        (("_re", "(a+)+$"), []),
        (("_cn", "purch"), ["purchase"]),
        (("_sw", "gtm."), ["page"]),
        (("_ew", "out"), ["checkout"]),
        (("_lt", "5"), []),
    ],
)
def test_events_are_compared_as_the_container_says(
    test: tuple[str, str], expected: list[str]
) -> None:
    predicate = {"function": test[0], "arg0": ["macro", 0], "arg1": test[1]}
    rules = [[["if", 0], ["add", 0]]]
    text = container({"function": "__awct"}, predicates=[predicate], rules=rules)
    assert fired(text) == [("__awct", trigger) for trigger in expected]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([[["if", 1, 0], ["add", 0]]], []),
        ([[["if", 1], ["unless", 1], ["add", 0]]], []),
        ([[["if", 1], ["unless", 0], ["add", 0]]], ["purchase"]),
        ([[["if", 1], ["add", 0]], [["if", 1], ["block", 0]]], []),
        ([[["if", 1], ["add", 0]], [["if", 1, 9], ["block", 0]]], ["purchase"]),
        ([[["if", 0], ["add", 0]], [["if", 2], ["add", 0]]], ["checkout", "page"]),
        ([], []),
    ],
)
def test_rules_combine_their_conditions(rules: list[Any], expected: list[str]) -> None:
    text = container({"function": "__awct"}, rules=rules)
    assert fired(text) == [("__awct", trigger) for trigger in expected]


@pytest.mark.parametrize(
    ("path", "trigger"),
    [
        ("/checkout/order-received", "purchase"),
        ("checkout\\/onepage\\/success", "purchase"),
        ("/newsletter/thank-you", "page"),
        ("/products", "page"),
    ],
)
def test_a_tag_on_the_page_after_an_order_fires_on_purchase(path: str, trigger: str) -> None:
    text = container(
        {"function": "__awct"},
        macros=[{"function": "__e"}, {"function": "__u", "vtp_component": "PATH"}],
        predicates=[
            {"function": "_eq", "arg0": ["macro", 0], "arg1": "gtm.dom"},
            {"function": "_re", "arg0": ["macro", 1], "arg1": path},
        ],
        rules=[[["if", 0, 1], ["add", 0]]],
    )
    assert fired(text) == [("__awct", trigger)]


def test_a_tag_that_names_its_own_event_counts_by_that_name() -> None:
    every = [[["if", 3], ["add", 0]], [["if", 1], ["add", 1]]]
    tags = (
        {"function": "__gaawe", "vtp_eventName": "purchase"},
        {"function": "__gaawe", "vtp_eventName": "view_item"},
    )
    assert fired(container(*tags, rules=every)) == [("__gaawe", "purchase"), ("__gaawe", "other")]


def test_a_tag_runs_with_the_one_that_sets_it_up() -> None:
    tags = ({"function": "__awct", "setup_tags": ["list", ["tag", 1, 0]]}, {"function": "__sp"})
    text = container(*tags, rules=[[["if", 1], ["add", 0]]])
    assert fired(text) == [("__awct", "purchase"), ("__sp", "purchase")]


def test_paused_tags_do_not_fire() -> None:
    assert fired(container({"function": "__paused", "vtp_originalTagType": "awct"})) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "var data = 1;",
        "var data = {",
        'var data = {"resource": []};',
        'var data = {"resource": {"tags": [{"function": "__awct"}]}};',
        "var data = " + '{"resource":' * 5_000,
        "var data = " + "[" * 100_000,
        'var data = {"resource": {"tags": ' + "9" * 10_000 + "}}",
    ],
)
def test_what_is_no_container_gives_nothing(text: str) -> None:
    assert seen(text) == []


def test_large_containers_take_linear_time() -> None:
    tags = [{"function": "__html", "vtp_html": "<img src=//a.example/p?x=1>"}] * 5_000
    rules = [[["if", *([1] * 200)], ["add", *range(100)]]] * 2_000
    began = time.process_time()
    for text in (container(*tags), container(*tags[:100], rules=rules), "var data = {}" * 200_000):
        seen(text)
    assert time.process_time() - began < 10


PLAIN = st.none() | st.booleans() | st.integers(-3, 12) | st.text(max_size=9)
KEYS = st.sampled_from(
    ("function", "vtp_html", "vtp_url", "vtp_value", "vtp_eventName", "arg0", "arg1", "setup_tags")
)
WORDS = st.sampled_from(
    ("__e", "__u", "__c", "__html", "__img", "__cvt_1", "_eq", "_re", "macro", "template", "escape")
) | st.sampled_from(
    ("purchase", "if", "add", "unless", "block", "list", "tag", "<img src=//a.b/?c")
)
JSON = st.recursive(
    PLAIN | WORDS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=15,
)


@given(JSON, JSON, JSON, JSON, JSON)
@settings(max_examples=150, deadline=None)
def test_no_container_raises(macros: Any, tags: Any, predicates: Any, rules: Any, run: Any) -> None:
    parts = {"macros": macros, "tags": tags, "predicates": predicates, "rules": rules}
    for one in seen(script(parts, runtime=run)):
        assert one.channel in ("tag", "request")


@given(st.text(max_size=300))
def test_no_script_raises(text: str) -> None:
    seen(text)
    seen(f"var data = {{{text}")


def test_companies_are_named_by_their_templates(rulebase: Rulebase) -> None:
    notes = Notes(page=PAGE, state="none")
    written = containers.tags(SAMPLE.read_text(encoding="utf-8"), PAGE, AT)
    visit = Surveyor(rulebase).visit([notes, *written])
    named = {one.org: {sent.event for sent in one.sent} for one in visit.recipients}
    assert named["google"] == {"purchase", "contact"}
    assert named["microsoft"] == {"contact"}
    assert named["hotjar"] == {"contact"}
    assert {one.relation for one in visit.recipients} == {"written"}
    assert "site:vendor.example" in named
