"""Looks at websites and writes what was seen to HAR files; the only code with a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dataexposure.capture import flows
from dataexposure.capture.contract import Notice, Wish
from dataexposure.consent import Consent
from dataexposure.website import STATIC, Capture

__all__ = ["Notice", "Wish", "capture"]


def capture(wish: Wish, consent: Consent, folder: Path, notice: Notice) -> Iterator[Capture]:
    """Capture every page and flow in every state, each to a HAR file in a folder.

    What goes wrong on a page stands in the notes of its file. Flows are checked before
    anything is opened; in static depth they do not run, and pages have only the state `none`.
    Raises UsageError when a flow is wrong or may not run, or when there is no browser.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if wish.depth == STATIC:
        from dataexposure.capture import static

        return static.captures(wish, consent, folder, notice)
    plans = flows.plans(wish)
    from dataexposure.capture import session

    return session.captures(wish, consent, folder, notice, plans)
