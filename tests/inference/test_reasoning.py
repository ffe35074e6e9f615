"""From findings to tiers: a visit, a cookie, an app, a mail, a receipt and a transfer differ."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dataexposure.inference import INFERENCES, infer
from dataexposure.knowledge import Citation, Partnership, Rulebase
from dataexposure.model import Finding, Holder, Locator, Occasion, Purchase
from tests.conftest import TODAY

AT = Locator("test", "sample", "row:1")
DAY = dt.date(2026, 10, 3)


def finding(
    org: str,
    channel: str,
    event: str,
    party: str = "",
    *,
    during: str = "",
    carried: tuple[str, ...] = (),
    holder: str = "",
    order: int = 0,
    day: dt.date = DAY,
    data: tuple[str, ...] = (),
) -> Finding:
    records = {"purchase", "payment", "renewal", "refund", "delivery"}
    return Finding(
        signal=f"{org.removeprefix('site:')}/x:{event}",
        org=org,
        channel=channel,
        event=event,
        party=party,
        count=1,
        evidence=(AT,),
        first=day,
        last=day,
        data=data,
        carried=carried,
        during=during,
        holder=holder,
        occasions=(Occasion(day, order),) if event in records else (),
    )


def reasoned(
    rulebase: Rulebase, *findings: Finding
) -> tuple[dict[str, Holder], tuple[Purchase, ...]]:
    found = infer(findings, rulebase, TODAY)
    return {holder.id: holder for holder in found.holders}, found.purchases


SIX = {
    "visit": finding("zalando", "visit", "visit", "zalando.no"),
    "cookie": finding("criteo", "cookie", "cookie", "shop.example"),
    "installed app": finding("zalando", "app", "installed", "com.zalando"),
    "received mail": finding("zalando", "mail", "mailed", "zalando.no"),
    "receipt": finding("zalando", "mail", "purchase", "zalando.no"),
    "transfer": finding("meta", "request", "purchase", "shop.example", carried=("amount",)),
}


def test_six_kinds_of_evidence_lead_to_six_tiers_and_six_sentences(rulebase: Rulebase) -> None:
    tiers, sentences = {}, {}
    for name, one in SIX.items():
        holders, _ = reasoned(rulebase, one)
        holder = holders[one.org]
        tiers[name] = holder.tier
        sentences[name] = holder.claims[0].because
    assert tiers == {
        "visit": "visit",
        "cookie": "presence",
        "installed app": "account",
        "received mail": "mailing",
        "receipt": "transaction",
        "transfer": "transfer",
    }
    assert len(set(sentences.values())) == 6


def test_stronger_evidence_is_likelier(rulebase: Rulebase) -> None:
    chances = [
        reasoned(rulebase, SIX[name])[0][SIX[name].org].likelihood.mid
        for name in ("receipt", "transfer", "installed app", "received mail", "cookie", "visit")
    ]
    assert chances == sorted(chances, reverse=True)


def test_every_inference_has_a_sentence() -> None:
    for inference in INFERENCES:
        sentence = (inference.__doc__ or "").strip()
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_no_evidence_no_holder(rulebase: Rulebase) -> None:
    assert infer((), rulebase, TODAY) == ((), (), ())


def test_a_tracker_at_a_shop_weighs_more_than_elsewhere(rulebase: Rulebase) -> None:
    order = finding("site:shop.example", "visit", "purchase", "shop.example")
    at_shop, _ = reasoned(rulebase, order, finding("criteo", "cookie", "cookie", "shop.example"))
    elsewhere, _ = reasoned(rulebase, finding("criteo", "cookie", "cookie", "news.example"))
    assert at_shop["criteo"].likelihood.mid > elsewhere["criteo"].likelihood.mid
    assert at_shop["criteo"].tier == elsewhere["criteo"].tier == "presence"


def test_contact_on_an_order_page_is_its_own_tier(rulebase: Rulebase) -> None:
    one = finding("tiktok", "request", "contact", "shop.example", during="purchase")
    assert reasoned(rulebase, one)[0]["tiktok"].tier == "checkout-contact"


def test_a_product_view_with_a_value_is_no_transfer_of_a_purchase(rulebase: Rulebase) -> None:
    one = finding("meta", "request", "cart", "shop.example", carried=("amount", "items"))
    assert reasoned(rulebase, one)[0]["meta"].tier == "presence"


def test_a_scrambled_address_is_a_transfer_wherever_it_happens(rulebase: Rulebase) -> None:
    one = finding("meta", "request", "contact", "news.example", carried=("email-hash",))
    assert reasoned(rulebase, one)[0]["meta"].tier == "transfer"


def test_sending_to_oneself_is_no_transfer(rulebase: Rulebase) -> None:
    one = finding("meta", "request", "purchase", "facebook.com", carried=("amount",))
    holders, _ = reasoned(rulebase, one)
    assert "meta" not in holders or holders["meta"].tier != "transfer"


def test_the_holders_own_export_confirms(rulebase: Rulebase) -> None:
    one = finding("site:shop.example", "visit", "purchase", "shop.example", holder="google")
    holders, purchases = reasoned(rulebase, one)
    assert holders["google"].likelihood.word == "confirmed"
    assert {sighting.org for sighting in purchases[0].seen_by} == {"google", "site:shop.example"}


def test_a_mail_platform_that_sent_the_receipt_had_it(rulebase: Rulebase) -> None:
    receipt = finding("sendgrid", "mail", "sent-through", "shop.example", during="purchase")
    news = finding("sendgrid", "mail", "sent-through", "shop.example")
    assert reasoned(rulebase, receipt)[0]["sendgrid"].tier == "transaction"
    assert reasoned(rulebase, news)[0]["sendgrid"].tier == "presence"


def test_a_newsletter_seen_from_all_sides_is_still_only_a_newsletter(rulebase: Rulebase) -> None:
    shop = finding("site:shop.example", "mail", "purchase", "shop.example")
    sides = [
        finding("intuit-mailchimp", channel, event, "shop.example")
        for channel, event in (
            ("mail", "sent-through"),
            ("link", "mail-click"),
            ("image", "open"),
            ("visit", "mail-click"),
        )
    ]
    holders, _ = reasoned(rulebase, shop, *sides)
    assert holders["intuit-mailchimp"].likelihood.word == "unlikely"


def test_an_owner_is_a_second_hop_and_weaker(rulebase: Rulebase) -> None:
    holders, _ = reasoned(
        rulebase, finding("lidl", "app", "installed", "com.lidl", data=("loyalty",))
    )
    owner = rulebase.organisations["lidl"].parent
    assert owner is not None
    assert holders[owner.org].tier == "partner"
    assert holders[owner.org].claims[0].via == "lidl"
    assert holders[owner.org].likelihood.mid < holders["lidl"].likelihood.mid


def partnered(rulebase: Rulebase, since: str, until: str) -> Rulebase:
    source = Citation("https://example.org/report", "2026-01-01")
    one = Partnership("zalando", "criteo", "retail media", ("purchase",), source, since, until)
    return msgspec.structs.replace(rulebase, partnerships=(one,))


@pytest.mark.parametrize(
    ("since", "until", "valid"),
    [
        ("2020", "", True),
        ("2026-10", "", True),
        ("2026-10-04", "", False),
        ("2020", "2026", True),
        ("2020", "2026-09", False),
        ("", "2025-12-31", False),
    ],
)
def test_a_partnership_counts_only_while_it_is_in_force(
    rulebase: Rulebase, since: str, until: str, valid: bool
) -> None:
    holders, _ = reasoned(partnered(rulebase, since, until), SIX["receipt"])
    assert ("criteo" in holders) is valid


@pytest.mark.parametrize(
    ("region", "residence", "followed"),
    [
        ("", "", True),
        ("NO SE", "NO", True),
        ("EU", "DE", True),
        ("US", "US-CA", True),
        ("US", "NO", False),
        ("US", "", False),
    ],
)
def test_a_partnership_concerns_only_those_who_live_there(
    rulebase: Rulebase, region: str, residence: str, followed: bool
) -> None:
    base = partnered(rulebase, "2020", "")
    one = msgspec.structs.replace(base.partnerships[0], region=region)
    base = msgspec.structs.replace(base, partnerships=(one,))
    found = infer((SIX["receipt"],), base, TODAY, residence)
    assert ("criteo" in {holder.id for holder in found.holders}) is followed


def test_a_partnership_without_purchase_data_is_not_followed(rulebase: Rulebase) -> None:
    base = partnered(rulebase, "2020", "")
    one = msgspec.structs.replace(base.partnerships[0], data=("email",))
    base = msgspec.structs.replace(base, partnerships=(one,))
    assert "criteo" not in reasoned(base, SIX["receipt"])[0]


def test_a_partner_of_a_mere_visit_is_not_followed(rulebase: Rulebase) -> None:
    holders, _ = reasoned(partnered(rulebase, "2020", ""), SIX["visit"])
    assert "criteo" not in holders


def test_one_purchase_seen_from_four_sides_is_one_row(rulebase: Rulebase) -> None:
    shop = "site:shop.example"
    _, purchases = reasoned(
        rulebase,
        finding(shop, "visit", "purchase", "shop.example"),
        finding(shop, "mail", "purchase", "shop.example", order=7),
        finding("meta", "request", "purchase", "shop.example", carried=("amount",), order=7),
        finding("stripe", "visit", "payment", "stripe.com"),
        finding("tiktok", "request", "contact", "shop.example", during="purchase"),
    )
    assert len(purchases) == 1
    assert {(one.org, one.tier) for one in purchases[0].seen_by} == {
        (shop, "transaction"),
        ("meta", "transfer"),
        ("stripe", "transaction"),
        ("tiktok", "checkout-contact"),
    }


def test_two_orders_on_one_day_are_two_rows(rulebase: Rulebase) -> None:
    shop = "site:shop.example"
    one = finding(shop, "mail", "purchase", "shop.example", order=1)
    both = msgspec.structs.replace(one, occasions=(Occasion(DAY, 1), Occasion(DAY, 2)))
    assert len(reasoned(rulebase, both)[1]) == 2


def test_the_same_order_number_joins_a_mail_of_weeks_later(rulebase: Rulebase) -> None:
    shop = "site:shop.example"
    later = DAY + dt.timedelta(days=30)
    _, purchases = reasoned(
        rulebase,
        finding(shop, "mail", "purchase", "shop.example", order=1),
        finding(shop, "mail", "refund", "shop.example", order=1, day=later),
    )
    assert len(purchases) == 1


def test_a_payment_without_a_shop_is_a_row_with_the_shop_unknown(rulebase: Rulebase) -> None:
    _, purchases = reasoned(rulebase, finding("stripe", "visit", "payment", "stripe.com"))
    assert purchases[0].merchant == ""
    assert [one.org for one in purchases[0].seen_by] == ["stripe"]


def test_a_parcel_alone_is_no_purchase(rulebase: Rulebase) -> None:
    one = finding("site:carrier.example", "mail", "delivery", "carrier.example")
    assert reasoned(rulebase, one)[1] == ()


def test_a_platform_without_a_say_about_purchases_is_no_holder(rulebase: Rulebase) -> None:
    silent = [
        org.id
        for org in rulebase.organisations.values()
        if org.roles and all(rulebase.vocabulary.roles[role].silent for role in org.roles)
    ]
    for org in silent[:3]:
        holders, _ = reasoned(rulebase, finding(org, "request", "contact", "shop.example"))
        assert holders == {}
