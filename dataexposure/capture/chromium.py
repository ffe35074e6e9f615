"""Finds a Chromium, and starts it so that nothing but the page's own traffic leaves.

Each visit has a profile of its own, in a temporary folder that is thrown away. It is an
ordinary profile, not an incognito one, because incognito windows block third-party cookies
and ordinary ones by default do not; some distributions (Debian) change that default, so the
profile says it outright: third-party cookies are allowed, storage is partitioned by site as
the browser does it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dataexposure.capture.contract import Wish, named
from dataexposure.errors import UsageError
from dataexposure.language import N_, _

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

HEADER: Final = {"Sec-GPC": "1"}
"""What a browser sends whose user opts out (globalprivacycontrol.org)."""

_COMMANDS: Final = {
    "chromium": ("chromium", "chromium-browser"),
    "chrome": ("google-chrome", "google-chrome-stable", "chrome"),
    "msedge": ("microsoft-edge", "microsoft-edge-stable", "msedge"),
}
_MAC: Final = {
    "chromium": "Chromium.app/Contents/MacOS/Chromium",
    "chrome": "Google Chrome.app/Contents/MacOS/Google Chrome",
    "msedge": "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
}
_WINDOWS: Final = {
    "chromium": r"Chromium\Application\chrome.exe",
    "chrome": r"Google\Chrome\Application\chrome.exe",
    "msedge": r"Microsoft\Edge\Application\msedge.exe",
}
_FOLDERS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

_OFF: Final = (
    "AimEnabled",
    "AutofillServerCommunication",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "CertificateTransparencyComponentUpdater",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "InterestFeedContentSuggestions",
    "InterestFeedV2",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationGuideModelDownloading",
    "OptimizationHints",
    "OptimizationHintsFetching",
    "OptimizationTargetPrediction",
    "PaintHolding",
    "PreconnectToSearch",
    "Prerender2",
    "SafeBrowsingOnUma",
    "SegmentationPlatform",
    "TcpPortRandomizationWin",
    "Translate",
    "WebOtpBackendAuto",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
)
"""Features that talk to their makers, and what Playwright turns off for its own sake; not its
`ThirdPartyStoragePartitioning`, which visitors have."""

_ON: Final = ("SkipListAccountsWithoutGaiaCookies",)
_GPC: Final = "GlobalPrivacyControlForce"
"""What makes newer Chromium send and show the opt-out signal by itself, in workers too; older
ones do not know it and get a header and a script."""

_SWITCHES: Final = (
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--disable-variations-seed-fetch",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--safebrowsing-disable-auto-update",
    "--disable-features=" + ",".join(_OFF),
    "--variations-server-url=http://127.0.0.1:9/",
    "--component-updater=url-source=http://127.0.0.1:9/",
    "--gaia-url=http://127.0.0.1:9/",
    "--google-apis-url=http://127.0.0.1:9/",
)

_PREFERENCES: Final = {
    "profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False},
    "safebrowsing": {"enabled": False, "enhanced": False, "scout_reporting_enabled": False},
    "search": {"suggest_enabled": False},
    "signin": {"allowed": False, "allowed_on_next_startup": False},
    "translate": {"enabled": False},
    "alternate_error_pages": {"enabled": False},
    "credentials_enable_service": False,
    "dns_prefetching": {"enabled": False},
    "net": {"network_prediction_options": 2},
}

_MISSING: Final = N_(
    "No Chromium, Chrome or Edge was found: install one, or give its path with --browser."
)
_ABSENT: Final = N_("The browser {name} was not found.")
_BROKEN: Final = N_("The browser at {path} does not start.")
_NO_PLAYWRIGHT: Final = N_(
    "Looking at pages in a browser needs Playwright and a Chromium, Chrome or Edge:"
    " pip install 'dataexposure[browser]'"
)


@contextmanager
def driver() -> Iterator[Playwright]:
    """Start what drives the browser. Raises UsageError that says what to install."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise UsageError(_(_NO_PLAYWRIGHT)) from error
    with sync_playwright() as started:
        yield started


