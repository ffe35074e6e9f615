"""What a person can do about a holder, in words."""

from __future__ import annotations

from typing import Final

from dataexposure.knowledge import Words
from dataexposure.language import N_, _, ngettext
from dataexposure.law import Authority
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
    "complain": N_("Complain to the authority"),
}


_COMPLAIN: Final = "complain"
_HOLDER_FIRST: Final = "controller-first"


def right_title(right: str) -> str:
    """Name a right of `law.RIGHTS`, or the complaint after them, as something to do."""
    return _(_RIGHTS[right])


def step_text(step: NextStep, words: Words) -> str:
    """Give a step with its law and deadline, and what is quicker than a letter for it.

    A complaint names the authority that takes it and where.
    """
    regime = words.regimes.get(step.regime)
    if step.right == _COMPLAIN and regime and regime.authorities:
        return _complaint(regime.authorities[0])
    law = regime.name if regime else step.regime
    place = f"{law}, {step.basis}" if step.basis else law
    said = [f"{right_title(step.right)} ({place})"]
    said += [text for text in (_shortcut(step, words), deadline(step)) if text]
    return "; ".join(said)


def _complaint(authority: Authority) -> str:
    text = _("Complain to {name}: {address}").format(
        name=authority.name, address=authority.complain or authority.website
    )
    if authority.order == _HOLDER_FIRST:
        text += "; " + _("it wants the holder to be asked first")
    return text


def _shortcut(step: NextStep, words: Words) -> str:
    """Name what does the same without a letter; empty when there is no such thing."""
    regime = words.regimes.get(step.regime)
    if step.right == "opt-out" and regime and regime.signal:
        return _("a browser that sends Global Privacy Control asks for it by itself")
    if step.right == "broker-delete" and "drop" in words.advice:
        address = next(iter(words.advice["drop"].sources.values())).url
        return _("one request on the State's site: {address}").format(address=address)
    return ""


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
