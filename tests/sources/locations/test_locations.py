from __future__ import annotations

import os
from pathlib import Path

import pytest

from dataexposure.sources import SOURCES
from dataexposure.sources.discovery import _FILES
from dataexposure.sources.locations import EXPORTS, PLACES, Place, discover
from dataexposure.sources.network import har

PLATFORMS = ("linux", "darwin", "win32")


def make(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(home: Path, platform: str = "linux", **environ: str) -> list[tuple[str, str]]:
    return [
        (one.name, one.path.relative_to(home).as_posix())
        for one in discover(home, platform, environ)
    ]


def roots(place: Place, platform: str) -> tuple[str, ...]:
    return {"linux": place.linux, "darwin": place.macos, "win32": place.windows}[platform]


FILES = {
    "chromium": "Default/History",
    "firefox": "abc.default/places.sqlite",
    "safari": "History.db",
    "thunderbird": "abc.default/Mail/Local Folders/Inbox",
    "maildir": "cur/1",
}
WORDS = {
    "{home}": "",
    "{config}": ".config",
    "{data}": ".local/share",
    "{support}": "Library/Application Support",
    "{local}": "AppData/Local",
    "{roaming}": "AppData/Roaming",
}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_row_finds_its_files(tmp_path: Path, place: Place, platform: str) -> None:
    for number, root in enumerate(roots(place, platform)):
        home = tmp_path / str(number)
        word, _, rest = root.partition("/")
        folder = home / WORDS[word] / rest.replace("*", "7")
        make(folder / FILES[place.family])
        if place.family == "maildir":
            (folder / "new").mkdir()
        (found,) = discover(home, platform, {})
        assert (found.name, found.kind) == (place.name, place.kind)


def test_every_row_has_a_place_and_a_known_family() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)
    for place in PLACES:
        assert any(roots(place, platform) for platform in PLATFORMS)
        assert place.family in _FILES
        assert place.kind in ("browser", "mail")


def test_all_profiles_of_a_browser_are_found_with_their_cookies(tmp_path: Path) -> None:
    chrome = tmp_path / ".config/google-chrome"
    for name in ("Default/History", "Default/Cookies", "Profile 1/Network/Cookies"):
        make(chrome / name)
    make(chrome / "Default/Bookmarks")
    make(chrome / "Default/History-journal")
    make(chrome / "Guest Profile/History", "")
    assert names(tmp_path) == [
        ("Google Chrome", ".config/google-chrome/Default/History"),
        ("Google Chrome", ".config/google-chrome/Default/Cookies"),
        ("Google Chrome", ".config/google-chrome/Profile 1/Network/Cookies"),
    ]


def test_opera_without_profile_folders_is_found(tmp_path: Path) -> None:
    make(tmp_path / ".config/opera/History")
    assert names(tmp_path) == [("Opera", ".config/opera/History")]


def test_only_mailboxes_of_thunderbird_are_found(tmp_path: Path) -> None:
    mail = tmp_path / ".thunderbird/abc.default/Mail/Local Folders"
    for name in ("Inbox", "Inbox.msf", "Inbox.2019", "Inbox.2019.msf", "msgFilterRules.dat"):
        make(mail / name)
    make(mail / "Archive.sbd/Shops")
    make(mail / "Sent", "")
    make(tmp_path / ".thunderbird/abc.default/ImapMail/imap.mail.example/INBOX")
    assert {path.rpartition("/")[2] for _, path in names(tmp_path)} == {
        "Inbox",
        "Inbox.2019",
        "Shops",
        "INBOX",
    }


def test_a_maildir_in_a_maildir_is_found_once(tmp_path: Path) -> None:
    local = tmp_path / ".local/share/evolution/mail/local"
    for name in ("cur", "new", ".Sent/cur", ".Sent/new"):
        (local / name).mkdir(parents=True)
    kmail = tmp_path / ".local/share/local-mail"
    for name in ("inbox/cur", "inbox/new", ".inbox.directory/shops/cur", "broken/cur"):
        (kmail / name).mkdir(parents=True)
    (kmail / ".inbox.directory/shops/new").mkdir()
    assert names(tmp_path) == [
        ("KMail", ".local/share/local-mail/.inbox.directory/shops"),
        ("KMail", ".local/share/local-mail/inbox"),
        ("Evolution", ".local/share/evolution/mail/local"),
    ]


def test_variables_move_the_places(tmp_path: Path) -> None:
    home = tmp_path / "home" / "me"
    make(home / "cfg/chromium/Default/History")
    assert names(home, XDG_CONFIG_HOME=str(home / "cfg")) == [
        ("Chromium", "cfg/chromium/Default/History")
    ]
    assert names(home, XDG_CONFIG_HOME="cfg") == []
    make(home / "roam/Mozilla/Firefox/Profiles/a/places.sqlite")
    assert names(home, "win32", APPDATA=str(home / "roam")) == [
        ("Firefox", "roam/Mozilla/Firefox/Profiles/a/places.sqlite")
    ]


def test_the_homes_of_others_are_left_alone(tmp_path: Path) -> None:
    mine, other = tmp_path / "home" / "me", tmp_path / "home" / "other"
    mine.mkdir(parents=True)
    make(other / ".config/chromium/Default/History")
    make(other / ".mozilla/firefox/a/places.sqlite")
    (mine / ".mozilla").symlink_to(other / ".mozilla")
    assert discover(mine, "linux", {"XDG_CONFIG_HOME": str(other / ".config")}) == ()


def test_a_profile_that_is_linked_twice_is_found_once(tmp_path: Path) -> None:
    make(tmp_path / ".mozilla/firefox/a/places.sqlite")
    (tmp_path / ".config/mozilla").mkdir(parents=True)
    (tmp_path / ".config/mozilla/firefox").symlink_to(tmp_path / ".mozilla/firefox")
    assert len(names(tmp_path)) == 1


def test_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / ".config/chromium/Default/History")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    assert len(discover(tmp_path, "linux", {})) == 1


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    for platform in PLATFORMS:
        assert discover(tmp_path / "nobody", platform, {}) == ()


def test_every_export_names_readers_that_exist_and_none_is_left_out() -> None:
    readers = {source.NAME for source in SOURCES} | {har.NAME}
    named = [name for export in EXPORTS for name in export.formats]
    assert set(named) <= readers
    assert len({export.id for export in EXPORTS}) == len(EXPORTS)
    for export in EXPORTS:
        assert export.steps
        assert all(step.endswith((".", ".txt")) for step in export.steps)


def test_every_reader_has_an_export() -> None:
    named = {name for export in EXPORTS for name in export.formats}
    assert {source.NAME for source in SOURCES} <= named
