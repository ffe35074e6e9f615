"""The policy file: every form that is read, and every fault at once with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dataexposure.policy import Allowed, Excepted, Flow, Policy
from tests.checks.made import Reading, faults

WHOLE = """
version: 1
site: https://shop.example
pages: [/, /product/1, "https://help.shop.example/a", sitemap: "https://shop.example/sitemap.xml"]
first_party: [shop-cdn.example]
sandbox: https://sandbox.shop.example:8443/
regions: [EU, us_ca]
states: [none, gpc]
opt-out: [/privacy/opt-out]
vendors:
  allowed:
    - {id: stripe, purposes: [payment], data: [purchase, email_hash]}
    - google
    - {id: matomo-self}
  declared: [Meta, site:tiny.example, tiny.example, youtube]
  forbidden: [session_replay, "category:data_broker", role:advertising, hotjar, retargeting]
assert:
  no_tracking_before_consent: error
  no-session-replay: "off"
  no_email_hash_to_third_party: warn
  cookie_max_days: 90
  optout_form_needs_no_id: warn
  undeclared_vendor: error
budgets: {third_parties: 12, cookies-reject: 3, max_new_vendors: 0}
flows: {checkout: flows/checkout.py, guest: {file: flows/guest.yml, states: [none, reject]}}
exceptions:
  - rule: undeclared_vendor
    vendor: hotjar
    until: 2027-01-31
    owner: web@shop.example
    why: "trial"
  - {rule: no_email_hash_to_third_party, page: /a/*, expires: 2026-12-01, owner: x, reason: y}
baseline: known/baseline.json
"""


def test_every_key_is_read_in_either_spelling(reading: Reading, tmp_path: Path) -> None:
    policy = reading(WHOLE)
    assert policy == Policy(
        name=(tmp_path / "dataexposure.yml").as_posix(),
        site="https://shop.example",
        pages=(
            "https://shop.example/",
            "https://shop.example/product/1",
            "https://help.shop.example/a",
            "https://shop.example/sitemap.xml",
        ),
        first_party=("shop-cdn.example",),
        sandbox=("sandbox.shop.example",),
        regions=("EU", "US-CA"),
        states=("none", "gpc"),
        opt_out=("https://shop.example/privacy/opt-out",),
        allowed=(
            Allowed("stripe", ("payment",), ("purchase", "email-hash")),
            Allowed("google"),
            Allowed("own:matomo"),
        ),
        forbidden=(
            "role:session-replay",
            "role:data-broker",
            "role:advertising",
            "hotjar",
            "role:retargeting",
        ),
        declared=("meta", "site:tiny.example", "tiny.example", "youtube"),
        asserts={
            "no-tracking-before-consent": "error",
            "no-session-replay": "off",
            "no-contact-data-to-third-party": "warn",
            "optout-form-needs-no-id": "warn",
            "undeclared-vendor": "error",
        },
        budgets={"third-parties": 12, "cookies-reject": 3, "new-vendors": 0},
        cookie_max_days=90,
        flows=(
            Flow("checkout", tmp_path / "flows/checkout.py"),
            Flow("guest", tmp_path / "flows/guest.yml", ("none", "reject")),
        ),
        exceptions=(
            Excepted(
                "undeclared-vendor",
                "web@shop.example",
                "trial",
                dt.date(2027, 1, 31),
                vendor="hotjar",
                line=27,
            ),
            Excepted(
                "no-contact-data-to-third-party",
                "x",
                "y",
                dt.date(2026, 12, 1),
                page="/a/*",
                line=32,
            ),
        ),
        baseline=(tmp_path / "known/baseline.json").as_posix(),
        lines=policy.lines,
    )


def test_the_lines_of_keys_assertions_and_budgets_are_known(reading: Reading) -> None:
    lines = reading(WHOLE).lines
    assert lines["site"] == 3
    assert lines["vendors"] == 10
    assert lines["vendors.forbidden"] == 16
    assert lines["assert.no-tracking-before-consent"] == 18
    assert lines["assert.no-contact-data-to-third-party"] == 20
    assert lines["budgets.cookies-reject"] == 24
    assert lines["flows.checkout"] == 25


@pytest.mark.parametrize("text", ["", "# nothing\n", "version: 1\n", "vendors:\nassert:\npages:\n"])
def test_what_a_policy_does_not_say_is_left_open(reading: Reading, text: str) -> None:
    policy = reading(text)
    assert policy == Policy(name=policy.name, lines=policy.lines)


def test_a_sitemap_may_have_a_key_of_its_own(reading: Reading) -> None:
    text = "site: https://shop.example\nsitemap: /sitemap.xml\npages: [/a, {sitemap: /map}]"
    assert reading(text).pages == (
        "https://shop.example/sitemap.xml",
        "https://shop.example/a",
        "sitemap:https://shop.example/map",
    )


def test_to_declare_nobody_is_not_to_declare_nothing(reading: Reading) -> None:
    assert reading("vendors: {declared: []}").declared == ()
    assert reading("vendors: {allowed: [google]}").declared is None


def test_pages_without_a_site_stay_paths(reading: Reading) -> None:
    assert reading("pages: [/a.html]").pages == ("/a.html",)


def test_a_byte_order_mark_is_no_part_of_the_first_key(reading: Reading) -> None:
    assert reading("\ufeffsite: https://shop.example").site == "https://shop.example"


def test_cookie_max_days_stands_where_one_likes(reading: Reading) -> None:
    assert reading("cookie_max_days: 30").cookie_max_days == 30
    assert reading("assert: {cookie-max-days: 30}").cookie_max_days == 30
    assert reading("").cookie_max_days == 395


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("vesion: 1", "1: unknown key `vesion`; did you mean `version`?"),
        ("version: 2", "1: this version is not known; write `version: 1`"),
        ("site: shop.example", "1: the site's address is expected, with https:// in front"),
        ("site: [a]", "1: here a text is expected"),
        ("pages: [shop]", "1: `shop` is neither a path (`/…`) nor an address"),
        ("pages: [//x.example/a]", "1: `//x.example/a` is neither a path (`/…`) nor an address"),
        ("regions: [Europe]", "1: `Europe` is not a region; write it as EU, NO or US-CA"),
        ("states: [rejct]", "1: unknown state `rejct`; known: none, reject, accept, gpc; "
         "did you mean `reject`?"),
        ("states: [unstated]", "1: unknown state `unstated`; known: none, reject, accept, gpc"),
        ("sandbox: [a b]", "1: `a b` is not a host"),
        ("vendors: {alowed: [google]}", "1: unknown key `alowed`; did you mean `allowed`?"),
        ("vendors: [google]", "1: here a mapping is expected (`key: value`)"),
        ("vendors: {declared: [googel]}", "1: unknown vendor `googel`: write an id, a role "
         "(`role:…`) or a domain; did you mean `google`?"),
        ("vendors: {forbidden: [role:analytic]}",
         "1: unknown role `analytic`; did you mean `analytics`?"),
        ("vendors: {allowed: [{purposes: [x]}]}", "1: say which vendor, with `id`"),
        ("vendors: {allowed: [hotjar], forbidden: [hotjar]}",
         "1: `hotjar` is allowed too: decide which"),
        ("assert: {no_sesion_replay: warn}",
         "1: unknown check `no_sesion_replay`; did you mean `no-session-replay`?"),
        ("assert: {budget: fatal}", "1: unknown level `fatal`; known: off, warn, error"),
        ("assert: {budget: [warn]}", "1: here a text is expected"),
        ("cookie_max_days: a year", "1: `a year` is not a whole number"),
        ("cookie_max_days: -1", "1: `-1` is not a whole number"),
        ("budgets: {third_parties: 1.5}", "1: `1.5` is not a whole number"),
        ("budgets: {third_party: 1}",
         "1: unknown key `third_party`; did you mean `third-parties`?"),
        ("exceptions: [budget]", "1: an exception has `rule`, `until`, `owner` and `why`"),
        ("exceptions: [{rule: budget, owner: a, why: b}]", "1: the exception lacks `until`"),
        ("exceptions: [{rule: budget, until: 2027-02-30, owner: a, why: b}]",
         "1: `2027-02-30` is not a day; write it as 2027-01-31"),
        ("exceptions: [{rule: budget, until: 20270131, owner: a, why: b}]",
         "1: `20270131` is not a day; write it as 2027-01-31"),
        ("exceptions: [{rule: budgt, until: 2027-01-31, owner: a, why: b}]",
         "1: unknown check `budgt`; did you mean `budget`?"),
        ("exceptions: [{rule: budget, until: 2027-01-31, owner: '', why: b}]",
         "1: `owner` is empty"),
        ("flows: {a: {states: [none]}}", "1: say which file the flow is in, with `file`"),
        ("flows: [a]", "1: here a mapping is expected (`key: value`)"),
        ("cookie_max_days: 1\nassert: {cookie_max_days: 2}",
         "1: `cookie_max_days` stands under `assert` too: remove one"),
        ("site: https://a.example\nsite: https://b.example",
         "2: the key `site` stands twice: remove one"),
        ("first_party: [a.example]\nfirst-party: [b.example]",
         "2: `first-party` stands twice: remove one"),
        ("- a", "1: here a mapping is expected (`key: value`)"),
        ("version: 1\nsite: *x", "2: aliases (`*`) are not read here: write it out"),
        ("version: 1\nsite: [", None),
        ("version: 1\n---\nversion: 1", None),
        ("version: 1\nsite: \0", "2: a control character: this is no text"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_says_what_to_do(
    reading: Reading, text: str, fault: str | None
) -> None:
    found = faults(reading, text)
    assert len(found) == 1
    assert found == [fault] if fault else "not valid YAML" in found[0]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(reading: Reading) -> None:
    found = faults(
        reading,
        "site: no\nregions: [x]\nassert: {nothing: loud, budget: loud}\n"
        "flows: {a: flows/none.yml}\nbudgets: {cookies: many}\n",
    )
    assert [line.partition(":")[0] for line in found] == ["1", "2", "3", "3", "4", "5"]


@pytest.mark.parametrize(
    "name", ["none.yml", "../flows", "checkout", "x" * 5000 + ".py", "a\\0.py"]
)
def test_a_flow_that_is_no_file_of_a_known_kind_is_a_fault(reading: Reading, name: str) -> None:
    (fault,) = faults(reading, f'flows: {{a: "flows/{name}"}}')
    assert "there is no flow file" in fault
