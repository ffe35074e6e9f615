"""One page in one state, in a browser that nobody used before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from dataexposure.capture import question, reading
from dataexposure.capture.chromium import Chromium
from dataexposure.capture.contract import Notice, Wish, without_query
from dataexposure.capture.har import Exchange, Opened
from dataexposure.capture.instruments import script
from dataexposure.capture.pace import Pace
from dataexposure.capture.quiet import answers, settle
from dataexposure.capture.recorder import Recorder
from dataexposure.capture.verdicts import is_challenge, judge, own_domains, patience
from dataexposure.consent import Consent
from dataexposure.urls import split
from dataexposure.website import BROWSER, Canary, Choice, Notes

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Error, Page, Worker

CHOICES: Final = (question.ACCEPT, question.REJECT)
GPC: Final = "gpc"
_QUESTION: Final = 5.0
_AFTER_CLICK: Final = 0.25
_LEAVING: Final = 0.2
_LOADS: Final = 3
_REST: Final = 90.0
_LEAVE: Final = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
  Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
}"""
_WORKER: Final = (
    "Object.defineProperty(WorkerNavigator.prototype, 'globalPrivacyControl',"
    " { get() { return true; }, enumerable: true, configurable: true })"
)

Result = tuple[Notes, list[Exchange], list[Opened]]


