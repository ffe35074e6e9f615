"""The vocabulary of the pipeline: every type that crosses from one stage to the next.

Nothing here imports anything else of ours. All types are frozen; sequences are tuples.
Personal values (addresses, URLs, subjects, cookie values) live in `Observation` alone;
no type after it has a field that could hold one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct


class Locator(Struct, frozen=True, order=True):
    """Where a fact was read: a place, never a content.

    `source` is the reader's NAME, `file` the input's display name (relative to what the
    user named, archive members after `!/`), `record` a position such as `urls:12`,
    `message:3` or `entry:17`; empty when the whole file is meant.
    """

    source: str
    file: str
    record: str = ""


class Observation(Struct, frozen=True):
    """One thing that an input shows, as raw facts; the only type with personal values.

    `channel` is a name of `channels.CHANNELS`, which also says which raw `facts` it has.
    `party` is whose page, app or mail it happened on: a registrable domain or an app id;
    empty when the input cannot tell. A reader may fold equal rows into one observation
    with a `count` and the `first` and `last` date (UTC). `context` is the page or mail
    around a request, link or image, so that rules can tell an order page from another.
    `holder` is an organisation id when the record comes from that organisation's own
    export about the person.
    """

    channel: str
    facts: Mapping[str, tuple[str, ...]]
    at: Locator
    party: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    count: int = 1
    context: Observation | None = None
    holder: str = ""


class Problem(Struct, frozen=True, order=True):
    """Something that could not be read, as a value: it flows beside what could.

    `cause` is an id of the vocabulary's `problems`; `count` how many records it concerns
    (1 for a whole file); `note` a technical position such as `line 5 column 1`, never a
    content.
    """

    at: Locator
    cause: str
    count: int = 1
    note: str = ""


class Coverage(Struct, frozen=True):
    """What was read of one file.

    `read` and `skipped` count records (visits, cookies, messages, requests, apps);
    `counts` gives the reader's own counters by name, such as `{"urls": 64, "visits": 84}`;
    `first` and `last` bound the records' dates; `sidecars` names files read along with it.
    """

    source: str
    file: str
    read: int
    skipped: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    counts: Mapping[str, int] = {}
    sidecars: tuple[str, ...] = ()


class Interest(Protocol):
    """What the rules could possibly use, so that a reader can pass over the rest cheaply."""

    def url(self, url: str) -> bool:
        """Say whether any rule could fire on this URL; a yes is not yet a match."""
        ...


class Input(Protocol):
    """One input as a reader sees it: a file, or a folder that is one mailbox."""

    @property
    def path(self) -> Path:
        """Where the bytes are; opened for reading only."""
        ...

    @property
    def name(self) -> str:
        """The display name for locators."""
        ...

    @property
    def head(self) -> bytes:
        """The first 64 KiB; empty for a folder."""
        ...

    @property
    def tables(self) -> Mapping[str, frozenset[str]]:
        """Table name to column names, if this is a readable SQLite database; else empty."""
        ...


class Source(Protocol):
    """The contract of a reader module."""

    NAME: str

    def sniff(self, file: Input) -> bool:
        """Say, by content, whether this reader reads the file; exactly one may claim it."""
        ...

    def read(self, file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
        """Stream the file's observations and problems, and its coverage last."""
        ...


class Contact(Struct, frozen=True):
    """One way to exercise rights. `kind` is `email`, `form`, `page` or `post`.

    `seen` is false for one that is known but was not opened when it was written down.
    """

    kind: str
    value: str
    checked: str
    source: str = ""
    seen: bool = True


class Occasion(Struct, frozen=True, order=True):
    """One purchase-like event within a finding: its day, and which order it was.

    `order` is an ordinal that tells the orders of one merchant apart within this report
    (0 when the input shows no order number). It is a counter, not derived from the number.
    """

    date: dt.date | None
    order: int = 0


class Finding(Struct, frozen=True):
    """A rule that fired, folded over all observations with the same party and setting.

    `org` is who the evidence points at: an organisation id, or `site:<domain>` for one that
    the rule base does not know. `during` is the event of the page or mail around it
    (`purchase` for a pixel on a thank-you page). `carried` lists the data categories seen in
    the request. `holder` is the organisation whose own export showed it. `evidence` has one
    to three places.
    """

    signal: str
    org: str
    channel: str
    event: str
    party: str
    count: int
    evidence: tuple[Locator, ...]
    first: dt.date | None = None
    last: dt.date | None = None
    data: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    during: str = ""
    holder: str = ""
    occasions: tuple[Occasion, ...] = ()


