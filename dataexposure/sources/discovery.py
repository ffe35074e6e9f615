"""Looking for the files of known programs under one home folder, without opening any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple


class Place(NamedTuple):
    """A program: its `kind` (`browser`, `mail`), `family` (how it lays out its files), roots."""

    name: str
    kind: str
    family: str
    linux: tuple[str, ...] = ()
    macos: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()


class Found(NamedTuple):
    """A file, or a folder that is one mailbox, of a program by that name."""

    name: str
    kind: str
    path: Path


_FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "chromium": (
        "History",
        "Cookies",
        "Network/Cookies",
        "*/History",
        "*/Cookies",
        "*/Network/Cookies",
    ),
    "firefox": ("*/places.sqlite", "*/cookies.sqlite"),
    "safari": ("History.db",),
    "thunderbird": ("*/Mail/**/*", "*/ImapMail/**/*"),
    "maildir": ("cur", "**/cur"),
}


def find(
    places: Iterable[Place], home: Path, platform: str, environ: Mapping[str, str]
) -> tuple[Found, ...]:
    """List the files of these programs that exist under a home folder.

    `platform` is as in `sys.platform`. Nothing is opened, empty files are left out, and so is
    everything in the home folders of others, wherever a link or variable points.
    """
    found: dict[Path, Found] = {}
    starts = _starts(home, environ)
    for place in places:
        for root in _roots(place, platform):
            word, _, rest = root.partition("/")
            for path in _matches(starts[word], rest, place.family):
                real = path.resolve()
                if real not in found and _is_own(real, home):
                    found[real] = Found(place.name, place.kind, path)
    return tuple(found.values())


def _roots(place: Place, platform: str) -> tuple[str, ...]:
    if platform == "darwin":
        return place.macos
    return place.windows if platform == "win32" else place.linux


def _starts(home: Path, environ: Mapping[str, str]) -> dict[str, Path]:
    def folder(variable: str, usual: str) -> Path:
        told = Path(environ.get(variable) or home / usual)
        return told if told.is_absolute() and _is_own(told.resolve(), home) else home / usual

    return {
        "{home}": home,
        "{config}": folder("XDG_CONFIG_HOME", ".config"),
        "{data}": folder("XDG_DATA_HOME", ".local/share"),
        "{support}": home / "Library" / "Application Support",
        "{local}": folder("LOCALAPPDATA", "AppData/Local"),
        "{roaming}": folder("APPDATA", "AppData/Roaming"),
    }


def _is_own(real: Path, home: Path) -> bool:
    """Say whether a resolved path is not in somebody else's home folder."""
    own = home.resolve()
    return real.is_relative_to(own) or not real.is_relative_to(own.parent)


def _matches(start: Path, rest: str, family: str) -> Iterator[Path]:
    for pattern in _FILES[family]:
        for path in sorted(start.glob(str(PurePosixPath(rest, pattern)))):
            if family == "maildir":
                if _is_mailbox(path.parent):
                    yield path.parent
            elif _is_filled(path) and (family != "thunderbird" or _is_mail(path)):
                yield path


def _is_filled(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _is_mail(path: Path) -> bool:
    """Say whether a file beside Thunderbird's indexes is a mailbox: no ending, or an index."""
    return not path.suffix or _is_filled(path.with_name(f"{path.name}.msf"))


def _is_mailbox(folder: Path) -> bool:
    """Say whether this is a Maildir that is not read as a part of the one around it."""
    inner = folder.name.startswith(".") and (folder.parent / "cur").is_dir()
    return (folder / "cur").is_dir() and (folder / "new").is_dir() and not inner
