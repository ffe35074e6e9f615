"""Why nothing can be concluded from a page: bot checks, refusals, other sites.

Cloudflare marks its challenges with `cf-mitigated: challenge`
(developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/),
Amazon's firewall with `x-amzn-waf-action`
(docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html),
Vercel with `x-vercel-mitigated` (vercel.com/docs/vercel-firewall/attack-challenge-mode).
Others are known by what their page loads; that counts only on a page that is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Final

from dataexposure.capture.har import Exchange
from dataexposure.urls import registrable, split

LONGEST_PATIENCE: Final = 60.0
_REFUSALS: Final = frozenset({401, 403, 405, 406, 429, 503})
_CLOUDFLARE: Final = frozenset({403, 429, 503})
_MARKED: Final = {
    "cf-mitigated": ("challenge",),
    "x-amzn-waf-action": ("challenge", "captcha"),
    "x-vercel-mitigated": ("challenge",),
}
_LOADED: Final = (
    "/cdn-cgi/challenge-platform/",
    "captcha-delivery.com/",
    "/_incapsula_resource",
    "px-captcha",
    "/.well-known/sgcaptcha",
    "challenges.cloudflare.com/",
    "hcaptcha.com/1/api.js",
    "google.com/recaptcha/",
    "recaptcha.net/recaptcha/",
)
_HTML: Final = ("text/html", "application/xhtml")


def is_challenge(document: Exchange, exchanges: Iterable[Exchange]) -> bool:
    """Say whether a page is a bot check instead of what was asked for."""
    for name, values in _MARKED.items():
        if document.header(name).lower() in values:
            return True
    if "/.well-known/sgcaptcha" in document.url:
        return True
    if document.status not in _REFUSALS:
        return False
    if document.status in _CLOUDFLARE and document.header("cf-chl-out"):
        return True
    text = (document.text or "").lower()
    urls = [exchange.url.lower() for exchange in exchanges]
    return any(mark in text or any(mark in url for url in urls) for mark in _LOADED)


def patience(document: Exchange, now: dt.datetime | None = None) -> float | None:
    """Give the seconds after which a host that had too much wants to be asked again.

    None when it does not say, or wants more than a run may wait.
    """
    text = document.header("retry-after").strip()
    if not text:
        return None
    try:
        seconds = float(text) if text.isdigit() else _until(text, now)
    except (ValueError, OverflowError):
        return None
    return max(seconds, 0.0) if seconds <= LONGEST_PATIENCE else None


def _until(text: str, now: dt.datetime | None) -> float:
    moment = parsedate_to_datetime(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return (moment - (now or dt.datetime.now(dt.UTC))).total_seconds()


def judge(
    document: Exchange, exchanges: Iterable[Exchange], own: frozenset[str], reached: str
) -> tuple[str, ...]:
    """Say what is wrong with a page that came: ids of `website.PROBLEMS`.

    `own` are the registrable domains of the site; `reached` is where the visitor ended up.
    """
    found: list[str] = []
    if is_challenge(document, exchanges):
        found.append("challenge")
    elif document.status == 429:
        found.append("rate-limited")
    elif document.status >= 400:
        found.append("status")
    if (host := split(reached).host) and registrable(host) not in own:
        found.append("elsewhere")
    if document.status < 400 and not is_html(document):
        found.append("not-html")
    return tuple(found)


def is_html(document: Exchange) -> bool:
    """Say whether a document is a page; one without a type is what browsers take it for."""
    return not document.mime or document.mime.lower().startswith(_HTML)


def own_domains(page: str, first_party: Iterable[str]) -> frozenset[str]:
    """Give the registrable domains that belong to the site."""
    hosts = (split(page).host, *(one.lower().strip(".") for one in first_party))
    return frozenset(registrable(host) for host in hosts if host)
