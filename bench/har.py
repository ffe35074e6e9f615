"""How long a large HAR capture takes, against `json.loads` of the same bytes.

    python bench/har.py [--pairs 5] [--megabytes 100]

Makes a synthetic capture (once; it stays in `bench/data/`), then runs pairs of fresh
processes in turn: our reader, and a plain `json.loads`. It prints the median of the pairwise
ratios, our seconds and our peak memory, and fails past 5 seconds or 500 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
MOST_SECONDS = 5.0
MOST_MEBIBYTES = 500
PLAIN = """
import json, sys
from pathlib import Path
json.loads(Path(sys.argv[1]).read_bytes())
"""
READER = """
import sys
from pathlib import Path
from dataexposure.model import Coverage
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.network import har

class Everything:
    def url(self, url):
        return True

path = Path(sys.argv[1])
with InputFile(path, path.name) as file:
    assert har.sniff(file)
    for item in har.read(file, Everything()):
        pass
    assert isinstance(item, Coverage) and item.read > 1000
"""


def headers(rng: random.Random, referer: str) -> list[dict[str, str]]:
    """Make the headers that a browser sends."""
    return [
        {"name": "User-Agent", "value": "Mozilla/5.0 (X11; Linux x86_64) Example/1.0"},
        {"name": "Accept", "value": "*/*"},
        {"name": "Accept-Language", "value": "en-GB,en;q=0.5"},
        {"name": "Cookie", "value": f"_ga=GA1.1.{rng.random()}; session={rng.randbytes(16).hex()}"},
        {"name": "Referer", "value": referer},
    ]


def entry(rng: random.Random, number: int) -> dict[str, Any]:
    """Make one request; every fortieth is a page, every tenth has a body."""
    page = f"https://shop{number // 40 % 300}.example/"
    is_page = number % 40 == 0
    url = page if is_page else f"https://t{rng.randrange(900)}.example/collect?v=2&id={number}"
    request: dict[str, Any] = {
        "method": "POST" if number % 10 == 3 else "GET",
        "url": url,
        "headers": headers(rng, page),
        "queryString": [{"name": "v", "value": "2"}],
        "cookies": [],
    }
    if number % 10 == 3:
        request["postData"] = {"mimeType": "text/plain", "text": "en=page_view&" * 40}
    text = f'function f{number}() {{ return "{rng.randbytes(40).hex()}"; }}\n' * rng.randrange(90)
    kind = "text/html" if is_page else "application/javascript"
    return {
        "pageref": f"page_{number // 40}",
        "_resourceType": "document" if is_page else "script",
        "startedDateTime": f"2026-05-{number // 1000 % 28 + 1:02}T10:00:00.000Z",
        "time": 12.5,
        "request": request,
        "response": {
            "status": 200,
            "headers": [{"name": "Set-Cookie", "value": f"id={number}; Domain=.example"}] * 2,
            "content": {"mimeType": kind, "size": len(text), "text": text},
        },
        "timings": {"send": 0.1, "wait": 12.0, "receive": 0.4},
    }


def make(path: Path, megabytes: int) -> None:
    """Write a capture of about this many million bytes."""
    rng = random.Random(4)
    written = number = 0
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        out.write('{"log":{"version":"1.2","creator":{"name":"bench"},"pages":[],"entries":[\n')
        while written < megabytes * 1_000_000:
            line = json.dumps(entry(rng, number))
            out.write(("," if number else "") + line + "\n")
            written += len(line) + 2
            number += 1
        out.write("]}}\n")
    part.rename(path)


def run(program: str, path: Path) -> tuple[float, float]:
    """Give the seconds and the peak MiB of a fresh process."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=DATA.parents[1])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"a process failed with status {status}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=100)
    options = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    path = DATA / f"capture-{options.megabytes}.har"
    if not path.exists():
        make(path, options.megabytes)
    pairs = [(run(READER, path), run(PLAIN, path)) for _ in range(options.pairs)]
    seconds = statistics.median(ours for (ours, _), _ in pairs)
    memory = max(mebibytes for (_, mebibytes), _ in pairs)
    ratio = statistics.median(ours / plain for (ours, _), (plain, _) in pairs)
    plain_memory = max(mebibytes for _, (_, mebibytes) in pairs)
    print(f"{path.stat().st_size / 1e6:.0f} MB, {options.pairs} pairs")
    print(f"reader {seconds:.2f} s, {ratio:.2f} × json.loads, peak {memory:.0f} MiB")
    print(f"(json.loads: peak {plain_memory:.0f} MiB)")
    if seconds > MOST_SECONDS or memory > MOST_MEBIBYTES:
        sys.exit("too slow or too large")


if __name__ == "__main__":
    main()
