"""The server's side of the WebSocket protocol (RFC 6455), as far as a stand-in needs it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Final

_KEY: Final = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_TEXT: Final = 0x1
_BINARY: Final = 0x2
_CLOSE: Final = 0x8
_SHORT: Final = 126


def accept(out: BufferedIOBase, key: str) -> None:
    """Answer the handshake of a browser that sent this key."""
    proof = hashlib.sha1(f"{key}{_KEY}".encode(), usedforsecurity=False).digest()
    out.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(proof) + b"\r\n\r\n"
    )
    out.flush()


def send(out: BufferedIOBase, text: str) -> None:
    """Send a short text message (under 126 bytes)."""
    data = text.encode()
    out.write(bytes((0x80 | _TEXT, len(data))) + data)
    out.flush()


def messages(source: BufferedIOBase) -> Iterator[bytes]:
    """Give the messages that come, until the other side closes or goes away."""
    while len(head := source.read(2)) == 2:
        kind, length = head[0] & 0x0F, head[1] & 0x7F
        if length == _SHORT:
            length = int.from_bytes(source.read(2))
        elif length > _SHORT:
            length = int.from_bytes(source.read(8))
        mask = source.read(4)  # a client always masks
        data = bytes(byte ^ mask[at % 4] for at, byte in enumerate(source.read(length)))
        if kind == _CLOSE:
            return
        if kind in (_TEXT, _BINARY):
            yield data
