"""How long a large browser history takes, against reading the same rows and doing nothing.

    python bench/history.py [--pairs 5] [--urls 1000000] [--stage reader|scan]

Makes a synthetic Chromium history (once; it stays in `bench/data/`), then runs pairs of fresh
processes in turn: ours, and a plain loop over `select id, url, visit_count, last_visit_time`.
It prints the median of the pairwise ratios and our peak memory. `reader` measures the reader
alone, with a cheap stand-in for the rules; `scan` measures the whole command.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
HOSTS = 41_000
PLAIN = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
for row in database.execute("select id, url, visit_count, last_visit_time from urls"):
    pass
"""
READER = """
import sys
from pathlib import Path
from dataexposure.sources.browser import chromium_history
from dataexposure.sources.inputs import InputFile

class Interest:
    def __init__(self):
        self.hosts = {}
    def url(self, url):
        host = url.split("/", 3)[2]
        known = self.hosts.get(host)
        if known is None:
            known = self.hosts[host] = hash_of(host) % 12 == 0
        return known

def hash_of(host):
    return sum(host.encode())

path = Path(sys.argv[1])
with InputFile(path, path.name) as file:
    assert chromium_history.sniff(file)
    for item in chromium_history.read(file, Interest()):
        pass
"""
WORDS = (
    "item",
    "news",
    "article",
    "product",
    "search",
    "category",
    "user",
    "video",
    "page",
    "list",
)
KEYS = {
    **dict.fromkeys(("id", "q", "ref", "page", "sort", "lang", "session", "token", "tab", "v"), 20),
    **dict.fromkeys(("utm_source", "utm_campaign", "utm_medium"), 5),
    **dict.fromkeys(("gclid", "fbclid", "order_id"), 1),
}


def addresses(count: int) -> Iterator[str]:
    """Give that many distinct addresses, the same each time.

    41,000 hosts share them by Zipf's law; 40 % have a query, 1 in 100 a mark of an advertiser
    or an order.
    """
    chance = random.Random(20_261_121)
    weights = list(accumulate(1 / rank for rank in range(1, HOSTS + 1)))
    hosts = [f"www.{chance.choice(WORDS)}-{number}.example" for number in range(HOSTS)]
    for number, host in enumerate(chance.choices(hosts, cum_weights=weights, k=count)):
        depth = chance.randint(1, 4)
        path = "/".join(chance.choice(WORDS) for _ in range(depth))
        query = ""
        if chance.random() < 0.4:
            keys = chance.choices(tuple(KEYS), tuple(KEYS.values()), k=chance.randint(1, 4))
            pairs = (f"{key}={chance.getrandbits(40):x}" for key in keys)
            query = "?" + "&".join(pairs)
        yield f"https://{host}/{path}/{number}{query}"


def build(path: Path, count: int) -> None:
    """Write a history in Chromium's layout with that many addresses, 1.6 visits to each."""
    chance = random.Random(1)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with sqlite3.connect(part) as database:
        database.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR,
              title LONGVARCHAR, visit_count INTEGER DEFAULT 0 NOT NULL,
              typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL,
              hidden INTEGER DEFAULT 0 NOT NULL);
            CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL,
              visit_time INTEGER NOT NULL, from_visit INTEGER, external_referrer_url TEXT,
              transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
              visit_duration INTEGER DEFAULT 0 NOT NULL);
        """)
        instant = 13_300_000_000_000_000
        visit = 0
        for key, url in enumerate(addresses(count), 1):
            times = min(5, 1 + int(chance.expovariate(1.1)))
            for _ in range(times):
                visit += 1
                instant += chance.randrange(90_000_000)
                transition = chance.choice((0x30000000, 0x30000001, -0x5FFFFFFF, 0x10000003))
                database.execute(
                    "INSERT INTO visits(url, visit_time, from_visit, transition) VALUES(?,?,?,?)",
                    (key, instant, visit - 1, transition),
                )
            database.execute(
                "INSERT INTO urls(url, title, visit_count, last_visit_time) VALUES(?,?,?,?)",
                (url, f"Page {key} of a made-up site", times, instant),
            )
        database.executescript("""
            CREATE INDEX visits_url_index ON visits (url);
            CREATE INDEX visits_from_index ON visits (from_visit);
            CREATE INDEX visits_time_index ON visits (visit_time);
            CREATE INDEX urls_url_index ON urls (url);
        """)
    part.replace(path)


def run(command: list[str]) -> tuple[float, int]:
    """Run a fresh process to its end: seconds, and peak memory in KiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=DATA.parent.parent)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--urls", type=int, default=1_000_000)
    parser.add_argument("--stage", choices=("reader", "scan"), default="scan")
    options = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    path = DATA / f"history-{options.urls}.sqlite"
    if not path.exists():
        build(path, options.urls)
    ours = [sys.executable, "-c", READER, str(path)]
    if options.stage == "scan":
        ours = [sys.executable, "-m", "dataexposure", "scan", str(path), "--format", "json"]
    plain = [sys.executable, "-c", PLAIN, str(path)]
    pairs = [(run(ours), run(plain)) for _ in range(options.pairs)]
    ratios = [mine[0] / bare[0] for mine, bare in pairs]
    print(
        f"{options.urls:,} addresses, {path.stat().st_size / 2**20:.0f} MiB, stage {options.stage}"
    )
    print(f"ours   {statistics.median(mine[0] for mine, _ in pairs):.2f} s")
    print(f"plain  {statistics.median(bare[0] for _, bare in pairs):.2f} s")
    print(f"ratio  {statistics.median(ratios):.2f} (median of {len(ratios)} pairs)")
    print(f"memory {max(mine[1] for mine, _ in pairs) / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
