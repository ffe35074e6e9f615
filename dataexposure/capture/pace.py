"""The least time between two page loads from one host."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Remembers when each host was last asked for a page.

    `delay` is in seconds; `sleep` lets a browser go on working while it is waited.
    """

    def __init__(self, delay: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay = delay
        self._clock = clock
        self._last: dict[str, float] = {}

    def wait(self, host: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Wait until the host may be asked again, and note that it is asked now."""
        last = self._last.get(host)
        if last is not None and (rest := last + self._delay - self._clock()) > 0:
            sleep(rest)
        self._last[host] = self._clock()
