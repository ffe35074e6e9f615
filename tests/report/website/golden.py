"""What each format makes of the made-up inspection: `expected/` holds it.

    python -m tests.report.website.golden

writes every file anew; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from dataexposure import __version__
from dataexposure.knowledge import Rulebase
from dataexposure.report.website import renderer
from tests.conftest import ROOT
from tests.report.website import made_up

FOLDER = Path(__file__).parent / "expected"
FILES = {
    "terminal.txt": ("terminal", False),
    "terminal-details.txt": ("terminal", True),
    "inspection.json": ("json", False),
    "issues.sarif": ("sarif", False),
    "junit.xml": ("junit", False),
    "annotations.txt": ("github", False),
    "code-quality.json": ("gitlab", False),
    "summary.md": ("markdown", False),
}


def result(name: str, rulebase: Rulebase) -> str:
    """Give a file as it should be, but for the version of this tool."""
    style, details = FILES[name]
    render = renderer(style)
    inspection, words = made_up.inspection(), made_up.words(rulebase)
    text = render(inspection, words, width=80, colour=False, details=details)
    return text.replace(f'"version": "{__version__}"', '"version": "VERSION"')


if __name__ == "__main__":
    from dataexposure.rulebase.load import load

    base = load(ROOT / "rules").rulebase
    FOLDER.mkdir(exist_ok=True)
    for file in FILES:
        (FOLDER / file).write_text(result(file, base), encoding="utf-8")
