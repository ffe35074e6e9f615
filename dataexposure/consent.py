"""The vocabulary of consent questions: how a page asks, and how it is answered."""

from __future__ import annotations

from msgspec import Struct


class ConsentPlatform(Struct, frozen=True):
    """How a consent platform's question is recognised and answered: CSS selectors.

    It is there when one of `shown` is visible. `frame` selects the frame that holds the
    controls, empty for the page itself. `accept` and `reject` list ways in order of
    preference; a way is the clicks it takes. `toggles` selects the switches for optional
    purposes, to see which are on before the visitor did anything.
    """

    id: str
    shown: tuple[str, ...]
    accept: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]
    org: str = ""
    frame: str = ""
    toggles: str = ""
    source: str = ""


class ConsentWords(Struct, frozen=True):
    """The words on controls of sites that use no known platform, in lower case.

    A dialogue is a consent question when its text has a word of `about`; a control is one
    whose whole text is in `accept` or `reject`. `honoured` are phrases by which a page says
    that it follows the visitor's opt-out signal.
    """

    about: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    honoured: tuple[str, ...] = ()


class Consent(Struct, frozen=True):
    """All that is known about consent questions: `rules/consent.yaml`."""

    platforms: tuple[ConsentPlatform, ...] = ()
    words: ConsentWords = ConsentWords()
