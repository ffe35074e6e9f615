"""What a recipient counts as on a website: tracking, functional, session replay, sharing.

Wrong is worse than missing: an organisation of many trades counts as tracking only where the
host, or what it was sent, is known to be that.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from dataexposure.knowledge import Rulebase

TRACKED: Final = frozenset({"purchase", "checkout", "cart", "identity"})
"""Events by which a shop tells somebody what a visitor does."""

_FOLLOWING: Final = frozenset({"tracking", "measuring", "replay"})
"""Purposes of a host that count as tracking; of these only `tracking` is for advertising."""


class Standing(NamedTuple):
    """The verdict on a recipient; `tracking` says why (`event`, `host`, `roles`) or is empty.

    `hosts` are those that it counts as tracking for.
    """

    tracking: str = ""
    functional: bool = False
    replay: bool = False
    sharing: bool = False
    hosts: tuple[str, ...] = ()


def standing(
    rulebase: Rulebase,
    org: str,
    hosts: Collection[str],
    events: Collection[str],
    *,
    relayed: bool = False,
) -> Standing:
    """Judge an organisation by the hosts at which it was met and the events it was sent.

    `relayed` says that it was met on the site's own hosts, by the shape of its requests.
    """
    table = rulebase.website
    known = rulebase.organisations.get(org)
    roles = frozenset(known.roles if known else ())
    by_host = {host: purpose(rulebase, host) for host in hosts}
    purposes = set(by_host.values())
    in_trade = bool(roles & table.tracking)
    functional = purposes == {"functional"} or (
        bool(roles & table.functional) and not in_trade and not purposes & _FOLLOWING
    )
    told = bool(TRACKED.intersection(events)) or (relayed and set(events) - {"asset"})
    tracking = ""
    if functional:
        tracking = ""
    elif not relayed and purposes & _FOLLOWING:
        tracking = "host"
    elif in_trade and told:
        tracking = "event"
    elif roles and roles <= table.tracking and set(events) != {"asset"} and not relayed:
        tracking = "roles"
    replay = "replay" in purposes or (
        "session-replay" in roles and roles <= table.tracking and bool(tracking)
    )
    measured = tracking == "host" and "tracking" not in purposes
    sharing = bool(tracking) and bool(roles & table.sharing) and not measured
    meant = _FOLLOWING if tracking == "host" else {*_FOLLOWING, ""}
    following = tuple(sorted(host for host, use in by_host.items() if tracking and use in meant))
    return Standing(tracking, functional, replay, sharing, following)


def purpose(rulebase: Rulebase, host: str) -> str:
    """Say what a host, or the nearest domain above it that is listed, is for; or nothing."""
    while host:
        if found := rulebase.website.hosts.get(host):
            return found
        host = host.partition(".")[2]
    return ""
