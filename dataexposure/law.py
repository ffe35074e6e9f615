"""What the laws give a person, by date, and what a person can do beforehand.

The types of `rules/regimes/` and `rules/advice.yaml`. Like `knowledge` they are frozen and
hold no personal values. Nothing here is legal advice: a deadline is what the cited source
says, and what no source supports is listed under `unverified`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

RIGHTS: Final = (
    "access",
    "recipients",
    "correct",
    "erase",
    "restrict",
    "port",
    "object",
    "withdraw",
    "stop",
    "opt-out",
    "limit",
    "broker-delete",
    "grievance",
    "appeal",
)
"""Every kind of right: a copy; to whom it went; correct; erase; restrict; take along; object to
direct marketing; withdraw consent; demand an end to processing; opt out of sale and sharing; limit
sensitive data; one deletion request to all registered brokers; a grievance; an appeal."""

LETTER_PARTS: Final = (
    "name",
    "contact",
    "address",
    "law",
    "demand",
    "scope",
    "identifier",
    "residency",
    "operator",
    "relation",
    "reply-channel",
    "agent-proof",
    "date",
    "signature",
)
"""What a letter may have to contain; `identifier` is an order, customer or loyalty number,
`relation` a proof of dealings such as a contract number, `scope` says that pseudonymous data is
meant too, and `operator` is the addressee's full name."""

PROOFS: Final = (
    "login",
    "account-email",
    "order-number",
    "customer-number",
    "loyalty-number",
    "advertising-id",
    "residency",
    "contract-number",
    "id-document-number",
    "id-document-copy",
    "national-id",
    "payment-card-number",
    "bank-statement",
    "biometric",
    "password",
)
"""What a holder may ask for, or a person should not send."""

IDENTITY_LEVELS: Final = ("none", "on-doubt", "reasonable", "required")
"""How far a holder may ask who one is: not at all; only on reasonable doubt; as far as is
reasonable for the data; always."""

SCOPES: Final = ("", "all", "provided")
"""What must be deleted: everything about the person, or only what came from the person."""

ORDERS: Final = ("any", "controller-first")
"""Whether an authority takes a complaint at once or wants the holder asked first."""


EU: Final = frozenset(
    {"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"}
) | {"IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"}
"""The members of the European Union, by ISO 3166-1 code."""

EEA: Final = EU | {"IS", "LI", "NO"}
"""The European Economic Area, where the GDPR holds as well."""


class Term(Struct, frozen=True):
    """A span of time; at most one part is set, none means that the law names no deadline."""

    months: int = 0
    days: int = 0
    business_days: int = 0


class Identity(Struct, frozen=True):
    """How far a holder may ask who one is.

    `level` is one of `IDENTITY_LEVELS`; `ask` are the proofs (of `PROOFS`) that usually do,
    `never` those that a person should not send of their own accord.
    """

    level: str
    ask: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Right(Struct, frozen=True):
    """One right under one version of a law.

    `basis` is the article. `term` runs from receipt to the answer, `extension` may be added
    to it when the holder says so in time, `acknowledge` is the time to confirm receipt.
    `scope` (of `SCOPES`) says what a deletion reaches; `letter` lists what the request must
    contain (of `LETTER_PARTS`); `note` is a sentence for the reader; `source` is an id of the
    regime's sources.
    """

    basis: str
    source: str
    term: Term = Term()
    extension: Term = Term()
    acknowledge: Term = Term()
    scope: str = ""
    identity: Identity = Identity("reasonable")
    letter: tuple[str, ...] = ()
    note: str = ""


class Version(Struct, frozen=True):
    """A law as it stood from `since` to `until` (both included; `until` None: still)."""

    since: dt.date
    until: dt.date | None
    rights: Mapping[str, Right]


class Authority(Struct, frozen=True):
    """Who takes complaints.

    `complain` is a web address or e-mail address; `order` is one of `ORDERS`; `note` says
    what to expect; `source` is an id of the regime's sources.
    """

    name: str
    website: str
    source: str
    complain: str = ""
    order: str = "any"
    note: str = ""


