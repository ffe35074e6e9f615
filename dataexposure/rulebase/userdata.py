"""The lists that a user imported: kept in the user's own data folder, never in our rules.

`DATAEXPOSURE_DATA` names another folder. Format of a stored list: MessagePack of `Stored`,
behind a line that names the format's version.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from dataexposure.errors import UsageError
from dataexposure.knowledge import Citation, Organisation, Rulebase, Signal
from dataexposure.language import _
from dataexposure.model import Contact
from dataexposure.rulebase import bundle
from dataexposure.rulebase.lists import Entry, Measures, Stored

VARIABLE: Final = "DATAEXPOSURE_DATA"
_SUFFIX: Final = ".list"
_MAGIC: Final = b"dataexposure list 1\n"


def folder() -> Path:
    """Give the folder of the imported lists; it need not exist."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen) / "lists"
    import platformdirs

    return platformdirs.user_data_path("dataexposure", appauthor=False) / "lists"


def kinds() -> tuple[str, ...]:
    """Name the kinds that are imported, by looking at the folder alone."""
    try:
        found = [path.stem for path in folder().iterdir() if path.suffix == _SUFFIX]
    except OSError:
        return ()
    return tuple(sorted(found))


def store(stored: Stored) -> Path:
    """Keep a list in place of an older one of its kind; gives where.

    Raises UsageError when the folder cannot be written.
    """
    path = _path(stored.kind)
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(_MAGIC + msgspec.msgpack.encode(stored))
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot keep the list: {reason}.").format(reason=reason)) from None
    return path


def load(kind: str) -> Stored:
    """Read a stored list. Raises UsageError when there is none, or it cannot be read."""
    try:
        content = _path(kind).read_bytes()
    except FileNotFoundError:
        raise UsageError(_("No list `{kind}` is imported.").format(kind=kind)) from None
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot read the list: {reason}.").format(reason=reason)) from None
    try:
        if content.startswith(_MAGIC):
            return msgspec.msgpack.decode(content[len(_MAGIC) :], type=Stored)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        pass
    text = _("The imported list `{kind}` is damaged or of another version: import it again.")
    raise UsageError(text.format(kind=kind))


def forget(kind: str) -> None:
    """Remove a stored list. Raises UsageError when there is none, or it cannot be removed."""
    try:
        _path(kind).unlink()
    except FileNotFoundError:
        raise UsageError(_("No list `{kind}` is imported.").format(kind=kind)) from None
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot remove the list: {reason}.").format(reason=reason)) from None


def measures(stored: Stored) -> Measures:
    """Decode how often trackers were measured; empty when the list does not say."""
    raw = stored.copy.measures
    return msgspec.msgpack.decode(raw, type=Measures) if raw else Measures()


def complete() -> Rulebase:
    """Give our own rule base together with the lists that the user imported."""
    rulebase = bundle.compiled()
    found = kinds()
    if not found:
        return rulebase
    from dataexposure.rulebase.imports import IMPORTERS

    order = [one.KIND for one in IMPORTERS if one.KIND in found]
    return merge(rulebase, (load(kind) for kind in order))


def merge(rulebase: Rulebase, lists: Iterable[Stored]) -> Rulebase:
    """Add what lists say about hosts and code that our rules say nothing about.

    A host counts where neither our rules nor a list before claim it or a domain above it, a
    class where no rule knows it, a part or a beginning of it. Who is left without any of them
    although the list names some is known already. The stamp stays that of our rules.
    """
    organisations = dict(rulebase.organisations)
    domains = dict(rulebase.domains)
    signals = list(rulebase.signals)
    reserved = frozenset(_matched(rulebase, "host")) | rulebase.mailboxes
    classes = frozenset(_matched(rulebase, "class"))
    beginnings = {above for name in classes for above in _above(name)}
    for stored in lists:
        claimed: dict[str, str] = {}
        source = _Source(stored)
        for entry in stored.copy.entries:
            org = f"{stored.kind}:{entry.key}"
            hosts = tuple(
                host
                for host in entry.domains
                if not _is_claimed(host, domains) and host not in reserved and host not in claimed
            )
            code = tuple(
                name
                for name in entry.classes
                if name not in beginnings and classes.isdisjoint(_above(name))
            )
            if (entry.domains or entry.classes) and not hosts and not code:
                continue
            claimed.update(dict.fromkeys(hosts, org))
            organisations[org] = source.organisation(org, entry, hosts)
            if code:
                signals.append(_code(org, code))
        domains |= claimed
    return msgspec.structs.replace(
        rulebase, organisations=organisations, domains=domains, signals=tuple(signals)
    )


def _path(kind: str) -> Path:
    return folder() / f"{kind}{_SUFFIX}"


def _matched(rulebase: Rulebase, fact: str) -> Iterator[str]:
    for signal in rulebase.signals:
        if signal.org:
            yield from signal.match.get(fact, ())


def _is_claimed(host: str, domains: Mapping[str, str]) -> bool:
    while host:
        if host in domains:
            return True
        host = host.partition(".")[2]
    return False


def _above(name: str) -> Iterator[str]:
    """Give a dotted name and every beginning of it."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def _code(org: str, classes: tuple[str, ...]) -> Signal:
    return Signal(
        id=f"{org}/code:sdk",
        org=org,
        title="its code",
        channel="sdk",
        match={"class": classes},
        event="sdk",
    )


class _Source:
    """Says of a list's entries who they are, by the list's word."""

    def __init__(self, stored: Stored) -> None:
        date = stored.copy.date
        self._kind = stored.kind
        self._day = date if _is_day(date) else ""
        self._gap = f"Known from the imported list {stored.name} only; nobody here has checked it."
        cited = Citation(stored.home, self._day or stored.imported, stored.licence)
        self._sources = {stored.kind: cited}

    def organisation(self, org: str, entry: Entry, hosts: tuple[str, ...]) -> Organisation:
        """Make an organisation; a contact needs the day on which the list gave it."""
        rights: tuple[Contact, ...] = ()
        gap = self._gap
        if entry.privacy and self._day:
            rights = (Contact("page", entry.privacy, self._day, self._kind),)
        elif entry.privacy:
            gap += f" Its privacy page by that list: {entry.privacy}"
        return Organisation(
            id=org,
            name=entry.name,
            roles=entry.roles,
            country=entry.country,
            website=entry.website,
            domains=hosts,
            rights=rights,
            gap=gap,
            sources=self._sources,
            origin=self._kind,
        )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
