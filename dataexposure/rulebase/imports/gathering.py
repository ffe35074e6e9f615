"""From a list's rows to entries: hosts that may be trusted, one entry for each organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

import msgspec

from dataexposure import urls
from dataexposure.rulebase.lists import Copy, Entry

Shape = TypeVar("Shape")

SILENT: Final = "content-delivery"
"""The role whose contact says nothing about purchases."""

_HOST: Final = re.compile(
    r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
_LITERAL: Final = re.compile(r"(?:[a-z0-9-]+\\?\.)+[a-z]{2,}")
_NAME: Final = 120
_KEY: Final = 80


def host(value: str) -> str:
    """Give a host name in lower case; empty for an address, a public suffix or anything else."""
    name = value.strip().lower().rstrip(".")
    if not _HOST.fullmatch(name):
        return ""
    return "" if urls.registrable(f"x.{name}") == f"x.{name}" else name


def literal_host(pattern: str) -> str:
    r"""Give the host that a regular expression spells out (`\.example\.com/`); else empty.

    Anything that says more than a host (a path, an alternative, a wildcard) gives nothing:
    the host alone would claim too much.
    """
    bare = pattern.partition(r"\;")[0].strip().removeprefix("^")
    bare = re.sub(r"^(https\??:|\(\?:https\??:\)\?)?//", "", bare)
    bare = bare.removeprefix("\\.").removeprefix(".").rstrip("/").removesuffix("$")
    return host(bare.replace("\\", "")) if _LITERAL.fullmatch(bare.lower()) else ""


def name(value: str) -> str:
    """Give a name fit for one line: no control characters, at most 120 characters."""
    kept = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in value)
    return " ".join(kept.split())[:_NAME]


def country(value: str) -> str:
    """Give a country code of two capitals; empty for anything else."""
    code = value.strip().upper()
    return code if re.fullmatch("[A-Z]{2}", code) else ""


def page(value: str) -> str:
    """Give a web address that is safe to show; empty for anything else."""
    address = value.strip()
    plain = address.isprintable() and " " not in address and len(address) <= 500
    return address if plain and urls.split(address).host else ""


def each(raws: Mapping[str, msgspec.Raw], shape: type[Shape]) -> Iterator[tuple[str, Shape | None]]:
    """Decode values one by one; one that has another shape gives None."""
    for key, raw in raws.items():
        try:
            yield key, msgspec.json.decode(raw, type=shape)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            yield key, None


class Gathering:
    """Collects what a list says about each organisation, under the list's own key for it."""

    def __init__(self) -> None:
        self._found: dict[str, list[Entry]] = {}
        self.left_out = 0

    def add(self, entry: Entry) -> None:
        """Take what a row says; a row without a name or role is counted and left out."""
        if entry.roles and entry.name and entry.key:
            self._found.setdefault(entry.key, []).append(entry)
        else:
            self.left_out += 1

    def copy(self, date: str = "", measures: bytes = b"") -> Copy:
        """Give the copy, with keys that are short, unique and the same each time."""
        keys: set[str] = set()
        entries = tuple(
            _joined(_unique(slug(rows[0].key), keys), rows) for rows in self._found.values()
        )
        return Copy(entries, date, self.left_out, measures)


def slug(value: str) -> str:
    """Give a key for an id: letters and digits of any script, dots, and hyphens between."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    return re.sub(r"[^\w.]+|_", "-", plain)[:_KEY].strip("-.") or "unnamed"


def _unique(key: str, keys: set[str]) -> str:
    number, free = 1, key
    while free in keys:
        number += 1
        free = f"{key}-{number}"
    keys.add(free)
    return free


def _joined(key: str, rows: list[Entry]) -> Entry:
    """Join an organisation's rows.

    Who both delivers files and does more keeps only the domains of the latter: a contact with
    its file servers would be taken for more than it is.
    """
    telling = [row for row in rows if row.roles != (SILENT,)] or rows
    first = telling[0]
    return Entry(
        key=key,
        name=first.name,
        roles=_flat(row.roles for row in telling),
        domains=_flat(row.domains for row in telling),
        classes=_flat(row.classes for row in telling),
        country=first.country,
        website=first.website,
        privacy=first.privacy,
    )


def _flat(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))
