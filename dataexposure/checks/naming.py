"""The vendors that a policy file names, in the one spelling in which they are matched."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from dataexposure.checks.matching import OWN, ROLE, SITE
from dataexposure.checks.sheet import Sheet, Word, canonical, shown
from dataexposure.knowledge import Organisation
from dataexposure.language import _

_ROLES: Final = (ROLE, "category:", "roles:")
_SELF_HOSTED: Final = "-self"
_DOMAIN: Final = re.compile(r"(?:[^\s/:@.\x00-\x20]{1,63}\.)+[^\s/:@.\x00-\x20]{1,63}\.?")


class Naming:
    """What can be named: organisations by id, and roles."""

    def __init__(self, organisations: Mapping[str, Organisation], roles: Collection[str]) -> None:
        self._organisations = organisations
        self._roles = roles

    def vendor(self, sheet: Sheet, word: Word, *, roles_first: bool = False) -> str:
        """Give the name to match by; empty, and an error of the sheet, when it is unknown.

        A name that is both an organisation's id and a role is taken for the former, unless
        `roles_first`: whichever lets less through.
        """
        text = word.text.strip().lower()
        for prefix in _ROLES:
            if text.startswith(prefix):
                return self._role(sheet, Word(text.removeprefix(prefix), word.place))
        if text.startswith(SITE) and (host := text.removeprefix(SITE)):
            return f"{SITE}{host}"
        if text.startswith(OWN):
            inner = self._known(sheet, Word(text.removeprefix(OWN), word.place))
            return f"{OWN}{inner}" if inner else ""
        name = canonical(text)
        if roles_first and name in self._roles:
            return f"{ROLE}{name}"
        if name not in self._organisations:
            if name in self._roles:
                return f"{ROLE}{name}"
            if self._is_self_hosted(name):
                return f"{OWN}{name.removesuffix(_SELF_HOSTED)}"
            if _DOMAIN.fullmatch(text):
                return text.rstrip(".")
        return self._known(sheet, Word(name, word.place))

    def _is_self_hosted(self, name: str) -> bool:
        """Say whether a name means an organisation's software on one's own host."""
        known = name.removesuffix(_SELF_HOSTED) in self._organisations
        return known and name.endswith(_SELF_HOSTED)

    def _known(self, sheet: Sheet, word: Word) -> str:
        name = canonical(word.text)
        if name in self._organisations:
            return name
        hint = sheet.nearest(name, (*self._organisations, *self._roles))
        message = _("unknown vendor `{name}`: write an id, a role (`role:…`) or a domain")
        sheet.error(message.format(name=shown(word.text)) + hint, word.place)
        return ""

    def _role(self, sheet: Sheet, word: Word) -> str:
        found = sheet.choice(word, tuple(self._roles), _("unknown role `{name}`"))
        return f"{ROLE}{found}" if found else ""
