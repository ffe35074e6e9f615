"""A made-up person's exports: Anna Eksempel, who does not exist.

Everything is kept as readable text beside this file and built into real files when asked
for: SQL becomes the databases of browsers, the rest is copied as it is. Persons and shops
have reserved names; those who receive data from them are real, because rules know real
ones.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ADDRESSES: Final = ("anna.eksempel@example.com",)
"""The made-up person's own address, as she would give it with `--email`."""

RESIDENCE: Final = "NO"
"""Where she lives, as she would say with `--region`."""

_HERE: Final = Path(__file__).parent
_DATABASES: Final = {
    "chromium_history.sql": "chromium/History",
    "chromium_cookies.sql": "chromium/Cookies",
    "firefox_places.sql": "firefox/places.sqlite",
    "firefox_cookies.sql": "firefox/cookies.sqlite",
}
_FILES: Final = {
    "inbox.mbox": "mail/inbox.mbox",
    "packages.txt": "phone/packages.txt",
    "privacy_report.ndjson": "tablet/App_Privacy_Report.ndjson",
    "shop.har": "network/shop.har",
    "takeout_history.json": "takeout/Chrome/History.json",
}


@contextlib.contextmanager
def built() -> Iterator[Path]:
    """Give a temporary folder `anna` with the exports; it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="dataexposure-demo-") as scratch:
        folder = Path(scratch) / "anna"
        build(folder)
        yield folder


def build(folder: Path) -> None:
    """Build the exports in a folder that does not exist yet."""
    for source, target in _DATABASES.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.executescript((_HERE / source).read_text(encoding="utf-8"))
    for source, target in _FILES.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_HERE / source, path)
    classes = (_HERE / "shop_app_classes.txt").read_text(encoding="utf-8").split()
    with zipfile.ZipFile(folder / "phone" / "example.fjellutstyr.apk", "w") as archive:
        archive.writestr("AndroidManifest.xml", "")
        archive.writestr("classes.dex", _dex(classes))


def _dex(classes: list[str]) -> bytes:
    """Write the header and the tables of strings and types of a DEX file; no code."""
    names = [f"L{name.replace('.', '/')};".encode() for name in sorted(classes)]
    strings = 112  # the header's size
    types = strings + 4 * len(names)
    place = types + 4 * len(names)
    places = []
    for name in names:
        places.append(place)
        place += len(name) + 2
    header = struct.pack("<8s48xIIII40x", b"dex\n035\0", len(names), strings, len(names), types)
    tables = struct.pack(f"<{2 * len(names)}I", *places, *range(len(names)))
    return header + tables + b"".join(bytes((len(name),)) + name + b"\0" for name in names)
