"""The contract of readers and rules: which facts a channel has, and how each is compared.

A *kind* turns a value into tokens; a condition holds when its canonical value is one of the
tokens of the observed value. Equality of tokens is all the matching there is, so that rules
can be looked up in an inverted index and cost does not grow with their number. Every kind
is linear in the length of the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

_WORD = re.compile(r"\w+")
_LONGEST_PHRASE = 6
_LONGEST_NAME = 80
_LONGEST_SUBJECT = 40


class Kind(Struct, frozen=True):
    """How values of a fact are compared: `tokens` of what was seen, `canonical` of a rule's."""

    name: str
    tokens: Callable[[str], Iterator[str]]
    canonical: Callable[[str], str]
    sentence: str


def _domain(value: str) -> Iterator[str]:
    host = value.lower().rstrip(".")
    while host:
        yield host
        host = host.partition(".")[2]


def _path(value: str) -> Iterator[str]:
    path = value.casefold()
    yield "/"
    position = path.find("/", 1)
    while position != -1:
        yield path[:position]
        position = path.find("/", position + 1)
    if len(path) > 1 and not path.endswith("/"):
        yield path


def _segment(value: str) -> Iterator[str]:
    segments = value.casefold().split("/")
    yield from filter(None, segments)
    if stem := segments[-1].rpartition(".")[0]:
        yield stem


def _ending(value: str) -> Iterator[str]:
    segments = [segment for segment in value.casefold().split("/") if segment]
    for start in range(max(0, len(segments) - 4), len(segments)):
        yield "/".join(segments[start:])


def _parameter(value: str) -> Iterator[str]:
    name, equals, content = value.partition("=")
    if content or not equals:
        yield name
    if equals and content:
        yield value


def _dotted(value: str) -> Iterator[str]:
    name = value
    while name:
        yield name
        name = name.rpartition(".")[0]


def _exact(value: str) -> Iterator[str]:
    yield value


def _name(value: str) -> Iterator[str]:
    yield value
    for length in range(2, min(len(value), _LONGEST_NAME) + 1):
        yield value[:length] + "*"


def _phrase(value: str) -> Iterator[str]:
    words = _WORD.findall(value.casefold())[:_LONGEST_SUBJECT]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            yield " ".join(words[start:end])


def _address(value: str) -> Iterator[str]:
    address = value.casefold()
    yield address
    local, _, domain = address.rpartition("@")
    if local:
        yield f"{local}@"
    yield from _domain(domain)


def _header(value: str) -> Iterator[str]:
    name, _, content = value.casefold().partition(":")
    name = name.strip()
    yield name
    words = _WORD.findall(content)[:_LONGEST_PHRASE]
    for end in range(1, len(words) + 1):
        yield f"{name}: {' '.join(words[:end])}"


def _plain(value: str) -> str:
    return value


def _lower(value: str) -> str:
    return value.casefold()


def _bare_path(value: str) -> str:
    return value.casefold().rstrip("/") or "/"


def _bare_segments(value: str) -> str:
    return value.casefold().strip("/")


def _words(value: str) -> str:
    return " ".join(_WORD.findall(value.casefold()))


def _canonical_header(value: str) -> str:
    name, colon, content = value.casefold().partition(":")
    return f"{name.strip()}: {_words(content)}" if colon else name.strip()


DOMAIN: Final = Kind("domain", _domain, _lower, "the host, or any domain above it")
PATH: Final = Kind("path", _path, _bare_path, "the path, or any folder at its start")
SEGMENT: Final = Kind(
    "segment",
    _segment,
    _bare_segments,
    "one part of the path; the last one without its extension too",
)
ENDING: Final = Kind("ending", _ending, _bare_segments, "the last one to four parts of the path")
PARAMETER: Final = Kind(
    "parameter", _parameter, _plain, "a parameter that is filled, or one with that value"
)
DOTTED: Final = Kind("dotted name", _dotted, _plain, "the name, or any name above it")
EXACT: Final = Kind("exact", _exact, _plain, "the same, letter by letter")
NAME: Final = Kind("name", _name, _plain, "the same, or with `*` at its end a beginning")
PHRASE: Final = Kind(
    "phrase", _phrase, _words, "up to six words in a row, whatever their case and punctuation"
)
ADDRESS: Final = Kind(
    "address",
    _address,
    _lower,
    "a mail address, its local part with `@`, its domain or one above it",
)
HEADER: Final = Kind(
    "header", _header, _canonical_header, "a header's name, or `Name: first words` of its value"
)

