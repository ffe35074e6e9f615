"""A YAML file as plain dictionaries, lists and strings, with the line of every key.

Every scalar is a string, so that `country: NO` cannot become `False`, and a key that stands
twice is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dataexposure.errors import RuleError

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]  # same interface, slower

Value = Any
"""What YAML gives: nested dict, list and str; checked field by field where it is read."""


class Document:
    """One parsed file.

    `name` is its path within `rules/`, `root` its content. `errors` collects all that is
    wrong with it, so that a person sees everything at once.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.errors: list[RuleError] = []
        self._lines: dict[tuple[str, ...], int] = {}
        self.root: Value = {}
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            self.errors.append(RuleError(name, line, f"not valid YAML: {error.problem}"))
            return
        except yaml.YAMLError:
            self.errors.append(RuleError(name, 0, "not valid YAML"))
            return
        if node is not None:
            self.root = self._value(node, ())

    @classmethod
    def load(cls, path: Path, name: str) -> Document:
        """Read a file; bytes that are not UTF-8 are an error of the document."""
        try:
            return cls(name, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            document = cls(name, "")
            document.errors.append(RuleError(name, 0, "not UTF-8 text"))
            return document

    def line(self, *keys: str) -> int:
        """Give the line (1-based) of the deepest known key of a path of keys."""
        path = tuple(keys)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def error(self, message: str, *keys: str) -> None:
        """Note that something is wrong at a path of keys."""
        self.errors.append(RuleError(self.name, self.line(*keys), message))

    def _value(self, node: yaml.Node, path: tuple[str, ...]) -> Value:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, str(n))) for n, item in enumerate(node.value)]
        return node.value

    def _pairs(self, node: yaml.MappingNode, path: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            self._lines[(*path, key)] = key_node.start_mark.line + 1
            if key in seen:
                self.error(f"the key `{key}` stands twice: remove one", *path, key)
                continue
            seen.add(key)
            yield key, self._value(value_node, (*path, key))

    def mapping(self, *keys: str) -> dict[str, Value]:
        """Give the mapping at a path of keys; absent is empty, anything else an error."""
        value = self._at(keys)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            self.error(f"`{'.'.join(keys)}` must be a mapping", *keys)
            return {}
        return value

    def text(self, *keys: str, required: bool = False) -> str:
        """Give the string at a path of keys; absent is empty, or an error if required."""
        value = self._at(keys)
        if isinstance(value, str) and (value or not required):
            return value
        if value is None and not required:
            return ""
        self.error(f"`{'.'.join(keys)}` must be a text", *keys)
        return ""

    def texts(self, *keys: str) -> tuple[str, ...]:
        """Give a list of strings; a single string counts as a list of one."""
        value = self._at(keys)
        if value is None:
            return ()
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item for item in values):
            self.error(f"`{'.'.join(keys)}` must be a text or a list of texts", *keys)
            return ()
        return tuple(values)

    def length(self, *keys: str) -> int:
        """Give the length of the list at a path of keys; absent is 0, anything else an error."""
        value = self._at(keys)
        if value is None or value == "":
            return 0
        if not isinstance(value, list):
            self.error(f"`{'.'.join(keys)}` must be a list", *keys)
            return 0
        return len(value)

    def items(self, *keys: str) -> list[tuple[str, ...]]:
        """Give the key paths of the entries of a list of mappings."""
        value = self._at(keys)
        if value is None or value == "":
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.error(f"`{'.'.join(keys)}` must be a list of mappings", *keys)
            return []
        return [(*keys, str(n)) for n in range(len(value))]

    def unknown(self, allowed: frozenset[str], *keys: str) -> None:
        """Note every key of a mapping that is not allowed there."""
        for key in self.mapping(*keys):
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                self.error(f"unknown key `{key}`; known here: {known}", *keys, key)

    def _at(self, keys: tuple[str, ...]) -> Value | None:
        value: Value = self.root
        for key in keys:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            else:
                return None
        return value
