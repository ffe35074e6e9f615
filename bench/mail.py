"""How much faster the mbox reader is than the standard library's mailbox, and its peak memory.

    python bench/mail.py [MEGABYTES]

Builds a made-up mailbox once under bench/data/ (the same bytes on every machine), then runs
both sides in turn, each in a fresh process, and prints the median of the ratios of each pair.
The other side is what one would write first, with the standard library alone: `mailbox.mbox`
with `policy.default`, the same headers, `walk`, and `html.parser` for links, pictures and
JSON-LD. Two in five mails of the mailbox have counted links, one in eight names an order.
"""

from __future__ import annotations

import base64
import json
import mailbox
import os
import quopri
import random
import resource
import statistics
import subprocess
import sys
import time
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, Final

from dataexposure import urls
from dataexposure.model import Coverage
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.mail import mbox

DATA: Final = Path(__file__).parent / "data"
PAIRS: Final = 5
_CLICK: Final = frozenset(f"click{number}.example.net" for number in range(4))
_WORDS: Final = ("your", "order", "parcel", "offer", "new", "today", "price", "delivery", "shoes")
_CELL: Final = (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
    'style="border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt;width:100%">'
    '<tbody><tr><td class="cell" align="left" valign="top" style="padding:12px 18px 12px 18px;'
    "font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333;"
    'background-color:#ffffff;word-break:break-word">'
)


class Counted:
    """Stands for the rules, as cheaply as can be: four hosts that count clicks."""

    def url(self, url: str) -> bool:
        """Say whether the address counts clicks."""
        return url.split("/", 3)[2] in _CLICK


def _html(rng: random.Random, number: int) -> str:
    blocks = []
    tracked = rng.random() < 0.4
    for row in range(rng.randint(15, 60)):
        host = f"click{rng.randrange(4)}.example.net" if tracked else f"shop{number % 97}.example"
        text = " ".join(rng.choices(_WORDS, k=40))
        blocks.append(
            f'<tr><td>{_CELL}<p style="margin:0;padding:0">{text}</p>'
            f'<a style="color:#0a58ca;text-decoration:none" '
            f'href="https://{host}/c/{rng.getrandbits(120):x}?u={row}&amp;utm_source=mail">Read on'
            f"</a>{_CELL}"
            f'<img src="https://img.shop{number % 97}.example/p/{rng.getrandbits(60):x}.jpg" '
            f'width="280" height="180" alt=""></td></tr></table></td></tr></table></td></tr>'
        )
    order = {"@context": "http://schema.org", "@type": "Order", "orderNumber": str(number)}
    script = (
        f'<script type="application/ld+json">{json.dumps(order)}</script>'
        if number % 8 == 0
        else ""
    )
    return f"<html><head>{script}</head><body><table>{''.join(blocks)}</table></body></html>"


def _message(rng: random.Random, number: int) -> bytes:
    sender = f"shop{number % 97}.example"
    received = "".join(
        f"Received: from mx{hop}.{sender} ([192.0.2.{hop}]) by mail.example.org with ESMTPS\r\n"
        f"        id {rng.getrandbits(64):x}; Mon, 3 Mar 2025 10:{number % 60:02}:00 +0000\r\n"
        for hop in range(4)
    )
    signature = base64.b64encode(rng.randbytes(192)).decode()
    head = (
        f"Delivered-To: someone@example.org\r\n{received}"
        f"DKIM-Signature: v=1; a=rsa-sha256; d={sender}; s=k1; h=From:To;\r\n b={signature}\r\n"
        f"From: =?UTF-8?Q?Shop_{number % 97}?= <news@{sender}>\r\nTo: someone@example.org\r\n"
        f"Subject: =?UTF-8?Q?Your_order_#{100000 + number}?=\r\n"
        f"Date: Mon, 3 Mar 2025 10:{number % 60:02}:00 +0100\r\n"
        f"Message-ID: <{rng.getrandbits(64):x}@{sender}>\r\n"
        f"List-Unsubscribe: <https://{sender}/u/{number}>\r\nX-Mailer: Example 1.0\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_mixed"\r\n\r\n'
    ).encode()
    html = _html(rng, number).encode()
    coded, encoding = (
        (base64.encodebytes(html), b"base64")
        if number % 3 == 0
        else (quopri.encodestring(html), b"quoted-printable")
    )
    body = (
        b'--=_mixed\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: '
        + encoding + b"\r\n\r\n" + coded + b"\r\n"
    )  # fmt: skip
    if number % 7 < 2:
        attachment = base64.encodebytes(rng.randbytes(rng.randint(40_000, 240_000)))
        body += (
            b"--=_mixed\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment\r\n\r\n" + attachment + b"\r\n"
        )
    return head + body + b"--=_mixed--\r\n\r\n"


