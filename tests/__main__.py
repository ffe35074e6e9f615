"""Run every check, in the order in which they fail fastest: `python -m tests`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = (
    ("ruff", "format", "--check", "--quiet", "."),
    ("ruff", "check", "--quiet", "."),
    ("mypy",),
    ("pytest", "-q"),
)


def main() -> int:
    """Run each check; stop at the first that fails and give its exit code."""
    for name, *words in CHECKS:
        print(f"== {name} {' '.join(words)}", flush=True)
        done = subprocess.run([sys.executable, "-m", name, *words], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
