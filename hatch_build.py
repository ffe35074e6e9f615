"""Build hook: compile `rules/` into the bundle that the wheel ships."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface[Any]):
    """Adds `dataexposure/rules.bundle` to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules; an editable install reads them from the checkout instead."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from dataexposure.rulebase.bundle import encode
        from dataexposure.rulebase.load import load

        loaded = load(root / "rules")
        errors = [str(error) for document in loaded.documents for error in document.errors]
        if errors:
            raise SystemExit("\n".join(errors))
        target = root / "build" / "rules.bundle"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(encode(loaded.rulebase))
        build_data["force_include"][str(target)] = "dataexposure/rules.bundle"
