from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.model import Locator, Problem
from dataexposure.sources.mail import splitting
from tests.sources.mail.reading import SAMPLES, Hosts, claimants, read

_HEAD = b"From a@b.example Mon Oct 28 14:10:16 2019\n"


def _split(data: bytes) -> list[bytes | None]:
    return list(splitting.messages(io.BytesIO(data)))


def _write(tmp_path: Path, data: bytes, name: str = "box") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_takeout_mailbox_gives_the_received_mail_and_counts_the_rest() -> None:
    reading = read(SAMPLES / "takeout.mbox")
    coverage = reading.coverage
    assert (coverage.source, coverage.read, coverage.skipped) == ("mbox", 1, 3)
    assert (coverage.first, coverage.last) == (date(2019, 10, 29), date(2019, 10, 29))
    assert dict(coverage.counts) == {
        "messages": 1,
        "links": 2,
        "images": 2,
        "other-images": 1,
        "spam": 1,
        "sent": 1,
        "draft": 1,
    }
    assert reading.problems == []


def test_the_headers_of_a_mail_become_facts() -> None:
    (mail,) = read(SAMPLES / "takeout.mbox").on("mail")
    assert mail.at == Locator("mbox", "takeout.mbox", "message:1")
    assert (mail.party, mail.first, mail.last) == ("shop.example", date(2019, 10, 29), mail.first)
    facts = dict(mail.facts)
    assert "X-Mailer: Example Mailer 2" in facts["header"]
    assert "Feedback-ID: 1:2:shop" in facts["header"]
    assert not any("Purchases" in value for value in facts.pop("header"))
    assert facts == {
        "from": ("orders@shop.example",),
        "return-path": ("bounce-1@mail.shop.example",),
        "signed-by": ("shop.example", "platform.example"),
        "message-id": ("mx.platform.example",),
        "list": ("news.list.platform.example", "leave.example", "click.platform.example"),
        "subject": ("Ordrebekreftelse: ordre nr. 100245",),
        "schema": ("Order",),
        "order": ("100245",),
    }


def test_links_and_pictures_carry_the_mail_they_were_in() -> None:
    reading = read(SAMPLES / "takeout.mbox")
    (mail,) = reading.on("mail")
    links = reading.on("link")
    assert [link.facts for link in links] == [
        {"url": ("https://shop.example/order/100245?a=1",)},
        {"url": ("https://click.platform.example/c/1?u=1&id=2",)},
    ]
    assert all(link.context is mail and link.party == "shop.example" for link in links)
    assert [dict(image.facts) for image in reading.on("image")] == [
        {"url": ("https://click.platform.example/open?u=1",), "size": ("tiny",)},
        {"url": ("https://img.shop.example/logo.png",)},
    ]


def test_an_address_that_no_rule_could_use_is_passed_over() -> None:
    reading = read(SAMPLES / "takeout.mbox", Hosts("click.platform.example"))
    assert len(reading.on("link")) == 1
    assert len(reading.on("image")) == 1
    assert reading.coverage.counts["other-images"] == 2


def test_a_link_in_a_comment_is_no_link() -> None:
    assert read(SAMPLES / "takeout.mbox", Hosts("comment.example")).on("link") == []


@pytest.mark.parametrize("name", ["Sent", "Junk", "Trimise.mbox", "Sent Messages.mbox/mbox"])
def test_a_mailbox_named_as_one_of_sent_mail_or_spam_is_counted_and_not_read(name: str) -> None:
    reading = read(SAMPLES / "takeout.mbox", name=name)
    assert (reading.coverage.read, reading.coverage.skipped) == (0, 4)
    assert reading.observations == []


