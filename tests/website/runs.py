"""Runs of the program, as a user would start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.website.shop import Shop

HERE: Final = Path(__file__).parent
POLICY: Final = HERE / "policy.yml"
TODAY: Final = "2026-11-21"
_LONGEST: Final = 180

Json = dict[str, Any]


class Run(NamedTuple):
    """A run that has ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Json:
        """The JSON report that it wrote."""
        assert self.out, self.err
        read: Json = json.loads(self.out)
        return read


class Running:
    """A run that goes on."""

    def __init__(self, *words: str | Path, folder: Path | None = None) -> None:
        command = [sys.executable, "-m", "dataexposure", "site", *map(str, words)]
        root = HERE.parents[1]
        self._process = subprocess.Popen(
            [*command, "--as-of", TODAY, "--quiet"],
            cwd=folder or root,
            env={**os.environ, "PYTHONPATH": str(root), "LANGUAGE": "en", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ended(self) -> Run:
        """Wait for its end; one that does not come is a failure, and leaves nothing behind."""
        try:
            out, err = self._process.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.communicate()
            raise
        return Run(self._process.returncode, out, err)


def run(*words: str | Path, folder: Path | None = None) -> Run:
    """Run `dataexposure site` with some words to its end."""
    return Running(*words, folder=folder).ended()


def at(shop: Shop) -> tuple[str, ...]:
    """Give the options that lead to the shop, and hurry."""
    return ("--resolve", shop.resolve, "--insecure", "--delay", "0")


def visit(report: Json, page: str, state: str) -> Json:
    """Give the one visit of a page (`/cart`) or flow (`flow:checkout`) in a state."""
    found = [one for one in report["visits"] if _named(one) == page and one["state"] == state]
    assert len(found) == 1, (page, state, [(_named(one), one["state"]) for one in report["visits"]])
    only: Json = found[0]
    return only


def _named(one: Mapping[str, Any]) -> str:
    if one.get("flow"):
        return f"flow:{one['flow']}"
    return "/" + str(one["page"]).partition("://")[2].partition("/")[2]


def met(visited: Json, *relations: str) -> Iterator[Json]:
    """Give whom a visit met in some relations; without any in all but what is only written."""
    for one in visited.get("recipients", ()):
        if one["relation"] in relations or (not relations and one["relation"] != "written"):
            yield one


def hosts(visited: Json) -> frozenset[str]:
    """Give the third-party hosts that a visit met."""
    return frozenset(host for one in met(visited, "third-party") for host in one["hosts"])


def issues(report: Json, check: str, **wanted: str) -> tuple[Json, ...]:
    """Give the issues of a check, with some fields as wanted."""
    return tuple(
        one
        for one in report["issues"]
        if one["check"] == check and all(one.get(key, "") == text for key, text in wanted.items())
    )
