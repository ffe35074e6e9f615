"""The terminal report: the answer on one screen, then what stands behind it.

Readable at 80 columns, without colour and in a pipe. Every value goes through `printable` and
into rich as plain text, so that nothing from a file can style the terminal.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.model import Holder, Purchase, Report
from dataexposure.printable import printable
from dataexposure.report.console import heading, item, opened, trimmed
from dataexposure.report.grain import tally
from dataexposure.report.steps import step_text
from dataexposure.report.style import (
    BLIND_SPOTS,
    NO_SIGN,
    STAYED,
    UNCALIBRATED,
    answer,
    calibrated,
    contact,
    contact_age,
    counts,
    day,
    decimal,
    expected,
    first_step,
    from_list,
    held,
    likelihood_range,
    likelihood_word,
    name_of,
    onlookers,
    place,
    problem_text,
    reason,
    reasons,
    roles,
    signal_title,
    span,
    stamp,
)

TOP: Final = 10
_PURCHASES: Final = 8
_SEEN_BY: Final = 6
_PROBLEMS: Final = 10
_FILES: Final = 15
_STEPS: Final = 3
_LOWERED: Final = 4
_ALL_REASONS: Final = 6


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the report for a terminal; `details` shows every holder, purchase and file."""
    stream = io.StringIO()
    console = opened(stream, width, colour=colour)
    _summary(console, report, words)
    if details:
        _details(console, report, words)
    _purchases(console, report, words, details=details)
    _advice(console, report, words, details=details)
    _read(console, report, words, details=details)
    _limits(console, report, details=details)
    return trimmed(stream)


def _summary(console: Console, report: Report, words: Words) -> None:
    console.print(Text(answer(report, words), style="bold"))
    if not report.holders:
        return
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    table.add_column(_("Who"), overflow="fold", max_width=max(20, console.width - 60))
    table.add_column(_("How likely"))
    table.add_column(_("Best reason"))
    table.add_column(_("First step"))
    for holder in report.holders[:TOP]:
        chance = f"{likelihood_word(holder.likelihood)}, {likelihood_range(holder.likelihood)}"
        tier = _(words.vocabulary.tiers[holder.tier].title)
        table.add_row(
            Text(printable(holder.name) + from_list(holder.origin)),
            Text(chance),
            Text(tier),
            Text(first_step(holder)),
        )
    console.print()
    console.print(table)
    more = len(report.holders) - TOP
    if more > 0:
        text = ngettext("… and {count} more (--details).", "… and {count} more (--details).", more)
        console.print(Text(text.format(count=more), style="dim"))
    if not calibrated(report):
        console.print(Text(_(UNCALIBRATED), style="dim"))


def _details(console: Console, report: Report, words: Words) -> None:
    heading(console, _("Everyone, with the reasons"))
    for number, holder in enumerate(report.holders, 1):
        console.print()
        _holder(console, number, holder, report, words)


def _holder(console: Console, number: int, holder: Holder, report: Report, words: Words) -> None:
    title = Text(f"{number}. ")
    title.append(printable(holder.name), style="bold")
    title.append(from_list(holder.origin))
    if holder.parent:
        title.append(_(" (belongs to {owner})").format(owner=name_of(holder.parent, words)))
    chance = f"{likelihood_word(holder.likelihood)}, {likelihood_range(holder.likelihood)}"
    title.append(f": {chance}")
    console.print(title)
    item(console, _("What it is: {roles}").format(roles=roles(holder, words)))
    item(console, _("Data it may hold: {data}").format(data=held(holder, words)))
    for claim in reasons(holder, _ALL_REASONS):
        text = reason(claim, words)
        if claim.via:
            text += f" ({name_of(claim.via, words)})"
        item(console, f"{text} [{_(words.vocabulary.tiers[claim.tier].title)}]")
        for position in claim.findings:
            finding = report.findings[position]
            party = f" @ {printable(finding.party)}" if finding.party else ""
            dates = span(finding.first, finding.last)
            what = f"{signal_title(finding, words)}{party}, {dates}, {tally(finding.count)}×"
            item(console, f"{what}: {place(finding.evidence[0])}", depth=2)
    found = contact(holder)
    step = first_step(holder)
    if found:
        step += f": {printable(found.value)} {contact_age(found, report.made)}"
    item(console, _("First step: {step}").format(step=step))
    if holder.steps:
        item(console, _("Your rights, in the order in which to use them:"))
        for number, right in enumerate(holder.steps, 1):
            item(console, f"{number}. {printable(step_text(right, words))}", depth=2)


