"""The facts of a purchase that a request tells, as text; nothing that tells a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dataexposure.engine.identities import Identities
from dataexposure.engine.match import Hit
from dataexposure.engine.view import View
from dataexposure.model import Observation

SHOWN: Final = ("amount", "order-number", "items")
_MOST: Final = 3  # values of one kind in one request
_LONGEST: Final = 80
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NOBODY: Final = Identities(())


def values(hit: Hit, seen: Observation) -> Iterator[tuple[str, str]]:
    """Give the decoded purchase facts of a request; nothing that tells a person."""
    signal = hit.signal
    wanted = {key: signal.carries[key] for key in SHOWN if key in signal.carries}
    wanted |= signal.shows
    if not wanted:
        return
    pairs = View(seen, _NOBODY).pairs(signal.decode)
    given = {name for name, _value in pairs}
    for category, names in wanted.items():
        # A list that was taken apart says what it holds better than as a whole.
        whole = {
            name
            for name in names
            if any(inner.startswith(f"{name}.") for inner in given & {*names})
        }
        telling = {*names} - whole
        found = dict.fromkeys(_short(value) for name, value in pairs if name in telling)
        yield from ((category, value) for value in list(found)[:_MOST] if value)


def _short(value: str) -> str:
    clean = _CONTROL.sub(" ", value).strip()
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
