"""Fixtures that many tests use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.rulebase.load import Loaded, load

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
TODAY = dt.date(2026, 11, 21)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that wait for browsers: none shall be left over at the end."""
    items.sort(key=lambda item: not _waits(item.path))


def _waits(path: Path) -> bool:
    return path.parent.name in ("capture", "website") or path.stem.endswith("in_browser")


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    return load(ROOT / "rules")


@pytest.fixture(scope="session")
def rulebase(loaded: Loaded) -> Rulebase:
    return loaded.rulebase


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real files is not here")
    return CORPUS
