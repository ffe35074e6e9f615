"""The page as a text: escaped, self-contained, under its own policy, small and quick."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
import time
from html.parser import HTMLParser

import msgspec
import pytest

from dataexposure import law
from dataexposure.inference import infer
from dataexposure.knowledge import Rulebase
from dataexposure.model import (
    Contact,
    Coverage,
    Finding,
    Locator,
    NextStep,
    Occasion,
    Problem,
    Purchase,
    Report,
    Sighting,
)
from dataexposure.pipeline import words
from dataexposure.report import renderer, style
from dataexposure.report.page.flow import flow
from dataexposure.report.page.landscape import KIND_OF_READER
from dataexposure.report.page.timeline import timeline
from dataexposure.report.redaction import redact
from dataexposure.report.steps import right_title, step_text
from dataexposure.sources import SOURCES
from tests.conftest import TODAY
from tests.report.large import large_report

EVIL = (
    "\x1b[31m\u202egnp.<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}"
    "=HYPERLINK(1)&amp;\x07\n"
)
LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction"}
VOID = {"meta", "link", "br", "input", "img"}
MEGABYTE = 1_000_000


class Page(HTMLParser):
    """Every tag with its attributes, and whether all that was opened is closed again."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def page(report: Report, rulebase: Rulebase) -> str:
    return renderer("html")(report, words(rulebase), width=80, colour=False, details=False)


def hostile(rulebase: Rulebase) -> Report:
    place = Locator("mbox", f"{EVIL}.mbox", f"message:{EVIL}")

    def finding(signal: str, org: str, channel: str, event: str) -> Finding:
        return Finding(
            signal=signal,
            org=org,
            channel=channel,
            event=event,
            party=f"{EVIL}.example",
            count=3,
            evidence=(place, place, place),
            first=dt.date(2026, 1, 1),
            last=dt.date(2026, 1, 1),
            occasions=(Occasion(dt.date(2026, 1, 1)),),
            during="purchase",
        )

    findings = (
        finding("generic/receipt-subject:purchase", f"site:{EVIL}.example", "mail", "purchase"),
        finding("stripe/contacted:contact", "stripe", "request", "contact"),
        finding("meta/app-events:sdk", "meta", "sdk", "sdk"),
    )
    inferred = infer(findings, rulebase, TODAY)
    shown = tuple(
        msgspec.structs.replace(
            holder,
            name=f"{holder.name} {EVIL}",
            origin=EVIL,
            gap=EVIL,
            rights=(
                Contact("form", f"javascript:alert('{EVIL}')", "2026-01-01"),
                Contact("page", f"https://shop.example/{EVIL}", "2026-01-01"),
                Contact("email", f"{EVIL}@shop.example", EVIL),
            ),
        )
        for holder in inferred.holders
    )
    return Report(
        made=TODAY,
        rulebase=rulebase.stamp,
        holders=shown,
        purchases=inferred.purchases,
        findings=findings,
        coverage=(Coverage("mbox", f"{EVIL}.mbox", 1, first=TODAY, last=TODAY),),
        problems=(Problem(Locator("walk", f"{EVIL}.bin"), "damaged", note=EVIL),),
    )


def test_values_from_files_are_only_text(rulebase: Rulebase) -> None:
    text = page(hostile(rulebase), rulebase)
    shown = Page(text)
    assert not shown.open
    assert len(shown.all("script")) == 1
    assert not shown.all("img", "iframe", "object", "embed", "form", "base")
    assert not [name for _tag, found in shown.tags for name in found if name.startswith("on")]
    assert not [found for _tag, found in shown.tags if "style" in found]
    assert "<script>alert(1)" in "".join(shown.texts), "it is shown, not dropped"
    assert "{{7*7}}" in "".join(shown.texts)
    for character in "\x1b\u202e\x07":
        assert character not in text
    assert "\u202e" not in text


def test_only_web_and_mail_addresses_become_links(rulebase: Rulebase) -> None:
    links = [found["href"] for found in Page(page(hostile(rulebase), rulebase)).all("a")]
    assert links
    assert all(re.match(r"#[a-z]|https?://|mailto:", link) for link in links)
    mail = next(link for link in links if link.startswith("mailto:"))
    assert not set(mail) & set("<>\"' \n?&")


