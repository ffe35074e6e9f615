"""Records what a browser sends and gets while it visits a page.

Everything comes from the browser's own events; headers are those that went over the wire.
Bodies that the browser does not tell (Blobs) are added from what the frames' scripts told.
"""

from __future__ import annotations

import base64
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from dataexposure.capture.containers import is_container, may_be_container
from dataexposure.capture.har import PAGE, Exchange, Opened
from dataexposure.capture.instruments import Told
from dataexposure.capture.verdicts import is_html
from dataexposure.urls import registrable, split

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Request, Response, WebSocket

_BODIED: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_LARGEST_TEXT: Final = 5_000_000
_TEXT, _BINARY = 1, 2


class Recorder:
    """The traffic of one browser context since the last `forget`.

    `own` are the site's registrable domains: any of its own scripts may be a container that is
    passed through. `last` is the clock time (monotonic seconds) of the last event, by which
    quiet is known. `document` is what the `first` window shows, filled once it was gathered.
    """

    def __init__(self, context: BrowserContext, first: Page, own: frozenset[str]) -> None:
        self.told = Told()
        self.last = time.monotonic()
        self.crashed = False
        self.pages: list[Opened] = []
        self.document: Exchange | None = None
        self._first = first
        self._own = own
        self._before: Exchange | None = None
        self._waiting: list[tuple[Request, Exchange]] = []
        self._ended: set[Request] = set()
        self._responses: dict[Request, Response] = {}
        self._exchanges: list[Exchange] = []
        self._frames: dict[Frame, str] = {}
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._end)
        context.on("requestfailed", self._fail)
        context.on("page", self._page)
        for page in context.pages:
            self._page(page)

    def forget(self) -> None:
        """Begin anew: what happened until now belongs to another state."""
        self._waiting.clear()
        self._exchanges.clear()
        del self.pages[:-1]
        self.document = self._before = None
        self.told.forget_calls()

    def keep(self, document: Exchange) -> None:
        """Put a document back that is to be kept after all."""
        self.document = document
        self._exchanges.append(document)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)
        page.on("crash", self._crash)

    def _crash(self, page: Page) -> None:
        del page
        self.crashed = True

    def _request(self, request: Request) -> None:
        self.last = time.monotonic()
        if not request.url.startswith(("http:", "https:")):
            return
        exchange = Exchange(
            request.url, method=request.method, moment=time.time(), kind=request.resource_type
        )
        frame = _frame(request)
        if frame is not None:
            exchange.frame = self._frames.setdefault(frame, f"frame_{len(self._frames) + 1}")
            if frame == self._first.main_frame and request.is_navigation_request():
                self._begin(exchange, is_redirect=request.redirected_from is not None)
        exchange.page = self.pages[-1].id if self.pages else PAGE
        self._waiting.append((request, exchange))

    def _begin(self, exchange: Exchange, *, is_redirect: bool) -> None:
        """Count a document in the first window as a page of its own."""
        if not is_redirect:
            self._before = self.document
            number = int(self.pages[-1].id.rpartition("_")[2]) + 1 if self.pages else 1
            self.pages.append(
                Opened(exchange.url, exchange.moment, f"page_{number}", exchange.frame)
            )
        self.document = exchange

    def _response(self, response: Response) -> None:
        self.last = time.monotonic()
        self._responses[response.request] = response

    def _end(self, request: Request) -> None:
        self.last = time.monotonic()
        self._ended.add(request)

    def _fail(self, request: Request) -> None:
        self._end(request)
        for waiting, exchange in self._waiting:
            if waiting == request:
                exchange.error = request.failure or "failed"
                if exchange is self.document and request not in self._responses:
                    self.document = self._before

    def _socket(self, socket: WebSocket) -> None:
        self.last = time.monotonic()
        exchange = Exchange(
            socket.url,
            moment=time.time(),
            kind="websocket",
            page=self.pages[-1].id if self.pages else PAGE,
            status=101,
            messages=[],
        )
        self._exchanges.append(exchange)
        socket.on("framesent", lambda payload: self._message(exchange, "send", payload))
        socket.on("framereceived", lambda payload: self._message(exchange, "receive", payload))

    def _message(self, exchange: Exchange, kind: str, payload: str | bytes) -> None:
        self.last = time.monotonic()
        if isinstance(payload, bytes):
            message = (kind, time.time(), _BINARY, base64.b64encode(payload).decode("ascii"))
        else:
            message = (kind, time.time(), _TEXT, payload)
        if exchange.messages is not None:
            exchange.messages.append(message)

    def gather(self, *, everything: bool = False) -> None:
        """Read what came so far: bodies are there only until the page is left.

        What is still under way waits, unless `everything` is asked for.
        """
        from playwright.sync_api import Error

        waiting, self._waiting = self._waiting, []
        for request, exchange in waiting:
            if everything or request in self._ended:
                # The window that asked may be gone; what was known before stays.
                with suppress(Error):
                    self._fill(request, exchange)
                self._exchanges.append(exchange)
            else:
                self._waiting.append((request, exchange))

    def exchanges(self) -> list[Exchange]:
        """Give all that was gathered."""
        return self._exchanges

    def _fill(self, request: Request, exchange: Exchange) -> None:
        response = self._responses.get(request)
        timing = request.timing
        if timing["startTime"] > 0:
            exchange.moment = timing["startTime"] / 1000
        exchange.took = timing["responseEnd"]
        exchange.sent = _plain(request.headers)
        exchange.body = self._body(request, exchange)
        if response is not None:
            # Headers as sent are known once an answer came; before, this could wait for ever.
            exchange.sent = _plain(request.all_headers())
            self._answer(request, response, exchange)

    def _body(self, request: Request, exchange: Exchange) -> bytes | None:
        if request.method not in _BODIED:
            return None
        if (body := request.post_data_buffer) is not None:
            return body
        mime = next((value for name, value in exchange.sent if name == "content-type"), "")
        return self.told.body(request.method, request.url, mime)

    def _answer(self, request: Request, response: Response, exchange: Exchange) -> None:
        exchange.status = response.status
        exchange.reason = response.status_text
        exchange.received = [(one["name"], one["value"]) for one in response.headers_array()]
        exchange.mime = exchange.header("content-type")
        if request in self._ended and self._is_wanted(exchange):
            exchange.text = _text(response)
            if exchange.kind == "script" and not is_container(exchange.url, exchange.text):
                exchange.text = None

    def _is_wanted(self, exchange: Exchange) -> bool:
        if exchange.status in range(300, 400) or exchange.error:
            return False
        if exchange.kind == "document":
            # A page of its own is opened by a document in a main frame.
            opened = any(
                page.id == exchange.page and page.frame == exchange.frame for page in self.pages
            )
            return opened and is_html(exchange)
        if exchange.kind != "script":
            return False
        return may_be_container(exchange.url) or registrable(split(exchange.url).host) in self._own


def _plain(headers: dict[str, str]) -> list[tuple[str, str]]:
    """Give headers without those that HTTP/2 makes up (`:path`)."""
    return [(name, value) for name, value in headers.items() if name[:1] != ":"]


def _frame(request: Request) -> Frame | None:
    """Give the frame that asked; requests of workers that outlive their page have none."""
    from playwright.sync_api import Error

    try:
        return request.frame
    except Error:
        return None


def _text(response: Response) -> str | None:
    """Give a response's text; the browser may have dropped it already."""
    from playwright.sync_api import Error

    try:
        body = response.body()
    except Error:
        return None
    return body[:_LARGEST_TEXT].decode("utf-8", "replace")