def generate(megabytes: int) -> Path:
    """Build the mailbox unless it is there, and give its path."""
    target = DATA / f"mail-{megabytes}.mbox"
    if not target.exists():
        DATA.mkdir(exist_ok=True)
        rng = random.Random(20250303)
        partial = target.with_suffix(".partial")
        with partial.open("wb") as stream:
            number = 0
            while stream.tell() < megabytes * 1_000_000:
                number += 1
                stream.write(b"From 1@xxx Mon Mar 03 10:00:00 +0000 2025\r\n")
                stream.write(_message(rng, number))
        partial.rename(target)
    return target


class Collector(HTMLParser):
    """Collects links, pictures with their size, and JSON-LD, as the reader does."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.pictures: set[tuple[str, bool]] = set()
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take links, pictures and the beginning of JSON-LD."""
        given = dict(attrs)
        if tag == "a" and (given.get("href") or "").startswith("http"):
            self.links.add(given["href"] or "")
        elif tag == "img" and (given.get("src") or "").startswith("http"):
            tiny = given.get("width") in ("0", "1", "2") and given.get("height") in ("0", "1", "2")
            self.pictures.add((given["src"] or "", tiny))
        self._inside = tag == "script" and "ld+json" in (given.get("type") or "")

    def handle_data(self, data: str) -> None:
        """Take the text of a JSON-LD script."""
        if self._inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._inside = self._inside and tag != "script"


def _read_whole(stream: IO[bytes]) -> Message:
    return message_from_bytes(stream.read(), policy=policy.default)


def naive(path: Path) -> tuple[int, int, int]:
    """Read as one would at first; messages, counted links and pictures, JSON-LD scripts."""
    interest = Counted()
    messages = links = scripts = 0
    for message in mailbox.mbox(path, factory=_read_whole, create=False):  # type: ignore[arg-type]
        messages += 1
        _ = (parseaddr(message["From"])[1], message["Return-Path"], message["Message-ID"])
        _ = (message["Subject"], message["Date"], message["List-Unsubscribe"], message["List-Id"])
        _ = (message.get_all("DKIM-Signature"), [f"{k}: {v}" for k, v in message.items()])
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = Collector()
                page.feed(part.get_content())  # type: ignore[attr-defined]
                links += sum(map(interest.url, page.links))
                links += sum(interest.url(url) for url, _ in page.pictures)
                scripts += sum("@type" in json.loads(text) for text in page.scripts)
    return messages, links, scripts


def ours(path: Path) -> tuple[int, int, int]:
    """Read with the mbox reader; the same three counts."""
    scripts = 0
    with InputFile(path, path.name) as file:
        for found in mbox.read(file, Counted()):
            if isinstance(found, Coverage):
                counts = found.counts
                return counts["messages"], counts["links"] + counts["images"], scripts
            scripts += "schema" in getattr(found, "facts", ())
    raise AssertionError("the reader gave no coverage")


def _timed(side: str, path: Path) -> tuple[float, float, str]:
    """Run one side in a fresh process: seconds, peak MiB, its counts."""
    line = subprocess.run(
        [sys.executable, __file__, f"--{side}", str(path)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
    ).stdout
    seconds, memory, counts = line.split(" ", 2)
    return float(seconds), float(memory), counts.strip()


def main() -> None:
    """Measure, or run one side when asked to."""
    if sys.argv[1:2] in (["--ours"], ["--naive"]):
        urls.registrable("example.org")  # start-up is measured elsewhere
        begin = time.perf_counter()
        counts = (ours if sys.argv[1] == "--ours" else naive)(Path(sys.argv[2]))
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{seconds:.4f} {peak:.1f} {counts}")
        return
    path = generate(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    pairs = [(_timed("ours", path), _timed("naive", path)) for _ in range(PAIRS)]
    if len({side[2] for pair in pairs for side in pair}) != 1:
        print("the two sides disagree:", pairs[0][0][2], pairs[0][1][2])
    ratios = [slow[0] / fast[0] for fast, slow in pairs]
    print(f"messages, counted links and pictures, JSON-LD: {pairs[0][0][2]}")
    print(f"ours     {statistics.median(fast[0] for fast, _ in pairs):.2f} s")
    print(f"mailbox  {statistics.median(slow[0] for _, slow in pairs):.2f} s")
    print(f"ratio    {statistics.median(ratios):.1f} (from {min(ratios):.1f} to {max(ratios):.1f})")
    print(f"peak     {max(fast[1] for fast, _ in pairs):.0f} MiB")


if __name__ == "__main__":
    main()
