"""The baseline: issues and vendors that are known, so that only what is new fails.

A JSON file with one issue or vendor on a line and all in order, so that a change of it can be
read in a review:

    {"version": 1, "made": "2026-11-21",
     "issues": [[check, page, state, organisation, data], ...],
     "vendors": [organisation, ...]}

An issue is known by what it is about, never by a count: a fix and a regression are two.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from dataexposure.checks.budgets import NEW_VENDORS
from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.policy import Issue
from dataexposure.website import Visit

Identity = tuple[str, str, str, str, str]
"""Check, page, state, organisation, data: see `policy.Issue`."""

VERSION: Final = 1
_LARGEST: Final = 16 * 1024 * 1024


class Baseline(Struct, frozen=True):
    """What is known: identities of issues and ids of vendors, both in order."""

    made: dt.date
    issues: tuple[Identity, ...] = ()
    vendors: tuple[str, ...] = ()
    version: int = VERSION


def read(path: Path) -> Baseline | None:
    """Read a baseline; None when there is no file yet. Raises UsageError when it is damaged."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        found = msgspec.json.decode(content, type=Baseline)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        if isinstance(error, OSError):
            raise UsageError(_("{name}: cannot be read").format(name=path.as_posix())) from error
        raise UsageError(
            _(
                "{name}: not a baseline, or damaged: restore it, or delete it and write it "
                "again with --update-baseline"
            ).format(name=path.as_posix())
        ) from error
    if found.version != VERSION:
        raise UsageError(
            _("{name}: the baseline's version is not {version}").format(
                name=path.as_posix(), version=VERSION
            )
        )
    return found


def updated(
    visits: Iterable[Visit],
    issues: Iterable[Issue],
    made: dt.date,
    before: Baseline | None = None,
    gone: Collection[Identity] = (),
) -> Baseline:
    """Make the baseline that accepts a run's issues.

    Excepted issues are left out: they count again when their day is past. That a vendor is
    new is left out too: `vendors` says who is known. When a visit was inconclusive, what was
    known `before` stays, but for what is `gone`.
    """
    seen = tuple(visits)
    accepted = {
        issue.identity
        for issue in issues
        if not issue.excepted
        and not (issue.check == "budget" and issue.data.startswith(NEW_VENDORS))
    }
    vendors = {recipient.org for visit in seen for recipient in visit.recipients}
    if before is not None and any(visit.inconclusive for visit in seen):
        accepted.update(set(before.issues) - set(gone))
        vendors.update(before.vendors)
    return Baseline(made, tuple(sorted(accepted)), tuple(sorted(vendors)))


def write(path: Path, baseline: Baseline) -> None:
    """Write a baseline whole or not at all. Raises UsageError when that cannot be done."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
    except OSError as error:
        raise UsageError(_("{name}: cannot be written").format(name=path.as_posix())) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_text(baseline).encode("utf-8", "replace"))
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise UsageError(_("{name}: cannot be written").format(name=path.as_posix())) from error


def _text(baseline: Baseline) -> str:
    return (
        "{\n"
        f'  "version": {baseline.version},\n'
        f'  "made": "{baseline.made.isoformat()}",\n'
        f'  "issues": {_lines(sorted(set(baseline.issues)))},\n'
        f'  "vendors": {_lines(sorted(set(baseline.vendors)))}\n'
        "}\n"
    )


def _lines(entries: list[Identity] | list[str]) -> str:
    """Write a list with one entry on a line."""
    written = ",\n    ".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n    {written}\n  ]" if written else "[]"
