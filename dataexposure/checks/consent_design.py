"""Checks on how a site asks, and on what it asks for before it lets people opt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dataexposure.checks.addresses import named, place
from dataexposure.checks.evidence import Visits, asking, issue, page_issue, standing
from dataexposure.policy import Issue, Policy
from dataexposure.website import BROWSER, Field

MOST_REQUIRED: Final = 4
"""How many fields an opt-out form may require."""

_NOT_ASKED: Final = frozenset({"hidden", "submit", "button", "reset", "image"})
_KINDS: Final = {
    "birth-date": (
        "birth date, birthdate, birthday, date of birth, dob, fødselsdato, fodselsdato, "
        "geburtsdatum, date de naissance, data nasterii, data nașterii, дата рождения"
    ),
    "national-number": (
        "ssn, social security, national id, national number, national insurance, nino, "
        "personnummer, fødselsnummer, fodselsnummer, cnp, cod numeric personal, pesel, snils, снилс"
    ),
    "document": (
        "passport, id card, identity card, identity document, id document, proof of identity, "
        "driver license, drivers license, driving licence, driving license, driver licence, "
        "carte identitate, carte de identitate, buletin, паспорт, legitimasjon"
    ),
}
_PHRASES: Final = {
    kind: tuple(f" {phrase} " for phrase in phrases.split(", ")) for kind, phrases in _KINDS.items()
}
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP: Final = re.compile(r"[\W_]+")


def reject_as_easy_as_accept(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for questions where rejecting takes more clicks than accepting, or cannot be done.

    Once for a page; the detail is the clicks to accept and to reject (`1 / 3`; `1 / 0` when
    there is no control to reject).
    """
    for visit in asking(visits):
        choice = visit.choice
        if choice is None or choice.accept_clicks <= 0:
            continue
        if choice.reject_clicks == 0 or choice.reject_clicks > choice.accept_clicks:
            detail = f"{choice.accept_clicks} / {choice.reject_clicks}"
            yield page_issue("reject-as-easy-as-accept", visit, policy, detail=detail)


def no_preticked_choices(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for optional purposes that are on beforehand; the detail is how many."""
    for visit in asking(visits):
        if visit.choice is not None and visit.choice.preticked > 0:
            detail = str(visit.choice.preticked)
            yield page_issue("no-preticked-choices", visit, policy, detail=detail)


def gpc_status_shown(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for pages that do not say that they follow the visitor's opt-out signal.

    Only pages that were run in a browser: a recording does not tell.
    """
    for visit in standing(visits, "gpc"):
        if visit.depth == BROWSER and not visit.honoured:
            yield issue("gpc-status-shown", visit, policy)


def optout_form_needs_no_id(visits: Visits, policy: Policy) -> Iterator[Issue]:
    """Look for opt-out forms that ask for more than is needed.

    On the pages that the policy calls `opt_out`: a field for a document, a birth date, a
    national number or a file, or more than four required fields. The data is what is asked
    for (`document`, `birth-date`, `national-number`, `file`, `required-fields`), the detail
    the field's name or how many are required.
    """
    pages = {named(page, policy.site) for page in policy.opt_out}
    for visit in standing(visits):
        if place(visit, policy.site) not in pages:
            continue
        asked = [field for field in visit.fields if field.type not in _NOT_ASKED]
        for field in asked:
            for kind in _asks_for(field):
                yield page_issue(
                    "optout-form-needs-no-id", visit, policy, data=kind, detail=field.name
                )
        required = {(field.type, field.name) for field in asked if field.required}
        if len(required) > MOST_REQUIRED:
            yield page_issue(
                "optout-form-needs-no-id",
                visit,
                policy,
                data="required-fields",
                detail=str(len(required)),
            )


def _asks_for(field: Field) -> Iterator[str]:
    """Say what a field asks for that tells who somebody is, by its type and name."""
    if field.type == "file":
        yield "file"
    name = f" {_GAP.sub(' ', _HUMP.sub(' ', field.name)).strip().lower()} "
    for kind, phrases in _PHRASES.items():
        if any(phrase in name for phrase in phrases):
            yield kind
