"""Walks a flow through a sandbox shop, with made-up values planted on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from dataexposure.capture import guard
from dataexposure.capture.canaries import as_texts, made_up, planted
from dataexposure.capture.chromium import Chromium
from dataexposure.capture.contract import Notice, Wish
from dataexposure.capture.flows import FLOW_ERRORS, Plan, Step, filled, line_of
from dataexposure.capture.pace import Pace
from dataexposure.capture.visit import CHOICES, GPC, Result, Stay
from dataexposure.consent import Consent
from dataexposure.website import Canary

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LONGEST_STEP: Final = 10.0
_LONGEST_REST: Final = 30.0
_BETWEEN: Final = 0.3
_LONGEST_WALK: Final = 600.0


class Walk:
    """One walk in one state.

    `canaries` grows with what the pages say (`read`).
    """

    def __init__(self, plan: Plan, stay: Stay, consent: Consent, notice: Notice) -> None:
        self._plan = plan
        self._stay = stay
        self._consent = consent
        self._notice = notice
        self._chosen = False
        wish = stay.wish
        self.canaries = planted(made_up(), wish.canaries, plan.canaries)
        self._patience = min(wish.timeout, _LONGEST_STEP) * 1000

    def go(self) -> None:
        """Take every step; one that fails ends the walk, and what was seen until then stays."""
        from playwright.sync_api import Error

        step = 0
        try:
            if self._plan.walk is not None:
                self._call(self._plan.walk)
                return
            for one in self._plan.steps:
                step = one.number
                self._take(one)
        except Error:
            self._fail(step)
        except _NotDone:
            self._fail(step)

    def _fail(self, step: int) -> None:
        self._stay.trouble("crashed" if self._stay.recorder.crashed else "flow-failed")
        self._notice("step", f"{self._plan.flow.name} {step}")

    def _call(self, walk: Callable[..., object]) -> None:
        """Let a function of the user walk; what it throws fails the flow."""
        from playwright.sync_api import Error

        self._open(self._plan.site)
        texts = as_texts(self.canaries)
        try:
            walk(self._stay.page, texts, self._plan.site)
        except (Error, *FLOW_ERRORS) as error:
            self._fail(line_of(error, self._plan.flow.path))

    def _take(self, step: Step) -> None:
        action = _ACTIONS[step.action]
        for place, value in step.pairs:
            action(self, place, value)
            self._stay.settle(_BETWEEN)

    def _open(self, address: str) -> None:
        url = urljoin(self._plan.site, filled(address, as_texts(self.canaries)))
        if not self._stay.open(url):
            raise _NotDone
        if not self._chosen and self._stay.state in CHOICES:
            if not self._stay.is_page:
                raise _NotDone
            self._stay.choose(self._consent)
            if "no-control" in self._stay.problems:
                raise _NotDone
        self._chosen = True

    @property
    def _page(self) -> Page:
        return self._stay.page

    def _click(self, selector: str, value: str) -> None:
        del value
        self._page.locator(selector).first.click(timeout=self._patience)

    def _check(self, selector: str, value: str) -> None:
        del value
        self._page.locator(selector).first.check(timeout=self._patience)

    def _fill(self, selector: str, value: str) -> None:
        text = filled(value, as_texts(self.canaries))
        self._page.locator(selector).first.fill(text, timeout=self._patience)

    def _select(self, selector: str, value: str) -> None:
        text = filled(value, as_texts(self.canaries))
        self._page.locator(selector).first.select_option(text, timeout=self._patience)

    def _press(self, selector: str, key: str) -> None:
        self._page.locator(selector).first.press(key, timeout=self._patience)

    def _wait(self, what: str, value: str) -> None:
        del value
        try:
            seconds = float(what)
        except ValueError:
            found = self._page.locator(what).first
            found.wait_for(state="visible", timeout=self._stay.wish.timeout * 1000)
        else:
            self._page.wait_for_timeout(min(max(seconds, 0.0), _LONGEST_REST) * 1000)

    def _read(self, selector: str, kind: str) -> None:
        found = self._page.locator(selector).first
        found.wait_for(state="attached", timeout=self._patience)
        text = found.evaluate("(one) => ('value' in one ? one.value : one.innerText) || ''")
        if not (words := " ".join(str(text).split())):
            raise _NotDone
        self.canaries = planted(self.canaries, (Canary(kind, words),))

    def open(self, address: str, value: str) -> None:
        """Open a page; on the first one the consent question is answered."""
        del value
        self._open(address)


class _NotDone(Exception):  # noqa: N818 - it ends a walk and leaves this module never
    """A step could not be taken."""


_ACTIONS: Final[dict[str, Callable[[Walk, str, str], None]]] = {
    "open": Walk.open,
    "click": Walk._click,
    "check": Walk._check,
    "fill": Walk._fill,
    "select": Walk._select,
    "press": Walk._press,
    "wait": Walk._wait,
    "read": Walk._read,
}


def walk(
    chromium: Chromium,
    wish: Wish,
    consent: Consent,
    place: tuple[Plan, str],
    pace: Pace,
    notice: Notice,
) -> Result:
    """Walk a flow in a state (`place`); what goes wrong stands in the notes."""
    plan, state = place
    with chromium.fresh(gpc=state == GPC, longest=_LONGEST_WALK + 3 * wish.timeout) as context:
        stay = Stay(context, wish, pace, notice, plan.start, state)

        def stopped(host: str) -> None:
            stay.trouble("flow-failed")
            notice("stopped", f"{plan.flow.name} {host}")

        guard.watch(context, stay.page, wish.sandbox, stopped)
        one = Walk(plan, stay, consent, notice)
        one.go()
        stay.settle(wish.settle)
        return stay.finish(consent, one.canaries, plan.flow.name)
