"""Fixtures for the policy file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataexposure.checks.reading import read
from dataexposure.policy import Policy
from tests.checks.made import ALL_ROLES, KNOWN, ORGANISATIONS, Reading


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    flows = tmp_path / "flows"
    flows.mkdir()
    for name in ("checkout.py", "guest.yml"):
        (flows / name).touch()

    def read_text(text: str) -> Policy:
        path = tmp_path / "dataexposure.yml"
        path.write_text(text, encoding="utf-8")
        return read(path, ORGANISATIONS, ALL_ROLES, KNOWN)

    return read_text
