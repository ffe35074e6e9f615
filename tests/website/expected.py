"""The ground truth of the local shop, as data: who must be met where, and what they are sent.

`test_shop.py` holds the shop itself to it with a browser and the server's own log;
`test_site.py` holds the program to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

SITE: Final = "shop.example"
SANDBOX: Final = "sandbox.shop.example"
RELAY: Final = "metrics.shop.example"
ELSEWHERE: Final = "elsewhere.example"
UNKNOWN: Final = "tracker-unknown.example"

THIRD: Final[Mapping[str, str]] = {
    "fonts.googleapis.com": "google",
    "fonts.gstatic.com": "google",
    "www.googletagmanager.com": "google",
    "www.google-analytics.com": "google",
    "region1.google-analytics.com": "google",
    "www.googleadservices.com": "google",
    "googleads.g.doubleclick.net": "google",
    "cdn.cookielaw.org": "onetrust",
    "connect.facebook.net": "meta",
    "www.facebook.com": "meta",
    "dynamic.criteo.com": "criteo",
    "sslwidget.criteo.com": "criteo",
    "analytics.tiktok.com": "tiktok",
    "s.pinimg.com": "pinterest",
    "ct.pinterest.com": "pinterest",
    "sc-static.net": "snap",
    "tr.snapchat.com": "snap",
    "bat.bing.com": "microsoft",
    "www.clarity.ms": "microsoft",
    "static.ads-twitter.com": "x-corp",
    "analytics.twitter.com": "x-corp",
    "t.co": "x-corp",
    "www.redditstatic.com": "reddit",
    "alb.reddit.com": "reddit",
    "mc.yandex.ru": "yandex",
    "vk.com": "vk",
    "top-fwz1.mail.ru": "vk",
    "www.dwin1.com": "awin",
    "www.awin1.com": "awin",
    "snap.licdn.com": "linkedin",
    "px.ads.linkedin.com": "linkedin",
    "static.klaviyo.com": "klaviyo",
    "a.klaviyo.com": "klaviyo",
    "cdn.segment.com": "segment",
    "api.segment.io": "segment",
    "static.hotjar.com": "hotjar",
    "ws.hotjar.com": "hotjar",
    "js.stripe.com": "stripe",
    UNKNOWN: f"site:{UNKNOWN}",
}
"""Each third-party host, and the organisation in `rules/orgs` that it must be named as."""

HOSTS: Final = (SITE, SANDBOX, RELAY, ELSEWHERE, *THIRD)
"""Every host that anything may ever be asked of; another one is the browser's own chatter."""

_PAGE: Final = frozenset({"fonts.googleapis.com", "fonts.gstatic.com", "www.googletagmanager.com"})
_BANNER: Final = frozenset({"cdn.cookielaw.org"})
_VIEW: Final = frozenset({"www.google-analytics.com"})
_META: Final = frozenset({"connect.facebook.net", "www.facebook.com"})
_CRITEO: Final = frozenset({"dynamic.criteo.com", "sslwidget.criteo.com"})
_PURCHASE: Final = frozenset(
    {
        "region1.google-analytics.com",
        "www.googleadservices.com",
        "googleads.g.doubleclick.net",
        "top-fwz1.mail.ru",
        "www.awin1.com",
    }
)
_PAYMENT: Final = frozenset({"js.stripe.com"})
_ALL: Final = frozenset(THIRD)

MET: Final[Mapping[str, frozenset[str]]] = {
    "none": _PAGE | _BANNER | _VIEW,
    "reject": _PAGE | _BANNER | _META,
    "accept": _ALL - _PURCHASE - _PAYMENT,
    "gpc": _PAGE | _BANNER | _VIEW | _CRITEO,
}
"""The hosts met on an ordinary page once the choice is made. Google Analytics comes before the
visitor was asked, Meta in spite of a no, Criteo in spite of the opt-out signal."""

BEFORE: Final = _VIEW
"""What may be met as well in the states that make a choice: it comes before the choice."""

MET_IN_FLOW: Final[Mapping[str, frozenset[str]]] = {
    "none": MET["none"] | _PAYMENT,
    "reject": MET["reject"] | _PAYMENT,
    "accept": _ALL,
    "gpc": MET["gpc"] | _PAYMENT,
}
"""The hosts met on the way through the checkout."""


def organisations(hosts: frozenset[str]) -> frozenset[str]:
    """Give the organisations of some third-party hosts."""
    return frozenset(THIRD[host] for host in hosts)


def never(state: str) -> frozenset[str]:
    """Give the hosts that must not be met in a state, whatever the page."""
    return _ALL - MET_IN_FLOW[state] - BEFORE


class Purchase(NamedTuple):
    """A purchase event of the thank-you page.

    `signal` is the rule that must fire; `times` how often the event is sent to the host by
    `method`. `shows` are the facts that the request carries: `amount`, `currency`,
    `order-number`, `items`. `email` is the form of the address in it: `plain`, `md5`,
    `sha256`, `sha256url` (in base64url), `base64` or nothing.
    """

    signal: str
    host: str
    method: str
    path: str
    shows: tuple[str, ...]
    email: str = ""
    times: int = 1

    @property
    def org(self) -> str:
        """Whose event it is."""
        return self.signal.partition("/")[0]


_EVERYTHING: Final = ("amount", "currency", "order-number", "items")
_UNNUMBERED: Final = ("amount", "currency", "items")

