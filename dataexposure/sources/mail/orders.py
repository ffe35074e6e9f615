"""Order numbers and kinds of orders, from schema.org mark-up (JSON-LD) and from subjects.

The mark-up is what https://schema.org defines and Gmail asks senders of orders, parcels and
bookings to put into their mail. An order number serves to tell two orders apart and to see
that three mails speak of one; it shows no purchase by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

NUMBER_KEYS: Final = ("orderNumber", "confirmationNumber", "reservationNumber", "reservationId")
_LONGEST_NUMBER: Final = 64
_LONGEST_SUBJECT: Final = 500
_FEWEST_DIGITS: Final = 4
_DEEPEST: Final = 12
_MOST_NODES: Final = 2_000

_TYPE: Final = re.compile(r"(?:https?://(?:www\.)?schema\.org/)?([A-Z][A-Za-z]{2,60})/?")
_VOCABULARY: Final = re.compile(r"https?://(?:www\.)?schema\.org/([A-Z][A-Za-z]{2,60})/?")

# Stems: an ending or a compound (`ordrenummer`, `заказа`, `zamówienia`) may follow.
_ORDER: Final = (
    "order|ordre|ordrar|comand|comenz|заказ|замовлен|bestell|bestill|beställ|commande|"
    "pedido|encomenda|ordine|ordini|zamówieni|tilau|bestelling|objednáv|rendelés|sipariş|tellimus"
)
_NUMBER: Final = "no|nr|num|number|nummer|numero|número|numéro|numer|номер|id"
_CODE: Final = (
    r"(?=[A-Za-z0-9/_.-]{0,12}\d)([A-Za-z0-9](?:[A-Za-z0-9]|[-/_.](?=[A-Za-z0-9])){2,50})"
)
_AFTER_WORD: Final = re.compile(
    rf"\b(?:{_ORDER})\w{{0,12}}[\s:(\[-]{{0,3}}((?:{_NUMBER})\b\.?|n[°º]|[#№])?[\s:#№]{{0,3}}{_CODE}",
    re.IGNORECASE,
)
_AFTER_MARK: Final = re.compile(rf"#\s?{_CODE}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_HASHTAG: Final = re.compile(r"[A-Za-z]+(?:19|20)\d\d")
_DATE: Final = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")


def number(value: object) -> str:
    """Give an order number from mark-up as text; empty when the value cannot be one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip() if isinstance(value, str) else str(value)[:_LONGEST_NUMBER]
    return text if 0 < len(text) <= _LONGEST_NUMBER and text.isprintable() else ""


def schema_type(value: str) -> str:
    """Give the name of a schema.org type from its full address; empty for another vocabulary."""
    found = _VOCABULARY.fullmatch(value.strip())
    return found[1] if found else ""


def from_subject(subject: str) -> tuple[str, ...]:
    """Give the order numbers that a subject names: after an order word, or after `#`."""
    line = subject[:_LONGEST_SUBJECT]
    found: dict[str, None] = {}
    for match in _AFTER_WORD.finditer(line):
        marked = bool(match[1]) or "#" in match[0] or "№" in match[0]
        if _is_number(match[2]) and (marked or not _YEAR.fullmatch(match[2])):
            found[match[2]] = None
    for match in _AFTER_MARK.finditer(line):
        if _is_number(match[1]) and not _HASHTAG.fullmatch(match[1]):
            found[match[1]] = None
    return tuple(found)


def _is_number(token: str) -> bool:
    digits = sum(letter.isdigit() for letter in token)
    return digits >= _FEWEST_DIGITS and not _DATE.fullmatch(token)


def from_json(script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the types and order numbers of one JSON-LD script; nothing if it is no such thing.

    Types are those of the objects the mail is about (the top, lists and `@graph`), not those
    of the shops, people and addresses inside them.
    """
    try:
        document = msgspec.json.decode(script.strip().encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return (), ()
    types = dict.fromkeys(_types(document, "", 0))
    numbers = dict.fromkeys(_numbers(document)) if types else {}
    return tuple(types), tuple(numbers)


def _types(node: object, context: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node[:_MOST_NODES]:
            yield from _types(item, context, depth + 1)
    elif isinstance(node, dict):
        context = str(node["@context"])[:_LONGEST_SUBJECT] if "@context" in node else context
        names = node.get("@type")
        for name in names if isinstance(names, list) else [names]:
            found = _TYPE.fullmatch(name) if isinstance(name, str) else None
            if found and ("schema.org" in context or "schema.org" in found[0]):
                yield found[1]
        if "@graph" in node:
            yield from _types(node["@graph"], context, depth + 1)


def _numbers(document: object) -> Iterator[str]:
    pending = [document]
    for node in islice(pending, _MOST_NODES):
        if isinstance(node, dict):
            for key in NUMBER_KEYS:
                found = number(node.get(key))
                if found:
                    yield found
            pending.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            pending.extend(value for value in node if isinstance(value, dict | list))
