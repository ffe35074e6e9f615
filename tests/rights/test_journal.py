"""The log of requests: its days, its file, and what it refuses."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.rights import journal
from dataexposure.rights.journal import Entry
from dataexposure.rights.steps import Given, given

SENT = dt.date(2026, 11, 21)


def right(
    rulebase: Rulebase, place: str = "NO", kind: str = "access", day: dt.date = SENT
) -> Given:
    found = given(kind, rulebase.regimes, place, day)
    assert found is not None
    return found


@pytest.fixture
def entry(rulebase: Rulebase) -> Entry:
    return journal.sent("trumf", "Trumf", right(rulebase), SENT)


def test_the_days_count_from_the_day_it_was_sent(entry: Entry) -> None:
    assert entry.status == "open"
    assert entry.due == dt.date(2026, 12, 21)
    assert entry.reminder == dt.date(2026, 12, 22)
    assert entry.complaint == dt.date(2027, 1, 5)
    assert entry.authority == "Datatilsynet"
    assert entry.address.startswith("https://www.datatilsynet.no/")


def test_a_law_without_a_term_has_no_days(rulebase: Rulebase) -> None:
    entry = journal.sent("x", "X", right(rulebase, "RU", "erase"), SENT)
    assert (entry.due, entry.reminder, entry.complaint) == (None, None, None)
    assert entry.authority == "Roskomnadzor"
    assert journal.state(entry, SENT + dt.timedelta(days=999)) == "open"


def test_a_request_that_waits_past_its_term_is_expired(entry: Entry) -> None:
    assert journal.state(entry, dt.date(2026, 12, 21)) == "open"
    assert journal.state(entry, dt.date(2026, 12, 22)) == "expired"
    answered = journal.closed(entry, "fulfilled", dt.date(2026, 12, 30))
    assert journal.state(answered, dt.date(2027, 6, 1)) == "fulfilled"
    assert answered.answered == dt.date(2026, 12, 30)


@pytest.mark.parametrize(
    ("place", "kind", "sent", "due"),
    [
        ("NO", "access", "2026-11-21", "2027-02-21"),
        ("NO", "access", "2027-01-31", "2027-04-30"),
        ("US-CA", "access", "2026-11-21", "2027-02-19"),
        ("US-FL", "access", "2026-11-21", "2027-01-20"),
        ("RU", "access", "2026-11-20", "2026-12-11"),
    ],
)
def test_an_extension_counts_with_the_term_from_receipt(
    rulebase: Rulebase, place: str, kind: str, sent: str, due: str
) -> None:
    day = dt.date.fromisoformat(sent)
    found = right(rulebase, place, kind, day)
    longer = journal.extended(journal.sent("x", "X", found, day), found.right)
    assert longer.due == dt.date.fromisoformat(due)
    assert longer.status == "in_progress"
    assert longer.reminder is not None
    assert longer.reminder > longer.due
    with pytest.raises(UsageError):
        journal.extended(longer, found.right)


def test_no_extension_where_the_law_has_none(rulebase: Rulebase) -> None:
    found = right(rulebase, "US-CA", "opt-out")
    with pytest.raises(UsageError):
        journal.extended(journal.sent("x", "X", found, SENT), found.right)


def test_the_file_is_plain_csv_and_reads_back_the_same(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    closed = journal.closed(entry, "denied", SENT)
    journal.write(path, (entry, closed))
    assert journal.read(path) == (entry, closed)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["holder"] == "trumf"
    assert rows[0]["status"] == "open"
    assert rows[0]["due"] == "2026-12-21"
    assert list(tmp_path.iterdir()) == [path]
    assert journal.read(tmp_path / "none.csv") == ()


def test_a_name_cannot_be_a_formula_or_break_a_row(rulebase: Rulebase, tmp_path: Path) -> None:
    entry = journal.sent("x", '=HYPERLINK("x")\n"a,b', right(rulebase), SENT)
    path = tmp_path / "requests.csv"
    journal.write(path, (entry,))
    journal.write(path, journal.read(path))
    (back,) = journal.read(path)
    assert back.name == '\'=HYPERLINK("x")?"a,b'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "name,mail\nAnna,anna@post.example\n",
        ",".join(journal.COLUMNS) + "\ntrumf,Trumf,access,norway,open,21.11.2026,,,,,,\n",
        ",".join(journal.COLUMNS) + "\ntrumf,Trumf,access,norway,lost,2026-11-21,,,,,,\n",
        ",".join(journal.COLUMNS) + "\ntrumf,Trumf\n",
        ",".join(journal.COLUMNS) + "\na,b,c,d,open,2026-11-21,,,,,,,,extra\n",
        ",".join(journal.COLUMNS) + '\n"a"b,c\n',
        "\x00\x00\n",
    ],
)
def test_a_file_that_is_no_log_is_refused_and_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        journal.read(path)
    assert "anna" not in str(caught.value).lower()
    assert path.read_text(encoding="utf-8") == text


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    path.write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(UsageError):
        journal.read(path)


def test_a_log_that_a_spreadsheet_saved_is_read(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    journal.write(path, (entry,))
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert journal.read(path) == (entry,)


def test_the_same_request_is_not_logged_twice_while_it_waits(entry: Entry) -> None:
    with pytest.raises(UsageError):
        journal.add((entry,), entry)
    closed = journal.closed(entry, "fulfilled", SENT)
    assert journal.add((closed,), entry) == (closed, entry)


def test_the_waiting_request_is_found_by_id_or_name(entry: Entry) -> None:
    closed = journal.closed(entry, "fulfilled", SENT)
    assert journal.waiting((closed, entry), "TRUMF", ("access",)) is entry
    for word, kinds in (("", ("access",)), ("other", ("access",)), ("trumf", ("erase",))):
        with pytest.raises(UsageError):
            journal.waiting((entry,), word, kinds)


def test_a_place_that_cannot_be_written_is_a_usage_error(entry: Entry, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        journal.write(tmp_path / "nowhere" / "requests.csv", (entry,))
