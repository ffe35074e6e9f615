"""The reference pages that are generated from the code: `python -m tests.reference`.

`tests/test_docs.py` fails when a page is not what the code says.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import typer.main

from dataexposure.channels import CHANNELS, KINDS
from dataexposure.cli.application import app
from dataexposure.knowledge import Vocabulary
from dataexposure.rulebase.load import load
from dataexposure.sources.locations import EXPORTS
from tests import check_pages
from tests.conftest import ROOT

FOLDER: Final = ROOT / "docs" / "reference"
NOTICE: Final = "<!-- Made by `python -m tests.reference`; edit the code instead. -->"


def commands() -> str:
    """Give the page of all commands with their arguments and options."""
    lines = [NOTICE, "# Commands", ""]
    root: Any = typer.main.get_command(app)
    for path, command in _tree(root, ("dataexposure",)):
        lines += [f"## `{' '.join(path)}`", "", inspect.cleandoc(command.help or ""), ""]
        rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
    lines += [
        "## Exit codes",
        "",
        "| code | meaning |",
        "|---|---|",
        "| 0 | done and complete |",
        "| 1 | somebody is as likely, or an issue as grave, as `--fail-on` says, or more |",
        "| 2 | wrong usage, or a wrong rule (all of them at once, with file and line) |",
        "| 3 | something could not be read or is inconclusive; the report says what |",
        "| 4 | an exception of a policy file has expired |",
        "| 70 | a bug of ours |",
    ]
    return "\n".join(lines) + "\n"


def _tree(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children: Mapping[str, Any] = getattr(command, "commands", {})
    if not children:
        yield path, command
    for name, child in children.items():
        yield from _tree(child, (*path, name))


def _row(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        names = f"`{(parameter.metavar or parameter.name or '').upper()}`"
    return f"| {names} | {parameter.help or ''} |"


def channels() -> str:
    """Give the page of channels, facts and kinds."""
    lines = [NOTICE, "# Channels, facts and kinds", "", "## Channels", ""]
    lines += ["| channel | facts (kind) | implied by an organisation's domains |", "|---|---|---|"]
    for channel in CHANNELS.values():
        facts = ", ".join(f"`{name}` ({fact.kind.name})" for name, fact in channel.facts.items())
        implied = f"`{channel.implied[0]}` ({channel.implied[1]})" if channel.implied else ""
        lines.append(f"| `{channel.name}` | {facts} | {implied} |")
    lines += ["", "## Kinds", "", "| kind | a condition holds for |", "|---|---|"]
    lines += [f"| {kind.name} | {kind.sentence} |" for kind in KINDS]
    return "\n".join(lines) + "\n"


def vocabulary() -> str:
    """Give the page of every closed list."""
    words: Vocabulary = load(ROOT / "rules").rulebase.vocabulary
    lines = [NOTICE, "# Vocabulary", ""]
    for title, entries in (
        ("Tiers of evidence, from strong to weak", words.tiers),
        ("Classes of holders", words.classes),
        ("Roles", words.roles),
        ("Events", words.events),
        ("Data categories", words.data),
        ("Inputs", words.inputs),
        ("Parts in the data market", words.market),
        ("Ways of collecting", words.collects),
        ("Kinds of consumer data", words.kinds),
        ("Legal bases", words.basis),
    ):
        lines += [f"## {title}", "", "| id | title | meaning |", "|---|---|---|"]
        listed: Mapping[str, Any] = entries
        lines += [
            f"| `{key}` | {entry.title} | {entry.sentence} |" for key, entry in listed.items()
        ]
        lines.append("")
    lines += ["## Problems", "", "| id | meaning |", "|---|---|"]
    lines += [f"| `{key}` | {sentence} |" for key, sentence in words.problems.items()]
    return "\n".join(lines) + "\n"


def inputs() -> str:
    """Give the page of what can be read, and how to export it."""
    lines = [NOTICE, "# What can be read, and how to export it", ""]
    for export in EXPORTS:
        formats = ", ".join(f"`{name}`" for name in export.formats)
        lines += [f"## {export.title}", "", f"Read as {formats}.", ""]
        lines += [f"{number}. {step}" for number, step in enumerate(export.steps, 1)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands.md": commands,
    "channels.md": channels,
    "vocabulary.md": vocabulary,
    "inputs.md": inputs,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    check_pages.write()
