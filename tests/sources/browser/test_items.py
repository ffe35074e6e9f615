from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from dataexposure.sources.browser import items
from dataexposure.sources.browser.items import pieces

START = re.compile(rb'"list"\s*:\s*\[')


class Item(Struct):
    url: str
    time: int = 0


TITLES = st.text(
    st.sampled_from('{}[]",:\\ abø\n\N{PILE OF POO}') | st.characters(codec="utf-8"), max_size=30
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"url": TITLES, "title": TITLES, "time": st.integers(0, 2**62)},
        optional={"nested": st.lists(st.dictionaries(TITLES, TITLES, max_size=2), max_size=2)},
    ),
    max_size=12,
)


def cut(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


def read(content: bytes, size: int) -> tuple[list[Item], int, bool]:
    found = list(pieces(cut(content, size), START, Item))
    return (
        [item for piece in found for item in piece.items],
        sum(piece.unreadable for piece in found),
        bool(found) and found[-1].last,
    )


@given(
    ENTRIES,
    st.integers(1, 200),
    st.sampled_from([None, 0, 4]),
    st.booleans(),
    st.dictionaries(st.just("after"), ENTRIES),
)
def test_where_the_document_is_cut_makes_no_difference(
    entries: list[dict[str, Any]], size: int, indent: int | None, ascii_only: bool, after: Any
) -> None:
    document = json.dumps({"list": entries, **after}, indent=indent, ensure_ascii=ascii_only)
    found, unreadable, complete = read(document.encode(), size)
    assert [(item.url, item.time) for item in found] == [
        (entry["url"], entry["time"]) for entry in entries
    ]
    assert (unreadable, complete) == (0, True)


@given(ENTRIES, st.integers(1, 200), st.lists(st.sampled_from([0, 1, 2, 3]), max_size=3))
def test_an_odd_entry_is_counted_and_the_others_are_read(
    entries: list[dict[str, Any]], size: int, positions: list[int]
) -> None:
    mixed: list[dict[str, Any]] = list(entries)
    for position in positions:
        mixed.insert(position, {"title": "}, {", "url": None})
    found, unreadable, complete = read(json.dumps({"list": mixed}).encode(), size)
    assert [item.url for item in found] == [entry["url"] for entry in entries]
    assert (unreadable, complete) == (len(positions), True)


@given(ENTRIES, st.integers(1, 50), st.data())
def test_a_document_cut_short_is_never_complete_and_gives_only_whole_entries(
    entries: list[dict[str, Any]], size: int, data: st.DataObject
) -> None:
    content = json.dumps({"list": entries}).encode()
    short = content[: data.draw(st.integers(0, len(content) - 2))]
    found, _, complete = read(short, size)
    assert not complete
    assert [item.url for item in found] == [entry["url"] for entry in entries][: len(found)]


def test_an_item_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "LONGEST_ITEM", 1000)
    taken = 0

    def endless() -> Any:
        nonlocal taken
        yield b'{"list": [{"title": "'
        while True:
            taken += 100
            yield b"x" * 100

    assert not any(piece.last for piece in pieces(endless(), START, Item))
    assert taken < 2000
