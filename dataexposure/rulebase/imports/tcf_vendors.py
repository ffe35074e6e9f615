"""The Global Vendor List of the IAB Europe Transparency & Consent Framework.

Format (`vendor-list.json`, specification versions 2 and 3): `vendorListVersion`,
`lastUpdated`, and `vendors` by number with `name`, `purposes`, `legIntPurposes`,
`policyUrl` (version 2) or `urls` with a `privacy` page for each language (version 3),
`deviceStorageDisclosureUrl` (a file that the vendor hosts) and `deletedDate`. Source:
"Consent string and vendor list formats" of the IAB Tech Lab.

The list names no domains. A domain counts as the vendor's own when both its privacy page and
its disclosure file lie there and no other vendor's do.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure import urls
from dataexposure.language import N_
from dataexposure.rulebase.imports import gathering
from dataexposure.rulebase.imports.material import Material
from dataexposure.rulebase.lists import Copy, Entry

KIND: Final = "tcf-vendors"
NAME: Final = "IAB Europe Global Vendor List"
HOME: Final = "https://iabeurope.eu/vendor-list-tcf/"
LICENCE: Final = "IAB Europe TCF terms and conditions"
ASKS: Final = N_(
    "It has no open licence: read IAB Europe's terms before you use it for anything but your "
    "own look-up, and do not pass it on."
)

_ADVERTISING: Final = frozenset({2, 3, 4})
_MEASURING: Final = frozenset({7, 8, 9})


class _Pages(Struct, frozen=True, rename="camel"):
    lang_id: str = ""
    privacy: str = ""


class _Vendor(Struct, frozen=True, rename="camel"):
    name: str
    purposes: tuple[int, ...] = ()
    leg_int_purposes: tuple[int, ...] = ()
    policy_url: str | None = None
    urls: tuple[_Pages, ...] = ()
    device_storage_disclosure_url: str | None = None
    deleted_date: str | None = None

    def privacy(self) -> str:
        """Give its privacy page, the English one if there is one."""
        pages = sorted(self.urls, key=lambda page: page.lang_id != "en")
        return gathering.page(self.policy_url or next((page.privacy for page in pages), ""))

    def domain(self) -> str:
        """Give the registered domain that holds both its page and its disclosure."""
        given = (self.privacy(), self.device_storage_disclosure_url or "")
        page, disclosure = (urls.registrable(urls.split(address).host) for address in given)
        return gathering.host(page) if page == disclosure else ""


def sniff(material: Material) -> bool:
    """Say whether the file has a version and vendors."""
    return {"vendorListVersion", "vendors"} <= set(material.top)


def read(material: Material) -> Copy:
    """Give one entry for each vendor that advertises or measures and was not deleted."""
    found = gathering.Gathering()
    vendors = msgspec.json.decode(material.top["vendors"], type=dict[str, msgspec.Raw])
    rows = dict(gathering.each(vendors, _Vendor))
    known = {key: vendor for key, vendor in rows.items() if vendor and not vendor.deleted_date}
    found.left_out = len(rows) - len(known)
    holders = Counter(vendor.domain() for vendor in known.values())
    for vendor in known.values():
        domain = vendor.domain()
        found.add(
            Entry(
                key=vendor.name,
                name=gathering.name(vendor.name),
                roles=_roles(vendor),
                domains=(domain,) if domain and holders[domain] == 1 else (),
                privacy=vendor.privacy(),
            )
        )
    return found.copy(_date(material))


def _roles(vendor: _Vendor) -> tuple[str, ...]:
    purposes = {*vendor.purposes, *vendor.leg_int_purposes}
    advertising = ("advertising",) if purposes & _ADVERTISING else ()
    return (*advertising, "analytics") if purposes & _MEASURING else advertising


def _date(material: Material) -> str:
    try:
        said = msgspec.json.decode(material.top.get("lastUpdated", b'""'), type=str)
        return dt.date.fromisoformat(said[:10]).isoformat()
    except (msgspec.MsgspecError, ValueError):
        return ""
