"""An observation as tokens, worked out only when a rule asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dataexposure import urls
from dataexposure.channels import CHANNELS, Fact
from dataexposure.engine import decoders
from dataexposure.engine.identities import Identities
from dataexposure.model import Observation


class View:
    """The tokens of one observation's facts, for one request decoding at a time."""

    def __init__(self, observation: Observation, identities: Identities) -> None:
        self.observation = observation
        self.channel = CHANNELS[observation.channel]
        self._identities = identities
        self._tokens: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
        self._pairs: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
        self._url: urls.Parts | None = None

    @property
    def url(self) -> urls.Parts:
        """The observation's URL in pieces; empty pieces in channels without one."""
        if self._url is None:
            self._url = urls.split(self.first("url"))
        return self._url

    def first(self, raw: str) -> str:
        """Give the first value of a raw fact, or an empty text."""
        return next(iter(self.observation.facts.get(raw, ())), "")

    def pairs(self, decode: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """Give the filled parameters of the URL and body."""
        if decode not in self._pairs:
            found = decoders.parameters(self.url, self.first("body"), self.first("type"), decode)
            self._pairs[decode] = tuple(found)
        return self._pairs[decode]

    def each_token(self, name: str) -> Iterator[str]:
        """Give the tokens of a fact one by one, for a look-up; some may come twice."""
        fact = self.channel.facts[name]
        for value in self._values(name, fact, ()):
            yield from fact.kind.tokens(value)

    def tokens(self, name: str, decode: tuple[str, ...] = ()) -> frozenset[str]:
        """Give the tokens of a fact."""
        fact = self.channel.facts[name]
        key = (name, decode if fact.part == "query" else ())
        if key not in self._tokens:
            found: set[str] = set()
            for value in self._values(name, fact, decode):
                found.update(fact.kind.tokens(value))
            self._tokens[key] = frozenset(found)
        return self._tokens[key]

    def _values(self, name: str, fact: Fact, decode: tuple[str, ...]) -> Iterable[str]:
        if fact.part == "query":
            return [f"{key}={value}" for key, value in self.pairs(decode)]
        if fact.part:
            return (str(getattr(self.url, fact.part)),)
        if name == "identity":
            return self._identities.found(self.first("url"), self.first("body"))
        return self.observation.facts.get(fact.raw, ())