def find(wanted: str, last: str = "") -> str:
    """Give the path of a browser: by path or name, or the first there is, or the `last` resort.

    Raises UsageError when it is not there.
    """
    if wanted and wanted not in _COMMANDS:
        path = shutil.which(wanted)
        if path is None:
            raise UsageError(_(_ABSENT).format(name=wanted))
        return path
    for name in (wanted,) if wanted else tuple(_COMMANDS):
        for candidate in _candidates(name):
            if path := shutil.which(candidate):
                return path
    if not wanted and last and (path := shutil.which(last)):
        return path
    raise UsageError(_(_ABSENT).format(name=wanted) if wanted else _(_MISSING))


def _candidates(name: str) -> Iterator[str]:
    yield from _COMMANDS[name]
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield str(folder / _MAC[name])
    if sys.platform == "win32":
        for variable in _FOLDERS:
            if folder_name := os.environ.get(variable):
                yield str(Path(folder_name) / _WINDOWS[name])


def switches(wish: Wish, *, gpc: bool = False) -> list[str]:
    """Give the command line of the browser."""
    features = (*_ON, _GPC) if gpc else _ON
    found = [*_SWITCHES, f"--enable-features={','.join(features)}"]
    if wish.resolve:
        found.append(f"--host-resolver-rules={wish.resolve}")
    return found


def _may_be_sandboxed() -> bool:
    """Say whether to try: Chromium's sandbox refuses to work for root."""
    return sys.platform == "win32" or os.geteuid() != 0


class Chromium:
    """A browser that was found, which opens a fresh profile for each visit.

    `sandboxed` says whether its sandbox works here; in most containers it does not.
    """

    def __init__(self, started: Playwright, wish: Wish) -> None:
        self._started = started
        self._wish = wish
        self._path = find(wish.browser, started.chromium.executable_path)
        self.sandboxed = _may_be_sandboxed()
        self.version, self._agent = self._about()

    def _about(self) -> tuple[str, str]:
        """Ask for the browser's version and its own user agent."""
        browser = self._launched()
        version = browser.new_browser_cdp_session().send("Browser.getVersion")
        browser.close()
        return str(version["product"]).rpartition("/")[2], str(version["userAgent"])

    def _launched(self) -> Browser:
        """Start the browser, with its sandbox where that works."""
        from playwright.sync_api import Error

        for sandboxed in (True, False) if self.sandboxed else (False,):
            try:
                browser = self._started.chromium.launch(
                    executable_path=self._path,
                    args=switches(self._wish),
                    chromium_sandbox=sandboxed,
                )
            except Error as error:
                if not sandboxed:
                    raise UsageError(_(_BROKEN).format(path=self._path)) from error
            else:
                self.sandboxed = sandboxed
                return browser
        raise AssertionError  # the last way returns or raises

    @property
    def agent(self) -> str:
        """Give the user agent: the browser's own and who we are."""
        return f"{self._agent.replace('Headless', '')} {named(self._wish)}"

    @contextmanager
    def fresh(self, *, gpc: bool, longest: float) -> Iterator[BrowserContext]:
        """Open a browser that nobody used before; with `gpc` it says that its user opts out.

        After `longest` seconds it is ended by force: then whatever waits for it fails.
        """
        with tempfile.TemporaryDirectory(
            prefix="dataexposure-", ignore_cleanup_errors=True
        ) as folder:
            default = Path(folder) / "Default"
            default.mkdir()
            (default / "Preferences").write_text(json.dumps(_PREFERENCES), encoding="utf-8")
            context = self._started.chromium.launch_persistent_context(
                folder,
                executable_path=self._path,
                args=switches(self._wish, gpc=gpc),
                chromium_sandbox=self.sandboxed,
                accept_downloads=False,
                # Playwright lets pages open windows that nobody asked for; browsers do not.
                ignore_default_args=["--disable-popup-blocking"],
                extra_http_headers=HEADER if gpc else {},
                ignore_https_errors=self._wish.insecure,
                service_workers="block",
                user_agent=self.agent,
                viewport={"width": 1280, "height": 900},
            )
            context.set_default_timeout(self._wish.timeout * 1000)
            limit = threading.Timer(longest, _end, [folder])
            limit.daemon = True
            limit.start()
            try:
                yield context
            finally:
                _close(context)
                limit.cancel()


def _close(context: BrowserContext) -> None:
    from playwright.sync_api import Error

    try:
        context.close()
    except Error:
        return  # it is gone already


def _end(folder: str) -> None:
    """End the browser that uses a profile: a page can keep it busy so that no answer comes."""
    import psutil

    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if any(folder in word for word in process.cmdline()):
                process.kill()
