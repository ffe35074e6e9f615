"""Purchase data, contact data and consent strings: what was sent, and what is allowed."""

from __future__ import annotations

import pytest

from dataexposure.checks import Checking
from dataexposure.checks.contact_data import (
    no_consent_string_before_choice,
    no_contact_data_to_third_party,
)
from dataexposure.checks.purchases import (
    no_purchase_data_after_reject,
    no_purchase_data_before_consent,
    no_purchase_tags,
)
from dataexposure.policy import Allowed, Policy
from dataexposure.website import OWN_HOST, WRITTEN, Leak, Recipient, Sent
from tests.checks.made import SITE, buyer, raised, visit, who

CONTACT = no_contact_data_to_third_party


def allowing(*data: str, vendor: str = "meta") -> Policy:
    return Policy(site=SITE, allowed=(Allowed(vendor, ("payment",), data),))


@pytest.mark.parametrize(
    ("check", "state"),
    [(no_purchase_data_before_consent, "none"), (no_purchase_data_after_reject, "reject")],
)
@pytest.mark.parametrize(
    "told",
    [
        buyer(),
        buyer(relation=OWN_HOST),
        who("meta", sent=(Sent("meta/pixel:cart", "cart", 1, ("items",)),)),
        who("meta", sent=(Sent("meta/pixel:cart", "cart", 1, (), "", (("amount", "3"),)),)),
        who("meta", leaks=(Leak("order", "plain", "url"),)),
        who("meta", leaks=(Leak("product", "base64", "body"),)),
    ],
)
def test_purchase_data_to_others_is_held_against_the_state(
    check: Checking, state: str, told: Recipient
) -> None:
    assert raised(check, visit(told, state=state)) == [("/", "meta", "purchase")]
    assert raised(check, visit(told, state="accept")) == []


def test_what_is_no_purchase_data_is_not_held_against_anybody() -> None:
    check = no_purchase_data_before_consent
    for near in (
        who("meta", sent=(Sent("meta/pixel:contact", "contact", 1, ("browsing",)),)),
        who("meta", sent=(Sent("meta/pixel:x", "cart", 1, (), "", (("currency", "NOK"),)),)),
        who("meta", leaks=(Leak("email", "plain", "url"),)),
        buyer(functional=True),
        buyer(relation=WRITTEN),
    ):
        assert raised(check, visit(near)) == []


def test_purchase_data_may_be_allowed_whole_or_in_part() -> None:
    check = no_purchase_data_before_consent
    amount = who("meta", sent=(Sent("meta/pixel:cart", "cart", 1, ("amount",)),))
    assert raised(check, visit(buyer()), policy=allowing("purchase")) == []
    assert raised(check, visit(amount), policy=allowing("amount")) == []
    assert raised(check, visit(amount), policy=allowing("items")) != []
    assert raised(check, visit(amount), policy=allowing()) != []
    assert raised(check, visit(amount), policy=allowing("purchase", vendor="hotjar")) != []
    child = who("instagram", parent="meta", sent=amount.sent)
    assert raised(check, visit(child), policy=allowing("purchase")) == []


def test_the_detail_says_what_was_sent() -> None:
    (found,) = no_purchase_data_before_consent((visit(buyer()),), allowing())
    assert found.detail == "amount, purchase"


def test_code_that_would_report_a_purchase_is_a_purchase_tag() -> None:
    assert raised(no_purchase_tags, visit(buyer(relation=WRITTEN))) == [("/", "meta", "")]
    assert raised(no_purchase_tags, visit(buyer())) == []
    assert raised(no_purchase_tags, visit(who(relation=WRITTEN))) == []


@pytest.mark.parametrize("state", ["none", "reject", "accept", "gpc", "unstated"])
def test_contact_data_is_looked_for_in_every_state(state: str) -> None:
    leaky = who(
        "meta",
        leaks=(Leak("email", "sha256", "body"), Leak("phone", "plain", "url")),
        sent=(Sent("meta/pixel:purchase", "purchase", 1, ("email-hash", "name")),),
    )
    assert raised(CONTACT, visit(leaky, state=state)) == [
        ("/", "meta", "email:sha256"),
        ("/", "meta", "name"),
        ("/", "meta", "phone:plain"),
    ]


def test_one_form_at_two_places_is_one_issue() -> None:
    leaky = who("meta", leaks=(Leak("email", "md5", "body"), Leak("email", "md5", "url")))
    assert raised(CONTACT, visit(leaky)) == [("/", "meta", "email:md5")]


def test_what_tells_no_person_is_no_contact_data() -> None:
    leaks = (Leak("price", "plain", "url"), Leak("consent-string", "plain", "url"))
    assert raised(CONTACT, visit(who("meta", leaks=leaks))) == []
    told = (Leak("email", "plain", "body"),)
    assert raised(CONTACT, visit(who("stripe", leaks=told, functional=True))) == []
    assert raised(CONTACT, visit(who("stripe", leaks=told, relation=WRITTEN))) == []


def test_who_may_have_the_address_may_have_its_hash_but_not_the_other_way() -> None:
    plain = visit(who("meta", leaks=(Leak("email", "base64", "body"),)))
    scrambled = visit(who("meta", leaks=(Leak("email", "sha1", "body"),)))
    assert raised(CONTACT, plain, scrambled, policy=allowing("email")) == []
    assert raised(CONTACT, scrambled, policy=allowing("email-hash")) == []
    assert raised(CONTACT, plain, policy=allowing("email-hash")) == [("/", "meta", "email:base64")]


def test_a_consent_string_counts_before_there_was_a_choice() -> None:
    check = no_consent_string_before_choice
    sent = who("criteo", leaks=(Leak("consent-string", "plain", "url"),))
    assert raised(check, visit(sent)) == [("/", "criteo", "")]
    assert raised(check, visit(sent, state="reject")) == []
    assert raised(check, visit(who("criteo", leaks=(Leak("email", "md5", "url"),)))) == []
