"""Asking for single files over the network, without a browser.

The program says who it is, takes no more than a set size, and follows redirects only where
it is told that it may.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from types import TracebackType
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from dataexposure.capture.contract import Wish, named
from dataexposure.capture.har import Exchange
from dataexposure.urls import split

if TYPE_CHECKING:
    import httpx

LARGEST: Final = 5_000_000
_HOPS: Final = 10


class Web:
    """A client with the manners of a wish; a context manager."""

    def __init__(self, wish: Wish) -> None:
        import httpx

        self._rules = _rules(wish.resolve)
        self._patience = wish.timeout
        self._client = httpx.Client(
            headers={
                "User-Agent": f"{named(wish)} (website check; static)",
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            },
            timeout=wish.timeout,
            verify=not wish.insecure,
        )

    def __enter__(self) -> Web:
        """Give the client."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(
        self, url: str, may: Callable[[str], bool], largest: int = LARGEST
    ) -> tuple[list[Exchange], bytes]:
        """Fetch an address and follow its redirects as long as they may be followed.

        Gives every exchange in order, the last one with `error` where it failed, and the last
        body, cut at `largest` bytes.
        """
        exchanges: list[Exchange] = []
        for _hop in range(_HOPS):
            exchange, body, following = self._ask(url, largest)
            exchanges.append(exchange)
            if not following or not may(following):
                return exchanges, body
            url = following
        return exchanges, b""

    def _ask(self, url: str, largest: int) -> tuple[Exchange, bytes, str]:
        import httpx

        begun = time.time()
        exchange = Exchange(url, moment=begun)
        try:
            response = self._client.send(self._request(url), stream=True)
            with closing(response):
                following = _answered(exchange, response)
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) >= largest:
                        break
                    if time.time() - begun > self._patience:
                        raise httpx.ReadTimeout("it goes on and on")
        except httpx.TimeoutException:
            exchange.error, exchange.status = "timeout", 0
            return exchange, b"", ""
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError):
            exchange.error, exchange.status = "unreachable", 0
            return exchange, b"", ""
        exchange.took = (time.time() - begun) * 1000
        exchange.size = min(len(body), largest)
        return exchange, bytes(body[:largest]), following

    def _request(self, url: str) -> httpx.Request:
        """Make the request, to where the resolver rules lead but under the address's name."""
        import httpx

        address = httpx.URL(url)
        target = _target(address.host, self._rules)
        if not target:
            return self._client.build_request("GET", address)
        host, _, port = target.partition(":")
        return self._client.build_request(
            "GET",
            address.copy_with(host=host, port=int(port) if port else address.port),
            headers={"Host": address.netloc.decode("ascii")},
            extensions={"sni_hostname": address.host},
        )


def _answered(exchange: Exchange, response: httpx.Response) -> str:
    """Note the head of an answer; gives where it leads on, empty when it does not."""
    exchange.sent = _decoded(response.request.headers.raw)
    exchange.received = _decoded(response.headers.raw)
    exchange.status = response.status_code
    exchange.reason = response.reason_phrase
    exchange.protocol = response.http_version
    exchange.mime = response.headers.get("content-type", "")
    return (
        urljoin(exchange.url, response.headers["location"])
        if response.has_redirect_location
        else ""
    )


def _decoded(raw: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]


def _rules(text: str) -> list[tuple[str, str]]:
    """Read the `MAP pattern target` rules of Chromium's `--host-resolver-rules`."""
    rules: list[tuple[str, str]] = []
    for rule in text.split(","):
        match rule.split():
            case [verb, pattern, target] if verb.upper() == "MAP":
                rules.append((pattern.lower(), target))
    return rules


def _target(host: str, rules: list[tuple[str, str]]) -> str:
    """Give the target of the first rule for a host; patterns may begin with `*`."""
    for pattern, target in rules:
        if pattern == host or (pattern[:1] == "*" and host.endswith(pattern[1:])):
            return target
    return ""


def within(hosts: frozenset[str]) -> Callable[[str], bool]:
    """Give a test for addresses on one of these hosts."""
    return lambda url: split(url).host in hosts
