"""Which protective steps would lower this report most, recomputed by the model.

A step is applied to the evidence as if the person had taken it before: its inhibitors act on
the evidence that it concerns, and everybody's likelihood is concluded again. What a step
would change is the difference, never an assertion.
"""

from __future__ import annotations

from typing import Final

from dataexposure.inference.ground import Ground
from dataexposure.inference.holders import Conclusions, Grouped, conclude
from dataexposure.model import Advised, Effect

MOST: Final = 7
_IN_OWN_HANDS: Final = frozenset({"blocked", "rejected", "gpc", "opted-out"})
"""What works without an answer: whether a holder deletes is not known before it says so."""

_NOTICEABLE: Final = 0.005
"""Less than half a per cent for one holder is not worth a line."""

_WORTH_A_STEP: Final = 0.05
"""Less than a twentieth of a holder in all is not worth the trouble of a step."""


def advise(ground: Ground, direct: Grouped, before: Conclusions) -> tuple[Advised, ...]:
    """Give the steps that would lower the expected number of holders most, up to seven."""
    advised = []
    for step in ground.rulebase.advice:
        if not any(lowering.inhibitor in _IN_OWN_HANDS for lowering in step.lowers):
            continue
        after = conclude(ground.applying(step), direct)
        effects = [
            Effect(org, likelihood.mid, _after(after, org))
            for org, likelihood in before.likelihoods.items()
            if likelihood.mid - _after(after, org) >= _NOTICEABLE
        ]
        change = sum(effect.before - effect.after for effect in effects)
        if change >= _WORTH_A_STEP:
            effects.sort(key=lambda effect: (effect.after - effect.before, effect.org))
            advised.append(Advised(step.id, round(change, 4), tuple(effects)))
    return tuple(sorted(advised, key=lambda one: (-one.change, one.step))[:MOST])


def _after(conclusions: Conclusions, org: str) -> float:
    """Give the likelihood after a step; one that nothing leads to any more is gone."""
    likelihood = conclusions.likelihoods.get(org)
    return likelihood.mid if likelihood else 0.0
