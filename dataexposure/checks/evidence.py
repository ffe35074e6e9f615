"""What several checks look at: visits that count, recipients that were sent something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dataexposure.checks.addresses import place
from dataexposure.checks.matching import granted
from dataexposure.policy import Issue, Policy
from dataexposure.website import PARTIAL, WRITTEN, Recipient, Visit

PURCHASE: Final = frozenset({"purchase", "items", "amount", "order-number"})
"""Data categories that tell of a purchase on a website."""

PLANTED: Final = {"product": "items", "price": "amount", "order": "order-number"}
"""What category a planted value of the shop belongs to."""

SEPARATOR: Final = ", "
"""Between the parts of a detail."""

Visits = tuple[Visit, ...]


def standing(visits: Visits, *states: str) -> Iterator[Visit]:
    """Give the visits that may be held against the site, of some states or of all."""
    return (visit for visit in visits if visit.stands and (not states or visit.state in states))


def asking(visits: Visits) -> Iterator[Visit]:
    """Give the visits from which a consent question can be judged.

    That a control was not found does not make untrue what the question showed.
    """
    tolerable = PARTIAL | {"no-control"}
    return (visit for visit in visits if tolerable.issuperset(visit.inconclusive))


def met(visit: Visit) -> Iterator[Recipient]:
    """Give the recipients that something was sent to, not merely written for in the page."""
    return (recipient for recipient in visit.recipients if recipient.relation != WRITTEN)


def purchase_data(recipient: Recipient, policy: Policy) -> frozenset[str]:
    """Give what a recipient was told of a purchase and is neither needed for nor allowed."""
    if recipient.functional:
        return frozenset()
    allowed = granted(recipient, policy)
    told = {PLANTED[leak.kind] for leak in recipient.leaks if leak.kind in PLANTED}
    for sent in recipient.sent:
        told.update(PURCHASE.intersection(sent.carried))
        told.update(PURCHASE.intersection(category for category, _ in sent.values))
        if sent.event == "purchase":
            told.add("purchase")
    return frozenset() if "purchase" in allowed else frozenset(told - allowed)


def parts(texts: Iterable[str]) -> str:
    """Join the parts of a detail, each once, in order."""
    return SEPARATOR.join(sorted(set(texts)))


def issue(
    check: str, visit: Visit, policy: Policy, org: str = "", data: str = "", detail: str = ""
) -> Issue:
    """Make an issue of a page in a state; the judge sets its level."""
    return Issue(check, "", place(visit, policy.site), visit.state, org, data, detail)


def page_issue(
    check: str, visit: Visit, policy: Policy, org: str = "", data: str = "", detail: str = ""
) -> Issue:
    """Make an issue of a page, whatever the state."""
    return Issue(check, "", place(visit, policy.site), "", org, data, detail)
