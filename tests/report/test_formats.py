"""What holds for every format."""

from __future__ import annotations

import time

import msgspec
import pytest
from msgspec import structs

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.pipeline import words
from dataexposure.report import FORMATS, renderer
from dataexposure.report.document import parse
from tests.report.large import large_report
from tests.report.strangers import VALUES, report_of

MOST_SECONDS = 1.0


@pytest.mark.parametrize("style", FORMATS)
def test_a_large_report_renders_in_under_a_second(style: str, rulebase: Rulebase) -> None:
    report, terms, render = large_report(rulebase), words(rulebase), renderer(style)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        render(report, terms, width=80, colour=False, details=True)
        seconds.append(time.process_time() - start)
    assert min(seconds) < MOST_SECONDS


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("value", VALUES)
def test_no_hidden_character_of_a_value_is_written(
    value: str, style: str, rulebase: Rulebase
) -> None:
    report = report_of(value, rulebase)
    text = renderer(style)(report, words(rulebase), width=80, colour=False, details=True)
    if style == "json":
        text = text.encode("unicode-escape").decode()  # the model itself; it is data, not shown
    for hidden in "\x1b\x07\u202e\u2066\u2069\u200b\u2028":
        assert hidden not in text


def test_a_saved_report_whose_findings_are_cut_out_is_refused(rulebase: Rulebase) -> None:
    report = structs.replace(report_of("x", rulebase), findings=())
    with pytest.raises(UsageError, match="damaged"):
        parse(msgspec.json.encode(report))


def test_an_unknown_format_is_answered_with_all_that_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        renderer("pdf")
    assert all(name in str(raised.value) for name in FORMATS)
