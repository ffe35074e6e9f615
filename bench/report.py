"""How long each format takes for a large report, against the JSON of the same report.

    python bench/report.py [--pairs 5] [--holders 300] [--purchases 2000]

Renders in turn, each format and then JSON, with the format's module already loaded. It prints
the median of our seconds and of the pairwise ratios, and fails past one second.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dataexposure.model import Report
from dataexposure.pipeline import words
from dataexposure.report import FORMATS, renderer
from dataexposure.rulebase.load import load
from tests.report.large import large_report

MOST_SECONDS = 1.0
RULES = Path(__file__).resolve().parents[1] / "rules"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--holders", type=int, default=300)
    parser.add_argument("--purchases", type=int, default=2000)
    asked = parser.parse_args()
    rulebase = load(RULES).rulebase
    report = large_report(rulebase, asked.holders, asked.purchases)
    terms = words(rulebase)

    def seconds(name: str, found: Report) -> float:
        render = renderer(name)
        start = time.perf_counter()
        render(found, terms, width=80, colour=False, details=True)
        return time.perf_counter() - start

    slow = []
    for name in FORMATS:
        seconds(name, report)  # loads what the format needs
        pairs = [(seconds(name, report), seconds("json", report)) for _ in range(asked.pairs)]
        ours = statistics.median(mine for mine, _ in pairs)
        ratio = statistics.median(mine / other for mine, other in pairs)
        print(f"{name:14} {ours:6.3f} s   ratio to json {ratio:7.1f}")
        if ours > MOST_SECONDS:
            slow.append(name)
    if slow:
        raise SystemExit(f"slower than {MOST_SECONDS} s: {', '.join(slow)}")


if __name__ == "__main__":
    main()
