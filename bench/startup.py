"""How long a start takes, against a bare Python.

    python bench/startup.py [--pairs 9]

Runs pairs of fresh processes in turn: ours, and `python -c pass`. Prints the medians and the
median of the pairwise ratios, for `--help` and for a scan of a tiny file; and for the second
also how much of it the rule base costs, against the same scan with an empty one.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = [sys.executable, "-c", "pass"]
EMPTY = """
import sys
from dataexposure.rulebase import bundle
import msgspec
full = bundle.compiled
def empty():
    nothing = dict(organisations={}, domains={}, signals=(), partnerships=())
    return msgspec.structs.replace(full(), **nothing)
bundle.compiled = empty
from dataexposure.__main__ import main
main()
"""


def seconds(command: list[str]) -> float:
    """Run a fresh process to its end."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{command} ended with {done.returncode}")
    return time.perf_counter() - start


def measure(name: str, command: list[str], pairs: int) -> None:
    """Print one line of figures."""
    seconds(command)  # compiles the rules and the byte code once
    found = [(seconds(command), seconds(BARE)) for _ in range(pairs)]
    ours = statistics.median(mine for mine, _ in found)
    bare = statistics.median(other for _, other in found)
    ratio = statistics.median(mine / other for mine, other in found)
    print(f"{name:34} {ours * 1000:6.0f} ms   bare {bare * 1000:4.0f} ms   ratio {ratio:5.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=9)
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        tiny = Path(folder) / "packages.txt"
        tiny.write_text("package:com.facebook.katana\n", encoding="utf-8")
        command = [sys.executable, "-m", "dataexposure"]
        measure("--help", [*command, "--help"], pairs)
        measure("scan of a tiny file", [*command, "scan", str(tiny)], pairs)
        measure("the same as JSON", [*command, "scan", str(tiny), "--format", "json"], pairs)
        without = [sys.executable, "-c", EMPTY, "scan", str(tiny), "--format", "json"]
        measure("the same without rules", without, pairs)


if __name__ == "__main__":
    main()
