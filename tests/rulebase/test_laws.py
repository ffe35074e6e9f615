"""Laws and advice: which deadline holds when, what is never asked for, what is a mistake."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.law import Regime, Right, Term, covers, doubted, due, of_residence, on_day
from dataexposure.rulebase.bundle import decode, encode
from dataexposure.rulebase.lint import lint
from dataexposure.rulebase.load import load
from tests.conftest import ROOT, TODAY

NAMED = {
    "eu-gdpr",
    "uk-gdpr",
    "norway",
    "romania",
    "us-california",
    "us-virginia",
    "us-colorado",
    "ru-152fz",
    "br-lgpd",
    "ch-nfadp",
    "ca-pipeda",
    "in-dpdp",
}
OTHER_STATES = 17

LAW = """\
name: Example Privacy Act
residents: [US-CA]
sources:
  act: {url: "https://law.example/act", checked: 2026-11-01}
authorities:
  - {name: Example Office, website: "https://office.example", source: act}
valid:
  - from: 2020-01-01
    to: 2026-12-31
    rights:
      erase:
        {basis: s. 1, source: act, days: "45", extension: {days: "45"}, scope: provided,
        identity: {level: reasonable, ask: [login], never: [national-id]}, letter: [name, date]}
  - from: 2027-01-01
    rights:
      erase: {basis: s. 1, source: act, days: "30", scope: all, identity: {level: none}}
unverified:
  - {about: erase, sentence: "Perhaps."}
"""

ADVICE = """\
steps:
  block:
    title: Block
    sentence: "Block it."
    cannot: "All else."
    cost: "A minute."
    lowers:
      - {tiers: [presence], events: [contact], channels: [request], inhibitor: blocked}
    withholds: [browsing]
    roles: [advertising]
    sources: {study: {url: "https://study.example", checked: 2026-11-01}}
"""

PARTNERS = """\
partnerships:
  - giver: a-shop
    taker: a-network
    relation: "tells it of orders"
    data: [purchase]
    source: {url: "https://shop.example/privacy", checked: 2026-11-01}
    since: "2020"
    until: "2024-06"
    region: "NO SE"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "regimes").mkdir(parents=True)
    (folder / "orgs").mkdir()
    for name in ("vocabulary.yaml", "likelihood.yaml", "shared-hosts.yaml"):
        shutil.copy(ROOT / "rules" / name, folder / name)
    for org in ("a-shop", "a-network"):
        (folder / "orgs" / f"{org}.yaml").write_text(
            f"name: {org}\nroles: [shop]\ngap: none\n"
            "sources: {about: {url: 'https://shop.example', checked: 2026-11-01}}\n",
            encoding="utf-8",
        )
    return folder


def faults(rules: Path, *, law: str = LAW, advice: str = ADVICE, partners: str = "") -> list[str]:
    (rules / "regimes" / "example.yaml").write_text(law, encoding="utf-8")
    (rules / "advice.yaml").write_text(advice, encoding="utf-8")
    (rules / "partnerships.yaml").write_text(partners, encoding="utf-8")
    return [str(fault.error) for fault in lint(load(rules), TODAY) if not fault.advice]


def right(regime: Regime, kind: str, day: dt.date) -> Right:
    version = on_day(regime, day)
    assert version is not None, (regime.id, day)
    return version.rights[kind]


def test_every_law_that_was_promised_is_there(rulebase: Rulebase) -> None:
    assert set(rulebase.regimes) >= NAMED
    states = {key for key in rulebase.regimes if key.startswith("us-")}
    today = [key for key in states if on_day(rulebase.regimes[key], TODAY)]
    assert len(today) >= OTHER_STATES + 3


def test_the_term_of_drop_is_shorter_from_2027(rulebase: Rulebase) -> None:
    california = rulebase.regimes["us-california"]
    before = right(california, "broker-delete", dt.date(2026, 12, 31))
    after = right(california, "broker-delete", dt.date(2027, 1, 1))
    assert (before.term, after.term) == (Term(days=45), Term(days=30))
    early = on_day(california, dt.date(2026, 7, 31))
    assert early is not None
    assert "broker-delete" not in early.rights


def test_california_deletes_what_you_gave_and_drop_deletes_all(rulebase: Rulebase) -> None:
    california = rulebase.regimes["us-california"]
    assert right(california, "erase", TODAY).scope == "provided"
    assert right(california, "broker-delete", TODAY).scope == "all"


def test_an_opt_out_in_california_needs_no_proof_of_identity(rulebase: Rulebase) -> None:
    opt_out = right(rulebase.regimes["us-california"], "opt-out", TODAY)
    assert opt_out.identity.level == "none"
    assert opt_out.term == Term(business_days=15)


def test_iowa_and_florida_differ_from_the_other_states(rulebase: Rulebase) -> None:
    terms = {
        state: right(rulebase.regimes[f"us-{state}"], "access", TODAY)
        for state in ("texas", "iowa", "florida")
    }
    assert [(one.term.days, one.extension.days) for one in terms.values()] == [
        (45, 45),
        (90, 45),
        (45, 15),
    ]


