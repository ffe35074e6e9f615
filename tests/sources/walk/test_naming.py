from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dataexposure.sources.naming import LONGEST, is_unsafe, shown, titles

ANY = st.text(st.characters(exclude_categories=()), max_size=600)


@given(ANY)
def test_a_shown_name_has_nothing_that_hides_or_turns(name: str) -> None:
    result = shown(name)
    assert len(result) <= LONGEST
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in result)
    assert not set(result) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\ufeff"
    )
    assert result.encode("utf-8").decode() == result


@given(ANY)
def test_showing_a_name_twice_changes_nothing(name: str) -> None:
    assert shown(shown(name)) == shown(name)


@given(st.text("abcæøåшщ漢 .-_", max_size=200))
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert shown(name) == name


def test_names_that_leave_the_archive_are_unsafe() -> None:
    for name in ("/etc/passwd", "../x", "a/../../x", "a\\..\\x", "C:\\x", "\\\\server\\x"):
        assert is_unsafe(name), name
    for name in ("a", "a/b", "..a/b", "a..b", "a:b", "..."):
        assert not is_unsafe(name), name


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4), min_size=1, max_size=5
    )
)
def test_titles_keep_different_paths_apart(parts: list[list[str]]) -> None:
    paths = [Path("/", *one) for one in parts]
    names = titles(paths)
    assert len(set(names)) == len(set(paths))
    assert not any(name.startswith("/") for name in names)
