"""The order of the stages, known only here: files, observations, findings, holders, report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from dataexposure.engine.fold import Folder
from dataexposure.engine.identities import Identities
from dataexposure.engine.match import Matcher
from dataexposure.engine.sieve import Sieve
from dataexposure.inference import INFERENCES, infer
from dataexposure.knowledge import Rulebase, Words
from dataexposure.model import (
    Coverage,
    Holder,
    Input,
    Interest,
    Locator,
    Observation,
    Problem,
    Report,
    Source,
)
from dataexposure.policy import Inspection, Policy
from dataexposure.rights.steps import next_steps
from dataexposure.sources import SOURCES
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.walk import recognise, walk
from dataexposure.website import Canary, Capture, Visit

if TYPE_CHECKING:
    from dataexposure.checks.baseline import Baseline

Notice = Callable[[Input], None]
"""Told of each file before it is read."""


class Person(NamedTuple):
    """What the person says of themselves, and nobody keeps.

    `addresses` are their own mail addresses, to be found in requests; `residence` is where
    they live (`NO`, `US-CA`), which decides whose partners concern them.
    """

    addresses: tuple[str, ...] = ()
    residence: str = ""


NOBODY: Final = Person()


class _Desk:
    """Where everything that is read comes together."""

    def __init__(self, folder: Folder, since: dt.date | None) -> None:
        self.folder = folder
        self.since = since
        self.coverage: list[Coverage] = []
        self.problems: list[Problem] = []

    def take(self, item: Observation | Problem | Coverage) -> None:
        if isinstance(item, Problem):
            self.problems.append(item)
        elif isinstance(item, Coverage):
            self.coverage.append(item)
        elif self.since is None or item.last is None or item.last >= self.since:
            self.folder.add(item)


def audit(
    paths: Iterable[Path],
    rulebase: Rulebase,
    *,
    made: dt.date,
    person: Person = NOBODY,
    since: dt.date | None = None,
    notice: Notice | None = None,
) -> Report:
    """Read files, folders and archives, and reason to a report as of the day `made`.

    `since` leaves out what is older. What cannot be read is a problem in the report; nothing
    that a file contains raises.
    """
    own = Identities(person.addresses)
    matcher = Matcher(rulebase, own)
    desk = _Desk(Folder(matcher), since)
    interest = Sieve(rulebase, identities=bool(own))
    for item in walk(paths):
        if isinstance(item, Problem):
            desk.take(item)
            continue
        with item:
            if notice is not None:
                notice(item)
            _read(item, desk, interest)
    findings = desk.folder.findings()
    inferred = infer(findings, rulebase, made, person.residence)
    return Report(
        made=made,
        rulebase=rulebase.stamp,
        holders=_advised(inferred.holders, rulebase, person.residence, made),
        purchases=inferred.purchases,
        findings=findings,
        coverage=tuple(desk.coverage),
        problems=tuple(desk.problems),
        residence=person.residence,
        advice=inferred.advice,
    )


def _advised(
    holders: Iterable[Holder], rulebase: Rulebase, residence: str, made: dt.date
) -> tuple[Holder, ...]:
    """Give holders with what the person can do about each, by the law of the day."""
    return tuple(
        structs.replace(one, steps=next_steps(one, rulebase.regimes, residence, made))
        for one in holders
    )


def _read(file: InputFile, desk: _Desk, interest: Interest) -> None:
    source: Source | Problem = recognise(file, SOURCES)
    if isinstance(source, Problem):
        desk.take(source)
        for sidecar in file.sidecars:
            name = file.name + sidecar.name[len(file.path.name) :]
            desk.take(Problem(Locator("", name), "sidecar"))
        return
    for item in source.read(file, interest):
        desk.take(item)


class Look(NamedTuple):
    """How captures of a website are looked at.

    `given` are values to look for beside those that a flow planted; `show_values` keeps
    decoded purchase facts.
    """

    made: dt.date
    given: tuple[Canary, ...] = ()
    show_values: bool = True


def inspect(
    captures: Iterable[Capture],
    rulebase: Rulebase,
    policy: Policy,
    look: Look,
    baseline: Baseline | None = None,
) -> Inspection:
    """Read captures of a website, and judge who was met by the policy of its owner.

    What cannot be read makes its visit inconclusive; nothing that a file contains raises.
    """
    # Only a check of a website pays for what only it needs.
    from dataexposure.checks.judge import judge, level
    from dataexposure.engine.survey import Surveyor
    from dataexposure.sources.web import captures as recordings

    surveyor = Surveyor(rulebase, policy.first_party, look.given)
    visits = tuple(surveyor.visit(recordings.read(one)) for one in captures)
    if not look.show_values:
        visits = tuple(_without_values(visit) for visit in visits)
    verdict = judge(visits, policy, rulebase.checks, look.made, baseline)
    return Inspection(
        site=policy.site or _site(visits),
        made=look.made,
        rulebase=rulebase.stamp,
        policy=policy.name,
        visits=visits,
        issues=verdict.issues,
        gone=verdict.gone,
        expired=verdict.expired,
        rights={
            org.id: org.rights
            for name in sorted({issue.org for issue in verdict.issues})
            if (org := rulebase.organisations.get(name)) and org.rights
        },
        levels={name: level(name, policy, rulebase.checks) for name in rulebase.checks},
    )


def _site(visits: tuple[Visit, ...]) -> str:
    """Name what was looked at: the first page's address, or the root of a built site."""
    page = visits[0].page if visits else ""
    return "/" if page.startswith("/") else page


def _without_values(visit: Visit) -> Visit:
    return structs.replace(
        visit,
        recipients=tuple(
            structs.replace(one, sent=tuple(structs.replace(sent, values=()) for sent in one.sent))
            for one in visit.recipients
        ),
    )


class Prover:
    """Fires single observations for the rules' self-tests."""

    def __init__(self, rulebase: Rulebase) -> None:
        self._rulebase = rulebase
        self._matchers: dict[str, Matcher] = {}

    def fire(self, observation: Observation, email: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give each signal that fires with what it carries, for a person with that address."""
        if email not in self._matchers:
            own = Identities((email,) if email else ())
            self._matchers[email] = Matcher(self._rulebase, own)
        hits = self._matchers[email].fire(observation)
        return tuple((hit.signal.id, hit.carried) for hit in hits)


def words(rulebase: Rulebase) -> Words:
    """Give renderers the words for what a report names by id."""
    return Words(
        vocabulary=rulebase.vocabulary,
        reasons={reason.__name__: (reason.__doc__ or "").strip() for reason in INFERENCES},
        names={org.id: org.name for org in rulebase.organisations.values()},
        titles={signal.id: signal.title for signal in rulebase.signals},
        advice={step.id: step for step in rulebase.advice},
        regimes=rulebase.regimes,
        counted=rulebase.likelihood.counted,
        organisations=rulebase.organisations,
        domains=rulebase.domains,
        checks=rulebase.checks,
        inconclusive=rulebase.inconclusive,
    )
