"""Rules prove themselves: each test case against the whole rule base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from dataexposure import urls
from dataexposure.channels import CHANNELS
from dataexposure.errors import RuleError
from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.rulebase.organisations import Case

Fired = tuple[str, tuple[str, ...]]
"""A signal's id, and the categories it proved to be carried."""

Fire = Callable[[Observation, str], Iterable[Fired]]
"""Matches an observation for a person with that own address (empty for none)."""

_AT: Final = Locator("test", "sample")
_BARE: Final[Mapping[str, str]] = {
    "visit": "url",
    "link": "url",
    "image": "url",
    "request": "url",
    "app": "package",
    "sdk": "class",
    "dns": "host",
}
_AROUND: Final = frozenset({"page", "site"})


def observation(case: Case) -> Observation:
    """Build the observation that a reader would make of a case's sample."""
    fields = dict(case.sample)
    if "" in fields:
        fields[_BARE.get(case.channel, "")] = fields.pop("")
    raw = CHANNELS[case.channel].raw
    facts = {key: values for key, values in fields.items() if key in raw}
    context = None
    party = ""
    if page := fields.get("page", ("",))[0]:
        context = Observation("visit", {"url": (page,)}, _AT)
        party = urls.registrable(urls.split(page).host)
    elif site := fields.get("site", ("",))[0]:
        party = urls.registrable(site)
    elif case.channel in ("link", "image"):
        mail = {key: values for key, values in fields.items() if key in CHANNELS["mail"].raw}
        context = Observation("mail", mail, _AT)
    if sender := fields.get("from", ("",))[0]:
        party = urls.registrable(sender.rpartition("@")[2].lower())
    if case.channel == "app":
        party = facts.get("package", ("",))[0]
    return Observation(case.channel, facts, _AT, party=party, context=context)


def unknown_fields(case: Case) -> frozenset[str]:
    """Give the sample's fields that its channel does not have."""
    allowed = {"", *CHANNELS[case.channel].raw, *_AROUND}
    if case.channel in ("link", "image"):
        allowed.update(CHANNELS["mail"].raw)
    return frozenset(case.sample) - allowed


def run(cases: Iterable[Case], fire: Fire) -> Iterator[RuleError]:
    """Give an error for each case in which something else fired than it says."""
    for case in cases:
        if unknown := unknown_fields(case):
            names = ", ".join(sorted(unknown))
            yield RuleError(case.path, case.line, f"a `{case.channel}` sample has no {names}")
            continue
        fired = dict(fire(observation(case), case.email))
        names_fired = {identifier.rpartition(":")[0] for identifier in fired}
        if missing := sorted(case.fires - names_fired):
            yield RuleError(case.path, case.line, f"did not fire: {', '.join(missing)}")
        if surplus := sorted(names_fired - case.fires):
            yield RuleError(case.path, case.line, f"fired as well: {', '.join(surplus)}")
        carried = {category for categories in fired.values() for category in categories}
        if case.carried and carried != case.carried:
            yield RuleError(
                case.path, case.line, f"carried {', '.join(sorted(carried)) or 'nothing'}"
            )


def unproven(rulebase: Rulebase, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Give each written signal that lacks a proof or a near-miss, and which of the two.

    A near-miss is a case of the same channel and file in which the signal does not fire.
    """
    by_owner: dict[str, list[Case]] = {}
    for case in cases:
        by_owner.setdefault(case.owner, []).append(case)
    for signal in rulebase.signals:
        name = signal.id.rpartition(":")[0]
        owner = name.partition("/")[0]
        own = [case for case in by_owner.get(owner, ()) if case.channel == signal.channel]
        if not any(name in case.fires for case in own):
            yield name, "proof"
        if not any(name not in case.fires for case in own):
            yield name, "near-miss"
