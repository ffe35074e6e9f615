"""Flows through a sandbox shop, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataexposure.consent import Consent, ConsentPlatform
from dataexposure.policy import Flow
from dataexposure.website import Canary
from tests.capture.conftest import Captured
from tests.capture.site import Answer, Site

pytestmark = pytest.mark.usefixtures("browser")

CONSENT = Consent(
    (ConsentPlatform("plain", shown=("#banner",), accept=(("#yes",),), reject=(("#no",),)),)
)
BANNER = """<div id=banner><button id=yes>Yes</button></div><script>
const banner = document.getElementById("banner");
if (document.cookie.includes("yes")) banner.remove();
yes.onclick = () => { document.cookie = "yes=1; path=/"; banner.remove(); };
</script>"""
FORM = """<form action=/done method=post>
<input id=email name=email><input id=phone name=phone><input id=name name=name>
<select id=country name=country><option>SE<option>NO</select>
<input id=terms type=checkbox name=terms><button id=buy>Buy</button></form>
<script>buy.onclick = () => navigator.sendBeacon("https://ads.test/lead",
  new Blob([JSON.stringify({mail: email.value})], {type: "text/plain"}));</script>"""
DONE = """<p id=thanks>Thank you</p><b id=order>A-
  1001</b><script>fetch("https://ads.test/bought?o=A-1001")</script>"""
STEPS = """
canaries: {product: "Canary Teapot", price: "73.19"}
steps:
  - open: /product
  - click: "#basket"
  - fill: {"#email": "{email}", "#phone": "{phone}", "#name": "{name}"}
  - select: {"#country": NO}
  - check: "#terms"
  - press: {"#name": Tab}
  - click: "#buy"
  - wait: "#thanks"
  - read: {order: "#order"}
  - wait: 0.1
"""
WALK = """
def walk(page, canaries, site):
    page.goto(site + "form")
    page.fill("#email", canaries["email"])
    page.click("#buy")
    page.wait_for_selector("#thanks")