def _purchases(console: Console, report: Report, words: Words, *, details: bool) -> None:
    if not report.purchases:
        return
    heading(console, _("Purchases that your files show, and who saw them"))
    newest = tuple(reversed(report.purchases))
    shown = newest if details else newest[:_PURCHASES]
    for purchase in shown:
        item(console, _purchase(purchase, words, most=len(words.names) if details else _SEEN_BY))
    rest = len(newest) - len(shown)
    if rest:
        text = ngettext("… and {count} older one.", "… and {count} older ones.", rest)
        console.print(Text(text.format(count=rest), style="dim"))


def _purchase(purchase: Purchase, words: Words, *, most: int) -> str:
    names = [
        f"{name_of(org, words)} ({_(words.vocabulary.tiers[tier].title)})"
        for org, tier in onlookers(purchase, words)
    ]
    if len(names) > most:
        names = [*names[:most], _("and {count} more").format(count=len(names) - most)]
    date = day(purchase.date)
    text = f"{date}  {name_of(purchase.merchant, words)}"
    return f"{text}: {', '.join(names)}" if names else text


def _advice(console: Console, report: Report, words: Words, *, details: bool) -> None:
    if not report.advice:
        return
    heading(console, _("What would lower this most, had you done it before"))
    for advised in report.advice if details else report.advice[:_STEPS]:
        step = words.advice[advised.step]
        names = [name_of(effect.org, words) for effect in advised.effects]
        if len(names) > _LOWERED:
            more = _("and {count} more").format(count=len(names) - _LOWERED)
            names = [*names[:_LOWERED], more]
        total = expected(report)
        change = _("from {before} to {after} expected holders, mostly {names}").format(
            before=decimal(total), after=decimal(total - advised.change), names=", ".join(names)
        )
        item(console, f"{_(step.title)}: {change}")
        if details:
            item(console, _(step.keeps), depth=2)
            item(console, _(step.cost), depth=2)


def _read(console: Console, report: Report, words: Words, *, details: bool) -> None:
    heading(console, _("What was read"))
    files = report.coverage if details else report.coverage[:_FILES]
    for coverage in files:
        dates = f", {span(coverage.first, coverage.last)}" if coverage.last else ""
        item(console, f"{printable(coverage.file)} [{coverage.source}]: {counts(coverage)}{dates}")
    if len(report.coverage) > len(files):
        rest = len(report.coverage) - len(files)
        text = ngettext("… and {count} more file.", "… and {count} more files.", rest)
        console.print(Text(text.format(count=rest), style="dim"))
    if not report.coverage:
        item(console, _("nothing"))
    if not report.problems:
        return
    heading(console, _("What could not be read"))
    shown = report.problems if details else report.problems[:_PROBLEMS]
    for problem in shown:
        item(console, f"{printable(problem.at.file)}: {problem_text(problem, words)}")
    hidden = Counter(problem.cause for problem in report.problems[len(shown) :])
    for cause, count in hidden.most_common():
        sentence = _(words.vocabulary.problems[cause])
        item(console, _("{count} more: {cause}").format(count=count, cause=sentence))


def _limits(console: Console, report: Report, *, details: bool) -> None:
    heading(console, _("What this cannot see"))
    for spot in BLIND_SPOTS:
        item(console, _(spot))
    item(console, _(NO_SIGN))
    console.print()
    console.print(Text(stamp(report.rulebase), style="dim"))
    console.print(Text(_(STAYED), style="dim"))
    if not details and report.holders:
        console.print(
            Text(
                _("More: --details shows all reasons, `dataexposure explain NAME` one of them."),
                style="dim",
            )
        )
