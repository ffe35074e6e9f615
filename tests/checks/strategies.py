"""Any visits: what a site may show, however unlikely."""

from __future__ import annotations

from hypothesis import strategies as st

from dataexposure.website import (
    BROWSER,
    DISGUISED,
    OWN_HOST,
    PROBLEMS,
    RECORDED,
    STATES,
    STATIC,
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
from tests.checks.made import ORGS, ROLES, SITE

PARENTS = {"youtube": "google"}

orgs = st.sampled_from((*ORGS, "site:unknown.example", "site:192.0.2.7", "site:localhost"))
names = st.sampled_from(("_ga", "_fbp", "sid", "a b", "x\u2028y"))
states = st.sampled_from((*STATES, UNSTATED))

recipients = st.builds(
    lambda org, **given: Recipient(org=org, parent=PARENTS.get(org, ""), **given),
    orgs,
    name=st.text(st.characters(codec="utf-8"), max_size=8),
    roles=st.lists(st.sampled_from(ROLES), max_size=3, unique=True).map(tuple),
    relation=st.sampled_from((THIRD, OWN_HOST, DISGUISED, WRITTEN)),
    hosts=st.lists(
        st.sampled_from(("a.google.example", "hotjar.com", "m.shop.example")),
        max_size=2,
        unique=True,
    ).map(tuple),
    requests=st.integers(1, 9),
    tracking=st.sampled_from(("", "host", "event", "roles")),
    replay=st.booleans(),
    functional=st.booleans(),
    sharing=st.booleans(),
    sent=st.lists(
        st.builds(
            Sent,
            st.just("meta/pixel:purchase"),
            st.sampled_from(("purchase", "cart", "contact")),
            st.integers(1, 3),
            st.lists(st.sampled_from(("amount", "email", "browsing")), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    leaks=st.lists(
        st.builds(
            Leak,
            st.sampled_from(("email", "phone", "order", "consent-string")),
            st.sampled_from(("plain", "sha256")),
            st.sampled_from(("url", "body")),
        ),
        max_size=2,
    ).map(tuple),
)

kept = st.builds(
    Kept,
    names,
    st.sampled_from(("shop.example", ".ads.example")),
    st.one_of(st.none(), st.floats(0, 4000)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", "Lax", "None")),
    st.sampled_from(("", "meta")),
    st.booleans(),
)

visits = st.lists(
    st.builds(
        Visit,
        page=st.sampled_from(
            (SITE, f"{SITE}/", f"{SITE}/a", f"{SITE}/%20#", "https://help.shop.example/x")
        )
        | st.sampled_from(("index.html", "a/b.html", "//x/y", "", "/off", "/a: b", '/"\\', "/é\t")),
        state=states,
        depth=st.sampled_from((BROWSER, STATIC, RECORDED)),
        requests=st.integers(0, 99),
        recipients=st.lists(recipients, max_size=3).map(tuple),
        flow=st.sampled_from(("", "", "checkout")),
        cookies=st.lists(kept, max_size=2).map(tuple),
        storage=st.lists(st.builds(Stored, names, st.just("shop.example")), max_size=1).map(tuple),
        calls=st.lists(
            st.builds(Called, st.just("canvas"), st.sampled_from(("hotjar.com", "shop.example"))),
            max_size=1,
        ).map(tuple),
        fields=st.lists(st.builds(Field, st.just("file"), names), max_size=1).map(tuple),
        choice=st.one_of(
            st.none(),
            st.builds(
                Choice,
                accept_clicks=st.integers(0, 2),
                reject_clicks=st.integers(0, 3),
                preticked=st.integers(0, 2),
            ),
        ),
        honoured=st.booleans(),
        inconclusive=st.lists(st.sampled_from(PROBLEMS), max_size=1).map(tuple),
    ),
    max_size=4,
).map(tuple)
