"""Made-up people for one run: values that stand nowhere else and reach nobody.

Mail goes to `example.com`, which is reserved for documentation (RFC 2606) and takes none.
Telephone numbers end in 555-0100 to 555-0199, the range that the North American Numbering
Plan keeps for fiction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Final

from dataexposure.website import Canary

KINDS: Final = ("email", "phone", "name", "product", "price", "order")
"""What can be planted; the first three are made up when nobody gives them."""

_AREAS: Final = ("202", "206", "212", "303", "312", "404", "415", "512", "617", "713")
_SYLLABLES: Final = ("zo", "vra", "mik", "tul", "ber", "qui", "lax", "dro", "fen", "yob", "sig")


def made_up() -> tuple[Canary, ...]:
    """Make an e-mail address, a telephone number (E.164) and a name, new in every run."""
    area, last = secrets.choice(_AREAS), 100 + secrets.randbelow(100)
    surname = "".join(secrets.choice(_SYLLABLES) for _ in range(4)).capitalize()
    return (
        Canary("email", f"canary-{secrets.token_hex(6)}@example.com"),
        Canary("phone", f"+1{area}5550{last}"),
        Canary("name", f"Canary {surname}"),
    )


def planted(*layers: Iterable[Canary]) -> tuple[Canary, ...]:
    """Lay canaries over each other by kind: later ones replace earlier ones."""
    found: dict[str, Canary] = {}
    for layer in layers:
        found.update((canary.kind, canary) for canary in layer)
    return tuple(found.values())


def as_texts(canaries: Iterable[Canary]) -> Mapping[str, str]:
    """Give the value of each kind, as flows use them."""
    return {canary.kind: canary.value for canary in canaries}
