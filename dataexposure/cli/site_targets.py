"""What a check of a website looks at: addresses, sitemaps, recordings, folders of built pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urljoin

from dataexposure.capture.contract import Wish
from dataexposure.checks.reading import SITEMAP
from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.policy import Policy
from dataexposure.printable import printable
from dataexposure.urls import split
from dataexposure.website import Capture

_WEB: Final = ("http://", "https://")
_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_RECORDINGS: Final = frozenset({".har"})


class Found(NamedTuple):
    """Addresses to capture, and files that are captures already."""

    pages: tuple[str, ...]
    files: tuple[Capture, ...]


def targets(named: Iterable[str], policy: Policy, most: int, manners: Wish) -> Found:
    """Sort what was named, or what the policy names.

    `manners` say how a sitemap is fetched. Raises UsageError for nothing or nonsense.
    """
    named = tuple(named)
    if not named:
        pages_named = (*(policy.pages or ("/",)), *policy.opt_out)
        named = tuple(
            page if page.startswith(SITEMAP) else urljoin(policy.site, page) for page in pages_named
        )
        if not policy.site:
            raise UsageError(
                _("Name an address, a HAR file or a folder, or write a policy with `site`.")
            )
    pages: list[str] = []
    files: list[Capture] = []
    for text in named:
        if text.startswith(SITEMAP):
            pages.extend(_listed(text.removeprefix(SITEMAP), most, manners))
        elif text.lower().startswith(_WEB):
            pages.extend(_addresses(text, most, manners))
        else:
            files.extend(_files(Path(text), most))
    return Found(tuple(dict.fromkeys(pages)), tuple(files))


def _addresses(text: str, most: int, manners: Wish) -> Iterator[str]:
    parts = split(text)
    if not parts.host:
        raise UsageError(_("This is not an address: {name}").format(name=printable(text)))
    if parts.path.lower().endswith((".xml", ".xml.gz")):
        yield from _listed(text, most, manners)
    else:
        yield text


def _listed(address: str, most: int, manners: Wish) -> Iterator[str]:
    """Fetch a sitemap and give its pages."""
    from dataexposure.capture.sitemap import pages

    yield from pages(address, most, manners)


def _files(path: Path, most: int) -> Iterator[Capture]:
    if path.is_dir():
        found = sorted(
            one
            for one in path.rglob("*")
            if one.suffix.lower() in _PAGES | _RECORDINGS and one.is_file()
        )
        if not found:
            raise UsageError(
                _("There is neither a page nor a recording in {name}.").format(name=path.name)
            )
        for one in found[:most]:
            inside = one.relative_to(path).as_posix()
            yield Capture(one, inside, page=_page(inside) if one.suffix.lower() in _PAGES else "")
    elif path.is_file():
        is_page = path.suffix.lower() in _PAGES
        yield Capture(path, path.name, page=f"/{path.name}" if is_page else "")
    else:
        raise UsageError(
            _("There is no file or folder {name}; an address begins with https://.").format(
                name=printable(str(path))
            )
        )


def _page(inside: str) -> str:
    """Give the path under which a server shows a built page."""
    return "/" + (inside.removesuffix("index.html") if inside.endswith("index.html") else inside)
