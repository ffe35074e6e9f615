"""What a newcomer's mistakes in a rule file lead to: a file, a line, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dataexposure.documents import Document
from dataexposure.rulebase.lint import lint
from dataexposure.rulebase.load import load
from tests.conftest import ROOT, TODAY

GOOD = """\
name: Example Pay
roles: [payment-processor]
country: NO
website: https://examplepay.example
domains: [examplepay.example]
sources:
  about: {url: "https://examplepay.example/about", checked: 2026-11-01}
rights:
  - {kind: email, value: privacy@examplepay.example, checked: 2026-11-01}
visit:
  payment-page:
    title: Payment page
    match: {host: pay.examplepay.example, path: /checkout}
    event: payment
    data: {payment: about}
tests:
  - visit: https://pay.examplepay.example/checkout/abc
    fires: [payment-page]
  - visit: https://pay.examplepay.example/help
    fires: [site]
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in ("vocabulary.yaml", "likelihood.yaml", "shared-hosts.yaml"):
        shutil.copy(ROOT / "rules" / name, folder / name)
    (folder / "orgs").mkdir()
    return folder


def faults(rules: Path, text: str, name: str = "example-pay") -> list[str]:
    (rules / "orgs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [str(fault.error) for fault in lint(load(rules), TODAY) if not fault.advice]


def test_the_example_of_the_how_to_is_sound(rules: Path) -> None:
    assert faults(rules, GOOD) == []
    org = load(rules).rulebase.organisations["example-pay"]
    assert org.country == "NO"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "message"),
    [
        ("[payment-procesor]", "[payment-processor]", 2, "unknown role `payment-procesor`"),
        ("country: Norway", "country: NO", 3, "is not an ISO 3166 code"),
        ("domains: [co.uk]", "domains: [examplepay.example]", 5, "is a public suffix"),
        ("domains: [amazonaws.com]", "domains: [examplepay.example]", 5, "shared by many"),
        ("event: paid", "event: payment", 14, "unknown event `paid`"),
        ("hst: pay.examplepay", "host: pay.examplepay", 13, "`visit` has no fact `hst`"),
        ("data: {payment: nowhere}", "data: {payment: about}", 15, "cites `nowhere`"),
        ("path: checkout", "path: /checkout", 11, "must begin with `/`"),
        ("titel: Payment page", "title: Payment page", 12, "unknown key `titel`"),
        ("checked: 2099-01-01}\nrights", "checked: 2026-11-01}\nrights", 6, "in the future"),
        ("checked: soon}\nrights", "checked: 2026-11-01}\nrights", 6, "is not a date"),
        (
            "https://github.com/ghostery/trackerdb",
            "https://examplepay.example/about",
            7,
            "licence forbids",
        ),
    ],
)
def test_a_mistake_names_its_line_and_what_to_do(
    rules: Path, wrong: str, right: str, line: int, message: str
) -> None:
    assert right in GOOD
    found = faults(rules, GOOD.replace(right, wrong))
    assert any(
        f"orgs/example-pay.yaml:{line}: " in fault and message in fault for fault in found
    ), found


def test_a_key_that_stands_twice_is_refused(rules: Path) -> None:
    found = faults(rules, GOOD.replace("country: NO", "country: NO\ncountry: SE"))
    assert any("example-pay.yaml:4: the key `country` stands twice" in fault for fault in found)


def test_yaml_that_does_not_parse_names_the_line(rules: Path) -> None:
    assert any("example-pay.yaml:3" in fault for fault in faults(rules, "name: x\nroles: [a\n"))


def test_a_signal_without_proof_or_near_miss_is_a_fault(rules: Path) -> None:
    found = faults(rules, GOOD.partition("tests:")[0])
    assert any("has no proof" in fault for fault in found)
    assert any("has no near-miss" in fault for fault in found)


def test_two_organisations_cannot_claim_one_domain(rules: Path) -> None:
    faults(rules, GOOD)
    assert any("is claimed by" in fault for fault in faults(rules, GOOD, "other-pay"))


def test_ownership_cannot_run_in_a_circle(rules: Path) -> None:
    circle = GOOD.replace("country: NO", "country: NO\nparent: {org: example-pay}")
    assert any("owning itself" in fault for fault in faults(rules, circle))


def test_an_unknown_parent_is_a_fault(rules: Path) -> None:
    orphan = GOOD.replace("country: NO", "country: NO\nparent: {org: nobody}")
    assert any("`nobody` has no file" in fault for fault in faults(rules, orphan))


def test_a_host_less_request_needs_a_second_mark(rules: Path) -> None:
    loose = GOOD.replace(
        "tests:",
        "request:\n  relay: {title: Relay, match: {path: /collect}, event: contact}\ntests:",
    )
    assert any("second mark" in fault for fault in faults(rules, loose))


def test_every_scalar_is_a_string() -> None:
    root = Document("x.yaml", "a: NO\nb: 2026-11-21\nc: 1.0\nd: null\n").root
    assert root == {"a": "NO", "b": "2026-11-21", "c": "1.0", "d": "null"}


def test_bytes_that_are_no_text_are_a_fault(rules: Path) -> None:
    (rules / "orgs" / "broken.yaml").write_bytes(b"\xff\xfe\x00name")
    assert any("not UTF-8" in str(fault.error) for fault in lint(load(rules), TODAY))
