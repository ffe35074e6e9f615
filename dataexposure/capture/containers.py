"""Tag-manager containers: scripts that hold, as data, which tags fire on what.

A Google Tag Manager container is served from a path that ends in `gtm.js` or, through a
site's own host, from any other; it holds an object `resource` with lists `macros`, `tags`
and `predicates` (seen in the scripts themselves).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from dataexposure.urls import split

_ID: Final = re.compile(r"\bGTM-[A-Z0-9]{4,12}\b")
_ID_PARAMETER: Final = re.compile(r"(?:^|&)id=(?:GTM|G|AW|DC|GT)-", re.IGNORECASE)
_MARKS: Final = ('"macros":[', '"predicates":[', '"tags":[')
_SCRIPT: Final = re.compile(r"<script[^>]+src\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_OFFICIAL: Final = "https://www.googletagmanager.com/gtm.js?id="


def may_be_container(url: str) -> bool:
    """Say whether a script's address is worth a look into its text."""
    parts = split(url)
    name = parts.path.rpartition("/")[2]
    return name.endswith("gtm.js") or "gtm" in name or bool(_ID_PARAMETER.search(parts.query))


def is_container(url: str, text: str | None) -> bool:
    """Say whether a script is a container, by its address or by what it holds."""
    if text is None:
        return False
    return split(url).path.endswith("gtm.js") or all(mark in text for mark in _MARKS)


def named_in(html: str, page: str) -> Iterator[str]:
    """Give the addresses of the containers that a page would load, each once."""
    seen: set[str] = set()
    for match in _SCRIPT.finditer(html):
        url = urljoin(page, match[1].replace("&amp;", "&"))
        if split(url).path.endswith("gtm.js") and url not in seen:
            seen.add(url)
            yield url
    if "googletagmanager.com/gtm.js" not in html:
        return
    for found in dict.fromkeys(_ID.findall(html)):
        url = _OFFICIAL + found
        if not any(found in other for other in seen):
            seen.add(url)
            yield url
