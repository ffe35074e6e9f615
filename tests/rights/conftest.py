"""A holder and a report that shows it, to be changed in one thing at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from dataexposure.model import (
    Claim,
    Contact,
    Finding,
    Holder,
    Likelihood,
    Locator,
    Occasion,
    Report,
    RulebaseStamp,
)
from tests.conftest import TODAY

MAIL = Contact("email", "privacy@shop.example", "2026-01-01")


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "signal": "generic/receipt-subject:purchase",
        "org": "site:shop.example",
        "channel": "mail",
        "event": "purchase",
        "party": "shop.example",
        "count": 3,
        "evidence": (Locator("mbox", "anna/secret-inbox.mbox", "message:17"),),
        "first": dt.date(2026, 5, 13),
        "last": dt.date(2026, 5, 13),
        "occasions": (Occasion(dt.date(2026, 5, 13), 4),),
    }
    return Finding(**(values | changes))  # type: ignore[arg-type]


def claim(*findings: int, **changes: object) -> Claim:
    values: dict[str, object] = {
        "org": "site:shop.example",
        "category": "purchase",
        "party": "shop.example",
        "tier": "transaction",
        "grade": "transaction",
        "probability": 0.9,
        "because": "purchase_record",
        "findings": findings,
    }
    return Claim(**(values | changes))  # type: ignore[arg-type]


def holder(**changes: object) -> Holder:
    values: dict[str, object] = {
        "id": "site:shop.example",
        "name": "shop.example",
        "parent": "",
        "roles": ("shop",),
        "channel": "shops",
        "likelihood": Likelihood(0.8, 0.9, 0.95, "very-likely", "high"),
        "tier": "transaction",
        "categories": ("purchase",),
        "claims": (claim(0),),
        "rights": (MAIL,),
        "known": False,
        "collects": ("asked", "tracked"),
        "basis": ("contract",),
    }
    return Holder(**(values | changes))  # type: ignore[arg-type]


def report(*holders: Holder, findings: tuple[Finding, ...] = (), residence: str = "NO") -> Report:
    return Report(
        made=TODAY,
        rulebase=RulebaseStamp("1", "2026-11-21", 1, 1),
        holders=holders,
        purchases=(),
        findings=findings,
        coverage=(),
        problems=(),
        residence=residence,
    )


@pytest.fixture
def shop() -> Report:
    return report(holder(), findings=(finding(),))
