"""What stands for a name in a redacted report: its kind and a number.

Within one report the same shop, app or file has the same label everywhere. Labels are in the
language in use, because they are read as names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from dataexposure.knowledge import Words
from dataexposure.language import N_, _
from dataexposure.model import Locator, Report
from dataexposure.report.discretion import claimed, is_hidden, is_telling
from dataexposure.report.style import SITE

_SHOP_MARKS: Final = frozenset({"purchase", "checkout", "cart"})
_APP_CHANNELS: Final = frozenset({"app", "sdk", "dns"})
_SHOP: Final = "shop"
_SITE: Final = N_("site")
_APP: Final = N_("app")
_FILE: Final = N_("file")
FILES: Final = {
    "android-dumpsys": N_("app list"),
    "android-packages": N_("app list"),
    "androidqf-packages": N_("app list"),
    "apk": N_("app file"),
    "app-privacy-report": N_("app activity"),
    "chromium-cookies": N_("cookies"),
    "chromium-history": N_("browser history"),
    "firefox-cookies": N_("cookies"),
    "firefox-history": N_("browser history"),
    "har": N_("network capture"),
    "maildir": N_("mail"),
    "mbox": N_("mail"),
    "message": N_("mail"),
    "safari-history": N_("browser history"),
    "takeout-history": N_("browser history"),
}
"""What a file is called, by the NAME of its reader."""


class Labels:
    """Hands out labels; they are numbered by kind, in the order in which they are asked for."""

    def __init__(self, report: Report, words: Words) -> None:
        self._words = words
        self._given: dict[tuple[str, str], str] = {}
        self._numbers: Counter[str] = Counter()
        self._shops = _shops(report, words)
        self._apps = {
            finding.party for finding in report.findings if finding.channel in _APP_CHANNELS
        }
        self._readers = _readers(report)

    def org(self, org: str) -> str:
        """Give an organisation's id, or a site's with a label for one that is not named."""
        return f"{SITE}{self._label(org)}" if self.hides(org) else org

    def name(self, org: str) -> str:
        """Give the name that a person reads."""
        if not org:
            return ""
        return self._label(org) if self.hides(org) else self._words.names[org]

    def hides(self, org: str) -> bool:
        """Say whether an organisation or site must not be named."""
        return bool(org) and is_hidden(org, self._words)

    def party(self, party: str) -> str:
        """Give a label for an app or somebody's pages; a known domain of a named one stays."""
        if not party:
            return ""
        if party in self._apps:
            return self._take("app", party, _(_APP))
        owner, domain = claimed(party, self._words)
        if owner and not self.hides(owner) and not is_telling(domain):
            return domain
        return self._label(owner if owner and self.hides(owner) else f"{SITE}{party}")

    def file(self, name: str) -> str:
        """Give a file's kind and number."""
        return self._take("file", name, _(FILES.get(self._readers.get(name, ""), _FILE)))

    def locators(self, places: Iterable[Locator]) -> tuple[Locator, ...]:
        """Give the files of some places, each once and without the position in it."""
        return tuple(dict.fromkeys(Locator(at.source, self.file(at.file)) for at in places))

    def _label(self, org: str) -> str:
        known = self._words.organisations.get(org)
        if known is None and org not in self._shops:
            return self._take("org", org, _(_SITE))
        role = self._words.vocabulary.roles[known.roles[0] if known else _SHOP]
        title = _(role.title)
        return self._take("org", org, title[:1].lower() + title[1:])

    def _take(self, group: str, key: str, kind: str) -> str:
        if (group, key) not in self._given:
            self._numbers[kind] += 1
            self._given[group, key] = _("{kind} {number}").format(
                kind=kind, number=self._numbers[kind]
            )
        return self._given[group, key]


def _shops(report: Report, words: Words) -> frozenset[str]:
    """Give those that the report shows to be shops: where something was bought or in a basket."""
    found = {purchase.merchant for purchase in report.purchases}
    for finding in report.findings:
        if finding.event not in _SHOP_MARKS:
            continue
        if finding.channel in ("cookie", "request") and finding.party:
            owner, _domain = claimed(finding.party, words)
            found.add(owner or f"{SITE}{finding.party}")
        elif finding.org.startswith(SITE):
            found.add(finding.org)
    return frozenset(found)


def _readers(report: Report) -> dict[str, str]:
    """Give each file's reader; one that could not be read has none."""
    places = [at for finding in report.findings for at in finding.evidence]
    places += [problem.at for problem in report.problems]
    found = {at.file: at.source for at in places if at.source in FILES}
    return found | {one.file: one.source for one in report.coverage}
