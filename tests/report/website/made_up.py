"""A made-up inspection of a made-up shop, which has something of everything.

`inspection()` is it, `hostile(value)` one in which strangers wrote the same value everywhere,
`many(pages)` a large one, `recording()` that of a single HAR.
"""

from __future__ import annotations

import datetime as dt

from msgspec import structs

from dataexposure import pipeline
from dataexposure.knowledge import Rulebase, Words
from dataexposure.model import Contact, RulebaseStamp
from dataexposure.policy import Check, Excepted, Inspection, Issue
from dataexposure.website import (
    BROWSER,
    DISGUISED,
    OWN_HOST,
    RECORDED,
    STATES,
    THIRD,
    UNSTATED,
    WRITTEN,
    Called,
    Choice,
    Field,
    Kept,
    Leak,
    Recipient,
    Sent,
    Stored,
    Visit,
)
from tests.conftest import TODAY

SITE = "https://shop.example"
STAMP = RulebaseStamp("2026.11", "2026-11-20", 900, 2400)
NAMES = {
    "adco": "Adco",
    "adco-group": "Adco Group",
    "measure": "Measure",
    "payco": "Payco",
    "heatmap": "Heatmap",
    "pins": "Pins",
}
CHECKS = {
    "no-tracking-before-consent": Check(
        "no-tracking-before-consent",
        "error",
        "Tracking before any choice",
        "{org} was contacted on {page} before the visitor chose anything.",
        "Load it only after the visitor has agreed.",
        "What your own servers pass on never shows in a browser.",
    ),
    "no-contact-data-to-third-party": Check(
        "no-contact-data-to-third-party",
        "error",
        "Contact data sent to another company",
        "{org} was sent contact data on {page} ({data}).",
        "Switch off advanced matching.",
        "Lists that are uploaded from your office cannot be seen.",
    ),
    "cookie-lifetime": Check(
        "cookie-lifetime",
        "warn",
        "Cookie that lives long",
        "The cookie {data} of {page} lives longer than the policy allows.",
        "Give it a shorter life.",
        "Only cookies that the browser keeps are seen.",
    ),
    "no-session-replay": Check(
        "no-session-replay",
        "warn",
        "Recording of sessions",
        "{org}, which records sessions, was contacted on {page}.",
        "Keep it off pages where people type.",
        "It is not seen which fields it masks.",
    ),
    "declared-not-observed": Check(
        "declared-not-observed",
        "off",
        "Declared company that was not met",
        "{org} is declared in the policy and was not observed.",
        "Take it out of the notice.",
        "Not observed does not mean not used.",
    ),
}
INCONCLUSIVE = {
    "challenge": "Only a bot check was shown, not the page.",
    "no-control": "No control for this choice was found, so it could not be made.",
    "timeout": "The page did not come to rest in time.",
}


def words(rulebase: Rulebase) -> Words:
    """Give words in which the made-up companies and checks have names."""
    return structs.replace(
        pipeline.words(rulebase), names=NAMES, checks=CHECKS, inconclusive=INCONCLUSIVE
    )


def _recipient(org: str, roles: tuple[str, ...], requests: int, **more: object) -> Recipient:
    made = Recipient(
        org=org,
        name=NAMES.get(org, org.removeprefix("site:")),
        parent="adco-group" if org == "adco" else "",
        roles=roles,
        relation=THIRD,
        hosts=(f"{org.removeprefix('site:').partition('.')[0]}.example",),
        requests=requests,
    )
    return structs.replace(made, **more)


PURCHASE = Sent(
    "adco/pixel:purchase",
    "purchase",
    1,
    ("purchase", "amount", "email-hash"),
    "purchase",
    (
        ("items", "Canary Teapot 7319"),
        ("amount", "73.19"),
        ("currency", "NOK"),
        ("order-number", "A-1001"),
    ),
)
CONTACT = Sent("measure/contacted:contact", "contact", 3)
CART = Sent("measure/collect:cart", "cart", 1, ("items",), "", (("amount", "73.19"),))


def _front(state: str) -> Visit:
    pay = _recipient("payco", ("payment-processor",), 2, functional=True)
    track = _recipient(
        "adco", ("advertising", "retargeting"), 4, tracking="event", sharing=True, sent=(CONTACT,)
    )
    found = {"none": (track, pay), "reject": (pay,), "accept": (track, pay), "gpc": (track, pay)}
    return Visit(
        f"{SITE}/",
        state,
        BROWSER,
        40,
        found[state],
        cookies=(
            Kept("basket", "shop.example", None, True, True, "Lax"),
            *(
                ()
                if state == "reject"
                else (Kept("_adco", "shop.example", 730.0, org="adco", tracking=True),)
            ),
        ),
        storage=(Stored("_adco_key", "shop.example", "local", "adco", True),),
        calls=(Called("canvas.toDataURL", "heatmap.example", 12),),
        choice=Choice("noticebar", "" if state in ("none", "gpc") else state, 1, 1, 2, 3),
        honoured=state == "gpc",
        inconclusive=("no-control",) if state == "reject" else (),
    )


