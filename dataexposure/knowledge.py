"""What the rule base knows: signals, organisations, partnerships, words and numbers.

These types are the contract between the rule base, the engine and the inferences; like
`model` they are frozen and hold no personal values.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from dataexposure.consent import Consent
from dataexposure.law import Regime, Step
from dataexposure.model import Contact, RulebaseStamp
from dataexposure.policy import Check
from dataexposure.website import WebsiteTable


class Signal(Struct, frozen=True):
    """The smallest recognisable thing: one rule.

    `id` is `org/name:event` (`generic/name:event` when it belongs to nobody, then `org` is
    empty). `match` and `unless` map fact names of the channel to canonical values: keys are
    joined by *and*, values by *or*. `data` maps a data category to the id of the source that
    supports the claim; `carries` maps a category to the parameters that prove, when filled,
    that the data was in the request. `shows` names parameters that website checks show beside
    them (`currency`). `decode` names the request decoders it needs beyond the automatic ones.
    """

    id: str
    org: str
    title: str
    channel: str
    match: Mapping[str, tuple[str, ...]]
    event: str
    unless: Mapping[str, tuple[str, ...]] = {}
    data: Mapping[str, str] = {}
    carries: Mapping[str, tuple[str, ...]] = {}
    shows: Mapping[str, tuple[str, ...]] = {}
    decode: tuple[str, ...] = ()


class Citation(Struct, frozen=True):
    """Where a fact about an organisation stands: a page or document, and when it was checked.

    `seen` is false for a page that is known but was not opened when the fact was written.
    """

    url: str
    checked: str
    licence: str = ""
    seen: bool = True


class Parent(Struct, frozen=True):
    """Ownership, with the year or date it began where known and the source that says so."""

    org: str
    source: str = ""
    since: str = ""


class Organisation(Struct, frozen=True):
    """Who it is.

    `domains` are registrable domains or hosts that belong to it alone. `origin` names the
    list that the user imported it from; empty for our own rules.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    parent: Parent | None = None
    country: str = ""
    website: str = ""
    domains: tuple[str, ...] = ()
    rights: tuple[Contact, ...] = ()
    gap: str = ""
    sources: Mapping[str, Citation] = {}
    origin: str = ""


class Partnership(Struct, frozen=True):
    """A documented second hop: `giver` passes `data` on to `taker`, by a dated source."""

    giver: str
    taker: str
    relation: str
    data: tuple[str, ...]
    source: Citation
    since: str = ""
    until: str = ""
    region: str = ""


class DataClass(Struct, frozen=True):
    """One of the sixteen places where purchase data collects, in the order of `number`.

    `inputs` are the kinds of input that can show it.
    """

    number: int
    title: str
    sentence: str
    inputs: tuple[str, ...] = ()


class InputKind(Struct, frozen=True):
    """A kind of input, and the channels of its observations."""

    title: str
    sentence: str
    channels: tuple[str, ...] = ()


class Role(Struct, frozen=True):
    """What an organisation does.

    `group` is the class it belongs to and `retention` its row of the retention table.
    `sells`: people buy there. `account`: its app needs an account. `payment`: an account
    there records purchases. `silent`: contact with it says nothing about purchases.
    `market` is its part in the data market, `collects` how it comes by data, `kinds` which
    of the four classes of consumer data that is, `basis` the legal bases that are usual.
    """

    group: str
    retention: str
    market: str
    title: str
    sentence: str
    collects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    sells: bool = False
    account: bool = False
    payment: bool = False
    silent: bool = False


class Event(Struct, frozen=True):
    """What happened.

    `setting` is what it makes of the page or mail around it; `nested` events may be believed
    of a URL that is carried inside another.
    """

    title: str
    sentence: str
    setting: str = ""
    nested: bool = False


class Category(Struct, frozen=True):
    """A kind of data; `purchases` says whether it is data about purchases."""

    title: str
    sentence: str
    purchases: bool = False


class Tier(Struct, frozen=True):
    """How strong a kind of evidence is, in words; tiers are listed from strong to weak."""

    title: str
    sentence: str


class Term(Struct, frozen=True):
    """An entry of a list that describes organisations: its title and a sentence."""

    title: str
    sentence: str


