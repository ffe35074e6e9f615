"""DuckDuckGo's web tracker blocklist, `tds.json`.

Format: `trackers` maps a domain to its owner (`name`, `displayName`, `url`,
`privacyPolicy`), `default` (`block` or `ignore`) and `categories`; `entities`, `domains` and
`cnames` stand beside it. Source: web/README.md of the public repository
duckduckgo/tracker-blocklists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "duckduckgo-tds"
NAME: Final = "DuckDuckGo Tracker Blocklist"
HOME: Final = "https://github.com/duckduckgo/tracker-blocklists"
LICENCE: Final = "CC BY-NC-SA 4.0"
ASKS: Final = N_(
    "Use it for non-commercial purposes only; if you pass it or anything made from it on, "
    "name the source and keep the same licence."
)

_ROLES: Final[Mapping[str, str]] = {
    "Action Pixels": "analytics",
    "Ad Fraud": "fraud-prevention",
    "Ad Motivated Tracking": "advertising",
    "Advertising": "advertising",
    "Analytics": "analytics",
    "Audience Measurement": "analytics",
    "CDN": gathering.SILENT,
    "Content Delivery": gathering.SILENT,
    "Federated Login": "social-login",
    "Online Payment": "payment-processor",
    "Session Replay": "session-replay",
    "Social Network": "social-platform",
    "Tag Manager": "tag-manager",
    "Third-Party Analytics Marketing": "analytics",
}


class _Owner(Struct, frozen=True, rename="camel"):
    name: str = ""
    display_name: str = ""
    url: str = ""
    privacy_policy: str = ""


class _Tracker(Struct, frozen=True):
    owner: _Owner
    categories: tuple[str, ...] = ()
    default: str = ""


def sniff(material: Material) -> bool:
    """Say whether the file has trackers, entities and domains."""
    return {"trackers", "entities", "domains"} <= set(material.top)


def read(material: Material) -> Copy:
    """Give one entry for each owner of tracker domains."""
    found = gathering.Gathering()
    trackers = msgspec.json.decode(material.top["trackers"], type=dict[str, msgspec.Raw])
    for domain, tracker in gathering.each(trackers, _Tracker):
        name = gathering.host(domain)
        if tracker is None or not name:
            found.left_out += 1
            continue
        owner = tracker.owner
        found.add(
            Entry(
                key=owner.name,
                name=gathering.name(owner.display_name or owner.name),
                roles=_roles(tracker),
                domains=(name,),
                website=gathering.page(owner.url),
                privacy=gathering.page(owner.privacy_policy),
            )
        )
    return found.copy()


def _roles(tracker: _Tracker) -> tuple[str, ...]:
    """Give the roles; who is always blocked measures at least, who is seldom may do anything."""
    named = {_ROLES[category] for category in tracker.categories if category in _ROLES}
    if not named and not tracker.categories and tracker.default == "block":
        return ("analytics",)
    return tuple(sorted(named - {gathering.SILENT}) or named)
