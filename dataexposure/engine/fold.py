"""Observations to findings: hits of one signal with one party and setting become one finding.

Order numbers are compared here and then replaced by a counter, so that no finding holds one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from dataexposure.engine.match import Hit, Matcher
from dataexposure.model import Finding, Locator, Observation, Occasion

EVIDENCE: Final = 3
_MOST_OCCASIONS: Final = 5_000
_SETTING_EVENTS: Final = frozenset({"purchase", "payment", "refund", "renewal", "delivery"})

Key = tuple[str, str, str, str, str, str]


class _Tally:
    """What is known so far about one finding."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit
        self.count = 0
        self.first: dt.date | None = None
        self.last: dt.date | None = None
        self.carried: set[str] = set()
        self.evidence: list[Locator] = []
        self.occasions: set[tuple[dt.date | None, int]] = set()

    def add(self, observation: Observation, hit: Hit, order: int, occasion: bool) -> None:
        self.count += observation.count
        self.first = min(filter(None, (self.first, observation.first)), default=None)
        self.last = max(filter(None, (self.last, observation.last)), default=None)
        self.carried.update(hit.carried)
        if len(self.evidence) < EVIDENCE and observation.at not in self.evidence:
            self.evidence.append(observation.at)
        if occasion and len(self.occasions) < _MOST_OCCASIONS:
            self.occasions.add((observation.first or observation.last, order))


class Folder:
    """Collects hits; `findings` gives the result, in a fixed order."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._tallies: dict[Key, _Tally] = {}
        self._orders: dict[tuple[str, str], int] = {}

    def add(self, observation: Observation) -> None:
        """Match one observation and fold what fired."""
        hits = self._matcher.fire(observation)
        if not hits:
            return
        during = self._matcher.setting(observation, hits)
        for hit in hits:
            key = (
                hit.signal.id,
                hit.signal.channel,
                hit.org,
                hit.party,
                during,
                observation.holder,
            )
            tally = self._tallies.setdefault(key, _Tally(hit))
            occasion = hit.signal.event in _SETTING_EVENTS
            tally.add(observation, hit, self._order(hit) if occasion else 0, occasion)

    def _order(self, hit: Hit) -> int:
        if not hit.order:
            return 0
        merchant = hit.party if hit.signal.channel == "request" else hit.org
        owner = self._matcher.rulebase.owner(merchant) or merchant.removeprefix("site:")
        number = hit.order.strip().lstrip("#").casefold()
        return self._orders.setdefault((owner, number), len(self._orders) + 1)

    def findings(self) -> tuple[Finding, ...]:
        """Give what was found, sorted by signal, party and setting."""
        return tuple(
            Finding(
                signal=tally.hit.signal.id,
                org=org,
                channel=channel,
                event=tally.hit.signal.event,
                party=party,
                count=tally.count,
                evidence=tuple(tally.evidence),
                first=tally.first,
                last=tally.last,
                data=tuple(sorted(tally.hit.signal.data)),
                carried=tuple(sorted(tally.carried)),
                during=during,
                holder=holder,
                occasions=tuple(
                    Occasion(date, order)
                    for date, order in sorted(
                        tally.occasions, key=lambda pair: (pair[0] or dt.date.min, pair[1])
                    )
                ),
            )
            for (_, channel, org, party, during, holder), tally in sorted(
                self._tallies.items(), key=lambda item: item[0]
            )
        )


def fold(observations: Iterable[Observation], matcher: Matcher) -> tuple[Finding, ...]:
    """Match all observations and give the findings."""
    folder = Folder(matcher)
    for observation in observations:
        folder.add(observation)
    return folder.findings()
