"""The headers of one message to the raw facts of the mail channel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from dataexposure import urls
from dataexposure.sources.mail.charsets import header_text, unfolded
from dataexposure.sources.mail.folders import kind_of
from dataexposure.sources.mail.mime import Block

Named = Mapping[str, tuple[bytes, ...]]

# Beside `X-…`, the headers by which sending platforms can be told apart.
_TELLING: Final = frozenset(
    {
        "auto-submitted",
        "bounces-to",
        "campaign-id",
        "campaign_token",
        "cfbl-address",
        "cfbl-feedback-id",
        "errors-to",
        "feedback-id",
        "list-id",
        "list-unsubscribe-post",
        "mailer",
        "organization",
        "precedence",
        "user-agent",
    }
)
# The mailbox's own notes about a message; a label is the person's word, not the sender's.
_OWN_NOTES: Final = frozenset({"x-gmail-labels", "x-keywords", "x-mozilla-keys"})
_MOST_HEADERS: Final = 60
_LONGEST_VALUE: Final = 200
_LONGEST_ADDRESS: Final = 1_000
_MOST_COMMENTS: Final = 20
_OLDEST: Final = 1980
_NEWEST: Final = 2100

_ANGLED: Final = re.compile(r"<\s*([^<>@\s\"]+@[^<>@\s\"]+?)\s*>")
_BARE: Final = re.compile(r"[^<>@\s\"(),;:]+@[^<>@\s\"(),;:]+")
_SIGNER: Final = re.compile(r"(?:^|;)\s*d\s*=\s*([\w.-]+)", re.IGNORECASE)
_TARGET: Final = re.compile(r"(?:https?://|mailto:)[^>\s,]+", re.IGNORECASE)
_LIST_ID: Final = re.compile(r"<\s*([\w.-]+)\s*>")
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")

_KNOWN: Final = frozenset(
    {"from", "to", "subject", "date", "received", "return-path", "message-id", "sender"}
    | {"delivered-to", "mime-version", "content-type", "reply-to", "cc"}
)


def is_message(named: Named) -> bool:
    """Say whether there is any header that a message is known by."""
    return not _KNOWN.isdisjoint(named)


def address(value: str) -> str:
    """Give the first address of a value in lower case; empty when it holds none."""
    value = value[:_LONGEST_ADDRESS]
    angled = _ANGLED.findall(value)
    if len(angled) == 1:
        return str(angled[0]).lower()
    # The library descends into nested comments without a limit.
    if value.count("(") < _MOST_COMMENTS:
        from email.utils import parseaddr

        found = parseaddr(value)[1]
        if _BARE.fullmatch(found):
            return found.lower()
    if angled:
        return str(angled[-1]).lower()
    bare = _BARE.search(value)
    return bare[0].lower() if bare else ""


def host_of(mail_address: str) -> str:
    """Give the domain of an address, if it has the form of one."""
    host = mail_address.rpartition("@")[2].strip("<> \t.").lower()
    return host if _HOST.fullmatch(host) else ""


def day(named: Named) -> dt.date | None:
    """Give the UTC date of the message: its `Date`, else that of the newest `Received`."""
    for value in named.get("date", ())[:1]:
        found = _date(header_text(value))
        if found:
            return found
    for value in named.get("received", ())[:3]:
        found = _date(header_text(value).rpartition(";")[2])
        if found:
            return found
    return None


def _date(value: str) -> dt.date | None:
    # Imported here: every start of the program imports this module, few need this.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value[:100].strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.date() if _OLDEST <= moment.year <= _NEWEST else None


def verdict(named: Named) -> str:
    """Say `spam`, `sent` or `draft` when the headers do; else the empty string."""
    for value in named.get("x-gmail-labels", ()):
        kind = kind_of(header_text(value).split(","))
        if kind:
            return kind
    flags = named.get("x-spam-flag", ())
    return "spam" if any(flag.strip().lower() == b"yes" for flag in flags) else ""


def facts(block: Block, named: Named) -> dict[str, tuple[str, ...]]:
    """Give the mail channel's raw facts that stand in headers; absent ones are left out."""
    subject = tuple(header_text(value) for value in named.get("subject", ())[:1])
    found = {
        "from": _addresses(named, "from"),
        "return-path": _addresses(named, "return-path"),
        "signed-by": _unique(_signers(named)),
        "message-id": _unique(
            host_of(header_text(value)) for value in named.get("message-id", ())[:1]
        ),
        "list": _unique(_list_hosts(named)),
        "header": _unique(_telling(block)),
        "subject": tuple(value for value in subject if value),
    }
    return {name: values for name, values in found.items() if values}


def _addresses(named: Named, name: str) -> tuple[str, ...]:
    # A name may spell an address in encoded words: those are opened only in need.
    return _unique(
        address(unfolded(value)) or address(header_text(value)) for value in named.get(name, ())[:1]
    )


def _unique(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(values) if value)


def _signers(named: Named) -> Iterator[str]:
    for value in named.get("dkim-signature", ())[:_MOST_HEADERS]:
        for signer in _SIGNER.findall(header_text(value)):
            yield signer.lower().rstrip(".")


def _list_hosts(named: Named) -> Iterator[str]:
    for value in named.get("list-id", ())[:3]:
        for host in _LIST_ID.findall(header_text(value))[-1:]:
            yield host_of(host)
    for value in named.get("list-unsubscribe", ())[:3]:
        for target in _TARGET.findall(header_text(value)):
            if target[:7].lower() == "mailto:":
                yield host_of(target[7:].partition("?")[0])
            else:
                yield urls.split(target).host


def _telling(block: Block) -> Iterator[str]:
    given = 0
    for name, value in block.fields:
        lower = name.lower()
        if lower in _TELLING or (lower.startswith("x-") and lower not in _OWN_NOTES):
            yield f"{name}: {header_text(value)[:_LONGEST_VALUE]}"
            given += 1
            if given == _MOST_HEADERS:
                return
