"""A cheap test of URLs, so that readers pass over what no rule could use.

It may say yes too often, never no wrongly: `tests/engine/test_sieve.py` holds it against
the matcher. It is the innermost loop of a history scan, hence its plain style: no call and
no object more than needed, and the common cases first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dataexposure import urls
from dataexposure.channels import CHANNELS
from dataexposure.engine.match import filing_fact
from dataexposure.knowledge import Rulebase, Signal

_URL_CHANNELS: Final = frozenset(
    name for name, channel in CHANNELS.items() if "param" in channel.facts
)
_ENCODED_NAME: Final = re.compile(r"(?:^|&)[^=&]*%")


class Sieve:
    """Implements `model.Interest` for a rule base.

    With own addresses to look for (`identities`), every URL is of interest.
    """

    def __init__(self, rulebase: Rulebase, *, identities: bool = False) -> None:
        self._domains = set(rulebase.domains)
        self._words: set[str] = set()
        self._parameters: set[str] = set()
        self._everything = identities
        for signal in rulebase.signals:
            if signal.channel in _URL_CHANNELS:
                self._learn(signal)
        self._test = self._quick_test()

    def _learn(self, signal: Signal) -> None:
        fact = filing_fact(signal)
        for value in signal.match[fact]:
            if fact == "host":
                self._domains.add(value)
            elif fact in ("param", "with"):
                self._parameters.add(value.partition("=")[0])
            elif fact in ("ending", "segment", "path"):
                self._words.add(value.rpartition("/")[2])
            elif fact != "identity":
                self._everything = True

    @property
    def url(self) -> Callable[[str], bool]:
        """The test: says whether any rule could fire on a URL."""
        return self._test

    def _quick_test(self) -> Callable[[str], bool]:
        """Make the test a closure: local names are much cheaper than attributes."""
        hosts: dict[str, bool] = {}
        host_known = hosts.get
        claimed, closer, everything = self._claimed, self._closer, self._everything
        no_word, no_parameter = self._words.isdisjoint, self._parameters.isdisjoint
        words, encoded = self._words, _ENCODED_NAME.search

        def test(url: str) -> bool:
            path, _, query = url.partition("?")
            parts = path.lower().split("/")
            if everything or len(parts) < 3:
                return everything
            known = host_known(parts[2])
            if known is None:
                known = hosts[parts[2]] = claimed(parts[2])
            if known or not no_word(parts):
                return True
            last = parts[-1]
            if "." in last and last.rpartition(".")[0] in words:
                return True
            if query and (
                not no_parameter(query.replace("=", "&").split("&"))
                or "http" in query
                or ";" in query
                or ("%" in query and encoded(query))
            ):
                return closer(url)
            return ("#" in path or "/http" in path) and closer(url)

        return test

    def _claimed(self, host: str) -> bool:
        name = urls.host_of(host)
        while name:
            if name in self._domains:
                return True
            name = name.partition(".")[2]
        return False

    def _closer(self, url: str) -> bool:
        parts = urls.split(url)
        segments = parts.path.casefold().split("/")
        stem = segments[-1].rpartition(".")[0]
        return (
            not self._words.isdisjoint((*segments, stem))
            or self._claimed(parts.host)
            or any(name in self._parameters for name, _ in urls.parameters(parts.query))
            or any(self._test(inner) for inner in urls.nested(url))
        )
