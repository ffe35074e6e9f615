"""Display names: what a report may show of a path.

A name comes from strangers (whoever made the archive) and may hold control characters that
rewrite a terminal, marks that turn the reading direction, or bytes that are no text. It must
not give away more of the machine than the user named: no absolute path, no home folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dataexposure.printable import printable

LONGEST: Final = 512


def shown(name: str) -> str:
    """Replace what cannot be shown safely by `?`, and shorten what is absurdly long."""
    name = printable(name)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 + 1 :]}"


def is_unsafe(name: str) -> bool:
    """Say whether an archive's entry claims a place outside the archive.

    Backslashes and drive letters count too: archives made on Windows carry them.
    """
    plain = name.replace("\\", "/")
    drive = plain[1:3] == ":/" and plain[0].isalpha()
    return plain.startswith("/") or drive or ".." in plain.split("/")


def titles(paths: Sequence[Path]) -> tuple[str, ...]:
    """Name the paths that a user named, each as shortly as keeps them apart.

    The paths are absolute. The home folder is shown as `~`, and nothing above it.
    """
    lengths = [1] * len(paths)
    for _ in range(max((len(path.parts) for path in paths), default=0)):
        names = [_tail(path, length) for path, length in zip(paths, lengths, strict=True)]
        first: dict[str, Path] = {}
        clash = {
            name
            for name, path in zip(names, paths, strict=True)
            if first.setdefault(name, path) != path
        }
        if not clash:
            break
        lengths = [length + (name in clash) for name, length in zip(names, lengths, strict=True)]
    return tuple(_tail(path, length) for path, length in zip(paths, lengths, strict=True))


def _tail(path: Path, length: int) -> str:
    home = home_folder()
    if path == home:
        return "~"
    parts = path.parts[1:] if path.anchor else path.parts
    if home is not None and path.is_relative_to(home):
        parts = path.relative_to(home).parts
    return shown("/".join(parts[-length:])) or "files"


def home_folder() -> Path | None:
    """Give the home folder, or None when the system does not know one."""
    try:
        return Path.home()
    except RuntimeError:
        return None
