"""An Android package (APK): which companies' code an app contains.

That code is there does not say that it runs, nor what it sends.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from dataexposure.channels import SDK
from dataexposure.model import Coverage, Input, Interest, Locator, Observation, Problem
from dataexposure.sources.apps.android import is_package
from dataexposure.sources.apps.dex import DamagedDexError, class_names

NAME: Final = "apk"
_CODE: Final = re.compile(r"classes\d*\.dex")
_LARGEST_CODE: Final = 512 * 1024 * 1024
_MOST_FILES: Final = 100
_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)


def sniff(file: Input) -> bool:
    """Claim zip files that hold both an Android manifest and compiled code."""
    if not file.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(file.path) as archive:
            names = archive.namelist()
    except _ERRORS:
        return False
    return "AndroidManifest.xml" in names and any(map(_CODE.fullmatch, names))


def read(file: Input, interest: Interest) -> Iterator[Observation | Problem | Coverage]:
    """Give one observation with the packages of all classes in the app's code."""
    del interest
    place = Locator(NAME, file.name)
    classes: set[str] = set()
    files = broken = 0
    try:
        with zipfile.ZipFile(file.path) as archive:
            for entry in archive.infolist():
                if not _CODE.fullmatch(entry.filename) or files == _MOST_FILES:
                    continue
                files += 1
                if entry.file_size > _LARGEST_CODE:
                    yield Problem(place, "too-large")
                    continue
                try:
                    classes.update(class_names(archive.read(entry)))
                except DamagedDexError:
                    broken += 1
    except _ERRORS:
        yield Problem(place, "damaged")
    if broken:
        yield Problem(place, "damaged")
    if classes:
        # The package of a class tells whose code it is; the class itself adds little.
        packages = sorted({name.rpartition(".")[0] or name for name in classes})
        party = PurePosixPath(file.name).stem
        yield Observation(
            SDK.name,
            {"class": tuple(packages)},
            place,
            party=party if "." in party and is_package(party) else "",
        )
    yield Coverage(
        NAME, file.name, read=files - broken, skipped=broken, counts={"classes": len(classes)}
    )