@pytest.mark.parametrize(
    "separator",
    [
        b"From a@b.example Mon Oct 28 14:10:16 2019",
        b"From 123@xxx Mon Oct 28 14:10:16 +0000 2019",
        b"From - Mon Oct 28 14:10:16 2019",
        b"From - ",
        b"From MAILER-DAEMON Mon Oct 28 14:10:16 CET 2019",
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_family_of_separators_is_recognised(
    separator: bytes, end: bytes, tmp_path: Path
) -> None:
    message = separator + end + b"From: a@b.example" + end + end + b"text" + end + end
    assert len(_split(message * 3)) == 3
    assert claimants(_write(tmp_path, message * 3)) == ["mbox"]


def test_a_bare_mozilla_separator_needs_no_empty_line_before_it() -> None:
    assert len(_split(b"From - \nSubject: a\n\ntext\nFrom - \nSubject: b\n\ntext\n")) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"text\nFrom a@b.example Mon Oct 28 14:10:16 2019\nSubject: no empty line before\n",
        b"\n>From a@b.example Mon Oct 28 14:10:16 2019\nSubject: escaped\n",
        b"\nFrom now on: nothing\nSubject: no date\n",
        b"\nFrom a@b.example Mon Oct 28 14:10:16 2019\nno header follows\n",
        b"\nFrom Monday at 14:10 we are closed on Mon\nhttps://shop.example/\n",
    ],
)
def test_a_line_that_only_resembles_a_separator_splits_nothing(body: bytes) -> None:
    assert len(_split(_HEAD + b"Subject: a\n\n" + body)) == 1


def test_a_declared_length_is_believed_when_it_ends_at_a_separator() -> None:
    body = b"text\n\n" + _HEAD + b"Subject: quoted\n\nmore\n"
    message = _HEAD + b"Subject: a\nContent-Length: %d\n\n" % len(body) + body + b"\n"
    assert len(_split(message * 2)) == 2


@pytest.mark.parametrize("length", [0, 3, 7, 100_000, 99_999_999])
def test_a_wrong_declared_length_hides_no_message(length: int) -> None:
    message = _HEAD + b"Subject: a\nContent-Length: %d\n\ntext\n\n" % length
    assert len(_split(message * 3)) == 3


@pytest.mark.parametrize("lines", [27_400, 30_000, 90_000])
def test_a_message_over_the_limit_is_a_problem_and_the_next_one_is_read(
    lines: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "LARGEST", 300_000)
    monkeypatch.setattr(splitting, "_BLOCK", 50_000)
    small = _HEAD + b"From: a@b.example\n\ntext\n\n"
    large = _HEAD + b"From: a@b.example\n\n" + b"0123456789\n" * lines + b"\n"
    reading = read(_write(tmp_path, small + large + small + large))
    assert reading.problems == [Problem(Locator("mbox", "box"), "too-large", 2)]
    assert [mail.at.record for mail in reading.on("mail")] == ["message:1", "message:3"]


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    import tracemalloc

    message = _HEAD + b"From: a@b.example\n\n" + b"0123456789\n" * 5_000 + b"\n"
    path = _write(tmp_path, message * 400)
    tracemalloc.start()
    with path.open("rb") as stream:
        count = sum(1 for _ in splitting.messages(stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 400
    assert peak < 6_000_000


_LINES = st.lists(
    st.sampled_from(
        [b"text", b"", b"From here on", b">From there", b"Subject: x", b"--b", b"From - x"]
    ),
    max_size=12,
)


@given(st.lists(_LINES, min_size=1, max_size=8), st.sampled_from([b"\n", b"\r\n"]))
def test_joined_mailboxes_have_the_sum_of_their_messages(
    bodies: list[list[bytes]], end: bytes
) -> None:
    boxes = [end.join([_HEAD.strip(), b"Subject: a", b"", *lines, b"", b""]) for lines in bodies]
    assert len(_split(b"".join(boxes))) == sum(len(_split(box)) for box in boxes) == len(boxes)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_any_bytes_are_split_without_an_error_whatever_the_block(data: bytes, block: int) -> None:
    whole = _HEAD + b"Subject: a\nContent-Length: 5\n\n" + data + b"\n\n" + _HEAD + b"To: b\n\n"
    with pytest.MonkeyPatch.context() as patch:
        expected = _split(whole)
        patch.setattr(splitting, "_BLOCK", block)
        assert _split(whole) == expected
    _split(data)