def test_nothing_in_the_page_loads_anything(rulebase: Rulebase) -> None:
    for report in (hostile(rulebase), large_report(rulebase, 20, 20)):
        shown = Page(page(report, rulebase))
        assert not [found for _tag, found in shown.tags if LOADING & found.keys()]
        assert [found["href"] for found in shown.all("link")] == ["data:,"]
        assert not shown.all("use", "image", "feimage", "animate")


def test_the_policy_names_the_style_and_script_by_their_hashes(rulebase: Rulebase) -> None:
    text = page(large_report(rulebase, 5, 5), rulebase)
    metas = Page(text).all("meta")
    policy = next(found["content"] for found in metas if "http-equiv" in found)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for tag in ("style", "script"):
        inlined = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inlined) == 1
        digest = base64.b64encode(hashlib.sha256(inlined[0].encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert "unsafe" not in policy
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_the_inlined_files_fetch_nothing(rulebase: Rulebase) -> None:
    text = page(large_report(rulebase, 5, 5), rulebase)
    style_sheet = text.partition("<style>")[2].partition("</style>")[0]
    script = text.partition("<script>")[2].partition("</script>")[0]
    assert "url(" not in style_sheet
    assert "@import" not in style_sheet
    for name in ("innerHTML", "fetch", "eval", "XMLHttpRequest", "localStorage", "import("):
        assert name not in script


def test_a_large_report_is_small_and_quick(rulebase: Rulebase) -> None:
    report = large_report(rulebase)
    page(large_report(rulebase, 1, 1), rulebase)
    named = words(rulebase)
    began = time.process_time()
    text = renderer("html")(report, named, width=80, colour=False, details=False)
    assert time.process_time() - began < 1
    assert len(text.encode()) < 1.5 * MEGABYTE
    shown = Page(text)
    classes = [found.get("class", "") for found in shown.all("li")]
    assert classes.count("holder") == 300
    rows = text.partition('id="ledger"')[2].partition("</table>")[0]
    assert rows.count("<tr") == 2001


def test_every_link_within_the_page_leads_somewhere(rulebase: Rulebase) -> None:
    shown = Page(page(large_report(rulebase, 60, 60), rulebase))
    ids = [found["id"] for _tag, found in shown.tags if "id" in found]
    assert len(ids) == len(set(ids))
    inner = {found["href"][1:] for found in shown.all("a") if found["href"].startswith("#")}
    assert inner <= set(ids)
    named = [found.get("aria-labelledby", "") for _tag, found in shown.tags]
    assert {one for names in named for one in names.split()} <= set(ids)


def test_headings_go_down_one_step_at_a_time(rulebase: Rulebase) -> None:
    shown = Page(page(large_report(rulebase, 60, 60), rulebase))
    levels = [int(tag[1]) for tag, _found in shown.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_each_table_names_its_columns_and_rows(rulebase: Rulebase) -> None:
    shown = Page(page(large_report(rulebase, 20, 20), rulebase))
    assert all(found.get("scope") in ("row", "col") for found in shown.all("th"))
    assert len(shown.all("caption")) == len(shown.all("table")) > 3


def test_the_page_says_what_the_files_could_not_show(rulebase: Rulebase) -> None:
    mail = Coverage("mbox", "inbox.mbox", 9, counts={"messages": 9})
    report = Report(TODAY, rulebase.stamp, (), (), (), (mail,), ())
    text = page(report, rulebase)
    assert "does not mean that nobody does" in text
    assert text.count("your files cannot show this") == sum(
        "mail" not in known.inputs for known in rulebase.vocabulary.classes.values()
    )
    assert text.count("no sign in: mail") == sum(
        "mail" in known.inputs for known in rulebase.vocabulary.classes.values()
    )


def test_a_file_without_a_record_shows_nothing(rulebase: Rulebase) -> None:
    empty = Coverage("mbox", "inbox.mbox", 0)
    report = Report(TODAY, rulebase.stamp, (), (), (), (empty,), ())
    assert page(report, rulebase).count("your files cannot show this") == 16


def test_what_a_drawing_shows_stands_in_a_table_too(rulebase: Rulebase) -> None:
    text = page(large_report(rulebase, 40, 40), rulebase)
    for section in ("flow", "timeline"):
        part = text.partition(f'<section id="{section}"')[2].partition("</section>")[0]
        assert 'role="img"' in part
        assert f'<title id="{section}-name">' in part
        assert "<table>" in part


def test_seen_and_merely_contacted_are_drawn_differently(rulebase: Rulebase) -> None:
    merchant = "site:shop.example"
    sightings = (
        Sighting("stripe", "transaction", "mail"),
        Sighting("meta", "checkout-contact", "request"),
        Sighting(merchant, "transaction", "mail"),
    )
    bought = tuple(
        Purchase(merchant, "shop.example", dt.date(2026, 1, day), sightings, ()) for day in (1, 9)
    )
    report = msgspec.structs.replace(large_report(rulebase, 0, 0), purchases=bought)
    found = flow(report, words(rulebase))
    assert found
    assert {(band.kind, band.title) for band in found.bands} == {
        ("recorded", "shop.example → Stripe: 2 purchases: purchase record"),
        ("contacted", "shop.example → Meta: 2 purchases: contacted at checkout"),
    }
    assert [step.taker.name for step in found.steps] == ["Stripe", "Meta"]


def test_nothing_is_drawn_without_purchases_and_dates(rulebase: Rulebase) -> None:
    report = Report(TODAY, rulebase.stamp, (), (), (), (), ())
    assert flow(report, words(rulebase)) is None
    assert timeline(report, words(rulebase)) is None


def test_the_evidence_that_is_left_out_is_counted(rulebase: Rulebase) -> None:
    report = large_report(rulebase, 1, 0)
    assert "and 1 more place" in page(report, rulebase)
    many = page(large_report(rulebase, 200, 0), rulebase)
    assert "and 1 more reason" in many
    assert "and 2 more signs of this kind" in many


def test_a_redacted_page_shows_no_day(rulebase: Rulebase) -> None:
    named = words(rulebase)
    report = redact(large_report(rulebase, 30, 30), named)
    shown = "".join(Page(page(report, rulebase)).texts)
    assert "This report is redacted" in shown
    assert "bank statement" not in shown
    days = set(re.findall(r"\d{4}-\d\d-\d\d", shown))
    checks = {one.checked for holder in report.holders for one in holder.rights}
    assert days <= {*checks, rulebase.stamp.date}


def test_the_kind_of_each_reader_is_known(rulebase: Rulebase) -> None:
    assert set(KIND_OF_READER) == {source.NAME for source in SOURCES}
    assert set(KIND_OF_READER.values()) == set(rulebase.vocabulary.inputs)


def test_the_page_does_not_judge(rulebase: Rulebase) -> None:
    text = "".join(Page(page(large_report(rulebase, 60, 60), rulebase)).texts).lower()
    for word in ("violation", "illegal", "guilty", "compliant", "danger", "out of 100"):
        assert word not in text


def test_an_old_rule_base_is_said_to_be_old(rulebase: Rulebase) -> None:
    old = msgspec.structs.replace(rulebase.stamp, date="2024-11-21")
    report = msgspec.structs.replace(large_report(rulebase, 1, 1), rulebase=old)
    assert "730 days before this report" in page(report, rulebase)
    assert style.aged(large_report(rulebase, 1, 1), 10_000) == ""


@pytest.mark.parametrize("right", [*law.RIGHTS, "complain"])
def test_every_right_has_a_name(right: str) -> None:
    assert right_title(right)


def test_a_step_says_its_law_and_deadline(rulebase: Rulebase) -> None:
    step = NextStep("access", "eu-gdpr", "Art. 15", months=1)
    text = step_text(step, words(rulebase))
    assert text.endswith("; answer due within 1 month")
    assert "Art. 15" in text
    assert rulebase.regimes["eu-gdpr"].name in text
