from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.sources.mail.reading import SAMPLES, Everything, claimants, read


def _write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "input"
    path.write_bytes(data)
    return path


def test_a_parcel_mail_is_read_with_its_microdata() -> None:
    reading = read(SAMPLES / "parcel.eml")
    (mail,) = reading.on("mail")
    assert mail.facts["schema"] == ("ParcelDelivery",)
    assert mail.facts["order"] == ("B-4711-0001",)
    assert mail.first == date(2025, 2, 1)
    (link,) = reading.on("link")
    assert (link.facts, link.count) == ({"url": ("https://carrier.example/t/1",)}, 2)
    (image,) = reading.on("image")
    assert dict(image.facts) == {"url": ("https://carrier.example/p.gif",), "size": ("tiny",)}
    assert (reading.coverage.read, reading.coverage.skipped) == (1, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b.example\nSubject: x\n\ntext",
        b"\xef\xbb\xbfFrom: a@b.example\r\nTo: c@d.example\r\n\r\ntext",
        b"   \nDelivered-To: a@b.example\nReceived: by c; 1 Jan 2024 10:00 +0000\n\n",
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\ntext",
        b">From a Mon Jan  1 10:00:00 2024\nReturn-Path: <a@b.example>\nSubject: x\n\n",
    ],
)
def test_a_message_is_recognised_by_its_headers(data: bytes, tmp_path: Path) -> None:
    assert claimants(_write(tmp_path, data)) == ["message"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"from: orders@shop.example\nsubject: [order confirmation]\n",
        b"name: x\nmail:\n  receipt: {from: a@b.example}\n",
        b"From: foo\nTo: bar\n",
        b"<!DOCTYPE html><html><body>From: a@b.example</body></html>",
        b'<meta http-equiv="Content-Type" content="text/html"><p>Hello',
        b"HTTP/1.1 200 OK\r\nDate: Mon, 1 Jan 2024 10:00:00 GMT\r\nContent-Type: text/html\r\n\r\n",
        b"Date: Mon, 1 Jan 2024 10:00:00 GMT\r\nContent-Type: text/html\r\nServer: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: shop.example\r\nFrom: a@b.example\r\n\r\n",
        b"import email\n\nSubject = 'x'\n",
        b"Dear all,\n\nFrom: a@b.example\nSubject: x\n",
        b"https://shop.example/\nhttps://b.example/\n",
        b"Package: x\nVersion: 1\nMaintainer: A <a@b.example>\n",
        b"From: <Saved by Browser>\nSnapshot-Content-Location: https://shop.example/\n"
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        b"412\nFrom: a@b.example\nSubject: x\n\ntext",
    ],
)
def test_what_only_resembles_a_message_is_left_to_others(data: bytes, tmp_path: Path) -> None:
    assert claimants(_write(tmp_path, data)) == []


def test_a_saved_message_marked_as_spam_is_counted_and_not_read(tmp_path: Path) -> None:
    path = _write(
        tmp_path, b"From: a@b.example\nSubject: x\nX-Spam-Flag: YES\n\nhttps://b.example/"
    )
    reading = read(path, Everything())
    assert reading.observations == []
    assert (reading.coverage.read, reading.coverage.counts["spam"]) == (0, 1)


def test_a_message_over_the_limit_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataexposure.sources.mail.letter.LARGEST", 100)
    path = _write(tmp_path, b"From: a@b.example\nSubject: x\n\n" + b"x" * 100)
    (problem,) = read(path).problems
    assert problem.cause == "too-large"
