"""The catalogue of messages: every sentence that a person reads, collected from its place.

    python -m tests.catalogue

writes `dataexposure/locale/dataexposure.pot` anew. Sentences stand in the code (`_`, `N_`,
`ngettext`), in the docstrings of inferences and commands, and in the rules' vocabulary.
Names of organisations and titles of signals are names and are not translated; messages of
`rules lint` are for authors of rules, who write English.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from dataexposure.cli import explain, scan, sources
from dataexposure.inference import INFERENCES

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "dataexposure" / "locale" / "dataexposure.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
COMMANDS = (scan.scan, scan.show, explain.explain, sources.sources)
READ_BY_PEOPLE = frozenset({"title", "sentence"})

Message = tuple[str, str | tuple[str, ...]]


def from_code() -> Iterator[Message]:
    for path in sorted((ROOT / "dataexposure").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for _, text, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            yield where, text


def from_docstrings() -> Iterator[Message]:
    for function in (*INFERENCES, *COMMANDS):
        yield (
            f"{function.__module__.replace('.', '/')}.py",
            inspect.cleandoc(function.__doc__ or ""),
        )


def from_vocabulary() -> Iterator[Message]:
    name = "rules/vocabulary.yaml"
    root = yaml.load((ROOT / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    for section in root.values():
        for entry in section.values():
            for key in ("title", "sentence"):
                if entry.get(key):
                    yield name, entry[key]


def catalogue() -> bytes:
    """Give the template's bytes; they depend on the messages alone."""
    template = Catalog(project="dataexposure", charset="utf-8", header_comment="# Messages.")
    for where, text in (*from_code(), *from_docstrings(), *from_vocabulary()):
        if text:
            template.add(text, locations=[(where, 0)])
    stream = io.BytesIO()
    write_po(stream, template, sort_output=True, omit_header=True, include_lineno=False)
    return stream.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(catalogue())
