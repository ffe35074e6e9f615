"""The policy file to begin with says what was seen, and is read as what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dataexposure.checks.reading import read
from dataexposure.checks.starting import BASELINE, policy, policy_text
from dataexposure.policy import Policy
from dataexposure.website import Kept, Visit
from tests.checks import strategies
from tests.checks.made import ALL_ROLES, KNOWN, ORGANISATIONS, SITE, tracker, visit, who


def reread(folder: Path, text: str) -> Policy:
    """Read a text as a policy file, without what depends on the file's place."""
    path = folder / "dataexposure.yml"
    path.write_bytes(text.encode("utf-8"))
    found = read(path, ORGANISATIONS, ALL_ROLES, KNOWN)
    assert found.baseline == (folder / BASELINE).as_posix()
    return structs.replace(found, name="", lines={}, baseline=BASELINE)


@settings(deadline=None, max_examples=80)
@given(visits=strategies.visits, site=st.sampled_from((SITE, f"{SITE}:8443/", "")))
def test_whatever_was_seen_the_text_is_read_as_what_it_says(
    tmp_path_factory: pytest.TempPathFactory, visits: tuple[Visit, ...], site: str
) -> None:
    text = policy_text(visits, site, KNOWN)
    assert reread(tmp_path_factory.mktemp("policy"), text) == policy(visits, site, KNOWN)


def test_it_says_what_was_seen(tmp_path: Path) -> None:
    seen = (
        visit(tracker(name="Hotjar"), who("site:tiny.example", roles=(), name="tiny.example")),
        visit(state="reject", page="/a", cookies=(Kept("sid", "shop.example", secure=True),)),
        visit(tracker("meta"), flow="checkout", page="/checkout"),
    )
    text = policy_text(seen, SITE, KNOWN)
    assert text.splitlines()[:19] == [
        "version: 1",
        "site: https://shop.example",
        "pages:",
        "  - /",
        "  - /a",
        "states: [none, reject]",
        "# Say where your visitors are, such as: regions: [EU, US-CA]",
        "",
        "vendors:",
        "  # Met on the site. Does the privacy notice name each of them?",
        "  declared:",
        "    - hotjar  # Hotjar, analytics",
        "    - meta  # Meta, analytics",
        '    - "site:tiny.example"  # tiny.example',
        "",
        "assert:",
        "  no_tracking_before_consent: error  # 2 possible issues now",
        "  no_tracking_after_reject: error",
        "  no_tracking_storage_before_consent: error",
    ]
    assert "  # gpc_status_shown: off" in text
    assert "  # gpc_honoured: warn" in text
    assert "  undeclared_vendor: error" in text
    found = reread(tmp_path, text)
    assert found.budgets == {
        "third-parties": 2,
        "cookies-none": 0,
        "cookies-reject": 1,
        "new-vendors": 0,
    }


def test_a_name_from_a_stranger_stays_in_its_comment(tmp_path: Path) -> None:
    seen = visit(who(name="x\nassert:\n  budget: off\u2028y\u0085z"))
    found = reread(tmp_path, policy_text((seen,), SITE, KNOWN))
    assert found.declared == ("hotjar",)
    assert found.asserts["budget"] == "error"


def test_the_site_of_a_page_is_its_host(tmp_path: Path) -> None:
    found = reread(tmp_path, policy_text((visit(page="/a"),), f"{SITE}/a", KNOWN))
    assert (found.site, found.pages) == (SITE, (f"{SITE}/a",))


def test_nobody_met_means_that_nobody_is_declared(tmp_path: Path) -> None:
    assert reread(tmp_path, policy_text((visit(),), SITE, KNOWN)).declared == ()
