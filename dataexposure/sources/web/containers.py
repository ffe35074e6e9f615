"""The tags of a Google Tag Manager container: which would fire, on what, and whom they call.

The script that a page loads as `gtm.js` begins with `var data = {"resource": {…}}`, and that is
JSON. A tag names its template as `function` (`__awct`, `__html`, `__cvt_…` for one that the
site's owner added); its settings begin with `vtp_`. A setting is a text, or a list such as
`["template", "a", ["macro", 3]]` that is put together when the tag fires. Paused tags have the
template `__paused`. The programs of added templates stand under `runtime`. Google lists the
built-in templates at developers.google.com/tag-platform/tag-manager/restrict.

A tag that waits for consent is given too: it would fire once consent is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec import structs

from dataexposure.channels import REQUEST, TAG, VISIT
from dataexposure.model import Locator, Observation
from dataexposure.sources.web import markup, triggers
from dataexposure.sources.web.triggers import OTHER, PURCHASE, Container, Fired
from dataexposure.urls import registrable, split
from dataexposure.website import Written

LONGEST: Final = 8_000_000
"""Characters of a script that are looked at."""

_DATA: Final = re.compile(r"\bvar\s{1,9}data\s{0,9}=\s{0,9}(?=\{)")
_READ: Final = json.JSONDecoder(strict=False).raw_decode
_TEMPLATE: Final = re.compile(r"__\w{1,80}", re.ASCII)
_NEVER: Final = frozenset({"__paused", "__tg"})
_EVENTS: Final = ("vtp_eventName", "vtp_standardEventName", "vtp_event_type")
_UNTOLD: Final = frozenset({"", "standard", "custom"})
_PIXEL: Final = "__img"
_CODE: Final = "__html"
_RELAYS: Final = frozenset({"server_container_url", "transport_url"})
_MOST_URLS: Final = 30
_DEEPEST: Final = 30


def tags(script: str, page_url: str, at: Locator) -> Iterator[Written]:
    """Give the tags of a container as they would fire on a page; nothing if it is none.

    Each tag is an observation `tag` for each of its triggers and, where it has some, for each
    address that it calls; the functions that its code calls stand by themselves, for they need
    not be those of the addresses. A pixel that is written out in full is a `request` as well, so
    that rules see what it would tell.
    """
    found = resource(script)
    if found is None:
        return
    given = triggers.container(found.get("resource", {}))
    added = _programs(found)
    page = Observation(VISIT.name, {"url": (page_url,)}, at, party=_party(page_url))
    for number, fired in sorted(triggers.firing(given).items()):
        tag = given.tags[number]
        template = tag.get("function")
        if not isinstance(template, str) or template in _NEVER or not _TEMPLATE.fullmatch(template):
            continue
        code = [one.observation for one in _code(tag, template, given, page_url, at)]
        requests = [one for one in code if one.channel == REQUEST.name]
        yield from (Written(one) for one in requests if "?" in one.facts["url"][0])
        urls = (*(one.facts["url"][0] for one in requests), *added.get(template, ()))
        calls = tuple(call for one in code for call in one.facts.get("call", ()))
        for told in sorted(_told(tag, fired)):
            if calls or not urls:
                yield _written(page, template, told, {"call": calls} if calls else {})
            for url in tuple(dict.fromkeys((*urls, *_relays(tag))))[:_MOST_URLS]:
                yield _written(page, template, told, {"url": (url,)})


def resource(script: str) -> dict[str, Any] | None:
    """Find the data of a container in its script; None if there is none."""
    script = script[:LONGEST]
    for match in _DATA.finditer(script):
        try:
            value, _ = _READ(script, match.end())
        except (ValueError, RecursionError):
            return None
        if isinstance(value, dict) and isinstance(value.get("resource"), dict):
            return value
    return None


def _party(page_url: str) -> str:
    return registrable(split(page_url).host)


def _written(
    page: Observation, template: str, told: Fired, more: dict[str, tuple[str, ...]]
) -> Written:
    trigger, event = told
    facts = {"template": (template,), "trigger": (trigger,), **more}
    if event:
        facts["event"] = (event[:80],)
    context = page if page.party else None
    return Written(structs.replace(page, channel=TAG.name, facts=facts, context=context))


def _relays(tag: dict[str, Any]) -> Iterator[str]:
    """Give the server of the site's own that a Google tag sends to, where it is told one.

    It stands among the tag's settings as `["map", "parameter", "server_container_url",
    "parameterValue", "https://…"]`.
    """
    for table in tag.values():
        for row in table[1:_MOST_URLS] if isinstance(table, list) else ():
            if isinstance(row, list) and not _RELAYS.isdisjoint(filter(_is_text, row)):
                yield from (one for one in row if _is_text(one) and _is_address(one))


def _is_text(value: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(value, str)


def _is_address(url: str) -> bool:
    return url.startswith("https://") and "." in split(url).host and url.isprintable()


def _told(tag: dict[str, Any], fired: tuple[Fired, ...]) -> frozenset[Fired]:
    """Let a tag that names its own event count by that name."""
    names = [tag[key] for key in _EVENTS if isinstance(tag.get(key), str)]
    names = [name for name in names if name not in _UNTOLD]
    bought = next((name for name in names if triggers.meaning(name) == PURCHASE), "")
    if bought:
        return frozenset({(PURCHASE, bought)})
    if names and "vtp_eventName" in tag:
        kept = triggers.meaning(names[0])
        return frozenset(
            (kept if trigger == PURCHASE else trigger, event) for trigger, event in fired
        )
    return frozenset(fired) or frozenset({(OTHER, "")})


def _code(
    tag: dict[str, Any], template: str, given: Container, page_url: str, at: Locator
) -> Iterator[Written]:
    """Give what the code or picture of a tag would load and call."""
    if template == _CODE:
        yield from markup.written(_text(tag.get("vtp_html"), given), page_url, at)
    elif template == _PIXEL:
        address = _text(tag.get("vtp_url"), given).replace('"', "%22")
        yield from markup.written(f'<img src="{address}">', page_url, at)


def _text(value: Any, given: Container, depth: int = 0) -> str:  # noqa: ANN401 - JSON
    """Put a setting together; what is only known when the tag fires is left out."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or not value or depth > _DEEPEST:
        return ""
    if value[0] == "template":
        return "".join(_text(one, given, depth + 1) for one in value[1:])
    if value[0] == "escape" and len(value) > 1:
        return _text(value[1], given, depth + 1)
    if value[0] == "macro" and len(value) > 1 and isinstance(value[1], int):
        macro = given.macros[value[1]] if 0 <= value[1] < len(given.macros) else {}
        constant = macro.get("vtp_value") if macro.get("function") == "__c" else ""
        return constant if isinstance(constant, str) else ""
    return ""


def _programs(found: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give the addresses that stand in the programs of added templates, by template."""
    programs = {}
    runtime = found.get("runtime")
    for program in runtime if isinstance(runtime, list) else ():
        if isinstance(program, list) and len(program) > 1 and isinstance(program[1], str):
            urls = dict.fromkeys(_strings(program))
            programs[program[1]] = tuple(urls)[:_MOST_URLS]
    return programs


def _strings(program: list[Any]) -> Iterator[str]:
    waiting: list[Any] = [program]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str) and value.startswith(("https://", "//")):
            url = value if value.startswith("https:") else f"https:{value}"
            if _is_address(url):
                yield url[:2_000]
