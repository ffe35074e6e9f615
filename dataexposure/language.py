"""The language of every sentence that a person reads.

`_` translates at the moment of printing, `N_` only marks a sentence for the catalogue.
English is the source; the catalogues are compiled gettext files in `locale/`. The standard
library's gettext is loaded only when another language is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

DOMAIN: Final = "dataexposure"
FOLDER: Final = Path(__file__).parent / "locale"


def _same(text: str) -> str:
    return text


def _same_plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


_current = "en"
_translate: Callable[[str], str] = _same
_translate_plural: Callable[[str, str, int], str] = _same_plural


def N_(text: str) -> str:  # noqa: N802 - the customary name, which extractors look for
    """Mark a sentence for the catalogue without translating it yet."""
    return text


def _(text: str) -> str:
    """Translate a sentence into the chosen language."""
    return _translate(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence that depends on a count."""
    return _translate_plural(one, many, count)


def current() -> str:
    """Name the language in use."""
    return _current


def languages() -> tuple[str, ...]:
    """Give the languages that there is a catalogue for; English is always one."""
    found = (path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *sorted(found))


def use(language: str = "") -> str:
    """Choose a language, or the locale's when none is named; gives the one in use.

    An unknown language falls back to English.
    """
    global _current, _translate, _translate_plural
    wanted = language or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    short = wanted.partition("_")[0].partition(".")[0].lower()
    short = {"no": "nb", "nn": "nb"}.get(short, short)
    if short == "en" or short not in languages():
        _current, _translate, _translate_plural = "en", _same, _same_plural
        return _current
    import gettext

    catalogue = gettext.translation(DOMAIN, FOLDER, languages=[short])
    _current, _translate, _translate_plural = short, catalogue.gettext, catalogue.ngettext
    return _current
