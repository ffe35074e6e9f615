"""Where browsers and mail programs keep their files: one row for each, no logic per brand.

A fork of a browser is one more row. Places begin with a word in braces: `{home}`, `{config}`
and `{data}` (the folders of the XDG base directory specification), `{support}` (macOS),
`{local}` and `{roaming}` (Windows); `*` stands for any name. Tor Browser is left out on
purpose: it keeps no history. Apple Mail is too: it has its own format and a folder that other
programs may not open (see `EXPORTS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dataexposure.sources.discovery import Found, Place, find
from dataexposure.sources.guide import EXPORTS, Export

__all__ = ["EXPORTS", "PLACES", "Export", "Found", "Place", "discover"]


def _flatpak(app: str, *folders: str) -> tuple[str, ...]:
    return tuple(f"{{home}}/.var/app/{app}/{folder}" for folder in folders)


PLACES: Final[tuple[Place, ...]] = (
    Place(
        "Google Chrome",
        "browser",
        "chromium",
        (
            "{config}/google-chrome",
            "{config}/google-chrome-beta",
            "{config}/google-chrome-unstable",
            *_flatpak("com.google.Chrome", "config/google-chrome"),
        ),
        (
            "{support}/Google/Chrome",
            "{support}/Google/Chrome Beta",
            "{support}/Google/Chrome Canary",
        ),
        (
            "{local}/Google/Chrome/User Data",
            "{local}/Google/Chrome Beta/User Data",
            "{local}/Google/Chrome SxS/User Data",
        ),
    ),
    Place(
        "Chromium",
        "browser",
        "chromium",
        (
            "{config}/chromium",
            "{home}/snap/chromium/common/chromium",
            *_flatpak("org.chromium.Chromium", "config/chromium"),
        ),
        ("{support}/Chromium",),
        ("{local}/Chromium/User Data",),
    ),
    Place(
        "Microsoft Edge",
        "browser",
        "chromium",
        (
            "{config}/microsoft-edge",
            "{config}/microsoft-edge-beta",
            "{config}/microsoft-edge-dev",
            *_flatpak("com.microsoft.Edge", "config/microsoft-edge"),
        ),
        ("{support}/Microsoft Edge",),
        ("{local}/Microsoft/Edge/User Data",),
    ),
    Place(
        "Brave",
        "browser",
        "chromium",
        (
            "{config}/BraveSoftware/Brave-Browser",
            "{home}/snap/brave/current/.config/BraveSoftware/Brave-Browser",
            *_flatpak("com.brave.Browser", "config/BraveSoftware/Brave-Browser"),
        ),
        ("{support}/BraveSoftware/Brave-Browser",),
        ("{local}/BraveSoftware/Brave-Browser/User Data",),
    ),
    Place(
        "Opera",
        "browser",
        "chromium",
        (
            "{config}/opera",
            "{home}/snap/opera/current/.config/opera",
            *_flatpak("com.opera.Opera", "config/opera"),
        ),
        ("{support}/com.operasoftware.Opera",),
        ("{roaming}/Opera Software/Opera Stable",),
    ),
    Place(
        "Opera GX",
        "browser",
        "chromium",
        macos=("{support}/com.operasoftware.OperaGX",),
        windows=("{roaming}/Opera Software/Opera GX Stable",),
    ),
    Place(
        "Vivaldi",
        "browser",
        "chromium",
        (
            "{config}/vivaldi",
            "{home}/snap/vivaldi/current/.config/vivaldi",
            *_flatpak("com.vivaldi.Vivaldi", "config/vivaldi"),
        ),
        ("{support}/Vivaldi",),
        ("{local}/Vivaldi/User Data",),
    ),
    Place(
        "Yandex Browser",
        "browser",
        "chromium",
        (
            "{config}/yandex-browser",
            "{config}/yandex-browser-beta",
            *_flatpak("ru.yandex.Browser", "config/yandex-browser"),
        ),
        ("{support}/Yandex/YandexBrowser",),
        ("{local}/Yandex/YandexBrowser/User Data",),
    ),
    Place(
        "Epic Privacy Browser",
        "browser",
        "chromium",
        macos=("{support}/HiddenReflex/Epic",),
        windows=("{local}/Epic Privacy Browser/User Data",),
    ),
    Place(
        "Arc",
        "browser",
        "chromium",
        macos=("{support}/Arc/User Data",),
        windows=("{local}/Packages/TheBrowserCompany.Arc_*/LocalCache/Local/Arc/User Data",),
    ),
    Place(
        "Firefox",
        "browser",
        "firefox",
        (
            "{home}/.mozilla/firefox",
            "{config}/mozilla/firefox",
            "{home}/snap/firefox/common/.mozilla/firefox",
            "{home}/snap/firefox/common/.config/mozilla/firefox",
            *_flatpak("org.mozilla.firefox", ".mozilla/firefox", "config/mozilla/firefox"),
        ),
        ("{support}/Firefox/Profiles",),
        (
            "{roaming}/Mozilla/Firefox/Profiles",
            "{local}/Packages/Mozilla.Firefox_*/LocalCache/Roaming/Mozilla/Firefox/Profiles",
        ),
    ),
    Place(
        "LibreWolf",
        "browser",
        "firefox",
        (
            "{home}/.librewolf",
            "{config}/librewolf/librewolf",
            *_flatpak("io.gitlab.librewolf-community", ".librewolf", "config/librewolf/librewolf"),
        ),
        ("{support}/librewolf/Profiles",),
        ("{roaming}/librewolf/Profiles",),
    ),
    Place(
        "Waterfox",
        "browser",
        "firefox",
        ("{home}/.waterfox", *_flatpak("net.waterfox.waterfox", ".waterfox")),
        ("{support}/Waterfox/Profiles",),
        ("{roaming}/Waterfox/Profiles",),
    ),
    Place(
        "Floorp",
        "browser",
        "firefox",
        ("{home}/.floorp", *_flatpak("one.ablaze.floorp", ".floorp")),
        ("{support}/Floorp/Profiles",),
        ("{roaming}/Floorp/Profiles",),
    ),
    Place(
        "Zen",
        "browser",
        "firefox",
        ("{home}/.zen", *_flatpak("app.zen_browser.zen", ".zen")),
        ("{support}/zen/Profiles",),
        ("{roaming}/zen/Profiles",),
    ),
    Place(
        "Safari",
        "browser",
        "safari",
        macos=(
            "{home}/Library/Safari",
            "{home}/Library/Containers/com.apple.Safari/Data/Library/Safari/Profiles/*",
        ),
    ),
    Place(
        "Thunderbird",
        "mail",
        "thunderbird",
        (
            "{home}/.thunderbird",
            "{config}/thunderbird",
            "{home}/snap/thunderbird/common/.thunderbird",
            *_flatpak("org.mozilla.Thunderbird", ".thunderbird"),
            *_flatpak("org.mozilla.thunderbird", ".thunderbird"),
        ),
        ("{home}/Library/Thunderbird/Profiles",),
        ("{roaming}/Thunderbird/Profiles",),
    ),
    Place(
        "KMail",
        "mail",
        "maildir",
        ("{data}/local-mail", "{data}/akonadi_maildir_resource_*"),
    ),
    Place(
        "Evolution",
        "mail",
        "maildir",
        (
            "{data}/evolution/mail/local",
            *_flatpak("org.gnome.Evolution", "data/evolution/mail/local"),
        ),
    ),
    Place("Maildir", "mail", "maildir", ("{home}/Maildir", "{home}/.maildir")),
)


def discover(home: Path, platform: str, environ: Mapping[str, str]) -> tuple[Found, ...]:
    """List the files of browsers and mail programs that exist under a home folder.

    `platform` is as in `sys.platform`, `environ` the environment's variables. Nothing is
    opened, and the home folders of others are left alone.
    """
    return find(PLACES, home, platform, environ)
