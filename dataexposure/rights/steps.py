"""The next steps against a holder, in the order in which they are wise.

A copy comes first, because it names sources and recipients and erasure ends that trail; then
what stops further use, then erasure, then the complaint. Where one request reaches every
registered broker, it comes before any letter to one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from dataexposure import law
from dataexposure.law import Regime, Right
from dataexposure.model import Holder, NextStep

COMPLAIN: Final = "complain"
"""The step after the rights: the authority of the nearest law takes a complaint."""

BROKERS: Final = frozenset({"data-broker", "identity-resolution", "location-data", "receipt-panel"})
"""Roles that a request to all registered brokers can reach; the advice names the same."""

_STOPPING: Final = ("object", "stop", "opt-out")
_FORCED: Final = ("legal-obligation",)


class Given(NamedTuple):
    """A right with the law that gives it."""

    kind: str
    law: Regime
    right: Right


def given(kind: str, regimes: Mapping[str, Regime], residence: str, day: dt.date) -> Given | None:
    """Give the right of that kind which a person has by the nearest law in force on a day.

    None when no law of the place gives it, or no place was said.
    """
    for regime in law.of_residence(regimes, residence):
        version = law.on_day(regime, day)
        if version and kind in version.rights:
            return Given(kind, regime, version.rights[kind])
    return None


def nearest(regimes: Mapping[str, Regime], residence: str, day: dt.date) -> Regime | None:
    """Give the nearest law that is in force for a person on a day, or None."""
    laws = law.of_residence(regimes, residence)
    return next((regime for regime in laws if law.on_day(regime, day)), None)


def next_steps(
    holder: Holder, regimes: Mapping[str, Regime], residence: str, day: dt.date
) -> tuple[NextStep, ...]:
    """Give the steps against a holder for somebody who lives in a place, by the law of a day.

    Empty when the place is not known or has no law here. A holder that only does what a law
    demands of it can be asked for a copy, but not be told to stop or erase; erasure that
    reaches only what the person gave is left out where the holder has it from others.
    """
    steps = []
    for kind in _order(holder):
        found = given(kind, regimes, residence, day)
        if found and not (kind == "erase" and _out_of_reach(holder, found.right)):
            steps.append(_step(found))
    regime = nearest(regimes, residence, day)
    if regime and regime.authorities:
        steps.append(NextStep(right=COMPLAIN, regime=regime.id, basis=""))
    return tuple(steps)


def _order(holder: Holder) -> Iterator[str]:
    if BROKERS.intersection(holder.roles):
        yield "broker-delete"
    yield "access"
    if holder.basis != _FORCED:
        yield from _STOPPING
        if "consent" in holder.basis:
            yield "withdraw"
        yield "erase"
    yield from ("appeal", "grievance")


def _out_of_reach(holder: Holder, right: Right) -> bool:
    return right.scope == "provided" and bool(holder.collects) and "asked" not in holder.collects


def _step(found: Given) -> NextStep:
    term = found.right.term
    return NextStep(
        right=found.kind,
        regime=found.law.id,
        basis=found.right.basis,
        months=term.months,
        days=term.days,
        business_days=term.business_days,
    )
