"""Renderers: a report in, a text out. Each is one module, listed in `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from dataexposure.errors import UsageError
from dataexposure.report.style import Renderer

FORMATS: Final[Mapping[str, str]] = {
    "terminal": "dataexposure.report.terminal",
    "html": "dataexposure.report.html",
    "json": "dataexposure.report.document",
}
"""Format name to module; a module is imported only when its format is asked for."""


def renderer(name: str) -> Renderer:
    """Give the renderer of a format. Raises UsageError for an unknown one."""
    if name not in FORMATS:
        raise UsageError(f"unknown format `{name}`; known: {', '.join(FORMATS)}")
    found: Renderer = import_module(FORMATS[name]).render
    return found
