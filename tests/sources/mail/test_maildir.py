from __future__ import annotations

from pathlib import Path

import pytest

from dataexposure.model import Locator, Problem
from tests.sources.mail.reading import claimants, read

_MAIL = b"From: Shop <a@shop.example>\nSubject: x\n\ntext\n"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    root = tmp_path / "Mail"
    for folder in (root, root / ".Receipts", root / ".Archive.Sent", root / ".Søppelpost"):
        for inner in ("cur", "new", "tmp"):
            (folder / inner).mkdir(parents=True)
    return root


def test_messages_of_cur_and_new_and_of_inner_folders_are_read(box: Path) -> None:
    (box / "cur/1.a:2,S").write_bytes(_MAIL)
    (box / "cur/2.b%3A2%2CRS").write_bytes(_MAIL)
    (box / "new/3.c").write_bytes(_MAIL)
    (box / "tmp/4.d").write_bytes(_MAIL)
    (box / ".Receipts/cur/5.e;2,S").write_bytes(_MAIL)
    assert claimants(box) == ["maildir"]
    reading = read(box)
    places = [mail.at.record for mail in reading.on("mail")]
    assert places == ["cur/1", "cur/2", "new/1", "2/cur/1"]
    assert reading.coverage.read == 4


def test_no_place_names_a_folder_or_file_of_the_person(box: Path) -> None:
    (box / ".Receipts/new/secret").write_bytes(_MAIL)
    (mail,) = read(box).on("mail")
    assert "Receipts" not in mail.at.record
    assert "secret" not in mail.at.record


def test_sent_mail_spam_and_drafts_are_counted_and_not_read(box: Path) -> None:
    (box / ".Archive.Sent/cur/1.a:2,S").write_bytes(_MAIL)
    (box / ".Søppelpost/new/2.b").write_bytes(_MAIL)
    (box / "cur/3.c:2,DS").write_bytes(_MAIL)
    (box / "cur/4.d%3A2%2CD").write_bytes(_MAIL)
    coverage = read(box).coverage
    assert (coverage.read, coverage.skipped) == (0, 4)
    assert {name: coverage.counts[name] for name in ("sent", "spam", "draft")} == {
        "sent": 1,
        "spam": 1,
        "draft": 2,
    }


def test_a_file_that_is_no_message_is_one_problem_with_a_count(box: Path) -> None:
    (box / "cur/1.a").write_bytes(b"a\n")
    (box / "cur/2.b").write_bytes(b"")
    (box / "new/3.c").write_bytes(_MAIL)
    reading = read(box)
    assert reading.problems == [Problem(Locator("maildir", "Mail"), "bad-record", 2)]
    assert (reading.coverage.read, reading.coverage.skipped) == (1, 2)


def test_links_to_elsewhere_are_not_followed(box: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(_MAIL)
    (box / "cur/1.a").symlink_to(tmp_path / "outside")
    assert read(box).coverage.read == 0


def test_a_folder_without_new_is_no_maildir(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    assert claimants(tmp_path) == []
