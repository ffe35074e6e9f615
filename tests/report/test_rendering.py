"""Reports on hostile values, narrow screens and empty results."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dataexposure.inference import infer
from dataexposure.knowledge import Rulebase
from dataexposure.model import (
    Coverage,
    Finding,
    Locator,
    Occasion,
    Problem,
    Report,
    RulebaseStamp,
)
from dataexposure.pipeline import words
from dataexposure.report import renderer
from dataexposure.report.document import parse, schema
from dataexposure.report.style import likelihood_range
from tests.conftest import ROOT, TODAY

EVIL = "\x1b[31m\u202egnp.[bold]evil[/bold]=HYPERLINK()\x07\n"


def hostile(rulebase: Rulebase) -> Report:
    place = Locator("mbox", f"{EVIL}.mbox", "message:1")
    finding = Finding(
        signal="generic/receipt-subject:purchase",
        org=f"site:{EVIL}.example",
        channel="mail",
        event="purchase",
        party=f"{EVIL}.example",
        count=1,
        evidence=(place,),
        first=dt.date(2026, 1, 1),
        last=dt.date(2026, 1, 1),
        occasions=(Occasion(dt.date(2026, 1, 1)),),
    )
    inferred = infer((finding,), rulebase, TODAY)
    return Report(
        made=TODAY,
        rulebase=rulebase.stamp,
        holders=inferred.holders,
        purchases=inferred.purchases,
        findings=(finding,),
        coverage=(Coverage("mbox", f"{EVIL}.mbox", 1),),
        problems=(Problem(Locator("walk", f"{EVIL}.bin"), "damaged", note=EVIL),),
    )


@pytest.mark.parametrize("details", [True, False])
@pytest.mark.parametrize("colour", [True, False])
def test_values_from_files_cannot_style_or_deceive_the_terminal(
    rulebase: Rulebase, details: bool, colour: bool
) -> None:
    text = renderer("terminal")(
        hostile(rulebase), words(rulebase), width=80, colour=colour, details=details
    )
    assert "\x1b[31m" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "[bold]evil[/bold]" in text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_screen(rulebase: Rulebase, width: int) -> None:
    text = renderer("terminal")(
        hostile(rulebase), words(rulebase), width=width, colour=False, details=True
    )
    assert max(map(len, text.splitlines())) <= width


def empty(rulebase: Rulebase) -> Report:
    return Report(TODAY, rulebase.stamp, (), (), (), (), ())


def test_no_sign_is_not_called_no_data(rulebase: Rulebase) -> None:
    text = renderer("terminal")(
        empty(rulebase), words(rulebase), width=80, colour=False, details=False
    )
    assert "does not mean that nobody does" in text.replace("\n", " ")


def test_a_report_is_the_same_after_saving(rulebase: Rulebase) -> None:
    report = hostile(rulebase)
    text = renderer("json")(report, words(rulebase), width=80, colour=False, details=False)
    assert parse(text.encode()) == report


def test_a_report_of_another_schema_is_refused(rulebase: Rulebase) -> None:
    newer = msgspec.structs.replace(empty(rulebase), schema=2)
    with pytest.raises(Exception, match="schema 2"):
        parse(msgspec.json.encode(newer))


def test_the_published_schema_is_that_of_the_types() -> None:
    published = ROOT / "docs" / "reference" / "report.schema.json"
    assert published.read_bytes() == schema(), "run: python -m tests.schema"


def test_a_range_is_never_certain_nor_impossible(rulebase: Rulebase) -> None:
    report = hostile(rulebase)
    certain = msgspec.structs.replace(report.holders[0].likelihood, low=0.0001, high=0.99999)
    assert likelihood_range(certain) == "1–99\u00a0%"


def test_the_stamp_names_the_rule_base(rulebase: Rulebase) -> None:
    assert isinstance(rulebase.stamp, RulebaseStamp)
    assert rulebase.stamp.organisations == len(rulebase.organisations)
