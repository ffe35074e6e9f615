"""Bot checks: a capture that shows only one says nothing about the site behind it.

Cloudflare marks such pages with the header `cf-mitigated: challenge`
(developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/),
older ones are refusals whose page loads `/cdn-cgi/challenge-platform/`. Amazon's firewall
says `x-amzn-waf-action: challenge` or `captcha`
(docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html).
"""

from __future__ import annotations

from typing import Final

from dataexposure.sources.network.har_entries import Entry

_REFUSALS: Final = frozenset({403, 429, 503})
_REDIRECTS: Final = range(300, 400)
_OWN_PATH: Final = "/cdn-cgi/"


class Checks:
    """Counts the pages that were reached, and those that were only a bot check."""

    def __init__(self) -> None:
        self._reached = 0
        self._marked = 0
        self._refused = 0
        self._hosts: set[str] = set()
        self._runs = False
        self._passed = False

    def see(self, entry: Entry, *, is_page: bool) -> None:
        """Take in one entry, in the file's order."""
        self._runs |= "/cdn-cgi/challenge-platform/" in entry.url
        if is_page and entry.status not in _REDIRECTS:
            self._reached += 1
            marked = _is_marked(entry)
            refused = not marked and _is_refusal(entry)
            self._marked += marked
            self._refused += refused
            if marked or refused:
                self._hosts.add(entry.host)
        elif entry.host in self._hosts and _is_content(entry):
            self._passed = True

    @property
    def is_all(self) -> bool:
        """Say whether every page was a bot check that did not let the visitor pass."""
        checks = self._marked + (self._refused if self._runs else 0)
        return bool(checks) and checks == self._reached and not self._passed


def _is_marked(entry: Entry) -> bool:
    mitigated = entry.received.get("cf-mitigated", "").lower() == "challenge"
    return mitigated or entry.received.get("x-amzn-waf-action") in ("challenge", "captcha")


def _is_refusal(entry: Entry) -> bool:
    return entry.status in _REFUSALS and "cloudflare" in entry.received.get("server", "").lower()


def _is_content(entry: Entry) -> bool:
    is_page = entry.status == 200 and entry.mime.startswith("text/html")
    return is_page and _OWN_PATH not in entry.url
