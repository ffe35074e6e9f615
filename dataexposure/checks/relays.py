"""Checks on vendors that hide behind the site's own hosts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dataexposure.checks.evidence import Visits, issue, parts, purchase_data, standing
from dataexposure.checks.matching import OWN, matches
from dataexposure.policy import Issue, Policy
from dataexposure.website import DISGUISED, OWN_HOST, Recipient

_TAGGING: Final = "tag-manager"


def no_disguised_hosts(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for hosts of the site that are another name for somebody else's; hosts in detail."""
    for visit in standing(visits):
        for one in visit.recipients:
            if one.relation == DISGUISED:
                yield issue("no-disguised-hosts", visit, policy, one.org, detail=parts(one.hosts))


def no_first_party_relay(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for tracking or purchase data in another's format at the site's own hosts.

    The detail names the hosts that pass it on. Software that the policy allows on the site's
    own hosts (`own:matomo`) does not count.
    """
    hosted = tuple(one.id for one in policy.allowed if one.id.startswith(OWN))
    for visit in standing(visits):
        for one in visit.recipients:
            if one.relation != OWN_HOST or any(matches(one, name) for name in hosted):
                continue
            if one.tracking or purchase_data(one, policy):
                yield issue("no-first-party-relay", visit, policy, one.org, detail=parts(one.hosts))


def no_server_side_tagging(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for hints of a tag manager on the site's own hosts; the detail names them."""
    for visit in standing(visits):
        for one in visit.recipients:
            if one.relation == OWN_HOST and _tags(one):
                yield issue(
                    "no-server-side-tagging", visit, policy, one.org, detail=parts(one.hosts)
                )


def _tags(recipient: Recipient) -> bool:
    """Say whether a recipient runs tags: by its trade, or by a rule of its tag manager."""
    return _TAGGING in recipient.roles or any(_TAGGING in one.signal for one in recipient.sent)
