"""Every sample gives what stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.sources import SOURCES
from tests.golden import EXPECTED, folders, result

PAIRS = folders()


@pytest.mark.parametrize("folder", PAIRS, ids=[folder.name for folder in PAIRS])
def test_a_sample_gives_what_is_expected(folder: Path, rulebase: Rulebase) -> None:
    assert result(folder, rulebase) == (folder / EXPECTED).read_text(encoding="utf-8"), (
        "if this is meant, run: python -m tests.golden"
    )


def test_readers_have_a_pair() -> None:
    without = {"apk", "android-dumpsys", "androidqf-packages"}  # binary, or tested by their own
    assert {source.NAME for source in SOURCES} - without <= {folder.name for folder in PAIRS}
