"""The tools for authors: canonical form, coverage, reference pages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.rulebase.canonical import ORDER, canonical
from dataexposure.rulebase.coverage import measure
from dataexposure.rulebase.pages import page

MESSY = """\
# Who writes this
tests:
  - visit: https://a.example/
    fires: []
name: Example{spaces}

roles: [shop]
# what a visit shows
visit:
  # a comment inside
  page: {title: Page, match: {host: a.example}, event: visit}


sources: {}
""".replace("{spaces}", "   ")


def test_sections_come_in_order_and_comments_stay_with_theirs() -> None:
    assert canonical(MESSY).splitlines() == [
        "name: Example",
        "roles: [shop]",
        "sources: {}",
        "",
        "# what a visit shows",
        "visit:",
        "  # a comment inside",
        "  page: {title: Page, match: {host: a.example}, event: visit}",
        "",
        "# Who writes this",
        "tests:",
        "  - visit: https://a.example/",
        "    fires: []",
    ]


@given(st.permutations([name for name in ORDER if name != "name"]))
def test_the_form_is_stable_and_changes_no_content(names: list[str]) -> None:
    text = "name: x\n" + "".join(f"{name}:\n  - {name}\n" for name in names)
    once = canonical(text)
    assert canonical(once) == once
    assert yaml.safe_load(once) == yaml.safe_load(text)


def test_coverage_counts_domains_and_weight(tmp_path: Path, rulebase: Rulebase) -> None:
    path = tmp_path / "seen.tsv"
    path.write_text(
        "domain\tpages\nstripe.com\t300\nJS.Stripe.com\t50\nnobody.example\t50\n", encoding="utf-8"
    )
    found = measure(path, rulebase)
    assert (found.domains, found.owned) == (3, 2)
    assert found.weight == pytest.approx(0.875)
    assert found.missing == (("nobody.example", 50.0),)


def test_a_list_without_weights_counts_each_once(tmp_path: Path, rulebase: Rulebase) -> None:
    path = tmp_path / "seen.txt"
    path.write_text("stripe.com\n\nnobody.example\n", encoding="utf-8")
    assert measure(path, rulebase).weight == pytest.approx(0.5)


def test_a_list_that_is_none_is_refused(tmp_path: Path, rulebase: Rulebase) -> None:
    path = tmp_path / "seen.bin"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError):
        measure(path, rulebase)


def test_every_organisation_has_a_page(rulebase: Rulebase) -> None:
    for org in rulebase.organisations.values():
        text = page(org, rulebase)
        assert text.startswith(f"# {org.name}\n")
        assert "## What to do" in text
        assert all(citation.url in text for citation in org.sources.values())
