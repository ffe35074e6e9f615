"""The HTML report: one page in one file, which asks nothing of any network.

The templates in `templates/` escape every value; style and script stand in the page and are
named by their hashes in its content security policy, so that nothing else can run or load.
The page works without the script, which only sorts, filters and folds.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dataexposure import language
from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Report
from dataexposure.printable import printable
from dataexposure.report import style
from dataexposure.report.labels import FILES
from dataexposure.report.page import advice, apps, flow, holders, landscape, ledger, timeline

TEMPLATES: Final = Path(__file__).parent / "templates"
PROBLEMS: Final = 200
_OLD: Final = 365
"""Days after which the page says that its rule base may be out of date."""


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the page; it always holds everything, so the options change nothing."""
    del width, colour, details
    environment = _environment()
    book = ledger.ledger(report, words)
    css, script = _inlined("page.css") + book.labels, _inlined("page.js")
    found, more_apps = apps.apps(report, words)
    return environment.get_template("page.html.jinja").render(
        language=language.current(),
        policy=_policy(css, script),
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


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_callables(  # type: ignore[attr-defined]
        language._, language.ngettext, newstyle=True
    )
    return found


@functools.cache
def _inlined(name: str) -> str:
    """Read our own style or script; it stands in the page unescaped."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    code = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{code}'"


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
