"""What a person is told beside a letter, and which contact it goes to."""

from __future__ import annotations

import csv

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.model import Contact, Holder
from dataexposure.rights import contacts, guidance
from dataexposure.rights.steps import Given, given
from tests.conftest import TODAY
from tests.rights.conftest import holder

BROKER = {"roles": ("data-broker",), "collects": ("appended",), "basis": ("legitimate-interest",)}


def right(rulebase: Rulebase, place: str, kind: str) -> Given:
    found = given(kind, rulebase.regimes, place, TODAY)
    assert found is not None
    return found


def better(rulebase: Rulebase, one: Holder, place: str, kind: str) -> str:
    found = right(rulebase, place, kind)
    return "\n".join(guidance.better_ways(kind, one, found, rulebase.advice, place))


def test_what_never_to_send_is_said_for_every_law(rulebase: Rulebase) -> None:
    for place in ("NO", "RO", "DE", "GB", "RU", "US-CA", "US-VA", "US-CO"):
        text = "\n".join(guidance.identity(right(rulebase, place, "access")))
        assert "Never send: a copy of an identity document" in text or place == "RU"
        assert "a password" in text.partition("Never send")[2]


def test_no_proof_is_offered_where_none_may_be_asked_for(rulebase: Rulebase) -> None:
    text = "\n".join(guidance.identity(right(rulebase, "US-CA", "opt-out")))
    assert "offer none" in text
    assert "Enough to give" not in text


def test_the_deadline_is_counted_from_receipt(rulebase: Rulebase) -> None:
    text = "\n".join(guidance.deadline(right(rulebase, "US-CA", "access"), TODAY))
    assert "45 days after receipt: by 2027-01-05, if it is received on 2026-11-21" in text
    assert "may take 45 days more" in text
    assert "confirm receipt within 10 business days" in text
    assert "names no deadline" in "\n".join(
        guidance.deadline(right(rulebase, "RU", "erase"), TODAY)
    )


def test_what_is_not_certain_is_said_to_be_so(rulebase: Rulebase) -> None:
    said = list(guidance.cautions(right(rulebase, "RU", "access")))
    assert any(sentence.startswith("Not certain: ") for sentence in said)


def test_better_ways_than_a_letter(rulebase: Rulebase) -> None:
    broker, shop = holder(**BROKER), holder()
    assert "https://privacy.ca.gov/drop/" in better(rulebase, broker, "US-CA", "erase")
    assert "privacy.ca.gov" not in better(rulebase, shop, "US-CA", "erase")
    assert "privacy.ca.gov" not in better(rulebase, broker, "US-VA", "erase")
    assert "Global Privacy Control" in better(rulebase, shop, "US-CA", "opt-out")
    assert "Global Privacy Control" in better(rulebase, shop, "US-CO", "opt-out")
    assert "Global Privacy Control" not in better(rulebase, shop, "US-VA", "opt-out")
    assert "brreg.no" in better(rulebase, shop, "NO", "object")
    assert "brreg.no" not in better(rulebase, shop, "RO", "object")
    assert "Preference Service" in better(rulebase, shop, "GB", "object")
    assert "rejects everything" in better(rulebase, shop, "NO", "withdraw")
    assert "log-in" in better(rulebase, shop, "NO", "access")


def test_a_mailbox_of_the_own_country_comes_first_then_the_newest() -> None:
    found = (
        Contact("email", "old@shop.example", "2021-01-01"),
        Contact("email", "new@shop.example", "2026-01-01"),
        Contact("email", "a@shop.co.uk", "2020-01-01"),
        Contact("email", "b@shop.fr", "2026-11-01"),
    )
    assert contacts.mail(found, "GB") == found[2]
    assert contacts.mail(found, "NO") == found[1]
    assert contacts.mail(found[3:], "NO") == found[3]
    assert contacts.mail((), "NO") is None


@pytest.mark.parametrize(
    "value",
    [
        "a@shop.example\nBcc: evil@evil.example",
        "a@shop.example, evil@evil.example",
        "Anna <a@shop.example>",
        "a@localhost",
        "@shop.example",
        "a b@shop.example",
        "a" * 300 + "@shop.example",
        "",
    ],
)
def test_a_hostile_mailbox_is_not_used(value: str) -> None:
    assert contacts.mail((Contact("email", value, "2026-01-01"),), "NO") is None
    address = contacts.address("Shop", (Contact("email", value, "2026-01-01"),), "NO")
    assert address.email == ""


def test_a_contact_that_nobody_opened_is_not_filled_in() -> None:
    unseen = Contact("email", "a@shop.example", "2026-01-01", seen=False)
    assert contacts.mail((unseen,), "NO") is None


def test_a_page_that_is_no_web_address_is_not_shown() -> None:
    found = tuple(
        Contact("form", value, "2026-01-01")
        for value in ("javascript:alert(1)", "https://x.example/\x1b[2J", "ftp://x", "")
    )
    assert contacts.web(found) == ()


def test_contacts_as_csv_are_safe_and_skip_who_has_none() -> None:
    holders = (
        holder(),
        holder(name="=cmd()", rights=(Contact("form", "https://x.example/", "2024-01-01"),)),
        holder(name="silent", rights=()),
    )
    rows = list(csv.DictReader(contacts.as_csv(holders, "access", "NO").splitlines()))
    assert tuple(rows[0]) == contacts.COLUMNS
    assert [row["name"] for row in rows] == ["shop.example", "'=cmd()"]
    assert rows[0]["email"] == "privacy@shop.example"
    assert rows[1]["webform"] == "https://x.example/"
    assert {row["right"] for row in rows} == {"access"}
