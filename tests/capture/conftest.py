"""Fixtures of captures: a site on this machine, and a browser where one is installed.

Tests that need a browser skip, visibly, where none is installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import pytest_socket

from dataexposure.capture import Wish, capture
from dataexposure.capture.chromium import find
from dataexposure.consent import Consent
from dataexposure.errors import UsageError
from dataexposure.website import Notes
from tests.capture.site import Site


class Seen(NamedTuple):
    """A capture as it was written."""

    notes: Notes
    entries: list[dict[str, Any]]
    log: dict[str, Any]

    def urls(self) -> list[str]:
        return [entry["request"]["url"] for entry in self.entries]

    def entry(self, part: str) -> dict[str, Any]:
        found = [entry for entry in self.entries if part in entry["request"]["url"]]
        assert found, f"{part} is not among {self.urls()}"
        return found[0]

    def body(self, part: str) -> str:
        return str(self.entry(part)["request"].get("postData", {}).get("text", ""))


NO_QUESTION = Consent()
Captured = Callable[..., list[Seen]]


@pytest.fixture
def sockets() -> None:
    """This machine may be talked to, nothing else; pytest-socket sees to it before each test."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def site(sockets: None) -> Iterator[Site]:  # noqa: ARG001 - it must come first
    with Site() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> str:
    try:
        return find("")
    except UsageError:
        pytest.skip("no Chromium is installed")


@pytest.fixture
def notices() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def captured(site: Site, tmp_path: Path, notices: list[tuple[str, str]]) -> Captured:
    """Capture pages of the site and give what was written."""

    def run(consent: Consent = NO_QUESTION, **wished: Any) -> list[Seen]:
        asked: dict[str, Any] = {
            "pages": ("https://shop.test/",),
            "states": ("none",),
            "delay": 0.0,
        }
        asked |= {"settle": 0.3, "timeout": 5.0, "resolve": site.resolve, "insecure": True}
        wish = Wish(**(asked | wished))
        found = capture(wish, consent, tmp_path / "captures", lambda *told: notices.append(told))
        return [seen(one.path) for one in found]

    return run


def seen(path: Path) -> Seen:
    log = json.loads(path.read_bytes())["log"]
    return Seen(msgspec.convert(log["_dataexposure"], Notes), log["entries"], log)