def _checkout() -> Visit:
    return Visit(
        f"{SITE}/checkout",
        "accept",
        BROWSER,
        120,
        (
            _recipient(
                "adco",
                ("advertising", "retargeting"),
                6,
                tracking="event",
                sent=(PURCHASE,),
                leaks=(Leak("email", "sha256", "body", 2), Leak("product", "plain", "url")),
                hosts=("px.adco.example", "adco.example"),
            ),
            _recipient(
                "measure",
                ("analytics",),
                3,
                tracking="event",
                relation=OWN_HOST,
                hosts=("data.shop.example",),
                sent=(CART,),
                leaks=(Leak("email", "plain", "url"),),
            ),
            _recipient(
                "pins",
                ("advertising",),
                2,
                tracking="host",
                relation=DISGUISED,
                hosts=("metrics.shop.example",),
            ),
            _recipient("heatmap", ("session-replay",), 9, tracking="roles", replay=True),
            _recipient("site:unknown.example", (), 1),
            _recipient("pins", ("advertising",), 0, relation=WRITTEN, hosts=(), sent=(PURCHASE,)),
        ),
        flow="checkout",
        cookies=(Kept("_heat", "shop.example", 400.0, True, False, "None", "heatmap", True),),
        inconclusive=("timeout",),
    )


ISSUES = (
    Issue(
        "no-contact-data-to-third-party",
        "error",
        "flow:checkout",
        "accept",
        "adco",
        "email:sha256",
        line=8,
    ),
    Issue("no-tracking-before-consent", "error", "/", "none", "adco", line=7),
    Issue("no-tracking-before-consent", "error", "/", "none", "pins", line=7, known=True),
    Issue("cookie-lifetime", "warn", "/", "", "", "_adco", "730", line=9),
    Issue("no-session-replay", "warn", "flow:checkout", "accept", "heatmap", line=3, excepted=True),
)


def inspection() -> Inspection:
    """Give the whole result."""
    return Inspection(
        site=SITE,
        made=TODAY,
        rulebase=STAMP,
        policy="shop/dataexposure.yml",
        visits=(
            *(_front(state) for state in STATES),
            _checkout(),
            *(
                Visit(f"{SITE}/account", state, BROWSER, 2, inconclusive=("challenge",))
                for state in STATES
            ),
            Visit(f"{SITE}/opt-out", "none", BROWSER, 9, fields=(Field("file", "id", True),)),
        ),
        issues=ISSUES,
        gone=(("no-tracking-before-consent", "/", "none", "measure", ""),),
        expired=(
            Excepted(
                "no-session-replay",
                "web@shop.example",
                "trial",
                dt.date(2026, 10, 31),
                "heatmap",
                "",
                21,
            ),
        ),
        rights={"adco": (Contact("form", "https://adco.example/privacy", "2026-11-01"),)},
        levels={**{name: check.level for name, check in CHECKS.items()}},
    )


def empty() -> Inspection:
    """Give the result of a check in which nothing was observed."""
    return Inspection(SITE, TODAY, STAMP, "", (Visit(f"{SITE}/", "none", BROWSER, 1),), ())


def recording() -> Inspection:
    """Give the result of a single recording that does not say what was chosen."""
    seen = structs.replace(_checkout(), state=UNSTATED, depth=RECORDED, flow="", inconclusive=())
    return structs.replace(inspection(), policy="", visits=(seen,), issues=(), gone=(), expired=())


def hostile(value: str) -> Inspection:
    """Give a result in which this value is every text that a stranger can set."""
    sent = Sent(
        "adco/pixel:purchase", "purchase", 1, (value,), value, (("amount", value), (value, value))
    )
    recipient = _recipient("adco", ("advertising", value), 1, tracking="event")
    everybody = tuple(
        structs.replace(
            recipient,
            org=f"site:{value}{relation}",
            name=value,
            parent=value,
            relation=relation,
            hosts=(value, value),
            replay=True,
            sent=(sent,),
            leaks=(Leak("email", value, value), Leak(value, "plain", "url")),
        )
        for relation in (THIRD, OWN_HOST, DISGUISED, WRITTEN)
    )
    visit = Visit(
        value,
        "none",
        BROWSER,
        1,
        everybody,
        value,
        (Kept(value, value, 1.0, False, False, value, value),),
        (Stored(value, value, value, value),),
        (Called(value, value),),
        (Field(value, value),),
        Choice(value, value),
        False,
        ("timeout",),
    )
    visits = (
        visit,
        structs.replace(visit, state=value, depth=value),
        structs.replace(visit, page=f"{value}2", state="reject", inconclusive=(value,)),
    )
    issue = Issue(
        "no-tracking-before-consent", "error", value, "none", f"site:{value}", value, value
    )
    issues = (
        issue,
        structs.replace(issue, check="no-contact-data-to-third-party", data=f"{value}:{value}"),
        structs.replace(issue, check="cookie-lifetime", level="warn", state=value),
        structs.replace(issue, check=value, level="warn"),
        structs.replace(issue, check=value, page="", known=True),
        structs.replace(issue, check="no-session-replay", excepted=True),
    )
    return Inspection(
        site=value,
        made=TODAY,
        rulebase=structs.replace(STAMP, version=value),
        policy=value,
        visits=visits,
        issues=issues,
        gone=((value, value, value, f"site:{value}", value),),
        expired=(Excepted(value, value, value, TODAY, value, value, 3),),
        rights={f"site:{value}": (Contact("form", value, value),)},
    )


def many(pages: int = 1000) -> Inspection:
    """Give a large result: that many pages in four states, with three issues each."""
    visits = tuple(
        structs.replace(_front(state), page=f"{SITE}/product/{number}")
        for number in range(pages)
        for state in STATES
    )
    issues = tuple(
        structs.replace(issue, page=f"/product/{number}")
        for issue in (ISSUES[0], ISSUES[1], ISSUES[3])
        for number in range(pages)
    )
    return structs.replace(inspection(), visits=visits, issues=issues)
