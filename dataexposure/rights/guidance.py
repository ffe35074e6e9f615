"""What a person should know when they send a letter: proof, deadline, contact, better ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dataexposure.language import N_, _, ngettext
from dataexposure.law import Authority, Step, Term, covers, doubted, due
from dataexposure.model import Contact, Holder
from dataexposure.rights.steps import BROKERS, Given

PROOFS: Final = {
    "login": N_("a log-in to your account"),
    "account-email": N_("the e-mail address of your account"),
    "order-number": N_("an order number"),
    "customer-number": N_("your customer number"),
    "loyalty-number": N_("your loyalty number"),
    "advertising-id": N_("the advertising identifier of your device or browser"),
    "residency": N_("the state that you live in"),
    "contract-number": N_("a contract number"),
    "id-document-number": N_("the number of an identity document"),
    "id-document-copy": N_("a copy of an identity document"),
    "national-id": N_("a national identity number"),
    "payment-card-number": N_("a card number"),
    "bank-statement": N_("a bank statement"),
    "biometric": N_("a face scan or other biometric data"),
    "password": N_("a password"),
}
"""The proofs of `law.PROOFS`, as a person reads them."""

_LEVELS: Final = {
    "none": N_("No proof of identity may be asked for here; offer none."),
    "on-doubt": N_("Proof of identity may be asked for only where there is a reasonable doubt."),
    "reasonable": N_("The holder may check who you are, as far as is reasonable for the data."),
    "required": N_("The holder has to make sure who you are."),
}
_CONTRACT: Final = ("contract",)
_SIGNALLED: Final = ("opt-out",)
_REGISTERS: Final = ("object", "opt-out")
_BROKERED: Final = ("access", "erase", "opt-out")


def length(term: Term) -> str:
    """Say how long a term is, such as `1 month` or `15 business days`; empty for none."""
    if term.months:
        return ngettext("{count} month", "{count} months", term.months).format(count=term.months)
    if term.business_days:
        text = ngettext("{count} business day", "{count} business days", term.business_days)
        return text.format(count=term.business_days)
    if term.days:
        return ngettext("{count} day", "{count} days", term.days).format(count=term.days)
    return ""


def identity(found: Given) -> Iterator[str]:
    """Say what may be asked for, what is enough, and what never to send."""
    asked = found.right.identity
    yield _(_LEVELS[asked.level])
    if asked.ask:
        yield _("Enough to give, if it is asked for: {proofs}.").format(proofs=_proofs(asked.ask))
    if asked.never:
        yield _("Never send: {proofs}.").format(proofs=_proofs(asked.never))


def _proofs(ids: Iterable[str]) -> str:
    return ", ".join(_(PROOFS[name]) for name in ids)


def deadline(found: Given, day: dt.date) -> Iterator[str]:
    """Say when the answer is due if the letter is received on a day."""
    right = found.right
    last = due(right.term, day)
    if last is None:
        yield _("The law names no deadline; a month without an answer is long.")
        return
    yield _("An answer is due {term} after receipt: by {date}, if it is received on {day}.").format(
        term=length(right.term), date=last.isoformat(), day=day.isoformat()
    )
    if extra := length(right.extension):
        yield _("The holder may take {term} more, if it says so in time.").format(term=extra)
    if soon := length(right.acknowledge):
        yield _("It must confirm receipt within {term}.").format(term=soon)
    if right.term.business_days:
        yield _("Public holidays are not counted here, so the day may be somewhat later.")


def cautions(found: Given) -> Iterator[str]:
    """Give what the rules say about this right and law, and what is not certain about it."""
    if found.right.note:
        yield _(found.right.note)
    if found.law.note:
        yield _(found.law.note)
    for sentence in doubted(found.law, found.kind):
        yield _("Not certain: {sentence}").format(sentence=_(sentence))


def better_ways(
    right: str, holder: Holder, found: Given, advice: Iterable[Step], residence: str
) -> Iterator[str]:
    """Name what does more than this letter, or the same with less effort, where there is one."""
    steps = {step.id: step for step in advice if not step.residents or _lives(step, residence)}
    drop = steps.get("drop")
    if drop and right in _BROKERED and BROKERS.intersection(holder.roles):
        yield f"{_(drop.sentence)} {_place(drop)}".strip()
    if found.law.signal and right in _SIGNALLED and "global-privacy-control" in steps:
        yield _(steps["global-privacy-control"].sentence)
    if right == "withdraw" and "reject-consent" in steps:
        yield _(steps["reject-consent"].sentence)
    for step in steps.values():
        if step.id.startswith("reservation-") and right in _REGISTERS and _concerns(step, holder):
            yield f"{_(step.sentence)} {_place(step)}".strip()
    if right == "access" and "login" in found.right.identity.ask and holder.basis[:1] == _CONTRACT:
        yield _("Look into your account first: many holders show the data after a log-in.")


def _lives(step: Step, residence: str) -> bool:
    return covers(step.residents, residence)


def _concerns(step: Step, holder: Holder) -> bool:
    return not step.roles or not set(step.roles).isdisjoint(holder.roles)


def _place(step: Step) -> str:
    """Give the page of who runs a register; a report about it is no place to go."""
    return next((place.url for place in step.sources.values() if not place.secondary), "")


def complaint(authorities: Iterable[Authority]) -> Iterator[str]:
    """Say who takes a complaint, where, and whether the holder has to be asked first."""
    for authority in authorities:
        text = _("Complain to {name}: {address}").format(
            name=authority.name, address=authority.complain or authority.website
        )
        if authority.note:
            text += ". " + _(authority.note)
        yield text


def contact_title(contact: Contact) -> str:
    """Say what kind of contact it is."""
    return _(_CONTACTS[contact.kind])


_CONTACTS: Final = {
    "form": N_("web form"),
    "page": N_("its page"),
    "email": N_("e-mail"),
    "post": N_("post"),
}


def titles() -> Mapping[str, str]:
    """Give the name of each right, for lists."""
    return {kind: _(title) for kind, title in _TITLES.items()}


_TITLES: Final = {
    "access": N_("copy of the data"),
    "object": N_("objection to marketing"),
    "stop": N_("end of processing"),
    "erase": N_("erasure"),
    "opt-out": N_("opt-out of sale"),
    "withdraw": N_("withdrawal of consent"),
}