"""


@pytest.fixture
def shop(site: Site) -> Site:
    site.pages |= {
        "shop.test/": f"<p>Start</p>{BANNER}",
        "shop.test/product": f"<p>Teapot</p><a id=basket href=/form>Basket</a>{BANNER}",
        "shop.test/form": FORM,
        "shop.test/done": DONE,
    }
    return site


def flow(tmp_path: Path, name: str, text: str, *states: str) -> Flow:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return Flow("checkout", path, states or ("accept",))


def test_steps_walk_through_the_checkout(
    shop: Site, tmp_path: Path, captured: Captured, notices: list[tuple[str, str]]
) -> None:
    (seen,) = captured(
        CONSENT,
        pages=(),
        flows=(flow(tmp_path, "checkout.yml", STEPS),),
        site="https://shop.test",
        sandbox=("shop.test",),
    )
    assert seen.notes.problems == (), notices
    assert (seen.notes.flow, seen.notes.page) == ("checkout", "https://shop.test/product")
    assert seen.notes.choice is not None
    assert (seen.notes.choice.platform, seen.notes.choice.made) == ("plain", "accept")
    values = {canary.kind: canary.value for canary in seen.notes.canaries}
    assert set(values) == {"email", "phone", "name", "product", "price", "order"}
    assert values["order"] == "A- 1001"
    assert values["email"].endswith("@example.com")
    assert values["email"] in seen.body("ads.test/lead")
    (bought,) = shop.asked("shop.test/done")
    assert b"country=NO&terms=on" in bought.body
    assert values["email"].partition("@")[0].encode() in bought.body
    assert seen.body("shop.test/done") == bought.body.decode()
    assert any("bought" in url for url in seen.urls())
    assert len({entry["pageref"] for entry in seen.entries}) >= 3
    texts = [entry["response"]["content"].get("text", "") for entry in seen.entries]
    assert sum("<form" in text for text in texts) == 1, "each page that was passed is kept"


def test_a_function_walks_too_and_may_fail(
    shop: Site, tmp_path: Path, captured: Captured, notices: list[tuple[str, str]]
) -> None:
    shop.pages["shop.test/"] = "<p>Start</p>"
    good = flow(tmp_path, "good.py", WALK, "none")
    bad = flow(tmp_path, "bad.py", WALK.replace('"#buy"', '"#buy", timeout=100 // 0'), "none")
    lost = flow(tmp_path, "lost.yml", "steps: [{open: /form}, {click: '#nowhere'}]", "none")
    made = captured(
        CONSENT,
        pages=(),
        flows=(good, bad, lost),
        site="https://shop.test",
        sandbox=("shop.test",),
        timeout=1.5,
        canaries=(Canary("email", "given@example.com"),),
    )
    assert [seen.notes.problems for seen in made] == [(), ("flow-failed",), ("flow-failed",)]
    assert "given@example.com" in made[0].body("ads.test/lead")
    assert any("/form" in url for url in made[2].urls()), "what was seen until then is kept"
    assert ("step", "checkout 5") in notices, "the line of the function's file"
    assert ("step", "checkout 2") in notices, "the number of the step"


def test_a_flow_is_not_led_away_from_the_sandbox(
    shop: Site, tmp_path: Path, captured: Captured, notices: list[tuple[str, str]]
) -> None:
    shop.pages |= {
        "shop.test/pay": Answer(status=302, headers=(("Location", "https://pay.test/now"),)),
        "pay.test/now": "<p>Real money</p>",
        "shop.test/links": "<a id=a href=/pay>Pay</a> <a id=b href=//pay.test/now target=_blank>New"
        "</a><iframe src='https://ads.test/frame'></iframe>",
        "ads.test/frame": "<p>Frame</p>",
    }
    same = "steps: [{open: /links}, {click: '#a'}, {wait: '0.3'}]"
    new = "steps: [{open: /links}, {click: '#b'}, {wait: '0.3'}]"
    for name, text, asked in (("same.yml", same, 0), ("new.yml", new, 1)):
        notices.clear()
        (seen,) = captured(
            CONSENT,
            pages=(),
            flows=(flow(tmp_path, name, text, "none"),),
            site="https://shop.test",
            sandbox=("shop.test",),
        )
        assert seen.notes.problems == ("flow-failed",)
        assert ("stopped", "checkout pay.test") in notices
        assert seen.notes.reached == "https://shop.test/links"
        assert len(shop.asked("pay.test/now")) <= asked
    assert shop.asked("ads.test/frame"), "frames are left alone"


def test_without_a_control_a_flow_does_not_go_on(
    shop: Site, tmp_path: Path, captured: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataexposure.capture.visit._QUESTION", 0.5)
    (seen,) = captured(
        CONSENT,
        pages=(),
        flows=(flow(tmp_path, "checkout.yml", STEPS, "reject"),),
        site="https://shop.test",
        sandbox=("shop.test",),
    )
    assert "no-control" in seen.notes.problems
    assert not shop.asked("shop.test/form")


def test_a_page_that_breaks_down_breaks_nothing_else(
    shop: Site, tmp_path: Path, captured: Captured
) -> None:
    shop.pages["shop.test/"] = "<p>Start</p>"
    crash = "def walk(page, canaries, site):\n    page.goto('chrome://crash')\n"
    closes = "def walk(page, canaries, site):\n    page.context.close()\n"
    broken, closed, whole = captured(
        CONSENT,
        pages=(),
        flows=(
            flow(tmp_path, "crash.py", crash, "none"),
            flow(tmp_path, "closes.py", closes, "none"),
            flow(tmp_path, "good.py", WALK, "none"),
        ),
        site="https://shop.test",
        sandbox=("shop.test",),
    )
    assert "crashed" in broken.notes.problems
    assert broken.urls()[0] == "https://shop.test/", "what was seen until then is kept"
    assert closed.notes.problems
    assert whole.notes.problems == ()