class Vocabulary(Struct, frozen=True):
    """Every closed list of words, by id, in the order of the file."""

    classes: Mapping[str, DataClass]
    inputs: Mapping[str, InputKind]
    roles: Mapping[str, Role]
    events: Mapping[str, Event]
    data: Mapping[str, Category]
    tiers: Mapping[str, Tier]
    market: Mapping[str, Term]
    collects: Mapping[str, Term]
    kinds: Mapping[str, Term]
    basis: Mapping[str, Term]
    problems: Mapping[str, str]


class Grade(Struct, frozen=True):
    """A row of the likelihood table.

    `low`, `mid` and `high` bound the chance (0 to 1) that an organisation holds purchase data
    if evidence of this grade is true and fresh; `tier` is the tier it belongs to.
    """

    tier: str
    low: float
    mid: float
    high: float
    basis: str
    calibrated: bool = False


class Retention(Struct, frozen=True):
    """How long data is kept: in full for `keep` months, then halving every `half` months."""

    keep: float
    half: float


class LikelihoodTable(Struct, frozen=True):
    """The numbers of the likelihood model (see docs/reference/likelihood.md).

    `reliability` and `credibility` are the factors of the two letters of a channel's
    `rating` (`A1`); `groups` puts channels that share causes together; `overlap` is the
    share that a further sighting in a group adds; `inhibitors` lower the chance; `words`
    lists the lower bounds of the likelihood words, from high to low; `counted` is the bound
    above which an organisation counts as likely.
    """

    grades: Mapping[str, Grade]
    reliability: Mapping[str, float]
    credibility: Mapping[str, float]
    rating: Mapping[str, str]
    groups: Mapping[str, str]
    retention: Mapping[str, Retention]
    inhibitors: Mapping[str, float]
    overlap: float
    words: Mapping[str, float]
    counted: float


class Rulebase(Struct, frozen=True):
    """All that is known.

    `domains` maps each claimed domain to its organisation's id; `mailboxes` are the domains
    under which private people have addresses. `regimes` are the laws by id, `advice` the
    protective steps in order. `website`, `consent`, `checks` and `inconclusive` (why nothing
    can be concluded, by id) are for website checks.
    """

    stamp: RulebaseStamp
    organisations: Mapping[str, Organisation]
    domains: Mapping[str, str]
    signals: tuple[Signal, ...]
    partnerships: tuple[Partnership, ...]
    mailboxes: frozenset[str]
    vocabulary: Vocabulary
    likelihood: LikelihoodTable
    regimes: Mapping[str, Regime]
    advice: tuple[Step, ...]
    website: WebsiteTable = WebsiteTable()
    consent: Consent = Consent()
    checks: Mapping[str, Check] = {}
    inconclusive: Mapping[str, str] = {}

    def owner(self, host: str) -> str:
        """Name the organisation that claims a host or a domain above it; empty when none does.

        Imported lists name trackers, not whose pages and mail a person reads: they do not
        count here.
        """
        found = self.contacted(host)
        return "" if found and self.organisations[found].origin else found

    def contacted(self, host: str) -> str:
        """Name who is contacted at a host: its owner, or who is there by an imported list."""
        while host:
            if found := self.domains.get(host):
                return found
            host = host.partition(".")[2]
        return ""


class Words(Struct, frozen=True):
    """What a renderer needs to name things, apart from the report itself.

    `reasons` maps the `because` of a claim to its sentence, `names` an organisation's id to
    its name, `titles` a signal's id to its title; `advice` and `regimes` give steps and laws
    by id. `organisations` and `domains` are the rule base's own, for redaction: what is in
    neither counts as unknown. `checks` and `inconclusive` are for website checks.
    """

    vocabulary: Vocabulary
    reasons: Mapping[str, str]
    names: Mapping[str, str]
    titles: Mapping[str, str]
    advice: Mapping[str, Step]
    regimes: Mapping[str, Regime]
    counted: float
    organisations: Mapping[str, Organisation] = {}
    domains: Mapping[str, str] = {}
    checks: Mapping[str, Check] = {}
    inconclusive: Mapping[str, str] = {}
