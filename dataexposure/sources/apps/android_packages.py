"""Lists of Android packages: `adb shell pm list packages` and `/data/system/packages.list`.

Each line of the first is `package:`, with `-f` the path and `=`, the name, and then what was
asked for: `installer=…` (`-i`), `uid:…` (`-U`), `versionCode:…`. A line of the second is
name, user id, debug flag, data folder, security label, groups, then by version a shell flag,
version code, another flag and the installer (AOSP `Settings.writePackageListLPrInternal`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.apps.android import LONGEST_LINE, app, head_lines, is_package, lines

NAME: Final = "android-packages"
_PREFIX: Final = "package:"
_LIST: Final = re.compile(r"(\S+) \d+ [01] /\S+ \S+(?: (.*))?", re.ASCII)
_INSTALLER_COLUMN: Final = 4
_NOISE: Final = ("* daemon ", "WARNING: linker", "adb server ")


class Entry(NamedTuple):
    """One package of a line; `installer` is empty when the line does not tell."""

    package: str
    installer: str = ""


def sniff(file: Input) -> bool:
    """Say whether nearly all lines are of one of the two lists."""
    wanted = [line for line in head_lines(file.head) if _says_something(line)]
    fitting = sum(1 for line in wanted if parse(line))
    return fitting > 0 and fitting >= 0.8 * len(wanted)


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream each package once; `interest` knows addresses only and is not asked."""
    packages: set[str] = set()
    bad = 0
    for number, line in lines(file.path, file.head):
        entries = parse(line) if len(line) < LONGEST_LINE else ()
        bad += not entries and _says_something(line)
        for entry in entries:
            if entry.package not in packages:
                packages.add(entry.package)
                at = Locator(NAME, file.name, f"line:{number}")
                yield app(entry.package, at, entry.installer)
    if bad:
        yield Problem(Locator(NAME, file.name), "bad-record", bad)
    yield Coverage(
        NAME, file.name, read=len(packages), skipped=bad, counts={"packages": len(packages)}
    )


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(_NOISE)


def parse(line: str) -> tuple[Entry, ...]:
    """Read the packages of one line, usually one; none when it is no line of these lists."""
    if line.lstrip().startswith(_PREFIX):
        return tuple(_listed(line))
    match = _LIST.fullmatch(line.strip())
    if match is None or not is_package(match[1]):
        return ()
    columns = (match[2] or "").split()
    return (Entry(match[1], (columns[_INSTALLER_COLUMN:] or [""])[0]),)


def _listed(line: str) -> Iterator[Entry]:
    """Read `package:` entries; two may stand on one line when line ends were lost."""
    for part in line.split(_PREFIX)[1:]:
        words = part.split()
        if not words:
            continue
        name = words[0].rpartition("=")[2] if words[0].startswith("/") else words[0]
        if is_package(name):
            says = dict(word.partition("=")[::2] for word in words[1:] if "=" in word)
            yield Entry(name, says.get("installer", ""))
