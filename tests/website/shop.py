"""A shop on this machine, and stand-ins for the third parties whose scripts its pages load.

One threaded HTTPS server on 127.0.0.1 answers for every host, by the `Host` header; a browser
is led to it by `--host-resolver-rules` (`Shop.resolve`) and told to bear its certificate. What
arrives is logged as received: `Shop.requests` is the independent truth that a website check is
held against. Nothing here imports the program that is tested.
"""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

import trustme

from tests.website import answers, orders, websocket
from tests.website.asked import Answer, Asked
from tests.website.expected import HOSTS

_LONGEST_BODY: Final = 1_000_000
_STEP: Final = 0.05


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, shop: Shop) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shop = shop

    def server_bind(self) -> None:
        """Bind without asking for this machine's name, which would be a DNS question."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: browsers break connections off when a page is left."""
        del request, client_address


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        del format, args

    def _asked(self) -> Asked:
        length = min(int(self.headers.get("content-length") or 0), _LONGEST_BODY)
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "").partition(":")[0].lower()
        body = self.rfile.read(length) if length else b""
        return Asked(self.command, host, parts.path, parts.query, headers, body)

    def _answer(self) -> None:
        asked = self._asked()
        shop = self.server.shop
        shop.note(asked)
        if asked.headers.get("upgrade", "").lower() == "websocket":
            self._talk(asked)
        elif asked.path == "/slow":
            self._dawdle(shop.closing)
        else:
            self._send(asked, answers.answer(asked, shop.orders))

    do_GET = do_POST = do_HEAD = do_OPTIONS = _answer  # noqa: N815 - the base's names

    def _send(self, asked: Asked, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if asked.method != "HEAD":
            self.wfile.write(answer.body)

    def _talk(self, asked: Asked) -> None:
        """Take what comes over a WebSocket, each message noted as a request of its own."""
        self.close_connection = True
        websocket.accept(self.wfile, asked.headers.get("sec-websocket-key", ""))
        websocket.send(self.wfile, '{"ready":true}')
        for message in websocket.messages(self.rfile):
            self.server.shop.note(asked.with_message(message))

    def _dawdle(self, closing: threading.Event) -> None:
        """Begin a page and never end it."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Slow</title><p>One moment")
        self.wfile.flush()
        while not closing.wait(_STEP):
            self.wfile.write(b" ")
            self.wfile.flush()


class Shop:
    """The running shop; a context manager.

    `port` is where it listens, `resolve` the rules that lead a Chromium there, `authority` the
    certificate (PEM) that vouches for its hosts, `requests` what arrived, `orders` what was
    bought.
    """

    def __init__(self) -> None:
        self.closing = threading.Event()
        self.orders = orders.Book()
        self._requests: list[Asked] = []
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer = trustme.CA()
        issuer.issue_cert(*HOSTS).configure_cert(self._context)
        self.authority = issuer.cert_pem.bytes()

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return self._server.server_port

    @property
    def resolve(self) -> str:
        """What `--host-resolver-rules` takes to lead every host here."""
        return f"MAP * 127.0.0.1:{self.port}"

    @property
    def requests(self) -> tuple[Asked, ...]:
        """Give all requests and WebSocket messages so far, in the order in which they came."""
        with self._lock:
            return tuple(self._requests)

    def forget(self) -> None:
        """Empty the log and the order book."""
        with self._lock:
            self._requests.clear()
        self.orders.forget()

    def note(self, asked: Asked) -> None:
        """Put a request into the log."""
        with self._lock:
            self._requests.append(asked)

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=_STEP)

    def __enter__(self) -> Shop:
        """Start to answer."""
        # Each connection's handshake is made by its own thread, when it first reads.
        self._server.socket = self._context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and let no slow page go on."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
