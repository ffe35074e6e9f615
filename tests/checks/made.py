"""Made-up visits, policies and checks for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from dataexposure.checks import CHECKS, Checking, named
from dataexposure.checks.baseline import Baseline
from dataexposure.checks.judge import ORDER, Verdict, judge
from dataexposure.errors import UsageError
from dataexposure.knowledge import Organisation
from dataexposure.policy import Check, Issue, Policy
from dataexposure.website import BROWSER, THIRD, Recipient, Sent, Visit

SITE = "https://shop.example"
DAY = dt.date(2026, 11, 21)

DEFAULTS = dict.fromkeys(ORDER, "warn") | {
    "no-tracking-before-consent": "error",
    "no-tracking-after-reject": "error",
    "no-tracking-storage-before-consent": "error",
    "no-purchase-data-before-consent": "error",
    "no-purchase-data-after-reject": "error",
    "no-contact-data-to-third-party": "error",
    "forbidden-vendor": "error",
    "budget": "error",
    "gpc-status-shown": "off",
    "declared-not-observed": "off",
    "no-server-side-tagging": "off",
    "undeclared-vendor": "off",
}
KNOWN = {name: Check(name, level, name, "{org}", "", "") for name, level in DEFAULTS.items()}
POLICY = Policy(site=SITE)

ORGS = ("google", "hotjar", "meta", "retargeting", "stripe", "youtube")
ROLES = ("advertising", "analytics", "payment-processor", "retargeting", "session-replay")
ORGANISATIONS = {
    name: Organisation(name, name.title(), ("analytics",)) for name in (*ORGS, "matomo")
}
ALL_ROLES = (*ROLES, "data-broker")


def who(org: str = "hotjar", **given: Any) -> Recipient:
    """A recipient, by default one that is merely met."""
    plain = Recipient(
        org=org,
        name=org.title(),
        parent="",
        roles=("analytics",),
        relation=THIRD,
        hosts=(f"in.{org.removeprefix('site:')}.example",),
        requests=1,
    )
    return structs.replace(plain, **given)


def tracker(org: str = "hotjar", **given: Any) -> Recipient:
    """A recipient that counts as tracking."""
    return who(org, **{"tracking": "host", **given})


def buyer(org: str = "meta", **given: Any) -> Recipient:
    """A recipient that was told of a purchase."""
    told = Sent("meta/pixel:purchase", "purchase", 1, ("amount",))
    return who(org, **{"sent": (told,), **given})


def visit(*recipients: Recipient, state: str = "none", page: str = "/", **given: Any) -> Visit:
    """A page of the site in a state."""
    plain = Visit(f"{SITE}{page}", state, BROWSER, 10, recipients)
    return structs.replace(plain, **given)


def raised(check: Checking, *visits: Visit, policy: Policy = POLICY) -> list[tuple[str, str, str]]:
    """What a check raises: the page, the organisation and the data of each issue."""
    found = [*check(visits, policy)]
    assert all(issue.check == named(check) and issue.level == "" for issue in found)
    assert check in CHECKS
    return [(issue.page, issue.org, issue.data) for issue in found]


def verdict(*visits: Visit, policy: Policy = POLICY, baseline: Baseline | None = None) -> Verdict:
    """The verdict of the day on visits."""
    return judge(visits, policy, KNOWN, DAY, baseline)


def ids(issues: tuple[Issue, ...]) -> list[str]:
    """The checks of issues, in order."""
    return [issue.check for issue in issues]


Reading = Callable[[str], Policy]
"""Reads a text as a policy file beside some flow files."""


def faults(reading: Reading, text: str) -> list[str]:
    """The lines of the message, without the file's name."""
    with pytest.raises(UsageError) as caught:
        reading(text)
    return [line.partition("dataexposure.yml:")[2] for line in str(caught.value).splitlines()]
