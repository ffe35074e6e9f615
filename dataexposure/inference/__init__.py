"""Findings to holders and purchases: reasoning, likelihood, the ledger, and advice.

`INFERENCES` lists every kind of reasoning. A function's docstring is the sentence that the
report shows for its claims, and its name is their `because`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from dataexposure.inference.advice import advise
from dataexposure.inference.direct import DIRECT
from dataexposure.inference.ground import Ground
from dataexposure.inference.holders import conclude, direct_claims, holders
from dataexposure.inference.ledger import ledger
from dataexposure.inference.second_hop import HOPS
from dataexposure.knowledge import Rulebase
from dataexposure.law import Step
from dataexposure.model import Advised, Finding, Holder, Purchase

INFERENCES: Final = (*DIRECT, *HOPS)


class Inferred(NamedTuple):
    """What was reasoned: holders, purchases, and the advice that would lower this most."""

    holders: tuple[Holder, ...]
    purchases: tuple[Purchase, ...]
    advice: tuple[Advised, ...]


def infer(
    findings: tuple[Finding, ...],
    rulebase: Rulebase,
    made: dt.date,
    residence: str = "",
    steps: tuple[Step, ...] = (),
) -> Inferred:
    """Reason from findings to holders, purchases and advice, as of the day `made`.

    `residence` is where the person lives, as they say (`NO`, `US-CA`); without it no partner
    is followed that a source names for some countries only. `steps` are protective steps
    that the person took before, as far as the inputs do not show it themselves.
    """
    ground = Ground(findings, rulebase, made, residence)
    for step in steps:
        ground = ground.applying(step)
    direct = direct_claims(ground)
    conclusions = conclude(ground, direct)
    return Inferred(
        holders(ground, conclusions), ledger(ground), advise(ground, direct, conclusions)
    )
