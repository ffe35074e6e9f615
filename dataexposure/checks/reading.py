"""`dataexposure.yml` to a `Policy`, with every fault at once.

Keys and ids may be written with `_` or `-`. Paths of flows and of the baseline are relative to
the file, pages to the site. Budgets may have `max_` in front.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from dataexposure import urls
from dataexposure.checks import hazards, rulings
from dataexposure.checks.addresses import absolute
from dataexposure.checks.naming import Naming
from dataexposure.checks.sheet import Place, Sheet, Word, canonical, shown
from dataexposure.documents import Document
from dataexposure.errors import UsageError
from dataexposure.knowledge import Organisation
from dataexposure.language import _
from dataexposure.policy import Allowed, Check, Flow, Policy
from dataexposure.website import STATES

KEYS: Final = (
    "version",
    "site",
    "pages",
    "sitemap",
    "first-party",
    "sandbox",
    "regions",
    "states",
    "opt-out",
    "vendors",
    "assert",
    "cookie-max-days",
    "budgets",
    "flows",
    "exceptions",
    "baseline",
)
"""The keys of a policy file."""

SITEMAP: Final = "sitemap:"
"""What stands in `Policy.pages` before the address of a sitemap that does not look like one."""

_VERSION: Final = "1"
_VENDORS: Final = ("allowed", "declared", "forbidden")
_FLOWS: Final = (".yml", ".yaml", ".py")
_REGION: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_HOST: Final = re.compile(r"[^\s/:@]{1,253}")
_BLANK: Final = re.compile(r"\s")


def read(
    path: Path,
    organisations: Mapping[str, Organisation],
    roles: Collection[str],
    checks: Mapping[str, Check],
) -> Policy:
    """Read a policy file.

    Raises UsageError whose message has a line `file:line: what is wrong` for each fault.
    """
    document = Document(path.as_posix(), hazards.text(path))
    reader = _Reader(document, path, Naming(organisations, roles), checks)
    policy = reader.policy()
    if document.errors:
        faults = sorted(document.errors, key=lambda fault: fault.line)
        raise UsageError("\n".join(dict.fromkeys(str(fault) for fault in faults)))
    return policy


class _Reader:
    """One file being read."""

    def __init__(
        self, document: Document, path: Path, naming: Naming, checks: Mapping[str, Check]
    ) -> None:
        self.sheet = Sheet(document)
        self.path = path
        self.naming = naming
        self.checks = checks
        self.lines: dict[str, int] = {}
        self.keys: dict[str, Place] = {}
        self.site = ""

    def policy(self) -> Policy:
        """Read everything."""
        self.keys = self._keys((), "", KEYS)
        self._version()
        self.site = self._site()
        vendors = self._keys(self._place("vendors"), "vendors.", _VENDORS)
        asserts, days = rulings.asserts(self.sheet, self._place("assert"), self.checks, self.lines)
        allowed = tuple(self._allowed(vendors.get("allowed", ())))
        forbidden = self._named(vendors.get("forbidden", ()), roles_first=True)
        declared = vendors.get("declared")
        self._contradictions(allowed, forbidden, vendors)
        return Policy(
            name=self.path.as_posix(),
            site=self.site,
            pages=tuple(self._pages()),
            first_party=self._hosts("first-party"),
            sandbox=self._hosts("sandbox"),
            regions=tuple(self._regions()),
            states=self._states(self._place("states")),
            opt_out=tuple(self._addresses("opt-out")),
            allowed=allowed,
            forbidden=forbidden,
            declared=self._named(declared) if declared is not None else None,
            asserts=asserts,
            budgets=rulings.budgets(self.sheet, self._place("budgets"), self.lines),
            cookie_max_days=self._cookie_days(days),
            flows=tuple(self._flows()),
            exceptions=tuple(
                rulings.exceptions(self.sheet, self._place("exceptions"), self.naming, self.checks)
            ),
            baseline=self._baseline(),
            lines=self.lines,
        )

    def _keys(self, place: Place, before: str, known: Collection[str]) -> dict[str, Place]:
        """Read the keys of a mapping and note their lines."""
        if before and not place:
            return {}
        found = self.sheet.keys(place, known)
        self.lines.update({f"{before}{key}": self.sheet.line(at) for key, at in found.items()})
        return found

    def _place(self, key: str) -> Place:
        """Give the place of a key, empty when it is absent."""
        return self.keys.get(key, ())

    def _version(self) -> None:
        if (place := self._place("version")) and self.sheet.text(place) != _VERSION:
            self.sheet.error(_("this version is not known; write `version: 1`"), place)

    def _site(self) -> str:
        if not (place := self._place("site")):
            return ""
        site = self.sheet.text(place)
        if _is_address(site):
            return site
        self.sheet.error(_("the site's address is expected, with https:// in front"), place)
        return ""

    def _pages(self) -> Iterator[str]:
        """Read pages and sitemaps; a sitemap may be an entry of the list, or have a key."""
        if place := self._place("sitemap"):
            yield from self._sitemaps(place)
        for place in self.sheet.items(self._place("pages")) if self._place("pages") else ():
            if self.sheet.is_mapping(place):
                for inner in self.sheet.keys(place, ("sitemap",)).values():
                    yield from self._sitemaps(inner)
            else:
                yield from self._checked(self.sheet.words(place))

    def _sitemaps(self, place: Place) -> Iterator[str]:
        for address in self._checked(self.sheet.words(place)):
            looks = urls.split(address).path.lower().endswith((".xml", ".xml.gz"))
            yield address if looks else f"{SITEMAP}{address}"

    def _addresses(self, key: str) -> Iterator[str]:
        if place := self._place(key):
            yield from self._checked(self.sheet.words(place))

    def _checked(self, words: Iterator[Word]) -> Iterator[str]:
        """Give pages as addresses."""
        for text, place in words:
            path = text.startswith("/") and not text.startswith("//")
            if (path or _is_address(text)) and not _BLANK.search(text):
                yield absolute(text, self.site)
            else:
                message = _("`{text}` is neither a path (`/…`) nor an address")
                self.sheet.error(message.format(text=shown(text)), place)

    def _hosts(self, key: str) -> tuple[str, ...]:
        return tuple(self._each_host(key)) if self._place(key) else ()

    def _each_host(self, key: str) -> Iterator[str]:
        for text, place in self.sheet.words(self._place(key)):
            host = urls.split(text).host or text.lower().rstrip(".")
            if _HOST.fullmatch(host):
                yield host
            else:
                self.sheet.error(_("`{text}` is not a host").format(text=shown(text)), place)

    def _regions(self) -> Iterator[str]:
        for text, place in (
            self.sheet.words(self._place("regions")) if "regions" in self.keys else ()
        ):
            region = text.upper().replace("_", "-")
            if _REGION.fullmatch(region):
                yield region
            else:
                message = _("`{text}` is not a region; write it as EU, NO or US-CA")
                self.sheet.error(message.format(text=shown(text)), place)

    def _states(self, place: Place) -> tuple[str, ...]:
        message = _("unknown state `{name}`; known: {known}")
        words = self.sheet.words(place) if place else ()
        found = (self.sheet.choice(word, STATES, message) for word in words)
        return tuple(dict.fromkeys(filter(None, found)))

    def _named(self, place: Place, *, roles_first: bool = False) -> tuple[str, ...]:
        words = self.sheet.words(place) if place else ()
        found = (self.naming.vendor(self.sheet, word, roles_first=roles_first) for word in words)
        return tuple(dict.fromkeys(filter(None, found)))

    def _allowed(self, place: Place) -> Iterator[Allowed]:
        for item in self.sheet.items(place) if place else ():
            if not self.sheet.is_mapping(item):
                yield from (Allowed(name) for name in self._named(item))
                continue
            keys = self.sheet.keys(item, ("id", "purposes", "data"))
            if "id" not in keys:
                self.sheet.error(_("say which vendor, with `id`"), item)
                continue
            word = Word(self.sheet.text(keys["id"]), keys["id"])
            if name := self.naming.vendor(self.sheet, word):
                yield Allowed(name, self._ids(keys.get("purposes")), self._ids(keys.get("data")))

    def _ids(self, place: Place | None) -> tuple[str, ...]:
        return tuple(canonical(word.text) for word in self.sheet.words(place)) if place else ()

    def _contradictions(
        self,
        allowed: tuple[Allowed, ...],
        forbidden: tuple[str, ...],
        vendors: Mapping[str, Place],
    ) -> None:
        for name in {one.id for one in allowed}.intersection(forbidden):
            message = _("`{name}` is allowed too: decide which")
            self.sheet.error(message.format(name=shown(name)), vendors["forbidden"])

    def _cookie_days(self, asserted: int | None) -> int:
        place = self._place("cookie-max-days")
        if place and asserted is not None:
            self.sheet.error(_("`cookie_max_days` stands under `assert` too: remove one"), place)
        days = self.sheet.number(place) if place else asserted
        return Policy().cookie_max_days if days is None else days

    def _flows(self) -> Iterator[Flow]:
        place = self._place("flows")
        for name, item in self.sheet.mapping(place) if place else ():
            self.lines[f"flows.{name}"] = self.sheet.line(item)
            keys = {"file": item}
            if self.sheet.is_mapping(item):
                keys = self.sheet.keys(item, ("file", "states"))
            if "file" not in keys:
                self.sheet.error(_("say which file the flow is in, with `file`"), item)
                continue
            path = self.path.parent / self.sheet.text(keys["file"])
            if path.suffix not in _FLOWS or not _is_file(path):
                message = _("there is no flow file `{name}` (.yml, .yaml or .py)")
                self.sheet.error(message.format(name=shown(path.as_posix())), keys["file"])
            states = self._states(keys["states"]) if "states" in keys else ()
            yield Flow(name, path, states) if states else Flow(name, path)

    def _baseline(self) -> str:
        place = self._place("baseline")
        text = self.sheet.text(place) if place else ""
        return (self.path.parent / text).as_posix() if text else ""


def _is_address(text: str) -> bool:
    """Say whether a text is a web address with a host."""
    web = text.lower().startswith(("http://", "https://"))
    return web and not _BLANK.search(text) and bool(urls.split(text).host)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long
        return False
