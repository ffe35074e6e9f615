"""What came and went between two reports, by identity.

A reason is the same in both when organisation, tier, inference, party and intermediary are; a
purchase, when merchant and date are. Places, counts and probabilities do not matter.

Where the rule bases differ, a report cannot tell which rules the other one lacked: it names
only the signals that fired. So a difference counts as the person's own only if its evidence is
dated after the old report or its signal fired there too; evidence that the other report has
for somebody else, and every other difference, *may* be due to the rules.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from dataexposure.model import Claim, Finding, Holder, Likelihood, Purchase, Report, RulebaseStamp

SAME: Final = "same"
NEWER: Final = "newer"
OLDER: Final = "older"
OTHER: Final = "other"

Identity = tuple[str, str, str, str]


class Side(Struct, frozen=True):
    """One of the two reports: what it was made with.

    `only` counts the files that were read for this report and not for the other, `unread`
    what could not be read.
    """

    made: dt.date
    rulebase: RulebaseStamp
    residence: str
    only: int
    unread: int


class Reason(Struct, frozen=True):
    """A kind of claim; `rules` says that its coming or going may be due to the rule base."""

    tier: str
    because: str
    party: str
    via: str
    rules: bool


class Change(Struct, frozen=True):
    """What changed for one organisation; `before` or `after` is None when it was not there.

    `rules` says that all of it may be due to the rule base.
    """

    org: str
    name: str
    before: Likelihood | None
    after: Likelihood | None
    came: tuple[Reason, ...]
    gone: tuple[Reason, ...]
    rules: bool


class Bought(Struct, frozen=True):
    """A purchase that only one report has; several on one day come several times."""

    merchant: str
    merchant_name: str
    date: dt.date | None
    rules: bool


class Comparison(Struct, frozen=True):
    """The whole difference.

    `rules` is how the second rule base relates to the first: `same`, `newer`, `older` or
    `other` (of the same date).
    """

    old: Side
    new: Side
    rules: str
    came: tuple[Change, ...]
    gone: tuple[Change, ...]
    changed: tuple[Change, ...]
    bought: tuple[Bought, ...]
    unbought: tuple[Bought, ...]
    schema: int = 1


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports, in the order in which they were given."""
    rules = _relation(old.rulebase, new.rulebase)
    forth, back = _Judge(new, old, rules, since=old.made), _Judge(old, new, rules, since=None)
    orgs = dict.fromkeys(holder.id for holder in (*new.holders, *old.holders))
    changes = tuple(change for org in orgs if (change := _change(org, back, forth)) is not None)
    return Comparison(
        old=_side(old, new),
        new=_side(new, old),
        rules=rules,
        came=tuple(change for change in changes if change.before is None),
        gone=tuple(change for change in changes if change.after is None),
        changed=tuple(change for change in changes if change.before and change.after),
        bought=_purchases(forth),
        unbought=_purchases(back),
    )


def _relation(old: RulebaseStamp, new: RulebaseStamp) -> str:
    if old.version == new.version:
        return SAME
    if old.date == new.date:
        return OTHER
    return NEWER if new.date > old.date else OLDER


def _side(report: Report, other: Report) -> Side:
    there = {coverage.file for coverage in other.coverage}
    only = {coverage.file for coverage in report.coverage} - there
    return Side(report.made, report.rulebase, report.residence, len(only), len(report.problems))


class _Judge:
    """Says of what one report has and the other lacks whether the rules may be the cause.

    `since` is the day of the older report: evidence after it cannot have been in it.
    """

    def __init__(self, here: Report, there: Report, rules: str, since: dt.date | None) -> None:
        self.here = here
        self.there = there
        self.same = rules == SAME
        self.since = since
        self.holders = {holder.id: holder for holder in here.holders}
        self.others = {holder.id for holder in there.holders}
        self._signals = {finding.signal for finding in there.findings}
        self._seen = {(finding.signal, finding.party) for finding in there.findings}
        self._bought = {(one.date, at) for one in there.purchases for at in one.evidence}

    def claims(self, claims: Iterable[Claim]) -> bool:
        """Say it of the claims that make one reason."""
        return not self.same and all(self._claim(claim) for claim in claims)

    def _claim(self, claim: Claim) -> bool:
        if claim.via:
            giver = self.holders.get(claim.via)
            if giver is None or claim.via in self.others:
                return True  # the giver is no news, so the partnership or the owner may be
            return all(self._claim(one) for one in giver.claims if not one.via)
        findings = (self.here.findings[position] for position in claim.findings)
        return all(self._finding(finding) for finding in findings)

    def _finding(self, finding: Finding) -> bool:
        if self._is_later(finding.first):
            return False
        known = finding.signal in self._signals
        return not known or (finding.signal, finding.party) in self._seen

    def purchase(self, purchase: Purchase, signals: Mapping[object, set[str]]) -> bool:
        """Say it of a purchase; `signals` gives the signals that fired at a place."""
        if self.same or self._is_later(purchase.date):
            return False
        if any((purchase.date, at) in self._bought for at in purchase.evidence):
            return True  # it is there too, under another shop
        return not any(signals.get(at, set()) & self._signals for at in purchase.evidence)

    def _is_later(self, date: dt.date | None) -> bool:
        return self.since is not None and date is not None and date > self.since


def _change(org: str, back: _Judge, forth: _Judge) -> Change | None:
    """Compare what both reports say of an organisation; None when it is the same."""
    before, after = back.holders.get(org), forth.holders.get(org)
    had, has = _reasons(before), _reasons(after)
    came = tuple(_reason(key, forth.claims(has[key])) for key in has if key not in had)
    gone = tuple(_reason(key, back.claims(had[key])) for key in had if key not in has)
    if before and after and not (came or gone or before.likelihood.word != after.likelihood.word):
        return None
    known = after or before
    return Change(
        org=org,
        name=known.name if known else "",
        before=before.likelihood if before else None,
        after=after.likelihood if after else None,
        came=came,
        gone=gone,
        rules=not forth.same and all(reason.rules for reason in (*came, *gone)),
    )


def _reasons(holder: Holder | None) -> dict[Identity, list[Claim]]:
    found: dict[Identity, list[Claim]] = {}
    for claim in holder.claims if holder else ():
        found.setdefault((claim.tier, claim.because, claim.party, claim.via), []).append(claim)
    return found


def _reason(key: Identity, rules: bool) -> Reason:
    tier, because, party, via = key
    return Reason(tier, because, party, via, rules)


def _purchases(judge: _Judge) -> tuple[Bought, ...]:
    """Give the purchases of a report that the other lacks, as often as it lacks them."""
    known = Counter((one.merchant, one.date) for one in judge.there.purchases)
    signals: dict[object, set[str]] = {}
    for finding in judge.here.findings:
        for at in finding.evidence:
            signals.setdefault(at, set()).add(finding.signal)
    found = []
    for one in judge.here.purchases:
        if known[one.merchant, one.date] > 0:
            known[one.merchant, one.date] -= 1
            continue
        rules = judge.purchase(one, signals)
        found.append(Bought(one.merchant, one.merchant_name, one.date, rules))
    return tuple(found)
