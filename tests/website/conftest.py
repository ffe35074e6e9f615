"""The shop and a browser, for the tests in this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.website.shop import Shop

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
QUIET = (
    "--no-sandbox",
    "--ignore-certificate-errors",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def installed() -> str:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    return path


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Shop() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(installed: str, shop: Shop) -> Iterator[Browser]:
    """A browser for which every host is the shop."""
    arguments = [*QUIET, f"--host-resolver-rules={shop.resolve}"]
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=installed, args=arguments)
        yield started
        started.close()
