"""What a site's own hosts are other names for, by asking the domain name system.

Only when it was asked for: a question about a name is seen by whoever answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dataexposure.errors import UsageError
from dataexposure.language import N_, _

_LONGEST: Final = 3.0
_DEPTH: Final = 8
_MISSING: Final = N_(
    "Asking for other names of hosts needs dnspython: pip install 'dataexposure[browser]'"
)
_UNSET: Final = N_("This machine does not say whom to ask for the names of hosts.")


class Resolver:
    """Asks once for each host. Raises UsageError when dnspython is not installed."""

    def __init__(self) -> None:
        try:
            import dns.resolver
        except ImportError as error:
            raise UsageError(_(_MISSING)) from error
        try:
            self._resolver = dns.resolver.Resolver()
        except dns.resolver.NoResolverConfiguration as error:
            raise UsageError(_(_UNSET)) from error
        self._resolver.lifetime = _LONGEST
        self._known: dict[str, str] = {}

    def cnames(self, hosts: Iterable[str]) -> Mapping[str, str]:
        """Give the last name in the chain of each host that is another name."""
        found = {host: self._last(host) for host in sorted(set(hosts))}
        return {host: name for host, name in found.items() if name}

    def _last(self, host: str) -> str:
        if host not in self._known:
            name = ""
            for _step in range(_DEPTH):
                following = self._next(name or host)
                if not following:
                    break
                name = following
            self._known[host] = name
        return self._known[host]

    def _next(self, host: str) -> str:
        """Give what a name is another name for; empty when it is none or nobody answers."""
        import dns.exception

        try:
            answer = self._resolver.resolve(host, "CNAME")
        except (dns.exception.DNSException, OSError, UnicodeError):
            return ""
        return str(answer[0].target).rstrip(".").lower()
