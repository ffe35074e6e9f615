"""The person's own addresses, in every form in which companies send them.

The person gives the addresses (`--email`); they live in memory only. The forms are those
that advertisers' matching guides ask for: trimmed and lower-case, with Gmail's dots and
`+tags` left out, then md5, sha1 or sha256 in hex or base64.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

_HEX = re.compile(r"[0-9a-f]{32,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{22,43}")
_GMAIL: Final = frozenset({"gmail.com", "googlemail.com"})
_HASHES: Final = ("md5", "sha1", "sha256")
_LONGEST: Final = 1_000_000


def normal(address: str) -> Iterator[str]:
    """Give the ways in which a mail address is written before it is hashed."""
    trimmed = address.strip()
    yield trimmed
    lower = trimmed.lower()
    yield lower
    yield lower.upper()
    local, _, domain = lower.rpartition("@")
    untagged = local.partition("+")[0]
    yield f"{untagged}@{domain}"
    if domain in _GMAIL:
        yield f"{untagged.replace('.', '')}@gmail.com"


class Identities:
    """Own addresses to look for; empty when the person gave none."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._plain: set[str] = set()
        self._forms: dict[str, str] = {}
        for address in addresses:
            for text in normal(address):
                self._plain.add(text.lower())
                for name in _HASHES:
                    digest = hashlib.new(name, text.encode(), usedforsecurity=False)
                    self._forms[digest.hexdigest()] = name
                    encoded = base64.b64encode(digest.digest()).decode().rstrip("=")
                    self._forms[encoded] = name
                    self._forms[encoded.replace("+", "-").replace("/", "_")] = name

    def __bool__(self) -> bool:
        """Say whether there is anything to look for."""
        return bool(self._plain)

    @property
    def forms(self) -> Mapping[str, str]:
        """Every hashed form and the name of its hash."""
        return self._forms

    def found(self, *texts: str) -> frozenset[str]:
        """Name the forms (`plain`, `md5`, `sha1`, `sha256`) that occur in the texts."""
        if not self._plain:
            return frozenset()
        found = set()
        for text in texts:
            clear = unquote(unquote(text[:_LONGEST]))
            lower = clear.lower()
            if any(address in lower for address in self._plain):
                found.add("plain")
            for pattern, candidate in ((_HEX, lower), (_BASE64, clear)):
                for match in pattern.finditer(candidate):
                    if form := self._forms.get(match.group()):
                        found.add(form)
        return frozenset(found)