class Claim(Struct, frozen=True):
    """One step of reasoning: `org` likely holds `category`, because of `findings`.

    `grade` names the row of the likelihood table, `tier` that row's tier, `because` the
    inference. `probability` is this evidence's own contribution before it is combined.
    `findings` are positions in `Report.findings`. `via` is the organisation a partner
    claim passes through.
    """

    org: str
    category: str
    party: str
    tier: str
    grade: str
    probability: float
    because: str
    findings: tuple[int, ...]
    first: dt.date | None = None
    last: dt.date | None = None
    via: str = ""


class Likelihood(Struct, frozen=True):
    """How likely an organisation holds data about the person's purchases.

    `low`, `mid`, `high` are probabilities (0 to 1); `word` is an id of the likelihood
    words, `confidence` is `high`, `medium` or `low`; `calibrated` says whether the numbers
    were measured rather than assumed.
    """

    low: float
    mid: float
    high: float
    word: str
    confidence: str
    calibrated: bool = False


class NextStep(Struct, frozen=True):
    """A right that the person can use against a holder, in the order in which it is wise.

    `right` is a kind of `law.RIGHTS` or `complain`, `regime` the id of the law that gives it,
    `basis` its article. The answer is due after that many `months`, `days` or `business_days`
    (all 0: the law names no deadline).
    """

    right: str
    regime: str
    basis: str
    months: int = 0
    days: int = 0
    business_days: int = 0


class Holder(Struct, frozen=True):
    """An organisation that likely holds data, with the reasons.

    `known` is false for a site that the rule base does not have; `origin` names the imported
    list that an organisation comes from, empty for our own rules. `market`, `collects`,
    `kinds` and `basis` describe it in the field's terms, from what is usual for its roles.
    `steps` are what the person can do about it by the law where they live.
    """

    id: str
    name: str
    parent: str
    roles: tuple[str, ...]
    channel: str
    likelihood: Likelihood
    tier: str
    categories: tuple[str, ...]
    claims: tuple[Claim, ...]
    rights: tuple[Contact, ...] = ()
    gap: str = ""
    known: bool = True
    origin: str = ""
    market: tuple[str, ...] = ()
    collects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    steps: tuple[NextStep, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


class Sighting(Struct, frozen=True, order=True):
    """Who saw a purchase, and by which tier of evidence."""

    org: str
    tier: str
    channel: str


class Purchase(Struct, frozen=True):
    """One row of the ledger: a purchase that the inputs show."""

    merchant: str
    merchant_name: str
    date: dt.date | None
    seen_by: tuple[Sighting, ...]
    evidence: tuple[Locator, ...]


class Effect(Struct, frozen=True, order=True):
    """What a step would change for one holder: its likelihood (0 to 1) before and after."""

    org: str
    before: float
    after: float


class Advised(Struct, frozen=True):
    """A protective step with what it would have changed, recomputed by the model.

    `step` is an id of the advice; `change` is by how many the expected number of holders
    falls; `effects` lists the holders that it would lower, the most first.
    """

    step: str
    change: float
    effects: tuple[Effect, ...] = ()


class RulebaseStamp(Struct, frozen=True):
    """Which rule base made a report, and how old its newest check is."""

    version: str
    date: str
    organisations: int
    signals: int


class Report(Struct, frozen=True):
    """Every renderer's sole input; the JSON report is exactly this.

    `schema` is its version, `residence` where the person said they live (`NO`, `US-CA`).
    `redacted` says that shops, apps and files stand as kinds with a number, dates as the first
    of their month, counts as the lowest number of their band, and residence as a country.
    """

    made: dt.date
    rulebase: RulebaseStamp
    holders: tuple[Holder, ...]
    purchases: tuple[Purchase, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    problems: tuple[Problem, ...]
    schema: int = 1
    residence: str = ""
    advice: tuple[Advised, ...] = ()
    redacted: bool = False
