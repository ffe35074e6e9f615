"""What a website's visits are held against: the checks, and the judge who applies a policy.

A check is a function of visits and policy that gives issues without a level; its name is the
check's id in `rules/checks.yaml` with `_` for `-`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from dataexposure.checks.budgets import budget
from dataexposure.checks.consent_design import (
    gpc_status_shown,
    no_preticked_choices,
    optout_form_needs_no_id,
    reject_as_easy_as_accept,
)
from dataexposure.checks.contact_data import (
    no_consent_string_before_choice,
    no_contact_data_to_third_party,
)
from dataexposure.checks.cookies import cookie_flags, cookie_lifetime
from dataexposure.checks.purchases import (
    no_purchase_data_after_reject,
    no_purchase_data_before_consent,
    no_purchase_tags,
)
from dataexposure.checks.relays import (
    no_disguised_hosts,
    no_first_party_relay,
    no_server_side_tagging,
)
from dataexposure.checks.tracking import (
    gpc_honoured,
    no_fingerprinting,
    no_session_replay,
    no_tracking_after_reject,
    no_tracking_before_consent,
    no_tracking_storage_before_consent,
)
from dataexposure.checks.vendors import (
    declared_not_observed,
    forbidden_vendor,
    undeclared_vendor,
)
from dataexposure.policy import Issue, Policy
from dataexposure.website import Visit

Checking = Callable[[tuple[Visit, ...], Policy], Iterator[Issue]]

CHECKS: Final[tuple[Checking, ...]] = (
    no_tracking_before_consent,
    no_tracking_after_reject,
    no_tracking_storage_before_consent,
    no_purchase_data_before_consent,
    no_purchase_data_after_reject,
    no_contact_data_to_third_party,
    gpc_honoured,
    gpc_status_shown,
    reject_as_easy_as_accept,
    no_preticked_choices,
    no_consent_string_before_choice,
    optout_form_needs_no_id,
    cookie_lifetime,
    cookie_flags,
    undeclared_vendor,
    forbidden_vendor,
    declared_not_observed,
    no_session_replay,
    no_fingerprinting,
    no_disguised_hosts,
    no_first_party_relay,
    no_server_side_tagging,
    no_purchase_tags,
    budget,
)


def named(check: Checking) -> str:
    """Give a check's id."""
    return check.__name__.replace("_", "-")
