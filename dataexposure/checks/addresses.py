"""How a page is named in an issue, so that it is the same page in another run.

A page of the policy's site is its path (`/product/1`), one of another host has the host in
front (`help.shop.example/contact`), and a walk through several pages is `flow:` with its name.
"""

from __future__ import annotations

from typing import Final

from dataexposure import urls
from dataexposure.website import Visit

FLOW: Final = "flow:"


def named(page: str, site: str) -> str:
    """Name a page, given as an address or a path; a name stays as it is.

    `site` is the address of the policy's site, or empty. Queries and fragments are no part of
    a name.
    """
    if not page or page.startswith(FLOW):
        return page
    parts = urls.split(page)
    if not parts.host:
        path = page.partition("#")[0].partition("?")[0]
        return path if path.startswith("/") or _has_host(path) else f"/{path}"
    return parts.path if parts.host == urls.split(site).host else f"{parts.host}{parts.path}"


def _has_host(path: str) -> bool:
    """Say whether a path without a slash in front begins with a host (`shop.example/a`)."""
    host, slash, _ = path.partition("/")
    return bool(slash) and "." in host


def place(visit: Visit, site: str) -> str:
    """Name where a visit was: its page or its flow."""
    return f"{FLOW}{visit.flow}" if visit.flow else named(visit.page, site)


def absolute(page: str, site: str) -> str:
    """Give the address of a page of a site; without a site a path stays a path."""
    if not site or not page.startswith("/") or page.startswith("//"):
        return page
    return f"{origin(site)}{page}"


def origin(address: str) -> str:
    """Give scheme and host of an address, empty when it is none."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if urls.split(address).host else ""


def host(site: str) -> str:
    """Give the host of an address, empty when it is none."""
    return urls.split(site).host
