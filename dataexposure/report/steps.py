"""What a person can do about a holder, in words."""

from __future__ import annotations

from typing import Final

from dataexposure.knowledge import Words
from dataexposure.language import N_, _, ngettext
from dataexposure.model import NextStep

_RIGHTS: Final = {
    "access": N_("Ask for a copy of your data"),
    "recipients": N_("Ask to whom it was passed on"),
    "correct": N_("Have it corrected"),
    "erase": N_("Have it erased"),
    "restrict": N_("Have its use restricted"),
    "port": N_("Take your data along"),
    "object": N_("Object to its use for marketing"),
    "withdraw": N_("Withdraw your consent"),
    "stop": N_("Demand that its use ends"),
    "opt-out": N_("Opt out of sale and sharing"),
    "limit": N_("Limit the use of sensitive data"),
    "broker-delete": N_("Have all registered brokers delete it"),
    "grievance": N_("File a grievance"),
    "appeal": N_("Appeal against a refusal"),
}


def right_title(right: str) -> str:
    """Name a right of `law.RIGHTS` as something to do."""
    return _(_RIGHTS[right])


def step_text(step: NextStep, words: Words) -> str:
    """Give a step with its law and deadline."""
    law = words.regimes[step.regime].name if step.regime in words.regimes else step.regime
    text = f"{right_title(step.right)} ({law}, {step.basis})"
    return f"{text}; {deadline(step)}" if deadline(step) else text


def deadline(step: NextStep) -> str:
    """Say when the answer is due; empty when the law names no deadline."""
    if step.months:
        text = ngettext(
            "answer due within {count} month", "answer due within {count} months", step.months
        )
        return text.format(count=step.months)
    if step.days:
        text = ngettext(
            "answer due within {count} day", "answer due within {count} days", step.days
        )
        return text.format(count=step.days)
    if step.business_days:
        text = ngettext(
            "answer due within {count} business day",
            "answer due within {count} business days",
            step.business_days,
        )
        return text.format(count=step.business_days)
    return ""
