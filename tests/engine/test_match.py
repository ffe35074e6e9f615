"""Which signals fire, on whom they point, and what around them is noticed."""

from __future__ import annotations

import pytest

from dataexposure.engine.fold import fold
from dataexposure.engine.match import Matcher
from dataexposure.knowledge import Rulebase
from dataexposure.model import Finding, Locator, Observation

AT = Locator("test", "sample", "entry:1")
THANKS = "https://shop.example/checkout/thank-you"
PIXEL = "https://www.facebook.com/tr/?id=1&ev="


@pytest.fixture(scope="module")
def matcher(rulebase: Rulebase) -> Matcher:
    return Matcher(rulebase)


def page(url: str) -> Observation:
    return Observation("visit", {"url": (url,)}, AT)


def request(url: str, on: str, party: str = "shop.example") -> Observation:
    return Observation("request", {"url": (url,)}, AT, party=party, context=page(on))


def found(matcher: Matcher, *observations: Observation) -> dict[str, Finding]:
    return {finding.signal: finding for finding in fold(observations, matcher)}


def test_an_order_page_of_an_unknown_shop_points_at_that_site(matcher: Matcher) -> None:
    finding = found(matcher, page(THANKS))["generic/order-done-at-checkout:purchase"]
    assert finding.org == "site:shop.example"
    assert finding.party == "shop.example"


def test_an_order_page_shape_is_not_believed_of_a_company_that_sells_nothing(
    matcher: Matcher,
) -> None:
    fired = found(matcher, page("https://www.criteo.com/checkout/thank-you"))
    assert not any(signal.startswith("generic/") for signal in fired)


def test_a_url_that_only_carries_an_order_page_shows_no_purchase(matcher: Matcher) -> None:
    url = "https://login.example/?next=https%3A%2F%2Fshop.example%2Fcheckout%2Fthank-you"
    assert found(matcher, page(url)) == {}


def test_a_redirect_to_a_known_shop_shows_a_visit_there(matcher: Matcher) -> None:
    url = "https://r.example/?url=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB000"
    assert any(finding.org == "amazon" for finding in found(matcher, page(url)).values())


def test_the_page_around_a_request_makes_its_setting(matcher: Matcher) -> None:
    on_order = found(matcher, request(PIXEL + "PageView", THANKS)).values()
    on_product = found(matcher, request(PIXEL + "PageView", "https://shop.example/p")).values()
    assert {finding.during for finding in on_order} == {"purchase"}
    assert {finding.during for finding in on_product} == {""}


def test_carried_data_is_named_and_never_kept(matcher: Matcher) -> None:
    url = PIXEL + "Purchase&cd%5Bvalue%5D=1299.00&cd%5Border_id%5D=SECRET-1042"
    findings = found(matcher, request(url, THANKS))
    purchase = next(
        one for one in findings.values() if one.event == "purchase" and one.org == "meta"
    )
    assert {"amount", "order-number"} <= set(purchase.carried)
    assert "SECRET" not in repr(findings)
    assert "1299" not in repr(findings)


def test_an_organisations_own_page_is_not_a_third_party_contact(matcher: Matcher) -> None:
    own = request("https://www.facebook.com/ajax/x", "https://www.facebook.com/", "facebook.com")
    assert {finding.event for finding in found(matcher, own).values()} <= {"visit"}


def test_a_look_alike_host_does_not_fire(matcher: Matcher) -> None:
    for host in ("notfacebook.com", "facebook.com.evil.example", "facebook.community.example"):
        assert found(matcher, request(f"https://{host}/tr/?ev=Purchase", THANKS)) == {}


def test_equal_hits_are_folded_with_at_most_three_places(matcher: Matcher) -> None:
    visits = [
        Observation("visit", {"url": (THANKS,)}, Locator("test", "f", f"urls:{n}"), count=2)
        for n in range(5)
    ]
    finding = found(matcher, *visits)["generic/order-done-at-checkout:purchase"]
    assert finding.count == 10
    assert len(finding.evidence) == 3


def test_the_same_order_seen_twice_has_one_number(matcher: Matcher) -> None:
    url = PIXEL + "Purchase&cd%5Bvalue%5D=1&cd%5Border_id%5D="
    first = request(url + "A-1", THANKS)
    other = request(url + "A-2", THANKS)
    findings = found(matcher, first, first, other)
    purchase = next(
        one for one in findings.values() if one.event == "purchase" and one.org == "meta"
    )
    assert [occasion.order for occasion in purchase.occasions] == [1, 2]


def test_a_first_party_cookie_is_the_vendors_on_that_site(matcher: Matcher) -> None:
    cookie = Observation("cookie", {"name": ("_fbp",), "host": (".shop.example",)}, AT)
    finding = next(iter(found(matcher, cookie).values()))
    assert (finding.org, finding.party) == ("meta", "shop.example")


def test_fbid_is_a_photo_and_no_click(matcher: Matcher) -> None:
    photo = page("https://www.facebook.com/photo.php?fbid=10150146071791729")
    assert {finding.event for finding in found(matcher, photo).values()} == {"visit"}


@pytest.mark.parametrize(
    "host",
    ["shop.example\\private", "shop.example private", "shop.example%2Fprivate", "a@b.example"],
)
def test_what_is_no_host_is_never_named(matcher: Matcher, host: str) -> None:
    jar = Observation("cookie", {"name": ("_fbp",), "host": (host,)}, AT)
    everything = (page(f"https://{host}/checkout/thank-you"), jar, request(PIXEL, THANKS, host))
    for finding in fold(everything, matcher):
        assert "private" not in finding.party + finding.org
        assert "@" not in finding.party + finding.org
