"""Build hook: compile `rules/` into the bundle and the catalogues into what gettext reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(package: Path) -> None:
    """Write a `.mo` file beside every catalogue of a package."""
    for source in sorted(package.glob("locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream)
        with source.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


class BuildHook(BuildHookInterface[Any]):
    """Adds `dataexposure/rules.bundle` and the compiled catalogues to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable install reads its rules from the checkout instead."""
        root = Path(self.root)
        if self.target_name != "wheel":
            return
        compile_catalogues(root / "dataexposure")
        if version == "editable":
            return
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
