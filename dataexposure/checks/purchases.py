"""Checks on who is told of a purchase."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.checks.evidence import Visits, issue, met, parts, purchase_data, standing
from dataexposure.policy import Issue, Policy
from dataexposure.website import WRITTEN


def no_purchase_data_before_consent(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for purchase data sent to others before any choice.

    The data is `purchase`, the detail the kinds that were sent (`amount, items`). Recipients
    without which the shop does not work, and those that the policy allows it, do not count.
    """
    yield from _told("no-purchase-data-before-consent", "none", visits, policy)


def no_purchase_data_after_reject(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for purchase data sent to others after all was rejected; else as before a choice."""
    yield from _told("no-purchase-data-after-reject", "reject", visits, policy)


def _told(check: str, state: str, visits: Visits, policy: Policy) -> Iterator[Issue]:
    for visit in standing(visits, state):
        for one in met(visit):
            if told := purchase_data(one, policy):
                yield issue(check, visit, policy, one.org, "purchase", parts(told))


def no_purchase_tags(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for code in a page that would report a purchase; the detail names its rules."""
    for visit in standing(visits):
        for one in visit.recipients:
            tags = [sent.signal for sent in one.sent if sent.event == "purchase"]
            if one.relation == WRITTEN and tags:
                yield issue("no-purchase-tags", visit, policy, one.org, detail=parts(tags))
