"""Samples with what is expected of them: each folder of `tests/pairs` is one pair.

    python -m tests.golden

writes every `expected.json` anew; read the difference before you commit it. A folder holds one
sample: a file or mailbox folder `sample.*`; an `.sql` is built into a database first.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dataexposure.knowledge import Rulebase
from dataexposure.pipeline import audit
from tests.conftest import ROOT, TODAY

PAIRS = ROOT / "tests" / "pairs"
EXPECTED = "expected.json"


def folders() -> tuple[Path, ...]:
    """Give the folder of each pair."""
    return tuple(sorted(path for path in PAIRS.iterdir() if path.is_dir()))


@contextlib.contextmanager
def sample(folder: Path) -> Iterator[Path]:
    """Give the sample as the tool would meet it."""
    found = next(folder.glob("sample.*"))
    if found.suffix != ".sql":
        yield found
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "sample"
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.executescript(found.read_text(encoding="utf-8"))
        yield path


def result(folder: Path, rulebase: Rulebase) -> str:
    """Give what the pipeline makes of a sample: findings, coverage, problems, purchases."""
    with sample(folder) as path:
        report = audit([path], rulebase, made=TODAY)
    kept = {
        "findings": report.findings,
        "coverage": report.coverage,
        "problems": report.problems,
        "purchases": report.purchases,
        "tiers": {holder.id: holder.tier for holder in report.holders},
    }
    plain = msgspec.to_builtins(kept)
    return json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    from dataexposure.rulebase.load import load

    base = load(ROOT / "rules").rulebase
    for place in folders():
        (place / EXPECTED).write_text(result(place, base), encoding="utf-8")
