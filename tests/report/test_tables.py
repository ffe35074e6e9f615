"""CSV for spreadsheets, which run what looks like a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.model import Report
from dataexposure.pipeline import words
from dataexposure.report import renderer
from tests.report.large import large_report
from tests.report.strangers import VALUES, report_of

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
FORMATS = ("csv-holders", "csv-ledger")


def text_of(style: str, report: Report, rulebase: Rulebase) -> str:
    return renderer(style)(report, words(rulebase), width=80, colour=False, details=False)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("value", VALUES)
def test_no_cell_is_a_formula_whatever_separates_cells(
    value: str, style: str, rulebase: Rulebase
) -> None:
    text = text_of(style, report_of(value, rulebase), rulebase)
    for separator in ",;\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not any(FORMULA.match(cell) for cell in row)
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("value", VALUES)
def test_no_value_adds_a_row_or_column(value: str, style: str, rulebase: Rulebase) -> None:
    text = text_of(style, report_of(value, rulebase), rulebase)
    assert len(rows(text)) == text.count("\r\n") - 1 == text.count("\n") - 1
    assert all(None not in row and None not in row.values() for row in rows(text))


def test_holders_are_the_reports_holders_in_order(rulebase: Rulebase) -> None:
    report = large_report(rulebase, 30, 5)
    found = rows(text_of("csv-holders", report, rulebase))
    assert [row["org"] for row in found] == [holder.id for holder in report.holders]
    assert [float(row["mid"]) for row in found] == [
        pytest.approx(holder.likelihood.mid, abs=1e-4) for holder in report.holders
    ]
    assert {row["known"] for row in found} == {"true", "false"}
    assert found[0]["tier"] in rulebase.vocabulary.tiers
    assert not text_of("csv-holders", report, rulebase).startswith("\ufeff")


def test_the_ledger_has_a_row_for_each_purchase_and_who_saw_it(rulebase: Rulebase) -> None:
    report = large_report(rulebase, 30, 1200)
    found = rows(text_of("csv-ledger", report, rulebase))
    assert len(found) == sum(len(one.seen_by) for one in report.purchases)
    assert found[-1]["purchase"] == "1200"
    assert found[0]["date"] == str(report.purchases[0].date)
    assert all(row["seen_by"] and row["file"] for row in found)
