"""Values as strangers may write them into names, titles and files, and a report full of them."""

from __future__ import annotations

import datetime as dt

import msgspec

from dataexposure.inference import infer
from dataexposure.knowledge import Rulebase
from dataexposure.model import Coverage, Finding, Locator, Occasion, Problem, Report
from tests.conftest import TODAY

VALUES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden",
    "&lt;b&gt;",
    "[click](https://evil.example)",
    "![x](//evil.example/x.png)",
    "[ref]: https://evil.example",
    "https://evil.example/a|b",
    "www.evil.example",
    "someone@evil.example",
    "@everyone",
    "#1",
    "GH-1",
    "$x^2$",
    ":+1:",
    "**bold** _it_ ~~no~~",
    "`code` ``` more",
    "| --- | --- |",
    "back\\|slash\\",
    "1. one",
    "- item",
    "# title",
    "=====",
    "---",
    "=HYPERLINK(0)",
    "+1;=2+5",
    "-1,=2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '"=1',
    "＝1",
    "{0} [a](1)",
    "\x1b[31mred\x07",
    "\u202egnp.exe",
    "\u2066iso\u2069\u200b",
    "line\nbreak\u2028here",
    "/etc/passwd",
    "//evil.example/x",
    "../../up",
    "file:///x",
    "C:\\x",
    "50 % of % 20",
    "名前",
    "x" * 300,
)


def report_of(value: str, rulebase: Rulebase) -> Report:
    """Make a report in which this value is every name, file and note that a stranger can set."""
    at = Locator("mbox", value, "message:1")
    found = Finding(
        signal="generic/receipt-subject:purchase",
        org=f"site:{value}",
        channel="mail",
        event="purchase",
        party=value,
        count=1,
        evidence=(at,),
        first=dt.date(2026, 1, 1),
        last=dt.date(2026, 1, 1),
        occasions=(Occasion(dt.date(2026, 1, 1)),),
    )
    inferred = infer((found,), rulebase, TODAY)
    return Report(
        made=TODAY,
        rulebase=msgspec.structs.replace(rulebase.stamp, version=value),
        holders=inferred.holders,
        purchases=inferred.purchases,
        findings=(found,),
        coverage=(Coverage("mbox", value, 1),),
        problems=(Problem(Locator("walk", value), "damaged", note=value),),
    )
