"""The HTML report: one page in one file, which asks nothing of any network.

The templates in `templates/` escape every value; style and script stand in the page and are
named by their hashes in its content security policy, so that nothing else can run or load.
The page works without the script, which only sorts, filters and folds.
"""

from __future__ import annotations

from typing import Final

from dataexposure import language
from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Report
from dataexposure.printable import printable
from dataexposure.report import style
from dataexposure.report.labels import FILES
from dataexposure.report.page import advice, apps, flow, holders, landscape, ledger, timeline
from dataexposure.report.pages import inlined, policy, template

PROBLEMS: Final = 200
_OLD: Final = 365
"""Days after which the page says that its rule base may be out of date."""


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the page; it always holds everything, so the options change nothing."""
    del width, colour, details
    book = ledger.ledger(report, words)
    css, script = inlined("page.css") + book.labels, inlined("page.js")
    found, more_apps = apps.apps(report, words)
    return template("page.html.jinja").render(
        language=language.current(),
        policy=policy(css, script),
        css=css,
        script=script,
        report=report,
        made=style.day(report.made),
        answer=style.answer(report, words),
        calibrated=style.calibrated(report),
        entries=holders.entries(report, words),
        ledger=book,
        flow=flow.flow(report, words),
        timeline=timeline.timeline(report, words),
        places=landscape.landscape(report, words),
        apps=found,
        more_apps=more_apps,
        makers=apps.makers(report),
        advice=advice.advice(report, words),
        read=_read(report),
        problems=_problems(report, words),
        more_problems=max(0, len(report.problems) - PROBLEMS),
        limits=tuple(_(spot) for spot in style.BLIND_SPOTS),
        no_sign=_(style.NO_SIGN),
        stayed=_(style.STAYED),
        uncalibrated=_(style.UNCALIBRATED),
        stamp=style.stamp(report.rulebase),
        aged=style.aged(report, _OLD),
        tiers=tuple((_(tier.title), _(tier.sentence)) for tier in words.vocabulary.tiers.values()),
        glossary=style.likelihood_words(),
    )


def _read(report: Report) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (
            printable(one.file),
            _(FILES[one.source]) if one.source in FILES else printable(one.source),
            style.counts(one),
            style.span(one.first, one.last) if one.last else "",
        )
        for one in report.coverage
    )


def _problems(report: Report, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (style.place(one.at), style.problem_text(one, words)) for one in report.problems[:PROBLEMS]
    )
