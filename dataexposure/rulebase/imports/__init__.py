"""Lists of others that a user may import for themselves: one module for each kind."""

from __future__ import annotations

import csv
from typing import Final

import msgspec

from dataexposure.errors import UsageError
from dataexposure.language import _
from dataexposure.rulebase.imports import (
    disconnect,
    duckduckgo_tds,
    easyprivacy,
    exodus,
    ghostery_trackerdb,
    tcf_vendors,
    webappanalyzer,
    whotracksme,
)
from dataexposure.rulebase.imports.contract import Importer
from dataexposure.rulebase.imports.material import Material
from dataexposure.rulebase.lists import Copy

IMPORTERS: Final[tuple[Importer, ...]] = (
    ghostery_trackerdb,
    disconnect,
    duckduckgo_tds,
    exodus,
    webappanalyzer,
    tcf_vendors,
    whotracksme,
    easyprivacy,
)
"""In the order in which their word counts: who names and classifies comes first."""


def importer(kind: str) -> Importer:
    """Give the importer of a kind. Raises UsageError for an unknown one."""
    for one in IMPORTERS:
        if kind == one.KIND:
            return one
    known = ", ".join(one.KIND for one in IMPORTERS)
    raise UsageError(
        _("There is no list of kind `{kind}`; known: {known}.").format(kind=kind, known=known)
    )


def recognise(material: Material) -> Importer:
    """Give the importer that claims the list. Raises UsageError unless it is exactly one."""
    claimants = [one for one in IMPORTERS if one.sniff(material)]
    if len(claimants) != 1:
        known = ", ".join(one.KIND for one in IMPORTERS)
        raise UsageError(
            _("This is not one of the lists that can be imported: {known}.").format(known=known)
        )
    return claimants[0]


def convert(material: Material, chosen: Importer) -> Copy:
    """Read a list. Raises UsageError when it is damaged, another kind, or has nothing of use."""
    try:
        copy = chosen.read(material)
    except (msgspec.MsgspecError, csv.Error, ValueError, LookupError, RecursionError):
        raise UsageError(
            _("The list is damaged, or not of the kind `{kind}`.").format(kind=chosen.KIND)
        ) from None
    if not copy.entries and not copy.measures:
        raise UsageError(
            _("The list has nothing that can be used as `{kind}`.").format(kind=chosen.KIND)
        )
    return copy