PURCHASES: Final = (
    Purchase(
        "meta/pixel-purchase:purchase", "www.facebook.com", "GET", "/tr/", _EVERYTHING, "sha256"
    ),
    Purchase(
        "meta/pixel-purchase:purchase", "www.facebook.com", "POST", "/tr/", _EVERYTHING, "sha256", 2
    ),
    Purchase(
        "google/analytics-purchase:purchase",
        "region1.google-analytics.com",
        "POST",
        "/g/collect",
        _EVERYTHING,
        "sha256url",
    ),
    Purchase(
        "google/ads-purchase:purchase",
        "www.googleadservices.com",
        "GET",
        "/pagead/conversion/123456789/",
        _EVERYTHING,
        "sha256url",
    ),
    Purchase(
        "google/ads-purchase:purchase",
        "googleads.g.doubleclick.net",
        "GET",
        "/pagead/viewthroughconversion/123456789/",
        ("items",),
    ),
    Purchase(
        "tiktok/pixel-purchase:purchase",
        "analytics.tiktok.com",
        "POST",
        "/api/v2/pixel",
        _EVERYTHING,
        "sha256",
    ),
    Purchase(
        "pinterest/tag-purchase:purchase", "ct.pinterest.com", "GET", "/v3/", _EVERYTHING, "sha256"
    ),
    Purchase(
        "snap/pixel-purchase:purchase", "tr.snapchat.com", "POST", "/p", _EVERYTHING, "sha256"
    ),
    Purchase(
        "microsoft/ads-purchase:purchase", "bat.bing.com", "GET", "/action/0", _EVERYTHING, "sha256"
    ),
    Purchase(
        "criteo/tag-purchase:purchase", "sslwidget.criteo.com", "GET", "/event", _EVERYTHING, "md5"
    ),
    Purchase(
        "klaviyo/purchase-event:purchase",
        "a.klaviyo.com",
        "POST",
        "/client/events/",
        _EVERYTHING,
        "plain",
    ),
    Purchase(
        "x-corp/pixel-purchase:purchase",
        "analytics.twitter.com",
        "GET",
        "/1/i/adsct",
        _EVERYTHING,
        "sha256",
    ),
    Purchase("x-corp/pixel-purchase:purchase", "t.co", "GET", "/1/i/adsct", _EVERYTHING, "sha256"),
    Purchase(
        "reddit/pixel-purchase:purchase", "alb.reddit.com", "GET", "/rp.gif", _EVERYTHING, "sha256"
    ),
    Purchase(
        "yandex/metrica-purchase:purchase", "mc.yandex.ru", "POST", "/watch/12345678", _EVERYTHING
    ),
    Purchase("vk/pixel-purchase:purchase", "vk.com", "GET", "/rtrg", _UNNUMBERED),
    Purchase("vk/counter-purchase:purchase", "top-fwz1.mail.ru", "GET", "/tracker", ("amount",)),
    Purchase(
        "segment/purchase-event:purchase",
        "api.segment.io",
        "POST",
        "/v1/batch",
        _EVERYTHING,
        "plain",
    ),
    Purchase("awin/sale:purchase", "www.awin1.com", "GET", "/sread.img", _EVERYTHING),
    Purchase(
        "google/analytics-purchase:purchase", RELAY, "POST", "/g/collect", _EVERYTHING, "sha256url"
    ),
)

LEAKS: Final[frozenset[tuple[str, str, str, str]]] = frozenset(
    {
        ("meta", "email", "sha256", "url"),
        ("meta", "email", "sha256", "body"),
        ("meta", "phone", "sha256", "body"),
        ("meta", "phone", "sha256", "url"),
        ("google", "email", "sha256", "url"),
        ("tiktok", "email", "sha256", "body"),
        ("tiktok", "phone", "sha256", "body"),
        ("pinterest", "email", "sha256", "url"),
        ("snap", "email", "sha256", "body"),
        ("microsoft", "email", "sha256", "url"),
        ("criteo", "email", "md5", "url"),
        ("klaviyo", "email", "plain", "body"),
        ("klaviyo", "phone", "plain", "body"),
        ("x-corp", "email", "sha256", "url"),
        ("reddit", "email", "sha256", "url"),
        ("segment", "email", "plain", "body"),
        ("segment", "name", "plain", "body"),
        ("hotjar", "email", "plain", "body"),
        (f"site:{UNKNOWN}", "email", "base64", "url"),
    }
)
"""Who is sent which contact data of the flow's buyer: organisation, kind, form and place. The
session recorder is sent it as it is typed, over a WebSocket."""

COOKIES: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset({"_ga"}),
    "reject": frozenset({"_fbp"}),
    "accept": frozenset({"_ga", "_fbp", "_ttp", "_clck", "_hjSessionUser_1234567"}),
    "gpc": frozenset({"_ga"}),
}
"""The tracking cookies that stand on the site's own host when the choice has been made."""

LONG_LIVED: Final = ("_ga", 400)
"""A cookie of the site's own host that lives too long, in days, without `Secure`."""

STORED: Final = frozenset({"_uetvid", "ajs_anonymous_id"})
"""The tracking marks in the site's local storage after a yes."""

ABROAD: Final = ("IDE", "doubleclick.net", 730)
"""A third-party cookie that is set on the thank-you page, and for how many days."""

WRITTEN: Final = frozenset({"meta", "google"})
"""Who stands in the text of an ordinary page: a pixel for browsers without scripts, a container
that tells of purchases."""

INCONCLUSIVE: Final[Mapping[str, str]] = {
    "/challenge": "challenge",
    "/broken": "status",
    "/slow": "timeout",
    "/away": "elsewhere",
    "/no-banner": "no-control",
}
"""The pages from which nothing can be concluded after a no, and why."""
