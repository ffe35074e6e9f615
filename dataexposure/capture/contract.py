"""What a capture is asked to do.

A stage outside builds a `Wish` from options and a policy; everything in it is plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec import Struct

from dataexposure import __version__
from dataexposure.policy import Flow
from dataexposure.website import BROWSER, STATES, Canary

PRODUCT: Final = f"dataexposure/{__version__}"
"""How the program calls itself in every request."""

Notice: TypeAlias = Callable[[str, str], None]
"""Told what goes on: an id and the place it is about.

`visiting` (page and state), `waiting` (host that asked for patience), `problem` (id of
`website.PROBLEMS`, page and state), `step` (flow and the number of the step that failed) and
`stopped` (flow and the host to which it was not followed), `unprotected` (version of a browser
that runs without its sandbox).
"""


class Wish(Struct, frozen=True):
    """What to capture, and with which manners.

    `pages` are absolute addresses, each opened in each of `states`; `flows` run in their own
    states and start from `site` (the first page's origin when it is empty), on hosts of
    `sandbox` only (`host` or `host:port`). `first_party` are further domains of the site's
    own. `delay` is the least time between two page loads from one host, `timeout` the longest
    wait for a page, `settle` how long a page must be quiet before it counts as loaded; all in
    seconds. `browser` is a path or a name (`chromium`, `chrome`, `msedge`), empty for the one
    that is found. `resolve` are Chromium's host resolver rules (`MAP shop.example
    127.0.0.1:8443`); `insecure` bears certificates that nobody vouches for; `agent` is added
    to the user agent. `canaries` are planted by flows and noted in every capture; `cnames`
    asks the domain name system what the site's own hosts are other names for.
    """

    pages: tuple[str, ...]
    states: tuple[str, ...] = STATES
    flows: tuple[Flow, ...] = ()
    site: str = ""
    sandbox: tuple[str, ...] = ()
    first_party: tuple[str, ...] = ()
    delay: float = 1.0
    timeout: float = 30.0
    settle: float = 1.0
    browser: str = ""
    resolve: str = ""
    insecure: bool = False
    depth: str = BROWSER
    cnames: bool = False
    canaries: tuple[Canary, ...] = ()
    agent: str = ""


def without_query(url: str) -> str:
    """Give an address as it may stand in notes and messages: without query and fragment."""
    return url.partition("#")[0].partition("?")[0]


def named(wish: Wish) -> str:
    """Give what is added to a user agent, so that a site's owner sees who was there."""
    return f"{PRODUCT} {wish.agent}".strip()
