"""A tiny site on this machine: answers by host and path, and a log of what was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import trustme

HOSTS = ("shop.test", "ads.test", "cmp.test", "pay.test", "localhost")


class Asked(NamedTuple):
    method: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers break connections off when a page is left."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        pass

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        host = headers.get("host", "").partition(":")[0]
        asked = Asked(self.command, host, parts.path, parts.query, headers, body)
        self.server.site.log.append(asked)
        answer = self.server.site.answer(asked)
        time.sleep(answer.delay)
        content = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815 - the base's names


class Site:
    """The running site; a context manager. Unknown addresses are answered with 404."""

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self.pages: dict[str, Answer | str | Callable[[Asked], Answer]] = {}
        self._server = _Server(self)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(*HOSTS, "127.0.0.1").configure_cert(context)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def resolve(self) -> str:
        return f"MAP * 127.0.0.1:{self.port}"

    def answer(self, asked: Asked) -> Answer:
        found = self.pages.get(f"{asked.host}{asked.path}")
        if found is None:
            return Answer("nothing here", 404, "text/plain")
        if isinstance(found, str):
            return Answer(found)
        return found if isinstance(found, Answer) else found(asked)

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if f"{asked.host}{asked.path}" == path]

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
