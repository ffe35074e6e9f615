"""Visits and a policy to a verdict: levels, exceptions, the baseline, and what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, structs

from dataexposure.checks import CHECKS, named
from dataexposure.checks.addresses import named as page_named
from dataexposure.checks.addresses import place
from dataexposure.checks.baseline import Baseline, Identity
from dataexposure.checks.budgets import new_vendors
from dataexposure.checks.evidence import SEPARATOR, parts
from dataexposure.checks.matching import covers
from dataexposure.policy import LEVELS, Check, Excepted, Issue, Policy
from dataexposure.website import STATES, Recipient, Visit

ORDER: Final = tuple(named(check) for check in CHECKS)
"""The ids of all checks, in the order in which they are reported."""

_RANK: Final = {name: number for number, name in enumerate(ORDER)}
_STATES: Final = {name: number for number, name in enumerate(STATES)}
_HOME: Final = {
    "undeclared-vendor": "vendors",
    "forbidden-vendor": "vendors.forbidden",
    "declared-not-observed": "vendors.declared",
    "cookie-lifetime": "cookie-max-days",
    "optout-form-needs-no-id": "opt-out",
    "budget": "budgets",
}
"""Which key of the policy a check is about, for those that no assertion names."""


class Verdict(Struct, frozen=True):
    """What a run amounts to.

    `issues` has all, with those that are known or excepted marked. `gone` are identities of
    the baseline that a conclusive look did not find again, `expired` the exceptions whose day
    is past.
    """

    issues: tuple[Issue, ...]
    gone: tuple[Identity, ...] = ()
    expired: tuple[Excepted, ...] = ()


def judge(
    visits: tuple[Visit, ...],
    policy: Policy,
    checks: Mapping[str, Check],
    made: dt.date,
    baseline: Baseline | None = None,
) -> Verdict:
    """Hold visits against a policy. The order of visits does not matter."""
    levels = {name: level(name, policy, checks) for name in ORDER}
    known = frozenset(baseline.issues) if baseline else frozenset[Identity]()
    met = _by_org(visits)
    answered = tuple(one for one in policy.exceptions if one.until >= made)
    issues = tuple(
        structs.replace(
            found,
            level=levels[found.check],
            line=_line(found, policy),
            known=found.identity in known,
            excepted=any(_answers(one, found, policy, met) for one in answered),
        )
        for found in _merged(_raised(visits, policy, levels, baseline))
    )
    return Verdict(
        issues=tuple(sorted(issues, key=_position)),
        gone=tuple(sorted(_gone(known, issues, visits, policy, levels))),
        expired=tuple(one for one in policy.exceptions if one.until < made),
    )


def counts_at(issues: Iterable[Issue], bound: str) -> tuple[Issue, ...]:
    """Give the issues that count and are at or above a level; none for the level `off`."""
    lowest = LEVELS.index(bound) if bound in LEVELS[1:] else len(LEVELS)
    return tuple(one for one in issues if one.counts and LEVELS.index(one.level) >= lowest)


def level(name: str, policy: Policy, checks: Mapping[str, Check]) -> str:
    """Give what a check counts as: by the policy's assertion, by its situation, by default."""
    if name not in checks:
        return "off"
    if name in policy.asserts:
        return policy.asserts[name]
    if name == "gpc-honoured":
        binding = any(region.partition("-")[0] == "US" for region in policy.regions)
        return "error" if binding else "warn"
    if name == "undeclared-vendor":
        return "error" if policy.allowed or policy.declared is not None else "off"
    return checks[name].level


def _raised(
    visits: tuple[Visit, ...],
    policy: Policy,
    levels: Mapping[str, str],
    baseline: Baseline | None,
) -> Iterator[Issue]:
    for check in CHECKS:
        if levels[named(check)] != "off":
            yield from check(visits, policy)
    if levels["budget"] != "off":
        yield from new_vendors(visits, policy, frozenset(baseline.vendors if baseline else ()))


def _merged(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Make one issue of those with one identity; its detail has the parts of all."""
    found: dict[Identity, Issue] = {}
    details: dict[Identity, set[str]] = {}
    for one in issues:
        found.setdefault(one.identity, one)
        details.setdefault(one.identity, set()).update(filter(None, one.detail.split(SEPARATOR)))
    for identity, one in found.items():
        yield structs.replace(one, detail=parts(details[identity]))


def _by_org(visits: Iterable[Visit]) -> dict[str, list[Recipient]]:
    met: dict[str, list[Recipient]] = {}
    for visit in visits:
        for recipient in visit.recipients:
            met.setdefault(recipient.org, []).append(recipient)
    return met


def _answers(
    excepted: Excepted, issue: Issue, policy: Policy, met: Mapping[str, list[Recipient]]
) -> bool:
    """Say whether an exception is about an issue; where a vendor is named, about all of it."""
    if excepted.rule != issue.check:
        return False
    if excepted.page:
        page = page_named(excepted.page.removesuffix("*"), policy.site)
        whole = not excepted.page.endswith("*")
        if issue.page != page if whole else not issue.page.startswith(page):
            return False
    if not excepted.vendor or excepted.vendor == issue.org:
        return True
    recipients = met.get(issue.org, [])
    return bool(recipients) and all(covers(one, (excepted.vendor,)) for one in recipients)


def _line(issue: Issue, policy: Policy) -> int:
    """Give the policy's line that an issue is about, or its first."""
    home = _HOME.get(issue.check, "")
    keys: tuple[str, ...] = (f"assert.{issue.check}", home, home.partition(".")[0], "site")
    if issue.check == "budget":
        keys = (f"budgets.{issue.data}", *keys)
    return next((policy.lines[key] for key in keys if key in policy.lines), 1)


def _position(issue: Issue) -> tuple[int, int, str, int, str, str, str]:
    """Give an issue's place in the report: errors first, then in the order of the checks."""
    return (
        -LEVELS.index(issue.level),
        _RANK[issue.check],
        issue.page,
        _STATES.get(issue.state, -1),
        issue.state,
        issue.org,
        issue.data,
    )


def _gone(
    known: Iterable[Identity],
    issues: Iterable[Issue],
    visits: tuple[Visit, ...],
    policy: Policy,
    levels: Mapping[str, str],
) -> Iterator[Identity]:
    """Give the known issues that were looked for, conclusively, and not observed."""
    left = set(known) - {one.identity for one in issues}
    looks = [(place(visit, policy.site), visit.state, not visit.inconclusive) for visit in visits]
    for identity in left:
        check, page, state, _org, _data = identity
        if levels.get(check, "off") == "off":
            continue
        looked = [
            conclusive
            for at, chosen, conclusive in looks
            if page in ("", at) and state in ("", chosen)
        ]
        if looked and all(looked):
            yield identity