def test_a_law_that_does_not_hold_yet_gives_no_rights(rulebase: Rulebase) -> None:
    for law in ("in-dpdp", "us-oklahoma", "us-vermont"):
        assert on_day(rulebase.regimes[law], TODAY) is None


def test_a_british_complaint_to_the_holder_must_be_acknowledged_since_june_2026(
    rulebase: Rulebase,
) -> None:
    british = rulebase.regimes["uk-gdpr"]
    earlier = on_day(british, dt.date(2026, 6, 18))
    assert earlier is not None
    assert "grievance" not in earlier.rights
    assert right(british, "grievance", dt.date(2026, 6, 19)).acknowledge == Term(days=30)
    assert british.authorities[0].order == "controller-first"


def test_a_holder_who_can_see_the_log_in_is_never_sent_an_identity_document(
    rulebase: Rulebase,
) -> None:
    for law in ("eu-gdpr", "uk-gdpr", "norway", "romania"):
        access = right(rulebase.regimes[law], "access", TODAY)
        assert "login" in access.identity.ask
        assert {"id-document-copy", "national-id"} <= set(access.identity.never)


def test_no_law_asks_for_a_password_or_a_card_number(rulebase: Rulebase) -> None:
    for regime in rulebase.regimes.values():
        for version in regime.versions:
            for one in version.rights.values():
                assert not {"password", "payment-card-number"} & set(one.identity.ask)


@pytest.mark.parametrize(
    ("residence", "laws"),
    [
        ("RO", ["romania", "eu-gdpr"]),
        ("NO", ["norway", "eu-gdpr"]),
        ("DE", ["eu-gdpr"]),
        ("GB", ["uk-gdpr"]),
        ("RU", ["ru-152fz"]),
        ("US-CA", ["us-california"]),
        ("US-TX", ["us-texas"]),
        ("CA-QC", ["ca-quebec", "ca-pipeda"]),
        ("US", []),
        ("US-WY", []),
        ("", []),
    ],
)
def test_the_nearest_law_comes_first(rulebase: Rulebase, residence: str, laws: list[str]) -> None:
    assert [regime.id for regime in of_residence(rulebase.regimes, residence)] == laws


def test_a_country_means_its_parts_but_a_part_not_the_country() -> None:
    assert covers(["US", "CA"], "US-CA")
    assert not covers(["US-CA"], "US")
    assert covers(["EU"], "SE")
    assert not covers(["EU"], "NO")
    assert not covers(["NO"], "")


def test_what_no_source_supports_is_marked(rulebase: Rulebase) -> None:
    assert any(
        "identity document" in text for text in doubted(rulebase.regimes["ru-152fz"], "access")
    )
    assert any(
        "30 days" in text for text in doubted(rulebase.regimes["us-california"], "broker-delete")
    )
    assert doubted(rulebase.regimes["eu-gdpr"], "access") == ()


