"""What more rules cost: matching time with 1, 4 and 16 times the rule base.

    python bench/rules.py [--rounds 5]

The rule base is multiplied by made-up copies of its organisations under other domains; the
same observations (those of the rules' own tests) are matched by each. Prints the medians of
the time to match them once, their ratio to the plain base, and the time to load each bundle.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from dataexposure.engine.match import Matcher
from dataexposure.knowledge import Organisation, Rulebase, Signal
from dataexposure.model import Observation
from dataexposure.rulebase import selftest
from dataexposure.rulebase.bundle import decode, encode
from dataexposure.rulebase.load import load

RULES = Path(__file__).resolve().parents[1] / "rules"
HOSTS = frozenset({"host", "from", "return-path", "signed-by", "message-id", "list"})


def copied(org: Organisation, number: int) -> Organisation:
    """Give an organisation that is the same but for its id and domains."""
    return msgspec.structs.replace(
        org,
        id=f"{org.id}-{number}",
        domains=tuple(f"{domain}.copy{number}.example" for domain in org.domains),
        parent=None,
    )


def renamed(signal: Signal, number: int) -> Signal:
    """Give a signal of the copied organisation, with other hosts and other names."""
    match = {
        fact: tuple(
            f"{value}.copy{number}.example" if fact in HOSTS else f"{value}{number}"
            for value in values
        )
        for fact, values in signal.match.items()
    }
    return msgspec.structs.replace(
        signal, id=f"copy{number}-{signal.id}", org=f"{signal.org}-{number}", match=match
    )


def multiplied(base: Rulebase, times: int) -> Rulebase:
    """Give a rule base of that many times the size."""
    organisations = dict(base.organisations)
    signals = list(base.signals)
    for number in range(1, times):
        for org in base.organisations.values():
            other = copied(org, number)
            organisations[other.id] = other
        signals += [renamed(signal, number) for signal in base.signals if signal.org]
    domains = {domain: org.id for org in organisations.values() for domain in org.domains}
    return msgspec.structs.replace(
        base, organisations=organisations, domains=domains, signals=tuple(signals)
    )


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    loaded = load(RULES)
    observations = [selftest.observation(case) for case in loaded.cases]
    sizes = (1, 4, 16)
    bundles = {times: encode(multiplied(loaded.rulebase, times)) for times in sizes}
    matchers = {times: Matcher(decode(content)) for times, content in bundles.items()}

    def match(times: int) -> None:
        fire: Callable[[Observation], object] = matchers[times].fire
        for observation in observations:
            fire(observation)

    for times in sizes:
        match(times)  # files the signals once
    found: dict[int, list[float]] = {times: [] for times in sizes}
    for _ in range(rounds):
        for times in sizes:
            found[times].append(timed(partial(match, times)))
    plain = statistics.median(found[1])
    for times in sizes:
        middle = statistics.median(found[times])
        loading = statistics.median(timed(partial(decode, bundles[times])) for _ in range(3))
        signals = len(decode(bundles[times]).signals)
        print(
            f"{times:3}x {signals:7} signals: {len(observations)} matched in {middle:5.2f} s, "
            f"ratio {middle / plain:4.2f}; loaded in {loading * 1000:4.0f} ms"
        )


if __name__ == "__main__":
    main()
