"""Write the published JSON Schema anew: `python -m tests.schema`."""

from __future__ import annotations

from dataexposure.report.document import schema
from tests.conftest import ROOT

if __name__ == "__main__":
    (ROOT / "docs" / "reference" / "report.schema.json").write_bytes(schema())
