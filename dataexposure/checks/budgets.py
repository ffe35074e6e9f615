"""The upper bounds of a policy: third parties, cookies, vendors that were not there before.

Bounds hold for each page in each state on its own; of several runs the worst counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from dataexposure.checks.addresses import place
from dataexposure.checks.evidence import Visits, standing
from dataexposure.checks.matching import named
from dataexposure.policy import Issue, Policy
from dataexposure.website import STATES, STATIC, WRITTEN, Visit

THIRD_PARTIES: Final = "third-parties"
COOKIES: Final = "cookies"
NEW_VENDORS: Final = "new-vendors"
BUDGETS: Final = (THIRD_PARTIES, COOKIES, NEW_VENDORS)
NAMES: Final = tuple(
    name for base in BUDGETS for name in (base, *(f"{base}-{state}" for state in STATES))
)
"""Every budget that a policy can set."""


def scope(name: str) -> tuple[str, str]:
    """Split a budget's name into what it counts and the state it holds for, or no state."""
    for base in BUDGETS:
        if name.startswith(base):
            return base, name.removeprefix(base).removeprefix("-")
    return name, ""


def budget(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for pages with more third parties or cookies than the policy's budgets.

    The data is the budget's name, the detail the worst number and the bound (`14 > 12`).
    New vendors are looked for with the baseline, see `new_vendors`.
    """
    for name, bound in policy.budgets.items():
        base, state = scope(name)
        if base == NEW_VENDORS:
            continue
        worst: dict[tuple[str, str], int] = {}
        for visit in standing(visits, *filter(None, (state,))):
            key = (place(visit, policy.site), visit.state)
            worst[key] = max(count(base, visit), worst.get(key, 0))
        for (page, seen_in), number in worst.items():
            if number > bound:
                yield Issue("budget", "", page, seen_in, "", name, f"{number} > {bound}")


def count(base: str, visit: Visit) -> int:
    """Count what a budget is about: cookies, or organisations other than the site's."""
    if base == COOKIES:
        return len({(kept.name, kept.host) for kept in visit.cookies})
    return len(
        {one.org for one in visit.recipients if one.relation != WRITTEN or visit.depth == STATIC}
    )


def new_vendors(visits: Visits, policy: Policy, known: Collection[str]) -> Iterator[Issue]:
    """Look for more vendors than the budget that nobody has seen or named before.

    New is who is neither in the baseline (`known`) nor allowed or declared. Each is an issue
    of its own, so that to accept one does not let in the next.
    """
    for name, bound in policy.budgets.items():
        base, state = scope(name)
        if base != NEW_VENDORS:
            continue
        found = {
            one.org
            for visit in standing(visits, *filter(None, (state,)))
            for one in visit.recipients
            if one.org not in known and not named(one, policy)
        }
        if len(found) > bound:
            for org in sorted(found):
                yield Issue("budget", "", "", state, org, name, f"{len(found)} > {bound}")
