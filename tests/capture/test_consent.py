"""Answering consent questions in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dataexposure.consent import Consent, ConsentPlatform, ConsentWords
from dataexposure.website import Choice
from tests.capture.conftest import Captured
from tests.capture.site import Answer, Asked, Site

pytestmark = pytest.mark.usefixtures("browser")

WORDS = ConsentWords(
    about=("cookies", "informasjonskapsler"),
    accept=("accept all", "godta alle"),
    reject=("reject all", "avvis alle"),
    honoured=("opt-out request honored",),
)
PLATFORMS = (
    ConsentPlatform("elsewhere", shown=("#nobody-has-this",), accept=(("#a",),), reject=(("#b",),)),
    ConsentPlatform(
        "plain",
        shown=("#banner",),
        accept=(("#yes",),),
        reject=(("#no",), ("#more", "#save")),
        toggles="#banner input",
    ),
    ConsentPlatform(
        "shadow", shown=("cmp-dialog .inner",), accept=(("#yes",),), reject=(("#no",),)
    ),
    ConsentPlatform(
        "framed",
        shown=("iframe#cmp",),
        frame="iframe#cmp",
        accept=(("#yes",),),
        reject=(("#no",),),
    ),
)
CONSENT = Consent(PLATFORMS, WORDS)
KEEP = "document.cookie = 'choice=' + this.id + '; path=/'; fetch('/chosen/' + this.id)"
BUTTONS = f'<button id=yes onclick="{KEEP}">Yes</button><button id=no onclick="{KEEP}">No</button>'
TRACKED = "<script>fetch('https://ads.test/hit?' + document.cookie)</script>"


def asking(question: str) -> Callable[[Asked], Answer]:
    """A page that asks until it was answered, and tracks with what was answered."""

    def page(asked: Asked) -> Answer:
        shown = "" if "choice=" in asked.headers.get("cookie", "") else question
        return Answer(f"<title>Shop</title><p>Shop</p>{TRACKED}{shown}")

    return page


def test_a_platform_is_recognised_and_answered(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = asking(
        f"<div id=banner>{BUTTONS}<input type=checkbox checked>"
        "<input type=checkbox checked disabled><input type=checkbox></div>"
    )
    none, reject, accept = captured(CONSENT, states=("none", "reject", "accept"))
    offered = Choice("plain", accept_clicks=1, reject_clicks=1, preticked=1)
    assert none.notes.choice == offered
    assert reject.notes.choice == Choice("plain", "reject", 1, 1, 1, 1)
    assert accept.notes.choice == Choice("plain", "accept", 1, 1, 1, 1)
    assert [seen.notes.problems for seen in (none, reject, accept)] == [(), (), ()]
    hits = [url for url in reject.urls() if "/hit" in url]
    assert hits == ["https://ads.test/hit?choice=no"], "what was before the click is not kept"
    assert any(url.endswith("/chosen/no") for url in reject.urls())
    assert [url for url in none.urls() if "/hit" in url] == ["https://ads.test/hit?"]
    assert {cookie.name for cookie in accept.notes.cookies} == {"choice"}


def test_a_second_layer_takes_two_clicks(site: Site, captured: Captured) -> None:
    more = "document.getElementById('second').hidden = false"
    site.pages["shop.test/"] = asking(
        f'<div id=banner><button id=yes>Yes</button><button id=more onclick="{more}">More</button>'
        f'<p id=second hidden><button id=save onclick="{KEEP}">Save</button></p></div>'
    )
    (seen,) = captured(CONSENT, states=("reject",))
    assert seen.notes.choice == Choice("plain", "reject", 2, 1, 2)
    assert any(url.endswith("/chosen/save") for url in seen.urls())


def test_questions_in_shadow_roots_and_frames_are_answered(site: Site, captured: Captured) -> None:
    site.pages["shop.test/shadow"] = asking(
        "<cmp-dialog></cmp-dialog><script>document.querySelector('cmp-dialog')"
        f".attachShadow({{mode: 'open'}}).innerHTML = `<div class=inner>{BUTTONS}</div>`</script>"
    )
    frame = "<iframe id=cmp src='https://cmp.test/ask' width=400 height=200></iframe>"
    answered = "<script>onmessage = (e) => { document.cookie = 'choice=' + e.data; }</script>"
    site.pages["shop.test/framed"] = asking(frame + answered)
    site.pages["cmp.test/ask"] = Answer(
        BUTTONS.replace(KEEP, "parent.postMessage(this.id, '*')"), delay=0.5
    )
    pages = ("https://shop.test/shadow", "https://shop.test/framed")
    shadow, framed = captured(CONSENT, pages=pages, states=("reject",))
    assert shadow.notes.choice == Choice("shadow", "reject", 1, 1, 1)
    assert framed.notes.choice == Choice("framed", "reject", 1, 1, 1)
    for seen in (shadow, framed):
        assert seen.notes.problems == ()
        assert [url for url in seen.urls() if "/hit" in url][-1].endswith("choice=no")


QUESTIONS = (
    "<div role=dialog><p>We use cookies.</p>{}</div>",
    "<div style='position:fixed;bottom:0'><p>Vi bruker informasjonskapsler</p><p>{}</p></div>",
    "<x-box></x-box><script>document.querySelector('x-box').attachShadow({{mode: 'open'}})"
    ".innerHTML = `<dialog open><p>About cookies</p>{}</dialog>`</script>",
)


def test_words_do_where_no_platform_is_known(site: Site, captured: Captured) -> None:
    buttons = BUTTONS.replace(">Yes<", ">  Accept\n all <").replace(">No<", ">AVVIS ALLE<")
    for number, question in enumerate(QUESTIONS):
        site.pages[f"shop.test/{number}"] = asking(question.format(buttons))
    pages = tuple(f"https://shop.test/{number}" for number in range(len(QUESTIONS)))
    for seen in captured(CONSENT, pages=pages, states=("reject",)):
        assert seen.notes.choice == Choice("words", "reject", 1, 1, 1)
        assert any(url.endswith("/chosen/no") for url in seen.urls())


CLICK = "onclick=\"fetch('/bad')\""
OTHERS = (
    f"<p>We use cookies. <button {CLICK}>Reject all</button></p>",
    f"<div role=dialog>Our newsletter <button {CLICK}>Reject all</button></div>",
    f"<div role=dialog>About cookies <button {CLICK}>Reject all offers</button></div>",
    "<div role=dialog>Win cookies! <form action=/bad><input type=email>"
    "<button>Reject all</button></form></div>",
    "<div role=dialog>About cookies <a href='https://ads.test/bad'>Reject all</a></div>",
    "<div role=dialog hidden>About cookies <button>Reject all</button></div>",
)


def test_nothing_else_is_ever_clicked(
    site: Site, captured: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataexposure.capture.visit._QUESTION", 1.5)
    for number, page in enumerate(OTHERS):
        site.pages[f"shop.test/{number}"] = f"{TRACKED}{page}"
    pages = tuple(f"https://shop.test/{number}" for number in range(len(OTHERS)))
    for seen in captured(CONSENT, pages=pages, states=("reject",)):
        assert seen.notes.problems == ("no-control",)
        assert seen.notes.choice is None
        assert seen.urls() == [seen.notes.page], "what was sent was sent before any choice"
    assert not [asked for asked in site.log if asked.path.startswith("/bad")]


def test_a_question_without_a_way_to_reject_is_no_control(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = asking(
        f'<div id=banner><button id=yes onclick="{KEEP}">Yes</button></div>'
    )
    (seen,) = captured(CONSENT, states=("reject",))
    assert seen.notes.problems == ("no-control",)
    assert seen.notes.choice == Choice("plain", accept_clicks=1)


def test_a_page_says_that_it_honours_the_signal(site: Site, captured: Captured) -> None:
    site.pages["shop.test/"] = (
        "<p id=said></p><script>if (navigator.globalPrivacyControl)"
        " said.textContent = 'Opt-Out  Request Honored'</script>"
    )
    none, gpc = captured(CONSENT, states=("none", "gpc"))
    assert (none.notes.honoured, gpc.notes.honoured) == (False, True)
