"""Policy files that are damaged, huge, or meant to make a reader hang."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataexposure.checks.reading import read
from dataexposure.errors import UsageError
from dataexposure.policy import Policy
from tests.checks.made import ALL_ROLES, KNOWN, ORGANISATIONS, Reading, faults


@pytest.mark.parametrize(
    "text",
    [
        "x: &a [y, y]\n" + "".join(f"k{n}: &b{n} [*a, *a, *a]\n" for n in range(20)),
        "x: " + "[" * 100_000,
        "{x: " * 50_000,
        "x: &a\n  <<: *a\n",
        "x: y\n" * 60_000,
        "vendors: {declared: [" + ", ".join(f"v{n}" for n in range(5000)) + "]}",
        "? [a, b]\n: c\n",
        "site: !!python/object/apply:os.getcwd []\n",
    ],
)
def test_hostile_text_is_refused_soon(reading: Reading, text: str) -> None:
    begun = time.monotonic()
    assert faults(reading, text)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("content", [b"\xff\xfes\x00i\x00", bytes(range(256)), b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dataexposure.yml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"dataexposure\.yml:\d+: not UTF-8 text"):
        read(path, ORGANISATIONS, ALL_ROLES, KNOWN)


def test_a_file_that_is_not_there_is_an_error_of_use(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yml"):
        with pytest.raises(UsageError, match="cannot be read"):
            read(path, ORGANISATIONS, ALL_ROLES, KNOWN)


KEYS = ("site", "pages", "vendors", "assert", "flows", "exceptions", "budgets", "baseline", "x")
scalars = st.text(max_size=5) | st.sampled_from(("hotjar", "role:x", "/", "1", "*", "2027-01-31"))
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from((*KEYS, "id", "rule", "until", "file", "allowed")), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=100)
@given(document=st.dictionaries(st.sampled_from(KEYS), values, max_size=4), raw=st.text())
def test_whatever_stands_in_the_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, object], raw: str
) -> None:
    path = tmp_path_factory.mktemp("policy") / "dataexposure.yml"
    for text in (json.dumps(document), raw):
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            policy = read(path, ORGANISATIONS, ALL_ROLES, KNOWN)
        except UsageError:
            continue
        assert isinstance(policy, Policy)
