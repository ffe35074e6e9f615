"""Renderers of website checks: an inspection in, a text out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dataexposure.report import module

if TYPE_CHECKING:
    from dataexposure.report.website.wording import Renderer

WEBSITE_FORMATS: Final[Mapping[str, str]] = {
    "terminal": "dataexposure.report.website.terminal",
    "json": "dataexposure.report.website.document",
    "html": "dataexposure.report.website.html",
    "sarif": "dataexposure.report.website.sarif",
    "junit": "dataexposure.report.website.junit",
    "github": "dataexposure.report.website.github",
    "gitlab": "dataexposure.report.website.gitlab",
    "markdown": "dataexposure.report.website.markdown",
}
"""Format name to module; a module is imported only when its format is asked for."""


def renderer(name: str) -> Renderer:
    """Give the renderer of a format.

    Raises UsageError for an unknown one.
    """
    found: Renderer = module(name, WEBSITE_FORMATS).render
    return found
