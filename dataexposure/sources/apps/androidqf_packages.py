"""`packages.json` of androidqf (github.com/mvt-project/androidqf): a list of packages.

Each has `name`, `installer` (the word `null` when there is none), `uid`, `system` and the
files with their hashes and certificates, of which only the first two are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.apps.android import app, is_package

NAME: Final = "androidqf-packages"
_BEGINS: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_KEYS: Final = (b'"name"', b'"installer"', b'"uid"')
_OWN_KEYS: Final = (b'"third_party"', b'"files"')


class _Package(msgspec.Struct):
    name: str
    installer: str | None = None


_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])
_ONE: Final = msgspec.json.Decoder(_Package)


def sniff(file: Input) -> bool:
    """Say whether this is a list of objects with the keys of that program."""
    head = file.head
    if not _BEGINS.match(head):
        return False
    return all(key in head for key in _KEYS) and any(key in head for key in _OWN_KEYS)


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream the packages; `interest` knows addresses only and is not asked."""
    here = Locator(NAME, file.name)
    packages = bad = 0
    try:
        entries = _LIST.decode(file.path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        yield Problem(here, "damaged")
        entries = []
    for number, raw in enumerate(entries, 1):
        try:
            package = _ONE.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            bad += 1
            continue
        if not is_package(package.name):
            bad += 1
            continue
        packages += 1
        at = Locator(NAME, file.name, f"package:{number}")
        yield app(package.name, at, package.installer or "")
    if bad:
        yield Problem(here, "bad-record", bad)
    yield Coverage(NAME, file.name, read=packages, skipped=bad, counts={"packages": packages})
