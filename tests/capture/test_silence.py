"""Nothing leaves the browser but the page's own traffic.

The browser's own log of its network stack is the witness: every address that any part of it
asked for, whether or not there was an answer.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Playwright

from dataexposure.capture import chromium
from dataexposure.capture.contract import Wish
from tests.capture.conftest import Captured
from tests.capture.site import Site

pytestmark = pytest.mark.usefixtures("browser")


def contacted(path: Path) -> set[str]:
    """Give every host that an address or a question for a name in the log is about."""
    text = path.read_text(encoding="utf-8").rstrip()
    if not text.endswith("]\n}") and not text.endswith("]}"):
        text = text.rstrip(",") + "]}"  # a browser that is ended does not close its log
    hosts: set[str] = set()
    for event in json.loads(text)["events"]:
        for key in ("url", "host", "original_url", "new_url"):
            value = str(event.get("params", {}).get(key, ""))
            if value.startswith(("http", "ws")):
                hosts.add(urlsplit(value).hostname or "")
            elif key == "host" and value:
                hosts.add(urlsplit(f"//{value.rpartition('://')[2]}").hostname or "")
    return hosts - {""}


def test_no_other_host_is_contacted(
    site: Site, captured: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["shop.test/"] = (
        "<p>Une page en français <a href='https://pay.test/'>payer</a> <input type=password>"
        "<img src='https://ads.test/pixel'>"
    )
    original = chromium.switches
    log = tmp_path / "net.json"

    def watched(wish: Wish, *, gpc: bool = False) -> list[str]:
        return [*original(wish, gpc=gpc), f"--log-net-log={log}"]

    monkeypatch.setattr(chromium, "switches", watched)
    captured(settle=4.0, states=("gpc",))
    assert site.asked("shop.test/")
    assert {asked.host for asked in site.log} == {"shop.test", "ads.test"}
    assert contacted(log) - {"127.0.0.1"} == {"shop.test", "ads.test"}


class _Launching:
    """Stands in for Playwright: notes how a browser is started, and lets a sandbox fail."""

    def __init__(self, *, works: bool) -> None:
        self.tried: list[bool] = []
        self.chromium = self
        self.executable_path = ""
        self._works = works

    def launch(self, *, chromium_sandbox: bool, **_: object) -> _Launching:
        self.tried.append(chromium_sandbox)
        if chromium_sandbox and not self._works:
            raise Error("No usable sandbox!")
        return self

    def new_browser_cdp_session(self) -> _Launching:
        return self

    def send(self, _: str) -> dict[str, str]:
        return {"product": "HeadlessChrome/156.0", "userAgent": "Mozilla/5.0 HeadlessChrome/156.0"}

    def close(self) -> None:
        return


@pytest.mark.parametrize(
    ("user", "works", "tried"),
    [(1000, True, [True]), (1000, False, [True, False]), (0, True, [False])],
)
def test_the_sandbox_is_given_up_for_root_and_where_it_does_not_work(
    monkeypatch: pytest.MonkeyPatch, user: int, works: bool, tried: list[bool]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr(chromium, "find", lambda *_: "/usr/bin/chromium")
    launching = _Launching(works=works)
    started = chromium.Chromium(cast(Playwright, launching), Wish(()))
    assert launching.tried == tried
    assert started.sandboxed == tried[-1]
    assert "Headless" not in started.agent


@pytest.mark.usefixtures("sockets", "browser")
def test_a_page_that_never_answers_is_ended_by_force() -> None:
    begun = time.monotonic()
    with chromium.driver() as driver:
        browser = chromium.Chromium(driver, Wish(()))
        with (
            pytest.raises(Error),
            browser.fresh(gpc=False, longest=3.0) as context,
        ):
            context.pages[0].evaluate("for (;;) {}")
    assert time.monotonic() - begun < 60