class Unverified(Struct, frozen=True):
    """A statement that no source was read for: say it as a possibility, never as a fact.

    `about` is a right of `RIGHTS`, or `authority`, or `law` for the law as a whole.
    """

    about: str
    sentence: str


class Provenance(Struct, frozen=True):
    """Where a statement about a law stands, and when it was checked (an ISO date).

    `secondary` marks a report about the law instead of the law or its authority.
    """

    url: str
    checked: str
    licence: str = ""
    secondary: bool = False


class Regime(Struct, frozen=True):
    """One law, by date.

    `residents` are the places whose people it protects: ISO 3166-1 codes such as `NO`, ISO
    3166-2 codes such as `US-CA`, or `EU` and `EEA`. `languages` are those in which a letter
    is surely understood (BCP 47). `signal` says that a browser's opt-out signal (GPC) has
    legal force there.
    """

    id: str
    name: str
    residents: tuple[str, ...]
    versions: tuple[Version, ...]
    authorities: tuple[Authority, ...]
    sources: Mapping[str, Provenance]
    languages: tuple[str, ...] = ()
    signal: bool = False
    note: str = ""
    unverified: tuple[Unverified, ...] = ()


class Lowering(Struct, frozen=True):
    """What a step makes weaker from then on.

    It concerns evidence of these `tiers`, `events` and `channels` (empty: all of them).
    `inhibitor` is a row of the likelihood table, empty when nobody has measured the effect.
    """

    tiers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    inhibitor: str = ""


class Step(Struct, frozen=True):
    """One protective step.

    `roles` are the kinds of organisation it works against (empty: any), `residents` the
    places where it exists (empty: everywhere). `withholds` are data categories that it keeps
    back. `keeps` says what it cannot change and `cost` what it takes, a sentence each;
    `order` is its place in the advice, from 1; `right` the right that it uses, if any.
    """

    id: str
    order: int
    title: str
    sentence: str
    keeps: str
    cost: str
    sources: Mapping[str, Provenance]
    lowers: tuple[Lowering, ...] = ()
    withholds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    residents: tuple[str, ...] = ()
    right: str = ""


def covers(places: Iterable[str], residence: str) -> bool:
    """Say whether a list of places means somebody who lives in `residence`.

    Both use ISO 3166 codes (`NO`, `US-CA`); a list may say `EU` and `EEA` too. A country
    means all its parts, but a part does not mean the country. Nobody is meant when the
    residence is not known.
    """
    country = residence.partition("-")[0]
    here = {residence, country}
    here |= {"EU"} if country in EU else set()
    here |= {"EEA"} if country in EEA else set()
    return bool(residence) and not here.isdisjoint(places)


def of_residence(regimes: Mapping[str, Regime], residence: str) -> tuple[Regime, ...]:
    """Give the laws that protect somebody who lives in a place, the nearest law first."""
    country = residence.partition("-")[0]

    def distance(regime: Regime) -> tuple[int, str]:
        near = (residence in regime.residents, country in regime.residents)
        return 0 if near[0] else 1 if near[1] else 2, regime.id

    return tuple(
        sorted(
            (regime for regime in regimes.values() if covers(regime.residents, residence)),
            key=distance,
        )
    )


def on_day(regime: Regime, day: dt.date) -> Version | None:
    """Give the version in force on a day; None before the law applies or in a gap."""
    for version in regime.versions:
        if version.since <= day and (version.until is None or day <= version.until):
            return version
    return None


def due(term: Term, received: dt.date) -> dt.date | None:
    """Give the last day of a term that runs from a day; None when the law names none.

    A month ends on the same day of the month, or on its last day. Business days leave out
    Saturdays and Sundays; public holidays are not known here, so the real day may be later.
    """
    day = received
    if term.months:
        months = received.month - 1 + term.months
        year, month = received.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(received.day, calendar.monthrange(year, month)[1]))
    if term.business_days:
        for _ in range(term.business_days):
            day += dt.timedelta(days=3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
        return day
    return received + dt.timedelta(days=term.days) if term.days else None


def doubted(regime: Regime, right: str) -> tuple[str, ...]:
    """Give the sentences about a right, or the law as a whole, that no source supports yet."""
    return tuple(
        statement.sentence for statement in regime.unverified if statement.about in (right, "law")
    )
