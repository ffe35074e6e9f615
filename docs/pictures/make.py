"""Make the pictures of the documentation: `python docs/pictures/make.py`.

`terminal.svg` is the demo's report as rich draws it; `page.png` is the demo's page in a
headless Chromium, for which one must be installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

HERE: Final = Path(__file__).resolve().parent
DAY: Final = "2026-11-21"
LINES: Final = 34
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "msedge")
FRAME: Final = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px;
  line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def scan(*options: str) -> str:
    """Give what a scan of the demo prints."""
    command = [sys.executable, "-m", "dataexposure", "scan", "--demo", "--as-of", DAY, *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def terminal(path: Path) -> None:
    """Draw the first screen of the report."""
    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=80, file=nowhere, force_terminal=True)
        console.print(Text("\n".join(scan().splitlines()[:LINES])))
    drawn = console.export_svg(
        title="dataexposure scan --demo", code_format=FRAME, unique_id="report"
    )
    path.write_text(drawn, encoding="utf-8")


def page(path: Path) -> None:
    """Photograph the top of the page."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("no Chromium, Chrome or Edge was found")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        report.write_text(scan("--format", "html"), encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                f"--user-data-dir={folder}/profile",
                "--hide-scrollbars",
                "--window-size=1100,1300",
                f"--screenshot={path}",
                report.as_uri(),
            ],
            capture_output=True,
            check=True,
        )


if __name__ == "__main__":
    terminal(HERE / "terminal.svg")
    page(HERE / "page.png")
