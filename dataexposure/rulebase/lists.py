"""A list of others as it is kept: converted, compact, and apart from our rules."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Entry(Struct, frozen=True, array_like=True):
    """An organisation as a list names it.

    `key` makes its id unique within the list, `roles` are ids of our closed list, `domains`
    hosts in lower case, `classes` beginnings of dotted class names (`com.example.sdk`).
    `privacy` is its privacy page or address by the list's word. `country` is ISO 3166.
    """

    key: str
    name: str
    roles: tuple[str, ...]
    domains: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    country: str = ""
    website: str = ""
    privacy: str = ""


class Measures(Struct, frozen=True):
    """How often trackers were measured, as shares from 0 to 1, by region (`global`, `de`).

    `sites` gives the share of a site's page loads with a tracker, `trackers` and `companies`
    the share of all page loads.
    """

    sites: Mapping[str, Mapping[str, Mapping[str, float]]] = {}
    trackers: Mapping[str, Mapping[str, float]] = {}
    companies: Mapping[str, Mapping[str, float]] = {}


class Copy(Struct, frozen=True):
    """A list, converted.

    `date` is the list's own date or month if it says one, `left_out` counts entries that were
    not used: unknown categories, patterns that are more than a host, damaged ones. `measures`
    are `Measures` in MessagePack: they stay so until asked for, as a start has no use for them.
    """

    entries: tuple[Entry, ...]
    date: str = ""
    left_out: int = 0
    measures: bytes = b""


class Stored(Struct, frozen=True):
    """A list in the user's folder: its kind, name, home and licence, and its copy.

    `imported` is the day on which the user imported it.
    """

    kind: str
    name: str
    home: str
    licence: str
    imported: str
    copy: Copy
