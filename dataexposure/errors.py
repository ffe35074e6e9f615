"""What a user can cause. Messages name places, never contents."""

from __future__ import annotations


class UsageError(Exception):
    """A command was given something it cannot work with; exit code 2."""


class RuleError(Exception):
    """A rule file is wrong.

    `path` is the file within `rules/`, `line` the line (1-based, 0 when it concerns the
    whole file), and the message says what to do.
    """

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """Give `file:line: message`, the form that editors can jump to."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {super().__str__()}"
