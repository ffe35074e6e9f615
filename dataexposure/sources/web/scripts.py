"""The addresses that an inline script would load, by the shapes in which loaders are written.

A script is not run. A web address counts when it stands as a text in the script and that place
loads: it is given to `src`, is an argument of a known browser call (`fetch`, `sendBeacon`,
`importScripts` …) or of a snippet that is called with `document` or `'script'`, is the address of
a script file, or begins with `//`, as nothing but a loader writes it. Links, data and what is
commented out do not count; an address that is put together from pieces counts as far as its
first piece names the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dataexposure.urls import split

_MOST: Final = 500
_LITERAL: Final = re.compile(
    r"""["'`]((?:https?:|wss?:)?(?:\\?/){2}(?:[^"'`\\\s<>]|\\[^"'`]){3,2048})"""
)
_NEAR: Final = 80
_LOADS: Final = re.compile(
    r"""(?:
        \bsrc \s* [=:] \s* \(? \s* \\?
      | \bsrc["'] \s* [,\]:] \s* =? \s*
      | \b(?:fetch|sendBeacon|importScripts|getScript|loadScript|import|WebSocket|EventSource)
        \s* \( \s*
      | \.open \( \s* ["'](?:GET|POST)["'] \s* , \s*
      | \bdocument \s* , \s*
      | ["']script["'] \s* , \s*
    )\Z""",
    re.VERBOSE,
)
_CALL: Final = re.compile(
    r"""(?<![\w$.])(?:window\.)?([A-Za-z_$][\w$]{0,30}(?:\.[A-Za-z_$][\w$]{0,30}){0,2})\(
        \s{0,9}["']([\w :.-]{1,40})["'](?:\s{0,9},\s{0,9}["']([\w :.-]{1,40})["'])?""",
    re.VERBOSE | re.ASCII,
)
_COMMENTED: Final = re.compile(r"(?:^|[\s;{})])//")
_BLOCK: Final = re.compile(r"(?:^|(?<=[\s;{}(),]))/\*")
_LINE: Final = 300
_SCRIPT_FILE: Final = re.compile(r"\.m?js(?:$|[?#])", re.IGNORECASE)
_JOINED: Final = re.compile(r"""\\?["'`]\s*\+|\$\{""")
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*\.)+[a-z][a-z0-9-]+", re.ASCII)
_ESCAPE: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def loads(script: str) -> Iterator[tuple[int, str]]:
    """Give positions and addresses, those without a scheme as `//host/…`, 500 at most."""
    script = _uncommented(script)
    given = 0
    for match in _LITERAL.finditer(script):
        url = unescaped(match[1])
        if not _is_host(url) or _is_piece(script, match, url):
            continue
        if _is_load(script, match.start(), url) and not _is_commented(script, match.start()):
            yield match.start(), url
            given += 1
            if given == _MOST:
                return


def calls(script: str) -> tuple[str, ...]:
    """Give the functions that are called with a text, as `name=text`, for its first two texts.

    That is how pixels are told what happened: `fbq("track", "Purchase")` gives `fbq=track` and
    `fbq=Purchase`. Each is given once, 500 at most.
    """
    script = _uncommented(script)
    found: dict[str, None] = {}
    for match in _CALL.finditer(script):
        if len(found) >= _MOST:
            break
        if not _is_commented(script, match.start()):
            found.update({f"{match[1]}={text}": None for text in match.groups()[1:] if text})
    return tuple(found)[:_MOST]


def unescaped(text: str) -> str:
    r"""Give a script's text as the browser reads it: `\/`, `\x3d` and `\u0026` resolved."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    character = chr(int(code, 16)) if code else match[3]
    return character if not "\ud800" <= character <= "\udfff" else ""


def _is_host(url: str) -> bool:
    return _HOST.fullmatch(split(url).host) is not None


def _is_piece(script: str, match: re.Match[str], url: str) -> bool:
    """Say whether the host itself goes on in another piece."""
    rest = url.partition("//")[2]
    whole = rest.partition("?")[0]
    return "/" not in whole and _JOINED.match(script, match.end()) is not None


def _is_load(script: str, start: int, url: str) -> bool:
    if url.startswith("//") or _SCRIPT_FILE.search(url):
        return True
    return _LOADS.search(script[max(0, start - _NEAR) : start]) is not None


def _is_commented(script: str, start: int) -> bool:
    near = script[max(0, start - _LINE) : start]
    return _COMMENTED.search(near[near.rfind("\n") + 1 :]) is not None


def _uncommented(script: str) -> str:
    """Blank out block comments; positions stay. `/*` inside a word is no comment: `image/*`."""
    pieces = []
    position = 0
    while begun := _BLOCK.search(script, position):
        end = script.find("*/", begun.end())
        if end == -1:
            break
        pieces += [script[position : begun.start()], " " * (end + 2 - begun.start())]
        position = end + 2
    return "".join((*pieces, script[position:]))
