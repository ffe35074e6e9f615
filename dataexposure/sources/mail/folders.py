"""Folder and label names that tell mail which shows nothing about the person's purchases.

The names are those of Gmail's labels (Takeout writes them in the account's language) and of
the folders that common mail programs make, as they stand in their menus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SPAM: Final = (
    "spam", "junk", "junk e-mail", "junk email", "junk mail", "bulk mail", "søppelpost",
    "søppel-e-post", "uønsket e-post", "uønsket post", "skräppost", "roskaposti", "спам",
    "нежелательная почта", "mesaje nedorite", "e-mail nedorit", "spamverdacht", "junk-e-mail",
    "courrier indésirable", "indésirables", "correo no deseado", "posta indesiderata",
    "ongewenste e-mail", "ongewenst", "wiadomości-śmieci", "небажана пошта", "спам-пошта",
    "lixo eletrônico", "lixo eletrónico", "nevyžádaná pošta", "önemsiz", "istenmeyen e-posta",
)  # fmt: skip
_SENT: Final = (
    "sent", "sent mail", "sent items", "sent messages", "sendt", "sendte elementer",
    "sendt post", "sendte", "skickat", "skickade objekt", "lähetetyt", "trimise",
    "mesaje trimise", "elemente trimise", "отправленные", "надіслані", "gesendet",
    "gesendete elemente", "gesendete objekte", "messages envoyés", "éléments envoyés", "envoyés",
    "enviados", "elementos enviados", "posta inviata", "inviata", "inviati", "verzonden",
    "verzonden items", "wysłane", "elementy wysłane", "odeslané", "gönderilmiş postalar",
)  # fmt: skip
_DRAFT: Final = (
    "draft", "drafts", "utkast", "kladder", "kladde", "luonnokset", "ciorne", "schițe",
    "черновики", "чернетки", "entwürfe", "brouillons", "borradores", "bozze", "concepten",
    "kopie robocze", "wersje robocze", "rascunhos", "koncepty", "taslaklar",
)  # fmt: skip

_KINDS: Final = {
    name: kind
    for kind, names in (("spam", _SPAM), ("sent", _SENT), ("draft", _DRAFT))
    for name in names
}
_PARTS: Final = re.compile(r"[/\\]|!/")


def kind_of(names: Iterable[str]) -> str:
    """Say whether any of the names means `spam`, `sent` or `draft`; else the empty string."""
    for name in names:
        kind = _KINDS.get(name.strip().strip('"').casefold())
        if kind:
            return kind
    return ""


def kind_of_file(name: str) -> str:
    """Judge a mailbox file by its name (`Sent`, `Junk.mbox`, `Sent Messages.mbox/mbox`)."""
    parts = [part.removesuffix(".mbox") for part in _PARTS.split(name) if part]
    if len(parts) > 1 and parts[-1] == "mbox":
        parts.pop()
    return kind_of(parts[-1:])


def kind_of_folder(name: str) -> str:
    """Judge a Maildir++ folder by any level of its name (`.Archive.Sent`)."""
    return kind_of(name.split("."))
