"""The vocabulary of websites: what a capture noted, and who was met on a page in a state.

Like `model` these types are frozen and import the model only. Addresses of pages
are kept without query; of what a request carried only purchase facts are kept as text
(amount, currency, order number, products), never what tells a person: that stands as a kind
and a form (`email`, `sha256`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from dataexposure.model import Observation

STATES: Final = ("none", "reject", "accept", "gpc")
"""What the visitor chose: nothing, to reject, to accept, or a browser that sends GPC."""

UNSTATED: Final = "unstated"
"""The state of a recording that does not say what the visitor chose."""

BROWSER: Final = "browser"
STATIC: Final = "static"
RECORDED: Final = "recorded"
"""How deep a capture looked: a page was run, only its text was read, or a HAR was given."""


class WebsiteTable(Struct, frozen=True):
    """What hosts and roles mean on a website: `rules/website.yaml`.

    `tracking`, `sharing` and `functional` are roles; `hosts` says of single hosts what they
    are for (`tracking`, `replay` or `functional`), which goes before the roles of their
    organisation. `calls` maps a browser call that tells browsers apart to the number of uses
    on a page from which it is reported. `disguised` maps a host on a site's own domain to the
    organisation behind it, and `targets` the domains that such hosts are another name for.
    `consent_parameters` are names under which a TCF consent string
    travels.
    """

    tracking: frozenset[str] = frozenset()
    sharing: frozenset[str] = frozenset()
    functional: frozenset[str] = frozenset()
    hosts: Mapping[str, str] = {}
    calls: Mapping[str, int] = {}
    disguised: Mapping[str, str] = {}
    targets: Mapping[str, str] = {}
    consent_parameters: frozenset[str] = frozenset()


class Canary(Struct, frozen=True):
    """A made-up value that a flow plants, to be looked for in all that is sent.

    `kind` is one of `email`, `phone`, `name`, `product`, `price`, `order`.
    """

    kind: str
    value: str


class Kept(Struct, frozen=True, order=True):
    """A cookie that the browser keeps.

    `days` is its life from when it was seen, None for one that ends with the session;
    `same_site` is `Strict`, `Lax`, `None` or empty. `org` is whose it is by the rules, empty
    when they do not say or it is the site's own; `tracking` says whether it is a tracking mark.
    """

    name: str
    host: str
    days: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    org: str = ""
    tracking: bool = False


class Stored(Struct, frozen=True, order=True):
    """A key in the browser's storage (`local` or `session`) of an origin's host.

    `org` and `tracking` as in `Kept`.
    """

    name: str
    host: str
    area: str = "local"
    org: str = ""
    tracking: bool = False


class Called(Struct, frozen=True, order=True):
    """A browser call that can tell browsers apart, and the host of the script that made it."""

    call: str
    host: str
    count: int = 1


class Choice(Struct, frozen=True):
    """What became of the consent question.

    `platform` is the one recognised (`words` when only its words were), `made` the choice
    that was carried out (`accept`, `reject` or nothing) and `clicks` what it took.
    `accept_clicks` and `reject_clicks` say what each takes on what was shown, 0 when there is
    no such control; `preticked` how many optional purposes were on beforehand.
    """

    platform: str = ""
    made: str = ""
    clicks: int = 0
    accept_clicks: int = 0
    reject_clicks: int = 0
    preticked: int = 0


class Field(Struct, frozen=True, order=True):
    """A field of a form: its type, its name in the page, and whether it must be filled."""

    type: str
    name: str
    required: bool = False


class Notes(Struct, frozen=True):
    """What a capture knows beyond requests; stands under `log._dataexposure` of its HAR.

    `page` is the address that was asked for, `reached` the one that came, `status` its HTTP
    status (0: none). `problems` are ids of `PROBLEMS`. `cnames` maps own hosts to what they
    are another name for, when that was asked.
    """

    page: str = ""
    reached: str = ""
    state: str = UNSTATED
    depth: str = RECORDED
    flow: str = ""
    status: int = 0
    choice: Choice | None = None
    cookies: tuple[Kept, ...] = ()
    storage: tuple[Stored, ...] = ()
    calls: tuple[Called, ...] = ()
    fields: tuple[Field, ...] = ()
    canaries: tuple[Canary, ...] = ()
    honoured: bool = False
    cnames: Mapping[str, str] = {}
    problems: tuple[str, ...] = ()
    version: int = 1


PROBLEMS: Final = (
    "challenge",
    "no-control",
    "timeout",
    "unreachable",
    "status",
    "elsewhere",
    "flow-failed",
    "damaged",
    "empty",
    "not-html",
    "rate-limited",
    "crashed",
)
"""Why a capture is inconclusive; `rules/checks.yaml` has the sentence of each."""

PARTIAL: Final = frozenset({"timeout", "flow-failed", "crashed"})
"""Problems that leave true what was seen until then, so that checks still look at it."""


class Written(Struct, frozen=True):
    """Something that a page's text would call, as the observation it would be."""

    observation: Observation


class Capture(Struct, frozen=True):
    """A file to be judged: a HAR, or a page of a built site.

    `page` names the page of a built site as a path; `state` is what a recording without notes
    is taken for.
    """

    path: Path
    name: str
    page: str = ""
    state: str = UNSTATED


THIRD: Final = "third-party"
OWN_HOST: Final = "own-host"
DISGUISED: Final = "disguised"
WRITTEN: Final = "written"
"""How a recipient was met: at a host of its own, through a host of the site (a relay), behind
another name for its host, or only as code in the page that would call it."""


class Sent(Struct, frozen=True):
    """A kind of event that a recipient was sent: a signal that fired.

    `carried` are data categories, `values` decoded purchase facts: pairs of category and text.
    """

    signal: str
    event: str
    count: int
    carried: tuple[str, ...] = ()
    during: str = ""
    values: tuple[tuple[str, str], ...] = ()


class Leak(Struct, frozen=True, order=True):
    """A planted or given value that a recipient was sent.

    `kind` as in `Canary`, or `consent-string`; `form` how it was written (`plain`, `base64`,
    `hex`, `md5`, `sha1`, `sha256`), `where` it stood (`url` or `body`).
    """

    kind: str
    form: str
    where: str
    count: int = 1


class Recipient(Struct, frozen=True):
    """Who was met on a page in a state.

    `org` is an organisation's id or `site:<domain>`. `tracking` says why it counts as
    tracking: `event`, `host` or `roles`; empty when it does not. `tracking_hosts` are those of
    `hosts` that it does so for.
    """

    org: str
    name: str
    parent: str
    roles: tuple[str, ...]
    relation: str
    hosts: tuple[str, ...]
    requests: int
    tracking: str = ""
    replay: bool = False
    functional: bool = False
    sharing: bool = False
    sent: tuple[Sent, ...] = ()
    leaks: tuple[Leak, ...] = ()
    tracking_hosts: tuple[str, ...] = ()


class Visit(Struct, frozen=True):
    """One page in one state, or one flow through several pages.

    `requests` counts all, those to the site itself too. `inconclusive` lists ids of
    `PROBLEMS`.
    """

    page: str
    state: str
    depth: str
    requests: int
    recipients: tuple[Recipient, ...] = ()
    flow: str = ""
    cookies: tuple[Kept, ...] = ()
    storage: tuple[Stored, ...] = ()
    calls: tuple[Called, ...] = ()
    fields: tuple[Field, ...] = ()
    choice: Choice | None = None
    honoured: bool = False
    inconclusive: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether what was seen may be held against the site."""
        return PARTIAL.issuperset(self.inconclusive)
