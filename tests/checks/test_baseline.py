"""The baseline file: read, written whole, in an order that a person can review."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dataexposure.checks.baseline import Baseline, read, updated, write
from dataexposure.errors import UsageError
from dataexposure.policy import Excepted
from tests.checks.made import DAY, POLICY, tracker, verdict, visit

texts = st.text(st.characters(codec="utf-8"), max_size=6)
baselines = st.builds(
    lambda issues, vendors: Baseline(DAY, tuple(sorted(issues)), tuple(sorted(vendors))),
    st.sets(st.tuples(texts, texts, texts, texts, texts), max_size=4),
    st.sets(texts, max_size=4),
)


@settings(deadline=None, max_examples=50)
@given(baseline=baselines)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, baseline: Baseline
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "known.json"
    write(path, baseline)
    assert read(path) == baseline


def test_each_entry_has_a_line_and_the_order_is_fixed(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    first, second = ("a", "/", "none", "x", ""), ("b", "/", "none", "x", "")
    write(path, Baseline(DAY, (second, first, first), ("meta", "google")))
    assert path.read_text(encoding="utf-8").splitlines() == [
        "{",
        '  "version": 1,',
        '  "made": "2026-11-21",',
        '  "issues": [',
        '    ["a", "/", "none", "x", ""],',
        '    ["b", "/", "none", "x", ""]',
        "  ],",
        '  "vendors": [',
        '    "google",',
        '    "meta"',
        "  ]",
        "}",
    ]
    assert [entry.name for entry in tmp_path.iterdir()] == ["known.json"]


def test_there_may_be_no_baseline_yet(tmp_path: Path) -> None:
    assert read(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 1}',
        b'{"version": 2, "made": "2026-11-21"}',
        b'{"version": 1, "made": "yesterday"}',
        b'{"version": 1, "made": "2026-11-21", "issues": [["a", "b"]]}',
        b'{"version": 1, "made": "2026-11-21", "vendors": [1]}',
        b'{"made": "2026-11-21", "x": ' + b"[" * 100_000,
        b"\xff\xfe",
        bytes(range(256)),
    ],
)
def test_a_damaged_baseline_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"not a baseline|version"):
        read(path)


def test_a_baseline_that_cannot_be_read_or_written_is_an_error_of_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path)
    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path / "none" / "known.json", Baseline(DAY))
    (tmp_path / "taken").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path / "taken", Baseline(DAY))
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken"]


def test_what_somebody_answers_for_is_not_accepted_for_ever() -> None:
    answer = Excepted("no-tracking-before-consent", "web", "a trial", dt.date(2026, 12, 31))
    policy = structs.replace(POLICY, exceptions=(answer,))
    seen = visit(tracker())
    assert updated((seen,), verdict(seen, policy=policy).issues, DAY).issues == ()


def test_an_inconclusive_run_forgets_only_what_is_gone() -> None:
    before = visit(tracker(), page="/a"), visit(tracker("meta"), page="/b")
    known = updated(before, verdict(*before).issues, DAY)
    after = visit(page="/a"), visit(page="/b", inconclusive=("challenge",))
    found = verdict(*after, baseline=known)
    kept = updated(after, found.issues, DAY, known, found.gone)
    assert [identity[1] for identity in kept.issues] == ["/b"]
    assert kept.vendors == ("hotjar", "meta")
    whole = updated((visit(page="/a"),), (), DAY, known)
    assert (whole.issues, whole.vendors) == ((), ())
