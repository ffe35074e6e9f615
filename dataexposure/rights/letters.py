"""One letter to one holder, from the templates of a language and the right of a law.

A letter has the holder's name, the law, what connects the two in one line, and the date. All
else about the person is a gap in square brackets, which the person fills in.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from email.charset import QP, Charset
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import jinja2
import yaml
from msgspec import Struct, convert

from dataexposure.law import Term, on_day
from dataexposure.printable import printable
from dataexposure.rights.evidence import Trace
from dataexposure.rights.steps import Given

RIGHTS: Final = ("access", "object", "erase", "opt-out", "withdraw")
"""The rights that there is a letter for, by the name of the template."""

LANGUAGES: Final = ("en", "nb", "ro", "ru")
"""The languages that letters can be written in."""

FOLDER: Final = Path(__file__).parent / "templates"
_WIDTH: Final = 76
_LONGEST_LINE: Final = 200
_FAMILIES: Final = {
    "eu-gdpr": "gdpr",
    "norway": "gdpr",
    "romania": "gdpr",
    "uk-gdpr": "gdpr",
    "ru-152fz": "ru",
}
_GAPS: Final = re.compile(r"\n{3,}")
_SECOND: Final = {"object": ("object", "stop")}


class Phrases(Struct, frozen=True):
    """The words of one language: `templates/<language>/words.yaml` says what each is for."""

    fill: Mapping[str, str]
    months: tuple[str, ...]
    months_of: tuple[str, ...]
    date: str
    month: str
    terms: Mapping[str, str]
    cite: str
    cite_other: str
    law_other: str
    laws: Mapping[str, str]
    articles: Mapping[str, Mapping[str, str]]
    residency: Mapping[str, str]
    traces: Mapping[str, str]


class Address(NamedTuple):
    """Where a letter goes: the holder's name, and its mail or postal address if it has one."""

    name: str
    email: str = ""
    post: str = ""


class Letter(NamedTuple):
    """A letter as it would be printed (`text`) and as it would be mailed (`body`)."""

    subject: str
    text: str
    body: str
    email: str


def kinds(right: str) -> tuple[str, ...]:
    """Give the kinds of `law.RIGHTS` that a letter can use, the first that a law has.

    Where no law speaks of objecting to marketing, a demand to stop is the same thing.
    """
    return _SECOND.get(right, (right,))


def family(law: str) -> str:
    """Give the group of laws whose letters share their wording: gdpr, us, ru or other."""
    return _FAMILIES.get(law, "us" if law.startswith("us-") else "other")


@cache
def phrases(language: str) -> Phrases:
    """Load the words of a language of `LANGUAGES`."""
    text = (FOLDER / language / "words.yaml").read_text(encoding="utf-8")
    return convert(yaml.safe_load(text), Phrases)


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=jinja2.select_autoescape(),  # text files are not escaped
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write(
    right: str, found: Given, trace: Trace, address: Address, day: dt.date, language: str
) -> Letter:
    """Write the letter for a right of `RIGHTS` in a language of `LANGUAGES`, dated `day`."""
    words = phrases(language)
    values = {
        "holder": _line(address.name),
        "post": _line(address.post),
        "date": words.date.format(day=day.day, month=words.months_of[day.month - 1], year=day.year),
        "fill": words.fill,
        "law": found.law.id,
        "family": family(found.law.id),
        "cite": cite(found, words),
        "term": _term(found.right.term, words),
        "trace": _trace(trace, words),
        "parts": found.right.letter,
        "scope": found.right.scope,
        "identity": found.right.identity.level,
        "residency": words.residency.get(found.law.id, words.residency["other"]),
        "recipients": _names_recipients(found, day),
    }
    template = _templates().get_template(f"{language}/{right}.txt")
    subject = template.blocks["subject"](template.new_context(values))
    return Letter(
        subject="".join(subject).strip(),
        text=_shape(template.render(values, mail=False)),
        body=_shape(template.render(values, mail=True)),
        email=address.email,
    )


def draft(letter: Letter) -> bytes:
    """Give the letter as a mail draft that mail programs open for editing (`X-Unsent`).

    It has no sender and no date: the mail program fills these in. The older classes of the
    standard library are meant: the newer ones lose spaces in long subjects that are not ASCII.
    """
    charset = Charset("utf-8")
    charset.body_encoding = QP
    message = MIMEText(letter.body, "plain", charset)  # type: ignore[arg-type]
    message["X-Unsent"] = "1"
    if letter.email:
        message["To"] = letter.email
    plain = letter.subject.isascii()
    message["Subject"] = Header(letter.subject, "us-ascii" if plain else "utf-8")  # type: ignore[assignment]
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


def cite(found: Given, words: Phrases) -> str:
    """Name the article and the law in the letter's language, or as the law names itself."""
    law = words.laws.get(found.law.id) or words.law_other.format(law=found.law.name)
    article = words.articles.get(family(found.law.id), {}).get(found.kind)
    if article:
        return words.cite.format(article=article, law=law)
    basis = found.right.basis
    if not any(character.isdigit() for character in basis):
        return law
    return words.cite_other.format(law=law, basis=basis)


def _names_recipients(found: Given, day: dt.date) -> bool:
    version = on_day(found.law, day)
    return version is not None and "recipients" in version.rights


def _term(term: Term, words: Phrases) -> str:
    for unit in ("months", "days", "business_days"):
        if count := getattr(term, unit):
            return words.terms.get(f"{unit}-{count}", words.terms[unit]).format(count=count)
    return ""


def _trace(trace: Trace, words: Phrases) -> str:
    month = ""
    if trace.year:
        month = words.month.format(month=words.months[trace.month - 1], year=trace.year)
    details = ", ".join(detail for detail in (trace.party, month) if detail)
    phrase = words.traces[trace.kind]
    return f"{phrase} ({details})" if details else phrase


def _line(text: str) -> str:
    return printable(text)[:_LONGEST_LINE] if text else ""


def _shape(text: str) -> str:
    """Wrap each line of a letter, and leave one empty line at most between paragraphs."""
    lines = (
        textwrap.fill(
            line,
            width=_WIDTH,
            subsequent_indent="  " if line.startswith("- ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )
    return _GAPS.sub("\n\n", "\n".join(lines).strip()) + "\n"
