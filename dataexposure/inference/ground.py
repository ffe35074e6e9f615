"""What every inference stands on: the findings, the rule base, and who is who."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from dataexposure.inference.likelihood import Evidence, contribution
from dataexposure.knowledge import Role, Rulebase
from dataexposure.law import Step, covers
from dataexposure.model import Claim, Finding

SITE: Final = "site:"
RECORDS: Final = frozenset({"purchase", "payment", "refund", "renewal", "delivery"})
"""Events that a purchase record shows."""

_SHOP_MARKS: Final = frozenset({"purchase", "checkout", "cart"})
_DEFAULT_DATA: Final = {
    "purchase": ("purchase",),
    "payment": ("payment",),
    "refund": ("purchase",),
    "renewal": ("subscription",),
    "delivery": ("delivery",),
    "loyalty": ("loyalty",),
    "identity": ("email-hash",),
    "open": ("mail-behaviour",),
    "mail-click": ("mail-behaviour",),
    "sent-through": ("email",),
    "mailed": ("email",),
    "account": ("customer-id",),
    "login": ("customer-id",),
    "installed": ("device",),
    "sdk": ("device",),
}


class Ground:
    """Findings by position, and what is known about those they name.

    `residence` is where the person lives (`NO`, `US-CA`), empty when they did not say.
    """

    def __init__(
        self,
        findings: tuple[Finding, ...],
        rulebase: Rulebase,
        made: dt.date,
        residence: str = "",
    ) -> None:
        self.findings = findings
        self.rulebase = rulebase
        self.made = made
        self.residence = residence
        self.applied: tuple[Step, ...] = ()
        self._roles: dict[str, tuple[Role, ...]] = {}
        self._inhibitors: dict[tuple[str, str, str, str], tuple[str, ...]] = {}

    def applying(self, step: Step) -> Ground:
        """Give the same ground, as it would be had the person taken a step before."""
        other = copy.copy(self)
        other.applied = (*self.applied, step)
        other._inhibitors = {}
        return other

    def inhibitors(self, org: str, grade: str, channel: str, event: str = "") -> tuple[str, ...]:
        """Give the rows of the inhibitor table that the applied steps bring to evidence."""
        key = (org, grade, channel, event)
        if key not in self._inhibitors:
            self._inhibitors[key] = self._inhibited(*key)
        return self._inhibitors[key]

    def _inhibited(self, org: str, grade: str, channel: str, event: str) -> tuple[str, ...]:
        tier = self.rulebase.likelihood.grades[grade].tier
        return tuple(
            lowering.inhibitor
            for step in self.applied
            if self._concerns(step, org)
            for lowering in step.lowers
            if lowering.inhibitor
            and (not lowering.tiers or tier in lowering.tiers)
            and (not lowering.channels or channel in lowering.channels)
            and (not lowering.events or not event or event in lowering.events)
        )

    def _concerns(self, step: Step, org: str) -> bool:
        known = self.rulebase.organisations.get(org)
        roles = known.roles if known else ("shop",)
        return (not step.roles or not set(step.roles).isdisjoint(roles)) and (
            not step.residents or covers(step.residents, self.residence)
        )

    def owner(self, party: str) -> str:
        """Give the organisation of a party: its id, or `site:` and the domain."""
        if party in self._apps:
            return self._apps[party]
        return self.rulebase.owner(party) or (f"{SITE}{party}" if party else "")

    @cached_property
    def _apps(self) -> dict[str, str]:
        return {
            finding.party: finding.org
            for finding in self.findings
            if finding.event == "installed" and finding.party
        }

    def roles(self, org: str) -> tuple[Role, ...]:
        """Give an organisation's roles; a site that is not known has none."""
        if org not in self._roles:
            known = self.rulebase.organisations.get(org)
            words = self.rulebase.vocabulary.roles
            self._roles[org] = tuple(words[role] for role in known.roles) if known else ()
        return self._roles[org]

    def retention(self, org: str) -> str:
        """Give the row of the retention table; unknown sites count as shops."""
        roles = self.roles(org)
        return roles[0].retention if roles else "shop"

    def sells(self, org: str) -> bool:
        """Say whether people buy there, by its roles or by what the findings show."""
        return any(role.sells for role in self.roles(org)) or org in self._shops

    @cached_property
    def _shops(self) -> frozenset[str]:
        shops = set()
        for finding in self.findings:
            platform = any(role.group == "shops" for role in self.roles(finding.org))
            if finding.org.startswith(SITE) and finding.event in _SHOP_MARKS:
                shops.add(finding.org)
            # A shop platform's cookie, or a purchase event, on somebody's pages.
            mark = finding.event in _SHOP_MARKS or (platform and finding.channel == "cookie")
            if finding.channel in ("cookie", "request") and finding.party and mark:
                shops.add(self.owner(finding.party))
        return frozenset(shops)

    def own(self, finding: Finding) -> bool:
        """Say whether it happened on the organisation's own pages or in its own mail."""
        return bool(finding.party) and self.owner(finding.party) == finding.org

    def claims(
        self,
        positions: Iterable[int],
        grade: str,
        because: str,
        *,
        org: str = "",
        categories: tuple[str, ...] = (),
    ) -> Iterable[Claim]:
        """Make the claims of one grade that some findings support, one for each category."""
        table = self.rulebase.likelihood
        for position in positions:
            finding = self.findings[position]
            holder = org or finding.org
            evidence = self.evidence(finding, position, grade, holder)
            mid = contribution(table, evidence, self.made).mid
            for category in categories or categories_of(finding):
                yield Claim(
                    org=holder,
                    category=category,
                    party=finding.party,
                    tier=table.grades[grade].tier,
                    grade=grade,
                    probability=round(mid, 4),
                    because=because,
                    findings=(position,),
                    first=finding.first,
                    last=finding.last,
                )

    def evidence(self, finding: Finding, position: int, grade: str, org: str) -> Evidence:
        """Turn a finding into evidence of a grade about an organisation.

        A click in a mail that shows in the browser's history still shares its cause with the
        mail, so it is combined with that.
        """
        channel = "link" if finding.event == "mail-click" else finding.channel
        return Evidence(
            key=("finding", f"{position:08d}", grade),
            grade=grade,
            channel=channel,
            retention=self.retention(org),
            last=finding.last,
            inhibitors=self.inhibitors(org, grade, finding.channel, finding.event),
        )


def categories_of(finding: Finding) -> tuple[str, ...]:
    """Give the data categories of a finding: what its rule says and what was carried."""
    named = tuple(sorted({*finding.data, *finding.carried}))
    return named or _DEFAULT_DATA.get(finding.event, ("browsing",))
