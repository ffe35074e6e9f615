"""Waiting: for a page to become quiet, and for a frame to answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from dataexposure.capture.recorder import Recorder

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

_STEP: Final = 0.05
_LONGEST: Final = 1.7
_ANSWER: Final = 2.0


def settle(page: Page, recorder: Recorder, quiet: float) -> None:
    """Wait until nothing was sent or received for `quiet` seconds, at most a while longer.

    Pages that never rest (chats, players) are left all the same.
    """
    begun = time.monotonic()
    recorder.last = begun
    while (now := time.monotonic()) - begun < quiet * _LONGEST:
        if now - recorder.last >= quiet or page.is_closed():
            return
        page.wait_for_timeout(_STEP * 1000)


def answers(frame: Frame) -> bool:
    """Say whether a frame answers: one that is busy for ever must not hold up the whole run."""
    from playwright.sync_api import Error

    if frame.is_detached():
        return False
    try:
        frame.wait_for_selector(":root", state="attached", timeout=_ANSWER * 1000)
    except Error:
        return False
    return True
