"""Our own rules: sound, proved by their own tests, and silent about the innocent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dataexposure.knowledge import Rulebase
from dataexposure.pipeline import Prover
from dataexposure.rulebase import selftest
from dataexposure.rulebase.bundle import decode, encode
from dataexposure.rulebase.lint import lint
from dataexposure.rulebase.load import Loaded
from dataexposure.rulebase.organisations import Case
from tests.conftest import ROOT, TODAY

BENIGN = sorted((ROOT / "tests" / "benign").glob("*.yaml"))
NEEDED = {"NO", "RO", "RU", "GB", "US"}


def test_the_rules_have_no_fault(loaded: Loaded) -> None:
    assert [str(fault.error) for fault in lint(loaded, TODAY) if not fault.advice] == []


def test_every_rule_proves_itself_against_the_whole_base(loaded: Loaded) -> None:
    prover = Prover(loaded.rulebase)
    assert [str(error) for error in selftest.run(loaded.cases, prover.fire)] == []


@pytest.mark.parametrize("path", BENIGN, ids=[path.stem for path in BENIGN])
def test_ordinary_life_fires_nothing(path: Path, rulebase: Rulebase) -> None:
    samples = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    prover = Prover(rulebase)
    for number, sample in enumerate(samples):
        ((channel, fields),) = sample.items()
        given = fields if isinstance(fields, dict) else {"": fields}
        case = Case(
            path=path.name,
            line=number,
            owner="benign",
            channel=channel,
            sample={key: (value,) for key, value in given.items()},
            fires=frozenset(),
            carried=frozenset(),
        )
        assert [str(error) for error in selftest.run([case], prover.fire)] == [], sample


def test_there_are_samples_of_ordinary_life() -> None:
    assert {path.stem for path in BENIGN} >= {"browsing", "mail"}


def test_every_class_of_holders_has_organisations(rulebase: Rulebase) -> None:
    words = rulebase.vocabulary
    met = {words.roles[role].group for org in rulebase.organisations.values() for role in org.roles}
    assert met == set(words.classes)
    assert sorted(group.number for group in words.classes.values()) == list(range(1, 17))


def test_every_region_has_organisations(rulebase: Rulebase) -> None:
    countries = {org.country for org in rulebase.organisations.values()}
    assert countries >= NEEDED
    assert countries & {"DE", "FR", "NL", "SE", "PL"}


def test_at_least_eighty_organisations_are_written_in_full(rulebase: Rulebase) -> None:
    channels: dict[str, set[str]] = {}
    for signal in rulebase.signals:
        channels.setdefault(signal.org, set()).add(signal.channel)
    in_full = [org for org, own in channels.items() if org and len(own) >= 2]
    assert len(in_full) >= 80


def test_the_bundle_gives_the_same_rule_base(rulebase: Rulebase) -> None:
    assert decode(encode(rulebase)) == rulebase
