"""What formats for machines share: where an issue stands, and what tells it from others.

An issue names its page so that it is the same in another run: a page of the site by its path,
one of another host with the host in front, a walk as `flow:` with its name.
"""

from __future__ import annotations

from typing import Final

from dataexposure import urls
from dataexposure.policy import Excepted, Inspection, Issue
from dataexposure.report.sarif_parts import digest
from dataexposure.report.website import wording
from dataexposure.website import Visit

EXPIRED: Final = "expired-exception"
INCONCLUSIVE: Final = "inconclusive"


def names(visit: Visit, site: str) -> tuple[str, ...]:
    """Give the names by which issues may call a visit's page, the likeliest first.

    `site` is what was inspected; a check without a policy has no site to shorten names by.
    """
    if visit.flow:
        return (f"{wording.FLOW}{visit.flow}",)
    parts = urls.split(visit.page)
    if not parts.host:
        return tuple(dict.fromkeys((visit.page, f"/{visit.page.lstrip('/')}")))
    whole = f"{parts.host}{parts.path}"
    return (parts.path, whole) if parts.host == urls.split(site).host else (whole,)


def address(page: str, site: str) -> str:
    """Give the address of an issue's page, as far as it is one of the site's."""
    scheme, sign, rest = site.partition("://")
    if not sign or not page.startswith("/") or page.startswith("//"):
        return page
    return f"{scheme}://{rest.partition('/')[0]}{page}"


def line(number: int) -> int:
    """Give a line of the policy file; the first where none is known."""
    return max(1, number)


def issue_mark(inspection: Inspection, issue: Issue) -> str:
    """Tell an issue from all others, in every run: by its identity and the site alone."""
    return digest(inspection.site, *issue.identity)


def visit_mark(inspection: Inspection, visit: Visit) -> str:
    """Tell an inconclusive visit from all others."""
    return digest(INCONCLUSIVE, inspection.site, visit.page, visit.state, visit.flow)


def expired_mark(inspection: Inspection, one: Excepted) -> str:
    """Tell an exception that has expired from all others."""
    day = one.until.isoformat()
    return digest(EXPIRED, inspection.site, one.rule, one.vendor, one.page, one.owner, day)
