"""The parts of a policy file that say what counts: assertions, budgets, exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dataexposure.checks.budgets import NAMES
from dataexposure.checks.naming import Naming
from dataexposure.checks.sheet import Place, Sheet, Word, canonical, shown
from dataexposure.language import _
from dataexposure.policy import LEVELS, Check, Excepted

ALIASES: Final = {"no-email-hash-to-third-party": "no-contact-data-to-third-party"}
"""Other names of checks."""

COOKIE_DAYS: Final = "cookie-max-days"
_LARGER: Final = "max-"
_EXCEPTION: Final = ("rule", "vendor", "page", "until", "owner", "why")
_ALSO: Final = {"expires": "until", "reason": "why", "check": "rule"}


def asserts(
    sheet: Sheet, place: Place, checks: Mapping[str, Check], lines: dict[str, int]
) -> tuple[dict[str, str], int | None]:
    """Read levels by check, and the bound for cookies where it is written among them."""
    found: dict[str, str] = {}
    days: int | None = None
    known = (*checks, COOKIE_DAYS)
    unknown = _("unknown check `{name}`")
    keys = sheet.keys(place, known, ALIASES, unknown=unknown) if place else {}
    for name, inner in keys.items():
        lines[f"assert.{name}"] = sheet.line(inner)
        if name == COOKIE_DAYS:
            days = sheet.number(inner)
            continue
        message = _("unknown level `{name}`; known: {known}")
        if level := sheet.choice(Word(sheet.text(inner), inner), LEVELS, message):
            found[name] = level
    return found, days


def budgets(sheet: Sheet, place: Place, lines: dict[str, int]) -> dict[str, int]:
    """Read upper bounds by name."""
    others = {f"{_LARGER}{name}": name for name in NAMES}
    found: dict[str, int] = {}
    for name, inner in sheet.keys(place, NAMES, others).items() if place else ():
        lines[f"budgets.{name}"] = sheet.line(inner)
        number = sheet.number(inner)
        if number is not None:
            found[name] = number
    return found


def exceptions(
    sheet: Sheet, place: Place, naming: Naming, checks: Mapping[str, Check]
) -> Iterator[Excepted]:
    """Read the issues that somebody answers for until a day."""
    for item in sheet.items(place) if place else ():
        if not sheet.is_mapping(item):
            sheet.error(_("an exception has `rule`, `until`, `owner` and `why`"), item)
            continue
        keys = sheet.keys(item, _EXCEPTION, _ALSO)
        lacking = [key for key in ("rule", "until", "owner", "why") if key not in keys]
        if lacking:
            message = _("the exception lacks {keys}")
            sheet.error(message.format(keys=", ".join(f"`{key}`" for key in lacking)), item)
        texts = {key: sheet.text(at) for key, at in keys.items() if key != "until"}
        rule = _rule(sheet, texts.get("rule", ""), keys.get("rule"), checks)
        vendor = texts.get("vendor", "")
        if vendor:
            vendor = naming.vendor(sheet, Word(vendor, keys["vendor"]))
        until = sheet.day(keys["until"]) if "until" in keys else None
        for key in ("owner", "why"):
            if key in texts and not texts[key]:
                sheet.error(_("`{name}` is empty").format(name=key), keys[key])
        if rule and until:
            yield Excepted(
                rule=rule,
                owner=texts.get("owner", ""),
                why=texts.get("why", ""),
                until=until,
                vendor=vendor,
                page=texts.get("page", ""),
                line=sheet.line(item),
            )


def _rule(sheet: Sheet, text: str, place: Place | None, checks: Mapping[str, Check]) -> str:
    """Give the check that an exception is about."""
    if place is None:
        return ""
    name = ALIASES.get(canonical(text), canonical(text))
    if name in checks:
        return name
    hint = sheet.nearest(name, tuple(checks))
    sheet.error(_("unknown check `{name}`").format(name=shown(text)) + hint, place)
    return ""
