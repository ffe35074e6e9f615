"""Advice: protective steps, each with what it would have changed."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Advised, Report
from dataexposure.report import style
from dataexposure.report.page.holders import anchors
from dataexposure.report.page.ledger import Named, named

EFFECTS: Final = 6
_LEAST: Final = 0.05


class Piece(Struct, frozen=True):
    """One step: `change` is empty when the model cannot tell what it changes."""

    title: str
    sentence: str
    keeps: str
    cost: str
    change: str
    effects: tuple[tuple[Named, str], ...]
    more: int


def advice(report: Report, words: Words) -> tuple[Piece, ...]:
    """Give the steps in the report's order; those that the rule base no longer has are left out."""
    return tuple(_piece(one, report, words) for one in report.advice if one.step in words.advice)


def _piece(advised: Advised, report: Report, words: Words) -> Piece:
    step = words.advice[advised.step]
    where = anchors(report)
    total = style.expected(report)
    change = _("from {before} to {after} expected holders").format(
        before=style.decimal(total), after=style.decimal(total - advised.change)
    )
    return Piece(
        title=_(step.title),
        sentence=_(step.sentence),
        keeps=_(step.keeps),
        cost=_(step.cost),
        change=change if advised.change >= _LEAST else "",
        effects=tuple(
            (named(one.org, where, words), f"{_percent(one.before)} → {_percent(one.after)}")
            for one in advised.effects[:EFFECTS]
        ),
        more=max(0, len(advised.effects) - EFFECTS),
    )


def _percent(chance: float) -> str:
    return f"{min(99, max(1, round(chance * 100)))}\u00a0%"
