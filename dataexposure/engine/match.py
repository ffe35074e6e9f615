"""Which signals fire on an observation.

Each signal is filed under one of its facts, the most telling one, by that fact's tokens.
An observation looks its own tokens up, so that cost grows with the input and not with the
number of rules; only signals that share a token are tested in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from dataexposure import urls
from dataexposure.channels import TELLING, Channel
from dataexposure.engine.identities import Identities
from dataexposure.engine.view import View
from dataexposure.knowledge import Rulebase, Signal
from dataexposure.model import Observation

_HASH: Final = re.compile(
    r"(?<![\w+/-])([0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[\w+/-]{43}=?)(?![\w+/-])"
)
"""md5, sha1 or sha256 in hex, or sha256 in base64, standing alone or behind a mark."""

_PARAMETERS: Final = frozenset({"param", "with"})
_FIRST_HAND: Final = frozenset({"visit", "mail"})
_NAME: Final = re.compile(r"[\w.-]{1,253}|[0-9a-f:.]{2,45}")
"""A host or app id (letters of any language, digits, `_`, `-`, dots) or an IPv6 address."""

_SETTINGS: Final = ("purchase", "delivery", "checkout")
_IMPLIED_TITLES: Final[Mapping[str, str]] = {
    "visit": "its site",
    "contact": "its servers",
    "cookie": "its cookie",
    "mailed": "mail from it",
    "open": "a picture from it",
}

Filed = dict[str, dict[str, list[Signal]]]


class Hit(Struct, frozen=True):
    """A signal that fired: on whom it points, who the party is, and what was carried."""

    signal: Signal
    org: str
    party: str
    carried: tuple[str, ...] = ()
    order: str = ""


class Matcher:
    """The rule base, filed for look-up. Channels are filed when first needed."""

    def __init__(self, rulebase: Rulebase, identities: Identities | None = None) -> None:
        self.rulebase = rulebase
        self._identities = identities or Identities(())
        self._filed: dict[str, Filed] = {}
        self._implied: dict[tuple[str, str], Signal] = {}
        self._context: tuple[Observation | None, str] = (None, "")

    def fire(self, observation: Observation) -> tuple[Hit, ...]:
        """Give every hit on an observation, nested URLs included."""
        hits = list(self._fire(View(observation, self._identities)))
        if observation.channel in ("visit", "link"):
            for url in urls.nested(observation.facts["url"][0]):
                inner = Observation("visit", {"url": (url,)}, observation.at)
                hits.extend(
                    hit
                    for hit in self._fire(View(inner, self._identities))
                    if self.rulebase.vocabulary.events[hit.signal.event].nested
                )
        unique = {(hit.signal.id, hit.org): hit for hit in reversed(hits)}
        return tuple(unique[key] for key in sorted(unique))

    def setting(self, observation: Observation, hits: tuple[Hit, ...]) -> str:
        """Say what the page or mail around an observation is: purchase, delivery, checkout."""
        context = observation.context
        if context is None:
            return self._strongest(hits) if observation.channel == "mail" else ""
        if self._context[0] is not context:
            self._context = (context, self._strongest(self.fire(context)))
        return self._context[1]

    def _strongest(self, hits: tuple[Hit, ...]) -> str:
        events = self.rulebase.vocabulary.events
        settings = {events[hit.signal.event].setting for hit in hits}
        return next((setting for setting in _SETTINGS if setting in settings), "")

    def _fire(self, view: View) -> Iterator[Hit]:
        channel = view.channel
        explained = set()
        for signal in self._candidates(view):
            if not _holds(signal, view):
                continue
            hit = self._hit(signal, view)
            if hit is not None:
                explained.add(hit.org)
                yield hit
        yield from self._implied_hits(view, channel, explained)

    def _candidates(self, view: View) -> Iterator[Signal]:
        seen = set()
        for fact, filed in self._file(view.channel).items():
            for token in view.each_token(fact):
                # Most tokens have no signal, so look before the inner loop is set up.
                if signals := filed.get(token):
                    for signal in signals:
                        if signal.id not in seen:
                            seen.add(signal.id)
                            yield signal

    def _file(self, channel: Channel) -> Filed:
        if channel.name not in self._filed:
            filed: Filed = {}
            for signal in self.rulebase.signals:
                if signal.channel == channel.name:
                    fact = filing_fact(signal)
                    for token in signal.match[fact]:
                        filed.setdefault(fact, {}).setdefault(token, []).append(signal)
            self._filed[channel.name] = filed
        return self._filed[channel.name]

    def _hit(self, signal: Signal, view: View) -> Hit | None:
        subject = self._subject(view)
        owner = self._owner(subject, view)
        party = self._party(signal, view, subject)
        if signal.org:
            if signal.event == "contact" and self.rulebase.owner(party) == signal.org:
                return None
            org = signal.org
        else:
            org = owner or f"site:{urls.registrable(subject)}"
            if not subject or not self._plausible(view, owner, subject, party):
                return None
        return Hit(signal, org, party, tuple(_carried(signal, view)), _order(signal, view))

    def _plausible(self, view: View, owner: str, subject: str, party: str) -> bool:
        """Say whether a signal that belongs to nobody may be believed of this subject.

        A page shape is believed of places where people buy and of unknown sites, not of an
        organisation known to sell nothing; a subject not of a private person; an address in a
        request only of third parties.
        """
        if view.channel.name == "request":
            return urls.registrable(subject) != party and (
                not owner or owner != self.rulebase.contacted(party)
            )
        if view.channel.name == "mail":
            return subject not in self.rulebase.mailboxes
        if view.channel.name == "visit" and owner:
            vocabulary = self.rulebase.vocabulary.roles
            roles = self.rulebase.organisations[owner].roles
            return any(vocabulary[role].sells for role in roles if role in vocabulary)
        return True

    def _owner(self, subject: str, view: View) -> str:
        """Name whose page or mail it is, or who was contacted; imported lists know the latter."""
        if view.channel.name in _FIRST_HAND:
            return self.rulebase.owner(subject)
        return self.rulebase.contacted(subject)

    def _subject(self, view: View) -> str:
        if view.channel.name == "mail":
            return _nameable(view.first("from").rpartition("@")[2].lower())
        return _nameable(view.url.host or view.first("host").lstrip(".").lower())

    def _party(self, signal: Signal, view: View, subject: str) -> str:
        given = _nameable(view.observation.party)
        if view.channel.name == "visit":
            return given or urls.registrable(subject)
        if (
            view.channel.name == "cookie"
            and not given
            and self.rulebase.contacted(subject) != signal.org
        ):
            return urls.registrable(subject)
        return given

    def _implied_hits(self, view: View, channel: Channel, explained: set[str]) -> Iterator[Hit]:
        org = self._owner(self._subject(view), view)
        if channel.implied is None or not org or org in explained:
            return
        name, event, _ = channel.implied
        party = _nameable(view.observation.party)
        own = bool(party) and self.rulebase.contacted(party) == org
        listed = bool(self.rulebase.organisations[org].origin)
        if own and event == "contact" and not listed:
            name, event = "site", "visit"
        elif (own and (listed or event == "open")) or self._personal(event, view):
            return
        signal = self._signal(org, channel.name, name, event)
        yield Hit(signal, org, self._party(signal, view, self._subject(view)))

    def _personal(self, event: str, view: View) -> bool:
        """Say whether a mail comes from a person whose mailbox the organisation only keeps."""
        return event == "mailed" and self._subject(view) in self.rulebase.mailboxes

    def _signal(self, org: str, channel: str, name: str, event: str) -> Signal:
        identifier = f"{org}/{name}:{event}"
        key = (identifier, channel)
        if key not in self._implied:
            self._implied[key] = Signal(
                id=identifier,
                org=org,
                title=_IMPLIED_TITLES[event],
                channel=channel,
                match={},
                event=event,
            )
        return self._implied[key]


def _nameable(host: str) -> str:
    """Give a host or app id if it is nothing else; a report names it, so that no more may hide.

    In damaged or hostile files a piece of an address, a title or a mail address stands there.
    """
    return host if _NAME.fullmatch(host) else ""


def filing_fact(signal: Signal) -> str:
    """Name the fact that a signal is filed under: its most telling one.

    A parameter that only a named decoder reveals cannot be looked up, so such a signal is
    filed under another fact; lint sees to it that there is one.
    """
    facts = [fact for fact in signal.match if not (signal.decode and fact in _PARAMETERS)]
    return min(facts or signal.match, key=TELLING.index)


def _holds(signal: Signal, view: View) -> bool:
    for fact, values in signal.match.items():
        if view.tokens(fact, signal.decode).isdisjoint(values):
            return False
    return all(
        view.tokens(fact, signal.decode).isdisjoint(values)
        for fact, values in signal.unless.items()
    )


def _carried(signal: Signal, view: View) -> Iterator[str]:
    """Give the categories whose parameters are filled; a hash must look like one."""
    pairs = view.pairs(signal.decode) if signal.carries else ()
    for category, wanted in signal.carries.items():
        values = (value for name, value in pairs if name in wanted)
        if any(category != "email-hash" or _HASH.search(value) for value in values):
            yield category


def _order(signal: Signal, view: View) -> str:
    """Give the order number that the observation shows, if any; it stays in the engine."""
    if given := view.first("order"):
        return given
    for name in signal.carries.get("order-number", ()):
        for key, value in view.pairs(signal.decode):
            if key == name:
                return value
    return ""
