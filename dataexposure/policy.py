"""The vocabulary of judgement: checks, the policy of a site's owner, issues and the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from dataexposure.model import Contact, RulebaseStamp
from dataexposure.website import Visit

LEVELS: Final = ("off", "warn", "error")


class Precedent(Struct, frozen=True):
    """A public case that shows why a check matters."""

    case: str
    year: str
    happened: str
    url: str


class Check(Struct, frozen=True):
    """One thing that is checked: an entry of `rules/checks.yaml`.

    `level` is what it counts as when a policy says nothing. `observed` is the sentence of an
    issue, with the places `{org}`, `{page}`, `{state}`, `{data}`, `{detail}`. `looks`,
    `example`, `why` and `precedents` are for its page of the documentation.
    """

    id: str
    level: str
    title: str
    observed: str
    fix: str
    blind: str
    looks: str = ""
    example: str = ""
    why: str = ""
    precedents: tuple[Precedent, ...] = ()


class Allowed(Struct, frozen=True):
    """A vendor that a policy allows, what for, and which data it may be sent."""

    id: str
    purposes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


class Excepted(Struct, frozen=True):
    """An issue that somebody answers for until a day."""

    rule: str
    owner: str
    why: str
    until: dt.date
    vendor: str = ""
    page: str = ""
    line: int = 0


class Flow(Struct, frozen=True):
    """A walk through the shop: a YAML or Python file, and the states in which it runs."""

    name: str
    path: Path
    states: tuple[str, ...] = ("accept",)


class Policy(Struct, frozen=True):
    """What a site's owner allows, forbids, asserts and answers for: `dataexposure.yml`.

    `name` is the file's path as the user gave it, empty without a file. `asserts` maps check
    ids to levels. `forbidden` and `declared` hold organisation ids, roles with `role:` in
    front, or domains. `lines` gives the line of each key (`assert.no-replay`, `vendors`,
    `site`). `budgets` are upper bounds: `third-parties`, `cookies`, `new-vendors`, or one of
    these with a state behind it (`cookies-reject`).
    """

    name: str = ""
    site: str = ""
    pages: tuple[str, ...] = ()
    first_party: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    opt_out: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    forbidden: tuple[str, ...] = ()
    declared: tuple[str, ...] | None = None
    asserts: Mapping[str, str] = {}
    budgets: Mapping[str, int] = {}
    cookie_max_days: int = 395
    flows: tuple[Flow, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    baseline: str = ""
    lines: Mapping[str, int] = {}


class Issue(Struct, frozen=True):
    """Something that a check observed and the policy does not allow.

    Its identity is the check, the page, the state, the organisation and `data` (a kind of
    data, a cookie's name, a budget's name), never a count or a value. `detail` is for the
    reader. `line` is the line of the policy file that it is about. `known` says that the
    baseline has it, `excepted` that somebody answers for it; neither fails.
    """

    check: str
    level: str
    page: str = ""
    state: str = ""
    org: str = ""
    data: str = ""
    detail: str = ""
    line: int = 1
    known: bool = False
    excepted: bool = False

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """By what it is the same issue in another run."""
        return (self.check, self.page, self.state, self.org, self.data)

    @property
    def counts(self) -> bool:
        """Say whether it counts against the site."""
        return not (self.known or self.excepted)


class Inspection(Struct, frozen=True):
    """The result of a website check, and every renderer's sole input.

    `gone` are identities of the baseline that were not seen again, `expired` exceptions whose
    day is past. `policy` is the policy
    file's name for places in a repository. `levels` is what each check counted as, by id, so
    that one that was off is not taken for one that observed nothing; empty: the checks' own.
    `rights` are ways to reach the organisations of the issues.
    """

    site: str
    made: dt.date
    rulebase: RulebaseStamp
    policy: str
    visits: tuple[Visit, ...]
    issues: tuple[Issue, ...]
    gone: tuple[tuple[str, str, str, str, str], ...] = ()
    expired: tuple[Excepted, ...] = ()
    rights: Mapping[str, tuple[Contact, ...]] = {}
    schema: int = 1
    levels: Mapping[str, str] = {}

    @property
    def inconclusive(self) -> tuple[Visit, ...]:
        """The visits from which nothing can be concluded."""
        return tuple(visit for visit in self.visits if visit.inconclusive)