@pytest.mark.parametrize(
    ("term", "received", "last"),
    [
        (Term(months=1), dt.date(2026, 11, 21), dt.date(2026, 12, 21)),
        (Term(months=1), dt.date(2027, 1, 31), dt.date(2027, 2, 28)),
        (Term(months=3), dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        (Term(days=45), dt.date(2026, 11, 21), dt.date(2027, 1, 5)),
        (Term(business_days=10), dt.date(2026, 11, 20), dt.date(2026, 12, 4)),
        (Term(business_days=1), dt.date(2026, 11, 21), dt.date(2026, 11, 23)),
        (Term(), dt.date(2026, 11, 21), None),
    ],
)
def test_a_term_ends_on_its_day(term: Term, received: dt.date, last: dt.date | None) -> None:
    assert due(term, received) == last


def test_the_advice_on_a_vpn_promises_nothing_about_purchases(rulebase: Rulebase) -> None:
    (vpn,) = (step for step in rulebase.advice if step.id == "vpn")
    assert vpn.lowers == ()
    assert vpn.withholds == ("location",)


def test_the_first_advice_is_to_ask_for_a_copy(rulebase: Rulebase) -> None:
    assert rulebase.advice[0].right == "access"
    assert [step.order for step in rulebase.advice] == list(range(1, len(rulebase.advice) + 1))
    assert all(step.keeps and step.cost and step.sources for step in rulebase.advice)


def test_a_hundred_second_hops_are_documented(rulebase: Rulebase) -> None:
    assert len(rulebase.partnerships) >= 100
    regions = {code for hop in rulebase.partnerships for code in hop.region.split()}
    assert regions >= {"NO", "RO", "RU", "GB", "US", "DE", "FR"}


def test_laws_and_advice_survive_the_bundle(rulebase: Rulebase) -> None:
    again = decode(encode(rulebase))
    assert again.regimes == rulebase.regimes
    assert again.advice == rulebase.advice


def test_the_examples_are_sound(rules: Path) -> None:
    assert faults(rules, partners=PARTNERS) == []


@pytest.mark.parametrize(
    ("right_text", "wrong", "message"),
    [
        ("to: 2026-12-31", "to: 2027-01-01", "overlaps the one before"),
        ("to: 2026-12-31", "to: 2019-12-31", "`to` is before `from`"),
        ("  - from: 2027-01-01\n", "  - from: soon\n", "`soon` is not a date"),
        ('days: "45", extension', 'days: "0", extension', "whole number above zero"),
        ('days: "45", extension', 'days: "-45", extension', "whole number above zero"),
        ('days: "45", extension', 'days: "45", months: "1", extension', "mixes months"),
        ('days: "45", extension', "extension", "an extension but no term"),
        ("scope: provided", "scope: some", "unknown scope `some`"),
        (", scope: provided", "", "`erase` needs `scope: all`"),
        (
            '      erase: {basis: s. 1, source: act, days: "30"',
            '      eraze: {basis: s. 1, source: act, days: "30"',
            "unknown right `eraze`",
        ),
        ("level: reasonable", "level: sure", "unknown identity level `sure`"),
        ("ask: [login]", "ask: [passport]", "unknown proof `passport`"),
        ("ask: [login]", "ask: [national-id]", "asks for and warns against"),
        ("{level: none}", "{level: none, ask: [login]}", "needs no identity but asks"),
        ("letter: [name, date]", "letter: [name, tears]", "unknown letter part `tears`"),
        ('source: act, days: "45"', 'source: rumour, days: "45"', "cites `rumour`"),
        ("https://law.example/act", "http://law.example/act", "must begin with https://"),
        ("checked: 2026-11-01}\nauthorities", "checked: 2026-11-31}\nauthorities", "not a date"),
        ("checked: 2026-11-01}\nauthorities", "checked: 2027-11-01}\nauthorities", "in the future"),
        ("https://law.example/act", "https://github.com/ghostery/trackerdb", "licence"),
        (
            'https://office.example", source: act',
            'https://office.example", source: act, order: last',
            "unknown order `last`",
        ),
        ("about: erase", "about: weather", "is no right"),
        ("residents: [US-CA]\n", "", "whom the law protects"),
        ("residents: [US-CA]", "residents: [California]", "no ISO 3166 code"),
        ("name: Example Privacy Act", "naem: Example Privacy Act", "unknown key `naem`"),
    ],
)
def test_a_mistake_in_a_law_is_named(
    rules: Path, right_text: str, wrong: str, message: str
) -> None:
    assert right_text in LAW
    found = faults(rules, law=LAW.replace(right_text, wrong, 1))
    assert any("regimes/example.yaml:" in fault and message in fault for fault in found), found


@pytest.mark.parametrize(
    ("right_text", "wrong", "message"),
    [
        ("inhibitor: blocked", "inhibitor: prayed", "unknown inhibitor `prayed`"),
        ("tiers: [presence]", "tiers: [absence]", "unknown tier `absence`"),
        ("events: [contact]", "events: [contract]", "unknown event `contract`"),
        ("channels: [request]", "channels: [rumour]", "unknown channel `rumour`"),
        ("roles: [advertising]", "roles: [advertizing]", "unknown role `advertizing`"),
        ("withholds: [browsing]", "withholds: [shame]", "unknown data category `shame`"),
        (ADVICE[ADVICE.index("    lowers:") : ADVICE.index("    roles:")], "", "leave it out"),
        ('    cannot: "All else."\n', "", "`steps.block.cannot` must be a text"),
        (
            'sources: {study: {url: "https://study.example", checked: 2026-11-01}}',
            "sources: {}",
            "cite at least one",
        ),
    ],
)
def test_a_mistake_in_advice_is_named(
    rules: Path, right_text: str, wrong: str, message: str
) -> None:
    assert right_text in ADVICE
    found = faults(rules, advice=ADVICE.replace(right_text, wrong, 1))
    assert any("advice.yaml:" in fault and message in fault for fault in found), found


@pytest.mark.parametrize(
    ("right_text", "wrong", "message"),
    [
        ("taker: a-network", "taker: nobody", "no organisation `nobody`"),
        ("taker: a-network", "taker: a-shop", "names one party twice"),
        ("data: [purchase]", "data: [gossip]", "categories of the vocabulary"),
        ("data: [purchase]", "data: []", "categories of the vocabulary"),
        ('until: "2024-06"', 'until: "2019"', "the earlier first"),
        ('until: "2024-06"', 'until: "June 2024"', "write dates as"),
        ('region: "NO SE"', 'region: "Norway"', "ISO codes"),
        ("https://shop.example/privacy", "shop.example/privacy", "https address"),
        ("checked: 2026-11-01", "checked: 2027-01-01", "not the date of a check"),
    ],
)
def test_a_mistake_in_a_partnership_is_named(
    rules: Path, right_text: str, wrong: str, message: str
) -> None:
    assert right_text in PARTNERS
    found = faults(rules, partners=PARTNERS.replace(right_text, wrong, 1))
    assert any("partnerships.yaml:2: " in fault and message in fault for fault in found), found


def test_one_law_cannot_stand_in_two_files(rules: Path) -> None:
    several = "sources: {}\nregimes:\n  example:\n    name: Twice\n"
    (rules / "regimes" / "z-several.yaml").write_text(several, encoding="utf-8")
    assert any("`example` exists already" in fault for fault in faults(rules))