class Stay:
    """A browser's stay on a site, from the first page to the notes.

    `address` is the page that was asked for, `own` the site's registrable domains, `problems`
    what went wrong so far and `choice` what became of the consent question.
    """

    def __init__(
        self, context: BrowserContext, wish: Wish, pace: Pace, notice: Notice, page: str, state: str
    ) -> None:
        self.context = context
        self.wish = wish
        self.address = page
        self.state = state
        self.own = own_domains(page, wish.first_party)
        self.page = context.pages[0] if context.pages else context.new_page()
        self.recorder = Recorder(context, self.page, self.own)
        self.problems: list[str] = []
        self.choice: Choice | None = None
        self._pace = pace
        self._notice = notice
        _prepare(context, self.page, self.recorder, gpc=state == GPC)

    def open(self, url: str) -> bool:
        """Open an address; False when nothing came that could be looked at."""
        if not self._load(url, lambda: self.page.goto(url)):
            return False
        document = self.recorder.document
        if document is None:
            return not self.page.is_closed()
        if document.status == 429 and not is_challenge(document, ()):
            seconds = patience(document)
            if seconds is not None:
                self._notice("waiting", split(url).host)
                self.page.wait_for_timeout(seconds * 1000)
                self.recorder.forget()
                return self._load(url, lambda: self.page.goto(url))
        return True

    @property
    def is_page(self) -> bool:
        """Say whether a page came that could ask something, and not a refusal or bot check."""
        document = self.recorder.document
        return document is not None and document.status < 400 and not is_challenge(document, ())

    def again(self) -> None:
        """Load the page again, as a visitor who comes back."""
        url = self.page.url
        if split(url).host == split(self.address).host:
            self._load(url, self.page.reload)
        else:
            self._load(self.address, lambda: self.page.goto(self.address))

    def _load(self, url: str, load: Callable[[], object]) -> bool:
        from playwright.sync_api import Error

        self._pace.wait(split(url).host, lambda rest: self.page.wait_for_timeout(rest * 1000))
        try:
            load()
        except Error as error:
            self.fault(error)
            if "timeout" not in self.problems:
                return False
        self.gather(everything="timeout" in self.problems)
        return self.recorder.document is not None

    def fault(self, error: Error) -> None:
        """Note what an error of the browser means."""
        self.trouble(_cause(error, crashed=self.recorder.crashed))

    def trouble(self, problem: str) -> None:
        """Note a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def gather(self, *, everything: bool = False) -> None:
        """Read what came so far, or `everything`, even what is still under way."""
        self.recorder.gather(everything=everything)

    def settle(self, quiet: float) -> None:
        """Wait for the page to become quiet, and read what came."""
        from playwright.sync_api import Error

        try:
            settle(self.page, self.recorder, quiet)
        except Error as error:
            self.fault(error)
        self.gather()

    def choose(self, consent: Consent) -> None:
        """Answer the consent question, and load the page again to see what that changed.

        What went on before the click belongs to the state in which nothing is chosen.
        """
        found = question.find(self.page, consent, _QUESTION)
        if found is None:
            self._without_control()
            return
        self.choice = found.offered()
        self.gather()
        self.recorder.forget()
        clicks = found.answer(self.state)
        if not clicks:
            self._without_control()
            return
        self.choice = replace(self.choice, made=self.state, clicks=clicks)
        self.settle(min(_AFTER_CLICK, self.wish.settle))
        self.again()

    def _without_control(self) -> None:
        """Keep nothing but the page itself: what else was sent was sent before any choice."""
        self.trouble("no-control")
        self.gather()
        document = self.recorder.document
        self.recorder.forget()
        if document is not None:
            self.recorder.keep(document)

    def finish(self, consent: Consent, canaries: tuple[Canary, ...] = (), flow: str = "") -> Result:
        """Read what is left to read, leave the page, and give everything."""
        reached = self.page.url
        read = self._read(consent)
        kept = reading.cookies(self.context)
        document = self.recorder.document
        if not read.silent:
            self._leave()
        self.gather(everything=True)
        if document is not None and not document.status:
            document = None
        self._judge(document, read, reached, is_flow=bool(flow))
        notes = Notes(
            page=without_query(self.address),
            reached=without_query(reached) if split(reached).host else "",
            state=self.state,
            depth=BROWSER,
            flow=flow,
            status=document.status if document is not None else 0,
            choice=self.choice,
            cookies=kept,
            storage=read.storage,
            calls=self.recorder.told.calls,
            fields=read.fields,
            canaries=canaries or self.wish.canaries,
            honoured=any(phrase.lower() in read.text for phrase in consent.words.honoured),
            problems=tuple(self.problems),
        )
        return notes, self.recorder.exchanges(), self.recorder.pages

    def _read(self, consent: Consent) -> reading.Reading:
        """Read what the page keeps and shows; a page that is gone or hangs is silent."""
        from playwright.sync_api import Error

        read = reading.Reading(silent=True)
        if self.recorder.crashed or self.page.is_closed():
            self.trouble("crashed")
            return read
        try:
            read = reading.read(self.page)
            if not read.silent:
                self._look(consent)
            elif not self.problems:
                self.trouble("timeout")
        except Error as error:
            self.fault(error)
        return read

    def _judge(
        self, document: Exchange | None, read: reading.Reading, reached: str, *, is_flow: bool
    ) -> None:
        """Note what is wrong with the page that came."""
        if document is None:
            if not self.problems:
                self.trouble("crashed" if self.recorder.crashed else "unreachable")
            return
        for problem in judge(document, self.recorder.exchanges(), self.own, reached):
            # A flow is held on the sandbox and may end with a payment provider's.
            if problem != "elsewhere" or not is_flow:
                self.trouble(problem)
        if read.empty and not self.problems:
            self.trouble("empty")

    def _look(self, consent: Consent) -> None:
        """Where nothing is chosen, see what would be offered."""
        if self.state not in CHOICES and self.choice is None:
            found = question.find(self.page, consent, 0)
            self.choice = found.offered() if found is not None else None

    def _leave(self) -> None:
        """Let the page believe that it is being left: much is sent only then.

        Really leaving it would take the browser's record of what is sent away with it.
        """
        from playwright.sync_api import Error

        if "no-control" in self.problems:
            return
        for frame in self.page.frames:
            if answers(frame):
                with suppress(Error):
                    frame.evaluate(_LEAVE)
        with suppress(Error):
            self.page.wait_for_timeout(_LEAVING * 1000)


def visit(
    chromium: Chromium,
    wish: Wish,
    consent: Consent,
    place: tuple[str, str],
    pace: Pace,
    notice: Notice,
) -> Result:
    """Visit a page in a state (`place`); what goes wrong stands in the notes."""
    page, state = place
    longest = _LOADS * wish.timeout + _REST
    with chromium.fresh(gpc=state == GPC, longest=longest) as context:
        stay = Stay(context, wish, pace, notice, page, state)
        if stay.open(page):
            if state in CHOICES and stay.is_page:
                stay.choose(consent)
            stay.settle(wish.settle)
        return stay.finish(consent)


def _prepare(context: BrowserContext, page: Page, recorder: Recorder, *, gpc: bool) -> None:
    """Put the instruments in."""
    context.on("console", lambda message: recorder.told.take(message.text))
    context.add_init_script(script(recorder.told.mark, gpc=gpc))
    if gpc:
        page.on("worker", _opt_out)


def _opt_out(worker: Worker) -> None:
    """Tell a worker that its user opts out; it may have begun already."""
    from playwright.sync_api import Error

    with suppress(Error):
        worker.evaluate(_WORKER)


def _cause(error: Error, *, crashed: bool) -> str:
    """Give the id of what an error of the browser means."""
    from playwright.sync_api import TimeoutError as Late

    text = error.message.lower()
    if crashed or "crashed" in text or "has been closed" in text:
        return "crashed"
    if isinstance(error, Late) or "timed_out" in text:
        return "timeout"
    if "download is starting" in text or "err_aborted" in text:
        return "not-html"
    return "unreachable"
