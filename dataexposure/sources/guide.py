"""What can be read, and how a person gets it: the table behind the command `sources`."""

from __future__ import annotations

from typing import Final, NamedTuple

from dataexposure.language import N_


class Export(NamedTuple):
    """One thing to export: `formats` are the NAMEs of the readers, `steps` sentences in order."""

    id: str
    title: str
    formats: tuple[str, ...]
    steps: tuple[str, ...]


EXPORTS: Final[tuple[Export, ...]] = (
    Export(
        "chromium-profile",
        N_("Chrome, Edge, Brave, Opera, Vivaldi and other browsers of that family"),
        ("chromium-history", "chromium-cookies"),
        (
            N_("On this computer you need to export nothing: run the scan without a path."),
            N_("To copy by hand, open the page chrome://version and look for the profile path."),
            N_("Close the browser, so that it writes down what it still holds in memory."),
            N_("Copy the files History and Cookies; newer versions keep Cookies in Network."),
            N_("If files called History-journal or History-wal lie beside them, copy those too."),
        ),
    ),
    Export(
        "firefox-profile",
        N_("Firefox, LibreWolf, Waterfox, Floorp and Zen"),
        ("firefox-history", "firefox-cookies"),
        (
            N_("On this computer you need to export nothing: run the scan without a path."),
            N_("To copy by hand, open the page about:profiles and open the root directory."),
            N_("Copy places.sqlite and cookies.sqlite, with the -wal files beside them."),
        ),
    ),
    Export(
        "safari-history",
        N_("Safari on a Mac"),
        ("safari-history",),
        (
            N_("Open the Finder, choose Go to Folder and enter ~/Library/Safari."),
            N_("Copy History.db, History.db-wal and History.db-shm to another folder."),
            N_("If the Mac refuses, allow your terminal Full Disk Access in the Privacy settings."),
        ),
    ),
    Export(
        "takeout-chrome",
        N_("The Chrome history that Google keeps in your account"),
        ("takeout-history",),
        (
            N_("Open takeout.google.com and log in."),
            N_("Deselect everything, then select Chrome."),
            N_("Wait for the mail from Google and download the archive."),
            N_("Give the archive to the scan as it is."),
        ),
    ),
    Export(
        "gmail",
        N_("Gmail"),
        ("mbox",),
        (
            N_("Open takeout.google.com and log in."),
            N_("Deselect everything, then select Mail."),
            N_("Wait for the mail from Google and download the archive."),
            N_("Give the archive to the scan as it is; it holds your mail as one mbox file."),
        ),
    ),
    Export(
        "thunderbird",
        N_("Thunderbird"),
        ("mbox",),
        (
            N_("On this computer you need to export nothing: run the scan without a path."),
            N_("If the mail lies on a server, switch on keeping messages on this computer."),
            N_("To copy by hand, open Help, Troubleshooting Information, Profile Folder."),
            N_("Copy the folders Mail and ImapMail."),
        ),
    ),
    Export(
        "other-mail",
        N_("Outlook.com, Yahoo, GMX, iCloud and other mailboxes"),
        ("mbox",),
        (
            N_("Install Thunderbird and add your mail account to it."),
            N_("Switch on keeping messages on this computer and wait until all are there."),
            N_("Run the scan without a path, or give it Thunderbird's folder ImapMail."),
        ),
    ),
    Export(
        "apple-mail",
        N_("Apple Mail"),
        ("mbox",),
        (
            N_("Choose a mailbox in Mail, then Export Mailbox in the menu Mailbox."),
            N_("Mail writes a folder that ends in .mbox; give it to the scan."),
            N_("Mail's own folder ~/Library/Mail is protected and in a format of its own."),
        ),
    ),
    Export(
        "maildir",
        N_("KMail, Evolution and mail servers of your own"),
        ("maildir",),
        (
            N_("KMail's and Evolution's local folders are found by a scan without a path."),
            N_("Otherwise give the scan the folder that holds the folders cur and new."),
        ),
    ),
    Export(
        "single-messages",
        N_("Single messages, as Proton Mail and many others save them"),
        ("message",),
        (
            N_("Open the message and choose Save, Download or Export; you get an .eml file."),
            N_("For Proton Mail, Proton's export tool saves all messages as .eml files."),
            N_("Put the files into one folder and give the folder to the scan."),
        ),
    ),
    Export(
        "android-apps",
        N_("The apps on an Android phone"),
        ("android-packages",),
        (
            N_("Switch on USB debugging in the phone's developer options."),
            N_("Install Android's platform tools and connect the phone by cable."),
            N_("Run: adb shell pm list packages -f -i > apps.txt"),
            N_("Switch USB debugging off again and give apps.txt to the scan."),
        ),
    ),
    Export(
        "android-apps-dates",
        N_("The apps on an Android phone, with the dates of installation"),
        ("android-dumpsys", "androidqf-packages"),
        (
            N_("Connect the phone as for the list of apps."),
            N_("Run: adb shell dumpsys package > packages.txt"),
            N_("Give packages.txt to the scan; packages.json of androidqf works too."),
        ),
    ),
    Export(
        "android-package",
        N_("The code inside an Android app"),
        ("apk",),
        (
            N_("Run: adb shell pm path, followed by the app's name from the list of apps."),
            N_("Run: adb pull, followed by the path that this printed."),
            N_("Name the file after the app, such as com.example.shop.apk; give it to the scan."),
        ),
    ),
    Export(
        "app-privacy-report",
        N_("Which hosts the apps of an iPhone or iPad contact"),
        ("app-privacy-report",),
        (
            N_("Open Settings, Privacy & Security, App Privacy Report and switch it on."),
            N_("Use the phone for a week; it only knows what happens from now on."),
            N_("Choose Save App Activity there and give the .ndjson file to the scan."),
        ),
    ),
    Export(
        "har",
        N_("What a website sends while you use it"),
        ("har",),
        (
            N_("Open the browser's developer tools with F12 and choose Network."),
            N_("Switch on Preserve log (Firefox: Persist Logs) and use the website."),
            N_("Choose to save or export all as HAR; it holds what you typed, so keep it safe."),
            N_("In Safari, first switch on the features for web developers in its settings."),
            N_("Give the .har file to the scan, and delete it when you are done."),
        ),
    ),
)
