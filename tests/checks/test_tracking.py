"""Who follows the visitor, and when that is held against the site."""

from __future__ import annotations

from typing import Any

import pytest

from dataexposure.checks import Checking
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
from dataexposure.policy import Allowed, Policy
from dataexposure.website import DISGUISED, OWN_HOST, WRITTEN, Called, Kept, Sent, Stored
from tests.checks.made import SITE, buyer, raised, tracker, visit, who


@pytest.mark.parametrize(
    ("check", "state"),
    [(no_tracking_before_consent, "none"), (no_tracking_after_reject, "reject")],
)
def test_tracking_is_held_against_the_state_that_the_check_is_about(
    check: Checking, state: str
) -> None:
    assert raised(check, visit(tracker(), state=state, page="/a")) == [("/a", "hotjar", "")]
    for other in {"none", "reject", "accept", "gpc", "unstated"} - {state}:
        assert raised(check, visit(tracker(), state=other)) == []
    assert raised(check, visit(who(), state=state)) == []
    assert raised(check, visit(tracker(relation=WRITTEN), state=state)) == []


@pytest.mark.parametrize("problem", ["no-control", "challenge", "unreachable", "empty"])
def test_a_visit_that_does_not_stand_is_held_against_nobody(problem: str) -> None:
    broken = visit(tracker(), state="reject", inconclusive=(problem,))
    assert raised(no_tracking_after_reject, broken) == []


@pytest.mark.parametrize("problem", ["timeout", "flow-failed", "crashed"])
def test_what_was_seen_until_a_visit_broke_off_counts(problem: str) -> None:
    broken = visit(tracker(), inconclusive=(problem,))
    assert raised(no_tracking_before_consent, broken) == [("/", "hotjar", "")]


def test_a_walk_is_named_by_its_flow() -> None:
    walk = visit(tracker(), flow="checkout")
    assert raised(no_tracking_before_consent, walk) == [("flow:checkout", "hotjar", "")]


def test_tracking_marks_count_before_a_choice_and_after_rejection() -> None:
    check = no_tracking_storage_before_consent
    marks: dict[str, Any] = {
        "cookies": (
            Kept("_fbp", ".shop.example", org="meta", tracking=True),
            Kept("basket", "shop.example"),
        ),
        "storage": (Stored("_hjid", "shop.example", org="hotjar", tracking=True),),
    }
    for state in ("none", "reject"):
        assert raised(check, visit(state=state, **marks)) == [
            ("/", "meta", "_fbp"),
            ("/", "hotjar", "_hjid"),
        ]
    assert raised(check, visit(state="accept", **marks)) == []


def test_the_opt_out_signal_is_about_those_whom_data_is_shared_with() -> None:
    both = tracker("criteo", sharing=True)
    assert raised(gpc_honoured, visit(both, state="gpc")) == [("/", "criteo", "")]
    assert raised(gpc_honoured, visit(tracker(), state="gpc")) == []
    assert raised(gpc_honoured, visit(who(sharing=True), state="gpc")) == []
    assert raised(gpc_honoured, visit(both, state="accept")) == []


def test_session_replay_is_looked_for_in_every_state() -> None:
    assert raised(no_session_replay, visit(who(replay=True), state="accept")) == [
        ("/", "hotjar", "")
    ]
    assert raised(no_session_replay, visit(tracker(), state="accept")) == []


def test_fingerprinting_names_the_script_it_came_from() -> None:
    calls = (
        Called("canvas", "in.hotjar.example", 9),
        Called("canvas", "www.shop.example", 9),
        Called("audio", "x.unknown.example", 9),
    )
    assert raised(no_fingerprinting, visit(who(), calls=calls)) == [
        ("/", "hotjar", "canvas"),
        ("/", "", "canvas"),
        ("/", "site:unknown.example", "audio"),
    ]
    assert raised(no_fingerprinting, visit(who())) == []


def test_a_disguised_host_is_one_behind_another_name() -> None:
    assert raised(no_disguised_hosts, visit(who(relation=DISGUISED))) == [("/", "hotjar", "")]
    assert raised(no_disguised_hosts, visit(who(relation=OWN_HOST))) == []


def test_a_relay_is_on_an_own_host_and_passes_something_on() -> None:
    check = no_first_party_relay
    assert raised(check, visit(tracker("google", relation=OWN_HOST))) == [("/", "google", "")]
    assert raised(check, visit(buyer("google", relation=OWN_HOST))) == [("/", "google", "")]
    assert raised(check, visit(who("google", relation=OWN_HOST))) == []
    assert raised(check, visit(tracker("google"))) == []


def test_software_allowed_on_own_hosts_is_no_relay() -> None:
    hosted = Policy(site=SITE, allowed=(Allowed("own:matomo"),))
    seen = visit(tracker("matomo", relation=OWN_HOST), tracker("google", relation=OWN_HOST))
    assert raised(no_first_party_relay, seen, policy=hosted) == [("/", "google", "")]


def test_server_side_tagging_shows_by_a_tag_manager_on_an_own_host() -> None:
    check = no_server_side_tagging
    tagging = ("tag-manager",)
    assert raised(check, visit(who("stape", relation=OWN_HOST, roles=tagging))) == [
        ("/", "stape", "")
    ]
    sent = (Sent("google/tag-manager:contact", "contact", 1),)
    assert raised(check, visit(who("google", relation=OWN_HOST, sent=sent))) == [
        ("/", "google", "")
    ]
    assert raised(check, visit(who("stape", roles=tagging))) == []
