"""The consent question on a page: is there one, what does it offer, and answering it.

Nothing but controls of the rules is ever clicked: those of a known platform, or such whose
whole text is a word of the rules, in a dialogue that is about consent.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from dataexposure.capture.instruments import source
from dataexposure.capture.quiet import answers
from dataexposure.consent import Consent, ConsentPlatform, ConsentWords
from dataexposure.website import Choice

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, JSHandle, Locator, Page

ACCEPT: Final = "accept"
REJECT: Final = "reject"
WORDS: Final = "words"

_STEP: Final = 0.1
_WORDS_AFTER: Final = 1.0
_CLICK: Final = 2.0
_ON: Final = """(all) => all.filter((one) => !one.disabled
  && one.getAttribute("aria-disabled") !== "true"
  && (one.checked === true || one.getAttribute("aria-checked") === "true"
    || one.getAttribute("aria-pressed") === "true")).length"""


class Question(Protocol):
    """A consent question that is on the screen."""

    def answer(self, choice: str) -> int:
        """Make a choice; the clicks it took, 0 when there was no control that worked."""

    def offered(self) -> Choice:
        """Say what is offered, without touching it."""


def find(page: Page, consent: Consent, patience: float) -> Question | None:
    """Find the question, waiting up to `patience` seconds for it to appear.

    A platform is looked for first; words alone count only when no platform showed up for a
    while, as a platform's dialogue has its words too.
    """
    begun = time.monotonic()
    while True:
        passed = time.monotonic() - begun
        if (found := _by_platform(page, consent)) is not None:
            found.await_controls(min(patience, _CLICK))
            return found
        if passed >= min(_WORDS_AFTER, patience) and (worded := _by_words(page, consent.words)):
            return worded
        if passed >= patience or page.is_closed():
            return None
        page.wait_for_timeout(_STEP * 1000)


def _ask(frame: Frame, asked: dict[str, Any]) -> JSHandle | None:
    from playwright.sync_api import Error

    if not answers(frame):
        return None
    try:
        return frame.evaluate_handle(source("question.js"), asked)
    except Error:
        return None


def _by_platform(page: Page, consent: Consent) -> _Platform | None:
    platforms = consent.platforms
    selectors = list(dict.fromkeys(one for platform in platforms for one in platform.shown))
    if not selectors:
        return None
    shown: dict[str, Frame] = {}
    for frame in page.frames:
        handle = _ask(frame, {"selectors": selectors, "words": None})
        states = handle.json_value()["states"] if handle else []
        for selector, state in zip(selectors, states, strict=False):
            if state == "yes" or (state == "unsure" and _visible([frame], selector)):
                shown.setdefault(selector, frame)
    for platform in platforms:
        for selector in platform.shown:
            if selector in shown:
                return _Platform(page, shown[selector], platform, consent.words)
    return None


def _by_words(page: Page, words: ConsentWords) -> _Words | None:
    asked = {"about": words.about, "accept": words.accept, "reject": words.reject}
    plain = {key: [word.lower() for word in some] for key, some in asked.items()}
    for frame in page.frames:
        handle = _ask(frame, {"selectors": [], "words": plain})
        if handle is None:
            continue
        controls = {
            choice: element
            for choice in (ACCEPT, REJECT)
            if (element := handle.get_property(choice).as_element()) is not None
        }
        if controls:
            return _Words(controls)
    return None


def _visible(frames: list[Frame], selector: str) -> Locator | None:
    """Give the first visible match of a selector in some frames."""
    from playwright.sync_api import Error

    for frame in frames:
        try:
            locator = frame.locator(selector).locator("visible=true").first
            if locator.is_visible():
                return locator
        except Error:
            continue
    return None


def _click(control: Locator | ElementHandle) -> bool:
    """Click like a visitor; where something lies over the control, click it by script."""
    from playwright.sync_api import Error

    try:
        control.click(timeout=_CLICK * 1000)
    except Error:
        try:
            control.evaluate("(one) => one.click()")
        except Error:
            return False
    return True


class _Platform:
    """The question of a known platform.

    A choice for which the rules have no control that is there (sites change them) is looked
    for by its words.
    """

    def __init__(
        self, page: Page, frame: Frame, platform: ConsentPlatform, words: ConsentWords
    ) -> None:
        self._page = page
        self._frame = frame
        self._rule = platform
        self._words = words

    def await_controls(self, patience: float) -> None:
        """Wait until the controls are there too: their frame may still be loading."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            if any(next(self._ways(choice), None) for choice in (ACCEPT, REJECT)):
                return
            self._page.wait_for_timeout(_STEP * 1000)

    def _frames(self) -> list[Frame]:
        """Give the frames that may hold the controls, the likeliest first."""
        from playwright.sync_api import Error

        if not self._rule.frame:
            others = [frame for frame in self._page.frames if frame != self._frame]
            return [self._frame, *others]
        found: list[Frame] = []
        for frame in self._page.frames:
            try:
                holders = frame.query_selector_all(self._rule.frame)
                inner = [holder.content_frame() for holder in holders]
            except Error:
                continue
            found += [one for one in inner if one is not None and answers(one)]
        return found

    def _ways(self, choice: str) -> Iterator[tuple[str, ...]]:
        """Give the ways whose first control is there."""
        frames = self._frames()
        for way in self._rule.accept if choice == ACCEPT else self._rule.reject:
            if way and _visible(frames, way[0]) is not None:
                yield way

    def answer(self, choice: str) -> int:
        """Walk the first way that works."""
        for way in self._ways(choice):
            if all(self._step(selector) for selector in way):
                return len(way)
        worded = _by_words(self._page, self._words)
        return worded.answer(choice) if worded is not None else 0

    def _step(self, selector: str) -> bool:
        begun = time.monotonic()
        while time.monotonic() - begun < _CLICK:
            if (control := _visible(self._frames(), selector)) is not None:
                return _click(control)
            self._page.wait_for_timeout(_STEP * 1000)
        return False

    def offered(self) -> Choice:
        """Count the clicks of the first way for each choice, and what is on beforehand."""
        accept = len(next(self._ways(ACCEPT), ()))
        reject = len(next(self._ways(REJECT), ()))
        if not (accept and reject) and (worded := _by_words(self._page, self._words)):
            also = worded.offered()
            accept, reject = accept or also.accept_clicks, reject or also.reject_clicks
        return Choice(
            self._rule.id,
            accept_clicks=accept,
            reject_clicks=reject,
            preticked=self._preticked(),
        )

    def _preticked(self) -> int:
        from playwright.sync_api import Error

        if not self._rule.toggles:
            return 0
        for frame in self._frames():
            try:
                switches = frame.locator(self._rule.toggles)
                if switches.count():
                    return int(switches.evaluate_all(_ON))
            except Error:
                continue
        return 0


class _Words:
    """A question that only its words tell."""

    def __init__(self, controls: dict[str, ElementHandle]) -> None:
        self._controls = controls

    def answer(self, choice: str) -> int:
        """Click the control."""
        control = self._controls.get(choice)
        return 1 if control is not None and _click(control) else 0

    def offered(self) -> Choice:
        """Say which of the two controls stand on it."""
        return Choice(
            WORDS,
            accept_clicks=int(ACCEPT in self._controls),
            reject_clicks=int(REJECT in self._controls),
        )
