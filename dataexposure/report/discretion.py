"""Whom a redacted report may name: those that the report is about, and no shop.

A tracker, a broker or a mail platform is named, because it is met on any site and says
nothing about the person. A shop, bank, newspaper or authority is not, and nobody whom only a
list of somebody else describes. What is unknown is never named.
"""

from __future__ import annotations

import re
from typing import Final

from dataexposure.knowledge import Words
from dataexposure.report.style import SITE

_NAMED: Final = frozenset(
    {
        "account-aggregator",
        "advertising",
        "affiliate-network",
        "analytics",
        "app-sdk",
        "attribution",
        "call-tracking",
        "card-linked-offers",
        "card-network",
        "consent-platform",
        "content-delivery",
        "crm",
        "customer-data-platform",
        "customer-support",
        "data-broker",
        "delivery",
        "digital-receipts",
        "fraud-prevention",
        "identity-resolution",
        "location-data",
        "mail-platform",
        "mailbox-provider",
        "marketing-automation",
        "measurement-panel",
        "payment-processor",
        "point-of-sale",
        "post-purchase",
        "receipt-panel",
        "retargeting",
        "returns",
        "review",
        "search-engine",
        "session-replay",
        "shop-platform",
        "social-login",
        "social-platform",
        "strong-authentication",
        "subscription-billing",
        "tag-manager",
        "wallet",
    }
)
"""Main roles that are met anywhere. A role that is not here is not named."""

# Health, sexuality, debt, gambling, intoxicants, faith, politics: a name or domain with one of
# these says what the site around it was about. Too many are better than too few.
_ANYWHERE: Final = (
    "adult|apotek|apothe|cancer|cannab|casino|christ|clinic|church|dating|democrat|diabet|erotic|"
    "escort|faith|fertil|gambl|health|hospital|islam|jasmin|lesbian|lotter|medic|mortgage|muslim|"
    "nude|patient|payday|pharm|poker|polit|porn|queer|republic|sex|tobacco|xxx"
)
_WHOLE_WORD: Final = "abortion|bet|bible|bingo|cams?|debt|drugs?|ero|gay|hiv|loans?|match|vape"
_TELLING: Final = re.compile(
    rf"{_ANYWHERE}|\bbet(?=\d|s)|sportsbet|\b(?:{_WHOLE_WORD})\b", re.IGNORECASE
)
_TELLING_IDS: Final = frozenset(
    {
        "aemediatraffic",
        "babylist",
        "bet365",
        "city-hive",
        "crakmedia-network",
        "docler-ip",
        "dutchie",
        "exoclick",
        "fonbet",
        "juicyads",
        "mamba",
        "one-wed",
        "trafficfactory",
        "trafficforce",
        "traffichaus",
        "traffichunt",
        "trafficjunky",
        "trafficstars",
        "yesup",
    }
)
"""Trackers and shop platforms of one delicate trade, whose names do not say so."""


def is_hidden(org: str, words: Words) -> bool:
    """Say whether a redacted report must not name an organisation or site."""
    known = words.organisations.get(org)
    if known is None or org.startswith(SITE):
        return True
    roles = words.vocabulary.roles
    return (
        bool(known.origin)
        or known.roles[0] not in _NAMED
        or any(roles[role].sells for role in known.roles if role in roles)
        or org in _TELLING_IDS
        or is_telling(" ".join((org, known.name, *known.domains)))
    )


def is_telling(name: str) -> bool:
    """Say whether a name gives away what a site is about that most keep to themselves."""
    return _TELLING.search(name) is not None


def claimed(party: str, words: Words) -> tuple[str, str]:
    """Give the organisation and its domain that a party's domain belongs to; empty when none."""
    domain = party.lower()
    while domain:
        if owner := words.domains.get(domain):
            return owner, domain
        domain = domain.partition(".")[2]
    return "", ""
