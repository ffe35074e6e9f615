"""How long `dataexposure site` takes: one page in one state from cold, and a large recording.

    python bench/site.py [--pairs 5] [--megabytes 100]

The page comes from a server on this machine; beside it runs a bare headless Chromium that
loads the same page and prints its text, in turn. The recording is the one of `bench/har.py`
(made once), and beside it runs a plain `json.loads`. It prints medians of the pairwise ratios,
our seconds and our peak memory, and fails past 5 seconds or 500 MiB (the browser's own memory
is not ours).
"""

from __future__ import annotations

import argparse
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from har import DATA, MOST_MEBIBYTES, MOST_SECONDS, PLAIN, make

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PAGE = b"""<!doctype html><title>Bench</title><h1>Bench</h1>
<script>for (let i = 0; i < 20; i++) { new Image().src = "/pixel.gif?i=" + i }</script>
<script>fetch("/collect", {method: "POST", body: "en=page_view&tid=G-BENCH"})</script>"""


class _Page(http.server.BaseHTTPRequestHandler):
    """Gives the page for `/` and nothing for all else."""

    def do_GET(self) -> None:
        """Answer."""
        body = PAGE if self.path == "/" else b""
        self.send_response(200 if body else 204)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Give the address of the page while it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def timed(command: Sequence[str], fine: Sequence[int] = (0,)) -> tuple[float, float]:
    """Give the seconds and the peak MiB of a command; it must end with a fine status."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=DATA.parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in fine:
        sys.exit(f"{command[0]} failed with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / 1024


def site(*arguments: str) -> list[str]:
    """Give the command that checks something and throws the result away."""
    return [
        sys.executable, "-m", "dataexposure", "site", *arguments,
        "--format", "json", "--output", os.devnull, "--quiet",
    ]  # fmt: skip


def report(name: str, pairs: Sequence[tuple[tuple[float, float], float]], beside: str) -> bool:
    """Print a measurement; say whether it stays within the bounds."""
    seconds = statistics.median(ours for (ours, _), _ in pairs)
    memory = max(mebibytes for (_, mebibytes), _ in pairs)
    ratio = statistics.median(ours / plain for (ours, _), plain in pairs)
    print(f"{name}: {seconds:.2f} s, {ratio:.2f} × {beside}, peak {memory:.0f} MiB")
    return seconds <= MOST_SECONDS and memory <= MOST_MEBIBYTES


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
    plain = [sys.executable, "-c", PLAIN, str(path)]
    pairs = [(timed(site(str(path)), (0, 1, 3)), timed(plain)[0]) for _ in range(options.pairs)]
    fine = report(f"{path.stat().st_size / 1e6:.0f} MB HAR", pairs, "json.loads")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("one page: skipped, no Chromium is installed")
        sys.exit(not fine)
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with served() as page:
        bare = [browser, "--headless=new", *root, "--dump-dom", page]
        pairs = [
            (timed(site(page, "--state", "none")), timed(bare)[0]) for _ in range(options.pairs)
        ]
    fine &= report("one page, one state", pairs, "a bare browser")
    if not fine:
        sys.exit("too slow or too large")


if __name__ == "__main__":
    main()
