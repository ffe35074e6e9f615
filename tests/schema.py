"""Write the published JSON Schemas anew: `python -m tests.schema`."""

from __future__ import annotations

from dataexposure.report import document
from dataexposure.report.website import document as website
from tests.conftest import ROOT

if __name__ == "__main__":
    folder = ROOT / "docs" / "reference"
    (folder / "report.schema.json").write_bytes(document.schema())
    (folder / "inspection.schema.json").write_bytes(website.schema())
