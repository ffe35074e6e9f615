"""While long work lasts: what is being read, how much of it, and the time left.

Shown on a terminal only, never in a pipe, in CI (`CI` is set) or with `--quiet`, and gone when
the work is done. Everything but the names is found out beside the work, in a thread of its
own: how many bytes there are, by looking at the files' sizes, and how many were read, by asking
the system how far our own open files are. That is as exact as is honest: a database is copied
before it is read, so its bytes are counted early, and mail folders are many small files, so
that the bar moves in steps.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from dataexposure.language import _
from dataexposure.model import Input
from dataexposure.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress

    from dataexposure.pipeline import Notice

_PAUSE: Final = 0.2  # seconds between two looks
_DESCRIPTORS: Final = range(3, 64)
_DEEPEST: Final = 64  # folders within folders, as far as they are read
_NAME: Final = 48

Key = tuple[int, int]


class Extent(NamedTuple):
    """How many bytes come before a file in the order of reading, and how many it has."""

    before: int
    size: int


class Extents(NamedTuple):
    """The extents of all files by device and inode, and their sum."""

    files: Mapping[Key, Extent]
    total: int


@contextlib.contextmanager
def shown(paths: Sequence[Path], *, quiet: bool) -> Iterator[Notice | None]:
    """Give what `pipeline.audit` tells of each file; None where nothing is to be shown."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = _bar()
    watch = _Watch(bar, paths)
    thread = threading.Thread(target=watch.run, daemon=True)
    with bar:
        thread.start()
        try:
            yield watch.notice
        finally:
            watch.done.set()
            thread.join()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
        transient=True,
        expand=True,
        refresh_per_second=5,
        redirect_stdout=False,
        redirect_stderr=False,
    )


class _Watch:
    """Moves the bar, beside the work."""

    def __init__(self, bar: Progress, paths: Sequence[Path]) -> None:
        self.done = threading.Event()
        self._bar = bar
        self._paths = paths
        self._task = bar.add_task("", total=None)
        self._current: Key = (0, 0)

    def notice(self, file: Input) -> None:
        """Take note of the file that is read next."""
        name = printable(file.name)
        short = name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
        self._bar.update(self._task, description=_("reading {name}").format(name=short))
        with contextlib.suppress(OSError):
            status = file.path.stat()
            self._current = (status.st_dev, status.st_ino)

    def run(self) -> None:
        """Find out how much there is, then look again and again how far the work is."""
        found = extents(self._paths, self.done)
        self._bar.update(self._task, total=found.total or None)
        reached = 0
        while not self.done.wait(_PAUSE):
            here = found.files.get(self._current, Extent(0, 0)).before
            reached = max(reached, here, position(found.files))
            self._bar.update(self._task, completed=min(reached, found.total))


def extents(paths: Sequence[Path], stop: threading.Event | None = None) -> Extents:
    """Sum the sizes of the files under the paths, in the order in which they are read.

    Links in folders are not followed, and what cannot be looked at has no size. A folder
    begins where its first file does. Stops early when it is told to.
    """
    files: dict[Key, Extent] = {}
    total = 0
    for status in _statuses(paths):
        if stop is not None and stop.is_set():
            break
        size = status.st_size if stat.S_ISREG(status.st_mode) else 0
        key = (status.st_dev, status.st_ino)
        if key not in files:
            files[key] = Extent(total, size)
            total += size
    return Extents(files, total)


def _statuses(paths: Sequence[Path]) -> Iterator[os.stat_result]:
    for path in paths:
        with contextlib.suppress(OSError):
            status = path.stat()
            yield status
            if stat.S_ISDIR(status.st_mode):
                yield from _below(path, _DEEPEST)


def _below(folder: Path, deepest: int) -> Iterator[os.stat_result]:
    """Look at what is in a folder, in the order of reading: by name, folders as they come."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        with contextlib.suppress(OSError):
            yield os.stat(entry.path, follow_symlinks=False)  # noqa: PTH116 - also on Windows
            if deepest and entry.is_dir(follow_symlinks=False):
                yield from _below(Path(entry.path), deepest - 1)


def position(files: Mapping[Key, Extent]) -> int:
    """Say how many bytes lie before the farthest place that one of our open files is at."""
    farthest = 0
    for descriptor in _DESCRIPTORS:
        with contextlib.suppress(OSError):
            status = os.fstat(descriptor)
            extent = files.get((status.st_dev, status.st_ino))
            if extent and stat.S_ISREG(status.st_mode):
                at = os.lseek(descriptor, 0, os.SEEK_CUR)
                farthest = max(farthest, extent.before + min(at, extent.size))
    return farthest
