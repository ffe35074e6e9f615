"""What a capture of ours noted in its HAR, read without trust.

Anybody can write `log._dataexposure` into a file. What has a wrong type is as if it were not
there; texts and lists are bounded, control characters go, numbers must be sensible, words must
be those of the vocabulary, and whose a cookie is does not stand to be claimed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from dataexposure.website import (
    BROWSER,
    PROBLEMS,
    RECORDED,
    STATES,
    STATIC,
    UNSTATED,
    Called,
    Canary,
    Choice,
    Field,
    Kept,
    Notes,
    Stored,
)

Json = Any
_T = TypeVar("_T")

_LARGEST: Final = 4_000_000
_LONGEST: Final = 200
_LONGEST_PAGE: Final = 2_000
_MOST: Final = 2_000
_MOST_CANARIES: Final = 50
_HIGHEST: Final = 1_000_000
_LONGEST_LIFE: Final = 36_500.0
_DEPTHS: Final = frozenset({BROWSER, STATIC, RECORDED})
_CANARIES: Final = frozenset({"email", "phone", "name", "product", "price", "order"})
_SAME_SITE: Final = frozenset({"Strict", "Lax", "None"})
_AREAS: Final = frozenset({"local", "session"})
_CHOICES: Final = frozenset({"accept", "reject"})


def noted(raw: msgspec.Raw) -> Notes | None:
    """Read the notes of a capture; None when there are none."""
    text = bytes(raw)
    if not text or len(text) > _LARGEST:
        return None
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return _notes(value) if isinstance(value, dict) else None


def _notes(value: Mapping[str, Json]) -> Notes:
    return Notes(
        page=bare(_text(value, "page", _LONGEST_PAGE)),
        reached=bare(_text(value, "reached", _LONGEST_PAGE)),
        state=_word(value, "state", frozenset(STATES)) or UNSTATED,
        depth=_word(value, "depth", _DEPTHS) or RECORDED,
        flow=_text(value, "flow"),
        status=_number(value, "status", 999),
        choice=_choice(value.get("choice")),
        cookies=_each(value, "cookies", _cookie),
        storage=_each(value, "storage", _stored),
        calls=_each(value, "calls", _called),
        fields=_each(value, "fields", _field),
        canaries=_each(value, "canaries", _canary)[:_MOST_CANARIES],
        honoured=value.get("honoured") is True,
        cnames=_cnames(value.get("cnames")),
        problems=_problems(value.get("problems")),
        version=max(1, _number(value, "version", 1_000)),
    )


def bare(page: str) -> str:
    """Give a page's address without query and fragment, which may tell a person."""
    return page.partition("#")[0].partition("?")[0]


def _clean(text: str, longest: int = _LONGEST) -> str:
    return "".join(filter(str.isprintable, text[: 2 * longest]))[:longest]


def _text(value: Mapping[str, Json], key: str, longest: int = _LONGEST) -> str:
    given = value.get(key)
    return _clean(given, longest) if isinstance(given, str) else ""


def _word(value: Mapping[str, Json], key: str, words: frozenset[str]) -> str:
    given = value.get(key)
    return given if isinstance(given, str) and given in words else ""


def _number(value: Mapping[str, Json], key: str, highest: int = _HIGHEST) -> int:
    given = value.get(key)
    if isinstance(given, bool) or not isinstance(given, int):
        return 0
    return given if 0 <= given <= highest else 0


def _each(
    value: Mapping[str, Json], key: str, read: Callable[[Mapping[str, Json]], _T | None]
) -> tuple[_T, ...]:
    given = value.get(key)
    if not isinstance(given, list):
        return ()
    found = (read(one) for one in given[:_MOST] if isinstance(one, dict))
    return tuple(one for one in found if one is not None)


def _cookie(value: Mapping[str, Json]) -> Kept | None:
    name, host = _text(value, "name"), _text(value, "host")
    days = value.get("days")
    life = None
    if isinstance(days, (int, float)) and not isinstance(days, bool) and math.isfinite(days):
        life = min(max(float(days), 0.0), _LONGEST_LIFE)
    if not name or not host:
        return None
    return Kept(
        name,
        host.lower(),
        days=life,
        secure=value.get("secure") is True,
        http_only=value.get("http_only") is True,
        same_site=_word(value, "same_site", _SAME_SITE),
    )


def _stored(value: Mapping[str, Json]) -> Stored | None:
    name, host = _text(value, "name"), _text(value, "host")
    area = _word(value, "area", _AREAS) or "local"
    return Stored(name, host.lower(), area) if name and host else None


def _called(value: Mapping[str, Json]) -> Called | None:
    call = _text(value, "call")
    count = max(1, _number(value, "count"))
    return Called(call, _text(value, "host").lower(), count) if call else None


def _field(value: Mapping[str, Json]) -> Field | None:
    kind = _text(value, "type")
    return Field(kind, _text(value, "name"), value.get("required") is True) if kind else None


def _canary(value: Mapping[str, Json]) -> Canary | None:
    kind, planted = _word(value, "kind", _CANARIES), _text(value, "value")
    return Canary(kind, planted) if kind and planted else None


def _choice(value: Json) -> Choice | None:
    if not isinstance(value, dict):
        return None
    return Choice(
        platform=_text(value, "platform"),
        made=_word(value, "made", _CHOICES),
        clicks=_number(value, "clicks", 100),
        accept_clicks=_number(value, "accept_clicks", 100),
        reject_clicks=_number(value, "reject_clicks", 100),
        preticked=_number(value, "preticked", 1_000),
    )


def _cnames(value: Json) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {}
    return dict(_named(value))


def _named(value: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for host, target in tuple(value.items())[:_MOST]:
        if isinstance(target, str) and host and target:
            yield _clean(host, 253).lower(), _clean(target, 253).lower()


def _problems(value: Json) -> tuple[str, ...]:
    given = value[:_MOST] if isinstance(value, list) else []
    return tuple(one for one in PROBLEMS if one in given)
