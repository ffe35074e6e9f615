"""Checks on the cookies that are kept."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import structs

from dataexposure import urls
from dataexposure.checks.addresses import absolute
from dataexposure.checks.evidence import Visits, page_issue, standing
from dataexposure.policy import Issue, Policy
from dataexposure.website import Kept


def cookie_lifetime(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for cookies that live longer than the policy lets them.

    Once for a page and a cookie; the detail is the longest life seen and the bound, in whole
    days (`730 > 395`).
    """
    longest: dict[Issue, float] = {}
    for visit in standing(visits):
        for kept in visit.cookies:
            if kept.days is not None and kept.days > policy.cookie_max_days:
                found = page_issue("cookie-lifetime", visit, policy, kept.org, kept.name)
                longest[found] = max(kept.days, longest.get(found, 0))
    for found, days in longest.items():
        yield structs.replace(found, detail=f"{math.ceil(days)} > {policy.cookie_max_days}")


def cookie_flags(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for cookies on https pages that would be sent without encryption.

    A cookie of the site without Secure, or anybody's with SameSite=None without Secure. Once
    for a page and a cookie; the detail is `SameSite=None` where that makes it wrong.
    """
    for visit in standing(visits):
        page = absolute(visit.page, policy.site)
        if page.lower().startswith("https://"):
            for kept in visit.cookies:
                anywhere = kept.same_site.lower() == "none"
                if not kept.secure and (anywhere or _is_own(kept, page, policy)):
                    detail = "SameSite=None" if anywhere else ""
                    yield page_issue("cookie-flags", visit, policy, kept.org, kept.name, detail)


def _is_own(kept: Kept, page: str, policy: Policy) -> bool:
    """Say whether a cookie is the site's."""
    own = {urls.registrable(name) for name in (urls.split(page).host, *policy.first_party)}
    return urls.registrable(kept.host.lstrip(".")) in own
