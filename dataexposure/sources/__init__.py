"""Readers: one module per file format, recognised by content.

A reader is a plain module with NAME, `sniff` and `read` (see `model.Source`). To add one,
write the module and put it into `SOURCES`.
"""

from __future__ import annotations

from typing import Final

from dataexposure.model import Source
from dataexposure.sources.apps import android_dumpsys, android_packages, androidqf_packages, apk
from dataexposure.sources.browser import (
    chromium_cookies,
    chromium_history,
    firefox_cookies,
    firefox_history,
    safari_history,
    takeout_history,
)
from dataexposure.sources.mail import maildir, mbox, message
from dataexposure.sources.network import har, privacy_report

SOURCES: Final[tuple[Source, ...]] = (
    chromium_history,
    chromium_cookies,
    firefox_history,
    firefox_cookies,
    safari_history,
    takeout_history,
    mbox,
    message,
    maildir,
    android_packages,
    android_dumpsys,
    androidqf_packages,
    apk,
    har,
    privacy_report,
)
