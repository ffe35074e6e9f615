"""Checks on what tells a person: addresses, numbers, names, and consent strings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from dataexposure.checks.evidence import Visits, issue, met, parts, standing
from dataexposure.checks.matching import granted
from dataexposure.policy import Issue, Policy
from dataexposure.website import Leak, Recipient

KINDS: Final = frozenset({"email", "phone", "name"})
"""Kinds of planted values that tell a person."""

_HASHED: Final = frozenset({"md5", "sha1", "sha256"})
_SCRAMBLED: Final = "email-hash"
_CARRIED: Final = KINDS | {_SCRAMBLED}


def no_contact_data_to_third_party(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for addresses, telephone numbers and names sent to others, plain or scrambled.

    The data is the kind, with the form of a planted value (`email:sha256`), the detail the
    hosts it went to. Recipients without which the shop does not work, and those that the
    policy allows it, do not count; who may have the address may have its hash.
    """
    for visit in standing(visits):
        for one in met(visit):
            if not one.functional:
                for data in sorted(set(_told(one, granted(one, policy)))):
                    yield issue(
                        "no-contact-data-to-third-party",
                        visit,
                        policy,
                        one.org,
                        data,
                        parts(one.tracking_hosts or one.hosts),
                    )


def _told(recipient: Recipient, allowed: Collection[str]) -> Iterator[str]:
    """Name what is not allowed; what a planted value proves is not named a second time."""
    leaks = [leak for leak in recipient.leaks if leak.kind in KINDS]
    proven = {_category(leak) for leak in leaks}
    carried = {kind for sent in recipient.sent for kind in sent.carried if kind in _CARRIED}
    for leak in leaks:
        if not _permitted(_category(leak), allowed):
            yield f"{leak.kind}:{leak.form}"
    for kind in carried - proven:
        if not _permitted(kind, allowed):
            yield kind


def _category(leak: Leak) -> str:
    scrambled = leak.kind == "email" and leak.form in _HASHED
    return _SCRAMBLED if scrambled else leak.kind


def _permitted(category: str, allowed: Collection[str]) -> bool:
    return category in allowed or (category == _SCRAMBLED and "email" in allowed)


def no_consent_string_before_choice(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for a consent string that is sent before there was a choice; hosts in the detail."""
    for visit in standing(visits, "none"):
        for one in met(visit):
            if not one.functional and any(leak.kind == "consent-string" for leak in one.leaks):
                yield issue(
                    "no-consent-string-before-choice",
                    visit,
                    policy,
                    one.org,
                    detail=parts(one.tracking_hosts or one.hosts),
                )
