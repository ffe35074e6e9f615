"""MkDocs hook: the page of all organisations, made from the rules when the site is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from dataexposure.knowledge import Rulebase
from dataexposure.rulebase.load import load

RULES = Path(__file__).resolve().parents[1] / "rules"


def lines(rulebase: Rulebase) -> Iterator[str]:
    """Give the page's lines: a row for each organisation that has a file of its own."""
    yield "# Organisations"
    yield ""
    yield "Those with a file of their own; `dataexposure explain NAME` says more about each, and"
    yield "`dataexposure rules pages FOLDER` writes a page for every one, the directory's included."
    yield ""
    yield "| id | name | roles | country |"
    yield "|---|---|---|---|"
    titles = rulebase.vocabulary.roles
    for org in rulebase.organisations.values():
        if (RULES / "orgs" / f"{org.id}.yaml").is_file():
            roles = ", ".join(titles[role].title for role in org.roles)
            yield f"| `{org.id}` | {org.name} | {roles} | {org.country} |"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the generated page."""
    content = "\n".join(lines(load(RULES).rulebase)) + "\n"
    files.append(File.generated(config, "reference/organisations.md", content=content))
    return files
