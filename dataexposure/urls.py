"""URL to host, path and query, and host to registrable domain.

The sole user of tldextract, which is imported only when a host must be named, and which is
told to use its own snapshot of the Public Suffix List: it neither downloads nor writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    import tldextract


class Parts(NamedTuple):
    """A URL in pieces: host in lower case without port, path, raw query, raw fragment."""

    host: str
    path: str
    query: str
    fragment: str


NOWHERE = Parts("", "", "", "")
_WEB = ("http://", "https://", "ws://", "wss://", "//")
_NESTED_LIMIT = 5
_UNQUOTE_DEPTH = 3


def split(url: str) -> Parts:
    """Split a web URL; anything that is not one (data:, file:, about:) gives `NOWHERE`."""
    for scheme in _WEB:
        if url[: len(scheme)].lower() == scheme:
            rest = url[len(scheme) :]
            break
    else:
        return NOWHERE
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    return Parts(host_of(authority), slash + path or "/", query, fragment)


def host_of(authority: str) -> str:
    """Give the host of an authority (`user@Host:443` → `host`), without its last dot."""
    host = authority.rpartition("@")[2].lower()
    if host.startswith("["):
        return host.partition("]")[0][1:]
    return host.partition(":")[0].rstrip(".")


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """Give the decoded name and value pairs of a query or form body."""
    for pair in query.replace(";", "&").split("&") if "&" not in query else query.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            yield unquote(name.replace("+", " ")), unquote(value.replace("+", " "))


def nested(url: str) -> Iterator[str]:
    """Give the web URLs that a URL carries in its query or path, decoded up to three times."""
    if url.find("http", 1) == -1:
        return
    parts = split(url)
    given = 0
    candidates = [value for _, value in parameters(parts.query)]
    candidates.append(parts.path)
    for candidate in candidates:
        text = candidate
        for _ in range(_UNQUOTE_DEPTH):
            start = text.find("http")
            if start >= 0 and split(text[start:]).host:
                yield text[start:]
                given += 1
                break
            text = unquote(text)
        if given == _NESTED_LIMIT:
            return


@cache
def _extractor() -> tldextract.TLDExtract:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def registrable(host: str) -> str:
    """Give the domain that its owner registered (`shop.example.co.uk` → `example.co.uk`).

    An IP address or a public suffix itself is given back as it is: there is nothing shorter
    that one owner holds. Under a top level that the list does not have (`.example`), the
    registered domain has two labels, as the list's default rule says.
    """
    if not host or ":" in host:
        return host
    found = _extractor()(host)
    if found.suffix or found.ipv4:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])
