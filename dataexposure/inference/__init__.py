"""Findings to holders and purchases: reasoning, likelihood, and the ledger.

`INFERENCES` lists every kind of reasoning. A function's docstring is the sentence that the
report shows for its claims, and its name is their `because`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from dataexposure.inference.direct import DIRECT
from dataexposure.inference.ground import Ground
from dataexposure.inference.holders import holders
from dataexposure.inference.ledger import ledger
from dataexposure.inference.second_hop import HOPS
from dataexposure.knowledge import Rulebase
from dataexposure.model import Finding, Holder, Purchase

INFERENCES: Final = (*DIRECT, *HOPS)


def infer(
    findings: tuple[Finding, ...], rulebase: Rulebase, made: dt.date, residence: str = ""
) -> tuple[tuple[Holder, ...], tuple[Purchase, ...]]:
    """Reason from findings to holders and purchases, as of the day `made`.

    `residence` is where the person lives, as they say (`NO`, `US-CA`); without it no partner
    is followed that a source names for some countries only.
    """
    ground = Ground(findings, rulebase, made, residence)
    return holders(ground), ledger(ground)
