"""The sieve may say yes too often, never no wrongly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dataexposure.engine.match import Matcher
from dataexposure.engine.sieve import Sieve
from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.rulebase import selftest
from dataexposure.rulebase.load import Loaded

AT = Locator("test", "sample")


_made: dict[int, tuple[Sieve, Matcher]] = {}


def both(rulebase: Rulebase) -> tuple[Sieve, Matcher]:
    if id(rulebase) not in _made:
        _made[id(rulebase)] = (Sieve(rulebase), Matcher(rulebase))
    return _made[id(rulebase)]


def test_every_url_of_the_rules_own_tests_that_fires_passes(loaded: Loaded) -> None:
    sieve, matcher = both(loaded.rulebase)
    checked = 0
    for case in loaded.cases:
        observation = selftest.observation(case)
        if case.channel in ("visit", "link", "image", "request") and not case.email:
            url = observation.facts["url"][0]
            if case.fires and matcher.fire(observation) and observation.facts.keys() == {"url"}:
                checked += 1
                assert sieve.url(url), url
    assert checked > 100


WORDS = st.sampled_from(
    (
        "checkout",
        "Thank-You",
        "order-confirmation.html",
        "kasse",
        "tr",
        "products",
        "a b",
        "",
        "collect",
    )
)
HOSTS = st.sampled_from(
    ("shop.example", "WWW.Facebook.com:443", "u:p@stripe.com", "notstripe.com", "x.criteo.com", "a")
)
QUERIES = st.sampled_from(
    (
        "",
        "?gclid=1",
        "?a=b&GCLID=1",
        "?u=https%3A%2F%2Fwww.facebook.com%2Ftr",
        "?order=1",
        "#thank-you",
        "?x=/a/b",
    )
)


@given(HOSTS, st.lists(WORDS, max_size=4), QUERIES)
def test_the_sieve_never_holds_back_what_would_fire(
    rulebase: Rulebase, host: str, words: list[str], query: str
) -> None:
    sieve, matcher = both(rulebase)
    url = f"https://{host}/{'/'.join(words)}{query}"
    if matcher.fire(Observation("visit", {"url": (url,)}, AT)):
        assert sieve.url(url)
