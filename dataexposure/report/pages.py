"""What pages of HTML share: escaping templates, inlined style and script, and a policy.

Style and script stand in a page and are named by their hashes in its content security policy,
so that nothing else can run or load.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dataexposure import language

TEMPLATES: Final = Path(__file__).parent / "templates"


def template(name: str) -> Template:
    """Give a template; it escapes every value and refuses a missing one."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_callables(  # type: ignore[attr-defined]
        language._, language.ngettext, newstyle=True
    )
    return found


@functools.cache
def inlined(name: str) -> str:
    """Read our own style or script; it stands in the page unescaped."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def policy(css: str, script: str) -> str:
    """Give the content security policy of a page with exactly this style and script."""
    return (
        f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    code = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{code}'"
