"""Renderers: a report in, a text out. Each is one module, listed in `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

from dataexposure.errors import UsageError
from dataexposure.language import _

if TYPE_CHECKING:
    from dataexposure.knowledge import Words
    from dataexposure.model import Report
    from dataexposure.report.style import Renderer

FORMATS: Final[Mapping[str, str]] = {
    "terminal": "dataexposure.report.terminal",
    "html": "dataexposure.report.html",
    "json": "dataexposure.report.document",
    "markdown": "dataexposure.report.markdown",
    "csv-holders": "dataexposure.report.csv_holders",
    "csv-ledger": "dataexposure.report.csv_ledger",
    "sarif": "dataexposure.report.sarif",
}
"""Format name to module; a module is imported only when its format is asked for."""


def module(name: str, formats: Mapping[str, str]) -> ModuleType:
    """Import the module of a format. Raises UsageError for an unknown one."""
    if name not in formats:
        raise UsageError(
            _("There is no format `{name}`; known: {known}.").format(
                name=name, known=", ".join(formats)
            )
        )
    return import_module(formats[name])


def renderer(name: str) -> Renderer:
    """Give the renderer of a format, for reports that are redacted and those that are not.

    Raises UsageError for an unknown one.
    """
    found: Renderer = module(name, FORMATS).render
    from dataexposure.report import grain

    def rendered(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
        with grain.of(report):
            return found(report, words, width=width, colour=colour, details=details)

    return rendered
