"""The catalogue of messages: every sentence that a person reads, collected from its place.

    python -m tests.catalogue

writes `dataexposure/locale/dataexposure.pot` anew and brings the translations beside it up to
date, with what is new untranslated. Sentences stand in the code and the templates (`_`, `N_`,
`ngettext`), in the docstrings of inferences and commands, and in the rules' vocabulary, advice,
laws and website checks. Names of organisations and titles of signals are names and are not
translated; messages of `rules lint` are for authors of rules, who write English.
"""

from __future__ import annotations

import datetime as dt
import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from dataexposure.cli.application import COMMANDS
from dataexposure.inference import INFERENCES

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "dataexposure" / "locale"
TEMPLATE = LOCALE / "dataexposure.pot"
MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true", "silent": "false"}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
READ_BY_PEOPLE = frozenset(
    {"title", "sentence", "cannot", "cost", "note", "observed", "fix", "blind"}
)

Message = tuple[str, str | tuple[str, ...]]


def from_code() -> Iterator[Message]:
    for path in sorted((ROOT / "dataexposure").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for _, text, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            yield where, text


def from_templates() -> Iterator[Message]:
    for path in sorted((ROOT / "dataexposure").rglob("*.jinja")):
        where = path.relative_to(ROOT).as_posix()
        found = extract_from_file("jinja2", path, keywords=KEYWORDS, options=JINJA)
        for _, text, _, _ in found:
            yield where, text


def from_docstrings() -> Iterator[Message]:
    for function in (*INFERENCES, *COMMANDS):
        yield (
            f"{function.__module__.replace('.', '/')}.py",
            inspect.cleandoc(function.__doc__ or ""),
        )


def from_rules() -> Iterator[Message]:
    """Give the sentences of the vocabulary, the advice, the laws and the website checks."""
    folder = ROOT / "rules"
    names = (
        "vocabulary.yaml",
        "advice.yaml",
        "checks.yaml",
        *sorted(
            path.relative_to(folder).as_posix() for path in (folder / "regimes").glob("*.yaml")
        ),
    )
    for name in names:
        root = yaml.load((folder / name).read_text(encoding="utf-8"), yaml.BaseLoader)
        for text in (*_texts(root), *root.get("inconclusive", {}).values()):
            yield f"rules/{name}", text.strip()


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in READ_BY_PEOPLE and isinstance(value, str) and value:
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)


def template() -> Catalog:
    """Give every message, without translations."""
    made = Catalog(project="dataexposure", charset="utf-8", header_comment="# Messages.")
    for where, text in (*from_code(), *from_templates(), *from_docstrings(), *from_rules()):
        if text:
            made.add(text, locations=[(where, 0)])
    return made


def written(messages: Catalog, *, header: bool) -> bytes:
    """Give a catalogue's bytes; they depend on its messages alone."""
    messages.creation_date = messages.revision_date = MADE
    messages.last_translator = messages.language_team = "dataexposure"
    messages.msgid_bugs_address = "the project's issue tracker"
    stream = io.BytesIO()
    write_po(
        stream,
        messages,
        sort_output=True,
        omit_header=not header,
        include_lineno=False,
        ignore_obsolete=True,
        width=0,
    )
    return stream.getvalue()


def catalogue() -> bytes:
    """Give the template's bytes."""
    return written(template(), header=False)


def translations() -> Iterator[Path]:
    """Give every language's file."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/dataexposure.po"))


def updated(path: Path) -> Catalog:
    """Give a translation with new messages added (untranslated) and gone ones left out."""
    with path.open("rb") as stream:
        found = read_po(stream, locale=path.parts[-3])
    found.update(template(), no_fuzzy_matching=True)
    return found


if __name__ == "__main__":
    TEMPLATE.write_bytes(catalogue())
    for place in translations():
        place.write_bytes(written(updated(place), header=True))
