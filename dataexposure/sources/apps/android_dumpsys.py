"""`adb shell dumpsys package`: the section `Packages:` with a block for each package.

A block begins `  Package [name] (hash):` and holds `installerPackageName=`, and the times
`firstInstallTime=` and `lastUpdateTime=` in the phone's own time, in newer versions once for
each user. `User 0: … installed=false` is an app that was removed for that user. The section
`Hidden system packages:` repeats replaced versions and is not read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.apps.android import app, day, head_lines, is_package, lines

NAME: Final = "android-dumpsys"
_BLOCK: Final = re.compile(r"  Package \[([^\]]+)\] \([0-9a-fA-F]+\):")
_SECTION: Final = "Packages:"
_SECTIONS: Final = frozenset(
    {
        "Database versions:",
        "Known Packages:",
        "Verifiers:",
        "Intent Filter Verifier:",
        "Libraries:",
        "Features:",
        "Activity Resolver Table:",
        "Receiver Resolver Table:",
        "Service Resolver Table:",
        "Provider Resolver Table:",
        "Domain verification status:",
        "Permissions:",
        _SECTION,
    }
)


class _Block:
    """What one block says so far."""

    def __init__(self, package: str, number: int) -> None:
        self.package = package
        self.number = number
        self.installer = ""
        self.first: dt.date | None = None
        self.last: dt.date | None = None
        self.users: list[bool] = []

    def learn(self, line: str) -> None:
        """Take in one line of the block."""
        key, equals, value = line.strip().partition("=")
        if key == "installerPackageName" and equals:
            self.installer = self.installer or value
        elif key == "firstInstallTime":
            self.first = min(filter(None, (self.first, day(value))), default=None)
        elif key == "lastUpdateTime":
            self.last = max(filter(None, (self.last, day(value))), default=None)
        elif key.startswith("User ") and " installed=" in line:
            self.users.append(" installed=true" in line)

    @property
    def is_installed(self) -> bool:
        """Say whether any user has it; blocks without users are taken as installed."""
        return any(self.users) or not self.users

    def observation(self, file: str) -> Observation:
        """Make the observation."""
        at = Locator(NAME, file, f"line:{self.number}")
        days = [one for one in (self.first, self.last) if one]
        return app(
            self.package,
            at,
            self.installer,
            min(days, default=None),
            max(days, default=None),
        )


def sniff(file: Input) -> bool:
    """Say whether this has package blocks or, since those come late, other sections of it."""
    found = head_lines(file.head)
    if any(_BLOCK.fullmatch(line) for line in found):
        return True
    return len(_SECTIONS.intersection(found)) >= 2


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:  # noqa: ARG001
    """Stream the installed packages; `interest` knows addresses only and is not asked."""
    packages = removed = bad = 0
    days: list[dt.date] = []
    for block in _blocks(file):
        if not is_package(block.package):
            bad += 1
        elif not block.is_installed:
            removed += 1
        else:
            packages += 1
            observation = block.observation(file.name)
            days += [one for one in (observation.first, observation.last) if one]
            yield observation
    here = Locator(NAME, file.name)
    if bad:
        yield Problem(here, "bad-record", bad)
    if not packages + removed + bad:
        yield Problem(here, "damaged")
    yield Coverage(
        NAME,
        file.name,
        read=packages,
        skipped=removed + bad,
        first=min(days, default=None),
        last=max(days, default=None),
        counts={"packages": packages},
    )


def _blocks(file: Input) -> Iterator[_Block]:
    """Give each block of the section, also when the section's own heading was cut off."""
    block: _Block | None = None
    section = _SECTION
    for number, line in lines(file.path, file.head):
        begins = _BLOCK.fullmatch(line)
        is_heading = line[:1].strip() != "" and line.rstrip().endswith(":")
        if block is not None and (begins or is_heading):
            yield block
            block = None
        if is_heading:
            section = line.strip()
        if begins and section == _SECTION:
            block = _Block(begins[1], number)
        elif block is not None:
            block.learn(line)
    if block is not None:
        yield block
