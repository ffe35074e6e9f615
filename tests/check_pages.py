"""The pages of the website checks, made from `rules/checks.yaml` by `python -m tests.reference`.

`tests/test_docs.py` fails when a page is not what the rules say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from textwrap import wrap
from typing import Final

from dataexposure.policy import Check
from dataexposure.rulebase.load import load
from tests.conftest import ROOT

FOLDER: Final = ROOT / "docs" / "checks"
NOTICE: Final = "<!-- Made by `python -m tests.reference`; edit rules/checks.yaml instead. -->"
WIDTH: Final = 120
LEVELS: Final = {"off": "off", "warn": "a warning", "error": "an error"}


@cache
def checks() -> Mapping[str, Check]:
    return load(ROOT / "rules").rulebase.checks


def _paragraph(text: str, first: str = "", rest: str = "") -> str:
    """Wrap a text as a paragraph of Markdown; addresses stay whole."""
    lines = wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _parts(check: Check) -> Iterator[str]:
    yield NOTICE
    yield f"# {check.title}"
    yield f"`{check.id}`"
    yield "## What it looks at"
    yield _paragraph(check.looks)
    yield "## An example"
    yield _paragraph(check.example)
    yield "## Why it matters"
    yield _paragraph(check.why)
    cases = [
        _paragraph(f"[{case.case}]({case.url}) ({case.year}). {case.happened}", "- ", "  ")
        for case in check.precedents
    ]
    if cases:
        yield "What others met, as the linked page tells it:"
        yield "\n".join(cases)
    yield "## How to fix it"
    yield _paragraph(check.fix)
    yield "## What it cannot see"
    yield _paragraph(check.blind)
    yield "## How much it counts"
    yield _paragraph(
        f"By default: {LEVELS[check.level]}. The [policy file](../reference/policy.md) sets it to "
        "`off`, `warn` or `error`; an error makes the command end with exit code 1:"
    )
    yield f"```yaml\nassert:\n  {check.id.replace('-', '_')}: error\n```"


def page(key: str) -> str:
    """Give the page of a check."""
    return "\n\n".join(_parts(checks()[key])) + "\n"


def index() -> str:
    """Give the page that lists all checks."""
    lines = [
        NOTICE,
        "# Website checks",
        "",
        _paragraph(
            "What `dataexposure site` checks. Whatever it reports is something that was observed "
            "and that somebody should look at; it is no legal verdict, and nothing observed is "
            "no proof that there is nothing. What the site's own servers pass on to others "
            "cannot be observed by any of these checks."
        ),
        "",
        "| check | what | by default |",
        "|---|---|---|",
    ]
    lines += [
        f"| [`{check.id}`]({check.id}.md) | {check.title} | {LEVELS[check.level]} |"
        for check in checks().values()
    ]
    return "\n".join(lines) + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "index.md": index,
    **{f"{key}.md": partial(page, key) for key in checks()},
}


def write() -> None:
    """Write every page, and remove those of checks that are gone."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in PAGES:
            old.unlink()
    for name, content in PAGES.items():
        (FOLDER / name).write_text(content(), encoding="utf-8")
