"""Whether a recipient is one that a policy names.

A policy names an organisation by its id or its parent's, by a role (`role:data-broker`), by a
domain (`hotjar.com`, or `site:hotjar.com` as for one that the rules do not know), or with
`own:` an organisation whose software runs on the site's own hosts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dataexposure.policy import Policy
from dataexposure.website import OWN_HOST, Recipient

ROLE: Final = "role:"
OWN: Final = "own:"
SITE: Final = "site:"
_REPLAY: Final = "session-replay"
_REPLAY_TRADE: Final = frozenset({_REPLAY, "analytics"})


def matches(recipient: Recipient, name: str) -> bool:
    """Say whether a name means a recipient, or any host at which it was met."""
    return _is(recipient, name) or any(_within(host, name) for host in recipient.hosts)


def covers(recipient: Recipient, names: Iterable[str]) -> bool:
    """Say whether names mean a recipient as a whole: itself, or all hosts where it was met."""
    given = tuple(names)
    if any(_is(recipient, name) for name in given):
        return True
    return bool(recipient.hosts) and all(
        any(_within(host, name) for name in given) for host in recipient.hosts
    )


def named(recipient: Recipient, policy: Policy) -> bool:
    """Say whether a policy allows or declares a recipient."""
    return covers(recipient, (*(one.id for one in policy.allowed), *(policy.declared or ())))


def granted(recipient: Recipient, policy: Policy) -> frozenset[str]:
    """Give the data that a policy allows a recipient to be sent."""
    return frozenset(
        kind for one in policy.allowed if covers(recipient, (one.id,)) for kind in one.data
    )


def _is(recipient: Recipient, name: str) -> bool:
    if name.startswith(ROLE):
        return _has(recipient, name.removeprefix(ROLE))
    if name.startswith(OWN):
        ids = (recipient.org, recipient.parent)
        return recipient.relation == OWN_HOST and name.removeprefix(OWN) in ids
    return bool(name) and name in (
        recipient.org,
        recipient.parent,
        recipient.org.removeprefix(SITE),
    )


def _has(recipient: Recipient, role: str) -> bool:
    """Say whether a recipient has a role.

    That an organisation of many trades has a session replay product does not mean that it
    was used: there what was met decides.
    """
    if role == _REPLAY:
        trade = role in recipient.roles and _REPLAY_TRADE.issuperset(recipient.roles)
        return recipient.replay or trade
    return role in recipient.roles


def _within(host: str, name: str) -> bool:
    domain = name.removeprefix(SITE)
    return "." in domain and (host == domain or host.endswith(f".{domain}"))
