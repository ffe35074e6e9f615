"""The map: the sixteen places where purchase data collects, found or not or not to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import DataClass, Words
from dataexposure.language import _, ngettext
from dataexposure.model import Holder, Report
from dataexposure.printable import printable
from dataexposure.report.page.holders import anchors
from dataexposure.report.page.ledger import Named

SHOWN: Final = 5
_APPS: Final = "apps"

KIND_OF_READER: Final[Mapping[str, str]] = {
    "chromium-history": "history",
    "firefox-history": "history",
    "safari-history": "history",
    "takeout-history": "history",
    "chromium-cookies": "cookies",
    "firefox-cookies": "cookies",
    "mbox": "mail",
    "maildir": "mail",
    "message": "mail",
    "android-packages": "apps",
    "android-dumpsys": "apps",
    "androidqf-packages": "apps",
    "apk": "apps",
    "har": "network",
    "app-privacy-report": "network",
}
"""The kind of input (of the vocabulary's `inputs`) that each reader reads."""


class Place(Struct, frozen=True):
    """One of the sixteen.

    `state` is `found`, `none` or `blind`; `status` is the sentence that says so, and
    `unseen` what could show it but was not put in.
    """

    number: int
    title: str
    sentence: str
    state: str
    status: str
    unseen: str
    holders: tuple[Named, ...]
    more: int


def given(report: Report) -> frozenset[str]:
    """Name the kinds of input that something was read from."""
    return frozenset(
        KIND_OF_READER[coverage.source]
        for coverage in report.coverage
        if coverage.read and coverage.source in KIND_OF_READER
    )


def landscape(report: Report, words: Words) -> tuple[Place, ...]:
    """Give the sixteen places in order."""
    present = given(report)
    where = anchors(report)
    coded = frozenset(finding.org for finding in report.findings if finding.channel == "sdk")
    return tuple(
        _place(
            known,
            [
                holder
                for holder in report.holders
                if holder.channel == name or (name == _APPS and holder.id in coded)
            ],
            present,
            where,
            words,
        )
        for name, known in sorted(words.vocabulary.classes.items(), key=lambda pair: pair[1].number)
    )


def _place(
    known: DataClass,
    found: list[Holder],
    present: frozenset[str],
    where: Mapping[str, str],
    words: Words,
) -> Place:
    seen = [kind for kind in known.inputs if kind in present]
    unseen = [kind for kind in known.inputs if kind not in present]
    if found:
        state, status = "found", _found(found, words)
    elif seen:
        state, status = "none", _("no sign in: {inputs}").format(inputs=_kinds(seen, words))
    else:
        state, status = "blind", _("your files cannot show this")
    text = _("Could also be shown by: {inputs}") if found or seen else _("Shown by: {inputs}")
    return Place(
        number=known.number,
        title=_(known.title),
        sentence=_(known.sentence),
        state=state,
        status=status,
        unseen=text.format(inputs=_kinds(unseen, words)) if unseen else "",
        holders=tuple(Named(printable(one.name), where[one.id]) for one in found[:SHOWN]),
        more=max(0, len(found) - SHOWN),
    )


def _found(found: list[Holder], words: Words) -> str:
    likely = sum(holder.likelihood.mid >= words.counted for holder in found)
    weaker = len(found) - likely
    parts = []
    if likely:
        parts.append(
            ngettext("{count} likely holder", "{count} likely holders", likely).format(count=likely)
        )
    if weaker:
        parts.append(
            ngettext("{count} weaker sign", "{count} weaker signs", weaker).format(count=weaker)
        )
    return _("found: {what}").format(what=", ".join(parts))


def _kinds(kinds: Iterable[str], words: Words) -> str:
    return ", ".join(_(words.vocabulary.inputs[kind].title).lower() for kind in kinds)
