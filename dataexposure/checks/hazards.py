"""Text of a policy file, refused when to read it as YAML could be made to hang.

Aliases can make a small file grow without bound and nesting can exhaust the stack, so both
are looked for in the stream of events before anything is built.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import yaml

from dataexposure.errors import UsageError
from dataexposure.language import _

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]  # same interface, slower

LARGEST: Final = 256 * 1024
"""The largest policy file, in bytes."""

DEEPEST: Final = 16
"""How deep lists and mappings may stand in each other."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text(path: Path) -> str:
    """Read a policy file. Raises UsageError when it cannot be read or is not safe to parse."""
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UsageError(_("{name}: cannot be read").format(name=name)) from error
    if len(content) > LARGEST:
        raise UsageError(_("{name}: too large for a policy file").format(name=name))
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(_("{name}:{line}: not UTF-8 text").format(name=name, line=line)) from error
    if control := _CONTROL.search(found):
        line = found.count("\n", 0, control.start()) + 1
        raise UsageError(
            _("{name}:{line}: a control character: this is no text").format(name=name, line=line)
        )
    _look(found, name)
    return found


def _look(text: str, name: str) -> None:
    """Raise UsageError for aliases and for deep nesting; faults of YAML are found later."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.AliasEvent):
                raise UsageError(
                    _("{name}:{line}: aliases (`*`) are not read here: write it out").format(
                        name=name, line=line
                    )
                )
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise UsageError(_("{name}:{line}: nested too deeply").format(name=name, line=line))
    except yaml.YAMLError:
        return
