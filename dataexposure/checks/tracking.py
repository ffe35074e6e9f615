"""Checks on who follows the visitor, by what the visitor chose."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure import urls
from dataexposure.checks.evidence import Visits, issue, met, parts, standing
from dataexposure.policy import Issue, Policy
from dataexposure.website import Called, Kept, Stored, Visit


def no_tracking_before_consent(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for tracking recipients before any choice; the detail names their hosts."""
    yield from _tracking("no-tracking-before-consent", "none", visits, policy)


def no_tracking_after_reject(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for tracking recipients after all was rejected; the detail names their hosts."""
    yield from _tracking("no-tracking-after-reject", "reject", visits, policy)


def _tracking(check: str, state: str, visits: Visits, policy: Policy) -> Iterator[Issue]:
    for visit in standing(visits, state):
        for one in met(visit):
            if one.tracking:
                yield issue(check, visit, policy, one.org, detail=parts(one.tracking_hosts))


def no_tracking_storage_before_consent(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for tracking marks that are kept before a choice or after rejection.

    The data is the name of the cookie or key, the detail the host that it belongs to.
    """
    for visit in standing(visits, "none", "reject"):
        marks: tuple[Kept | Stored, ...] = (*visit.cookies, *visit.storage)
        for mark in marks:
            if mark.tracking:
                yield issue(
                    "no-tracking-storage-before-consent",
                    visit,
                    policy,
                    mark.org,
                    mark.name,
                    mark.host.lstrip("."),
                )


def gpc_honoured(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for tracking recipients that sharing with counts as sale, while GPC is sent."""
    for visit in standing(visits, "gpc"):
        for one in met(visit):
            if one.sharing and one.tracking:
                yield issue(
                    "gpc-honoured", visit, policy, one.org, detail=parts(one.tracking_hosts)
                )


def no_session_replay(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for services that record what visitors do, in any state, also in code only."""
    for visit in standing(visits):
        for one in visit.recipients:
            if one.replay:
                yield issue("no-session-replay", visit, policy, one.org, detail=parts(one.hosts))


def no_fingerprinting(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for browser calls that tell browsers apart, more often than is usual.

    The organisation is the script's, empty for the site's own; the data is the call, the
    detail the script's host.
    """
    for visit in standing(visits):
        for called in visit.calls:
            org = _author(visit, called)
            yield issue("no-fingerprinting", visit, policy, org, called.call, called.host)


def _author(visit: Visit, called: Called) -> str:
    for recipient in visit.recipients:
        if called.host in recipient.hosts:
            return recipient.org
    domain = urls.registrable(called.host)
    own = urls.registrable(urls.split(visit.page).host)
    return f"site:{domain}" if domain and own and domain != own else ""
