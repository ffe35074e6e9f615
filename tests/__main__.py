"""Run every check, in the order in which they fail fastest: `python -m tests`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Tests of browsers wait more than they work, so one worker more than there are cores.
WORKERS = (os.cpu_count() or 1) + 1
CHECKS = (
    ("ruff", "format", "--check", "--quiet", "."),
    ("ruff", "check", "--quiet", "."),
    ("mypy",),
    ("pytest", "-q", f"--numprocesses={WORKERS}", "--dist=loadfile", "--no-loadscope-reorder"),
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