KINDS: Final = (
    DOMAIN,
    PATH,
    SEGMENT,
    ENDING,
    PARAMETER,
    DOTTED,
    EXACT,
    NAME,
    PHRASE,
    ADDRESS,
    HEADER,
)


class Fact(Struct, frozen=True):
    """One thing a rule can ask for: `raw` is the reader's fact, `part` the piece of a URL in it."""

    kind: Kind
    raw: str
    part: str = ""


class Channel(Struct, frozen=True):
    """A kind of observation.

    `raw` lists the facts that readers give, `facts` those that rules ask for. `implied`
    names the signal that an organisation's own domains stand for here (its name, its event,
    and the fact that is compared), so that no rule file has to spell it out.
    """

    name: str
    raw: tuple[str, ...]
    facts: Mapping[str, Fact]
    implied: tuple[str, str, str] | None = None


_URL_FACTS: Final[Mapping[str, Fact]] = {
    "host": Fact(DOMAIN, "url", "host"),
    "path": Fact(PATH, "url", "path"),
    "segment": Fact(SEGMENT, "url", "path"),
    "ending": Fact(ENDING, "url", "path"),
    "param": Fact(PARAMETER, "url", "query"),
    "with": Fact(PARAMETER, "url", "query"),
}

VISIT: Final = Channel("visit", ("url",), _URL_FACTS, ("site", "visit", "host"))
REQUEST: Final = Channel(
    "request",
    ("url", "method", "type", "body"),
    {**_URL_FACTS, "method": Fact(EXACT, "method"), "identity": Fact(EXACT, "identity")},
    ("contacted", "contact", "host"),
)
COOKIE: Final = Channel(
    "cookie",
    ("name", "host"),
    {"name": Fact(NAME, "name"), "host": Fact(DOMAIN, "host")},
    ("cookie", "cookie", "host"),
)
MAIL: Final = Channel(
    "mail",
    (
        "from",
        "return-path",
        "signed-by",
        "message-id",
        "list",
        "header",
        "subject",
        "schema",
        "order",
    ),
    {
        "from": Fact(ADDRESS, "from"),
        "return-path": Fact(ADDRESS, "return-path"),
        "signed-by": Fact(DOMAIN, "signed-by"),
        "message-id": Fact(DOMAIN, "message-id"),
        "list": Fact(DOMAIN, "list"),
        "header": Fact(HEADER, "header"),
        "subject": Fact(PHRASE, "subject"),
        "schema": Fact(EXACT, "schema"),
    },
    ("wrote", "mailed", "from"),
)
LINK: Final = Channel("link", ("url",), _URL_FACTS)
IMAGE: Final = Channel(
    "image",
    ("url", "size"),
    {**_URL_FACTS, "size": Fact(EXACT, "size"), "identity": Fact(EXACT, "identity")},
    ("remote-image", "open", "host"),
)
APP: Final = Channel(
    "app",
    ("package", "installer", "platform"),
    {
        "package": Fact(EXACT, "package"),
        "publisher": Fact(DOTTED, "package"),
        "installer": Fact(EXACT, "installer"),
        "platform": Fact(EXACT, "platform"),
    },
)
SDK: Final = Channel("sdk", ("class",), {"class": Fact(DOTTED, "class")})
DNS: Final = Channel(
    "dns", ("host",), {"host": Fact(DOMAIN, "host")}, ("contacted", "contact", "host")
)

TAG: Final = Channel(
    "tag",
    ("template", "url", "trigger", "event", "call"),
    {
        "template": Fact(EXACT, "template"),
        "call": Fact(PARAMETER, "call"),
        "host": Fact(DOMAIN, "url", "host"),
        "path": Fact(PATH, "url", "path"),
        "trigger": Fact(EXACT, "trigger"),
    },
    ("tag", "contact", "host"),
)
"""A tag in a container or script that would run: website checks see it, `scan` never does.

`call` is a function that its code calls and a text given to it, such as `fbq=Purchase`.
"""

CHANNELS: Final[Mapping[str, Channel]] = {
    channel.name: channel
    for channel in (VISIT, REQUEST, COOKIE, MAIL, LINK, IMAGE, APP, SDK, DNS, TAG)
}

TELLING: Final = (
    "host",
    "package",
    "class",
    "template",
    "call",
    "from",
    "name",
    "signed-by",
    "return-path",
    "message-id",
    "list",
    "publisher",
    "header",
    "identity",
    "ending",
    "param",
    "with",
    "segment",
    "schema",
    "subject",
    "path",
    "installer",
    "size",
    "method",
    "platform",
    "trigger",
)
"""Facts from the most to the least telling; a signal is filed under its first one here."""
