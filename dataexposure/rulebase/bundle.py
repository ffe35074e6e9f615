"""The rule base as one compact file, so that a start does not pay for YAML.

The wheel ships `rules.bundle` inside the package, made when it is built. A checkout makes
the same file when a rule is newer. Format: MessagePack of `knowledge.Rulebase`, behind a
line that names the format's version.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from dataexposure.errors import RuleError, UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _

PACKAGE: Final = Path(__file__).resolve().parents[1]
BUNDLE: Final = PACKAGE / "rules.bundle"
RULES: Final = PACKAGE.parent / "rules"
_MAGIC: Final = b"dataexposure rules 2\n"


def encode(rulebase: Rulebase) -> bytes:
    """Give the bundle's bytes."""
    return _MAGIC + msgspec.msgpack.encode(rulebase)


def decode(content: bytes) -> Rulebase:
    """Read a bundle's bytes. Raises UsageError when it is not one of this version."""
    if content.startswith(_MAGIC):
        with contextlib.suppress(msgspec.MsgspecError), _without_gc():
            rulebase = msgspec.msgpack.decode(content[len(_MAGIC) :], type=Rulebase)
            # It lives as long as the process: collections need not look through it.
            gc.freeze()
            return rulebase
    raise UsageError(_("The rule bundle was made by another version: install again."))


@contextlib.contextmanager
def _without_gc() -> Iterator[None]:
    """Pause the garbage collector while many small objects are made; none is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def compiled() -> Rulebase:
    """Give the rule base: the bundle, or in a checkout with newer rules, those.

    Raises RuleError for the first fault of a rule file that does not parse, and UsageError
    when there is neither a bundle nor a folder of rules.
    """
    if RULES.is_dir():
        # A bundle of older code is as stale as one of older rules.
        with contextlib.suppress(UsageError):
            if not _stale():
                return decode(BUNDLE.read_bytes())
        return _compile()
    try:
        return decode(BUNDLE.read_bytes())
    except FileNotFoundError:
        raise UsageError(_("No rule base was found: install the package again.")) from None


def _stale() -> bool:
    return not BUNDLE.is_file() or _newest(RULES) > BUNDLE.stat().st_mtime_ns


def _newest(folder: Path) -> int:
    """Give the newest change of a folder or anything below it, in nanoseconds."""
    newest = folder.stat().st_mtime_ns
    # Thousands of files at every start: `scandir` has what `rglob` would ask for again.
    with os.scandir(folder) as entries:
        for entry in entries:
            changed = _newest(Path(entry)) if entry.is_dir() else entry.stat().st_mtime_ns
            newest = max(newest, changed)
    return newest


def _compile() -> Rulebase:
    from dataexposure.rulebase.load import load

    loaded = load(RULES)
    errors: list[RuleError] = [error for document in loaded.documents for error in document.errors]
    if errors:
        raise errors[0]
    # A read-only checkout only means that the next start compiles again.
    with contextlib.suppress(OSError):
        BUNDLE.write_bytes(encode(loaded.rulebase))
    return loaded.rulebase
