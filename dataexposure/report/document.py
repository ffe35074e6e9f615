"""The JSON report: exactly `model.Report`, schema 1, in a form that is stable and diffable."""

from __future__ import annotations

from collections.abc import Container, Iterable

import msgspec

from dataexposure.errors import UsageError
from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Report

SCHEMA = 1
_INDENT = 2


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the report as JSON; ids stay language-neutral and nothing is left out."""
    del words, width, colour, details
    return msgspec.json.format(msgspec.json.encode(report), indent=_INDENT).decode() + "\n"


def parse(content: bytes) -> Report:
    """Read a JSON report again.

    Raises UsageError when it is not a report, or one of another schema.
    """
    try:
        report = msgspec.json.decode(content, type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise UsageError(_("This is not a dataexposure report.")) from None
    if not _is_whole(report):
        raise UsageError(_("This report is damaged: a claim has no finding."))
    if report.schema != SCHEMA:
        text = _("This report has schema {found}, this version reads {known}.")
        raise UsageError(text.format(found=report.schema, known=SCHEMA))
    return report


def _is_whole(report: Report) -> bool:
    """Say whether every claim's findings are there."""
    known = range(len(report.findings))
    claims = (claim for holder in report.holders for claim in holder.claims)
    return all(position in known for claim in claims for position in claim.findings)


def strangers(report: Report, words: Words) -> tuple[str, ...]:
    """Give the ids in a report that the vocabulary in use does not have.

    A report made with newer or older rules may have some; no renderer could name them.
    """
    vocabulary = words.vocabulary
    claims = [claim for holder in report.holders for claim in holder.claims]
    used: tuple[tuple[Iterable[str], Container[str]], ...] = (
        ((holder.tier for holder in report.holders), vocabulary.tiers),
        ((claim.tier for claim in claims), vocabulary.tiers),
        ((claim.category for claim in claims), vocabulary.data),
        ((claim.because for claim in claims), words.reasons),
        ((holder.channel for holder in report.holders), vocabulary.classes),
        ((role for holder in report.holders for role in holder.roles), vocabulary.roles),
        ((name for holder in report.holders for name in holder.categories), vocabulary.data),
        ((finding.event for finding in report.findings), vocabulary.events),
        ((problem.cause for problem in report.problems), vocabulary.problems),
        ((advised.step for advised in report.advice), words.advice),
        ((seen.tier for row in report.purchases for seen in row.seen_by), vocabulary.tiers),
    )
    return tuple(sorted({one for ids, known in used for one in ids if one not in known}))


def schema() -> bytes:
    """Give the JSON Schema of the report, from the types themselves."""
    found = msgspec.json.schema(Report)
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dataexposure report",
        **found,
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=_INDENT) + b"\n"
