"""Checks of who is met against whom the policy names."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.checks.evidence import Visits, issue, parts, standing
from dataexposure.checks.matching import ROLE, covers, matches, named
from dataexposure.policy import Issue, Policy
from dataexposure.website import Recipient


def undeclared_vendor(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for recipients that the policy neither allows nor declares, also in code only.

    The detail names their hosts.
    """
    for visit in standing(visits):
        for one in visit.recipients:
            if not named(one, policy):
                yield issue("undeclared-vendor", visit, policy, one.org, detail=parts(one.hosts))


def forbidden_vendor(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for recipients that the policy forbids, also in code only.

    The detail says by what: an id, a role or a domain. Who is allowed by name is not
    forbidden by a role.
    """
    for visit in standing(visits):
        for one in visit.recipients:
            if by := [name for name in policy.forbidden if _forbids(one, name, policy)]:
                yield issue("forbidden-vendor", visit, policy, one.org, detail=parts(by))


def _forbids(recipient: Recipient, name: str, policy: Policy) -> bool:
    if not matches(recipient, name):
        return False
    by_name = (one.id for one in policy.allowed if not one.id.startswith(ROLE))
    return not (name.startswith(ROLE) and covers(recipient, by_name))


def declared_not_observed(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for declared vendors that were met on no page in no state, nor in code."""
    looked = tuple(standing(visits))
    recipients = tuple(one for visit in looked for one in visit.recipients)
    for name in policy.declared or ():
        if looked and not any(matches(one, name) for one in recipients):
            yield Issue("declared-not-observed", "", org=name)
