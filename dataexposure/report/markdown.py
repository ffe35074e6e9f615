"""The report as GitHub-flavoured Markdown: what the terminal's details show, in that order."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.knowledge import Words
from dataexposure.language import _
from dataexposure.model import Claim, Holder, Purchase, Report
from dataexposure.report.grain import notice, tally
from dataexposure.report.marks import code, plain, row
from dataexposure.report.steps import step_text
from dataexposure.report.style import (
    BLIND_SPOTS,
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

_ALL_REASONS = 6


def render(report: Report, words: Words, *, width: int, colour: bool, details: bool) -> str:
    """Give the report as Markdown; it always shows everything."""
    del width, colour, details
    parts = (_summary, _everyone, _purchases, _advice, _read, _problems, _limits)
    return "\n".join(line for part in parts for line in part(report, words))


def _heading(text: str) -> Iterator[str]:
    yield from (f"## {plain(text)}", "")


def _table(*titles: str) -> Iterator[str]:
    yield row(tuple(plain(title) for title in titles))
    yield row(("---",) * len(titles))


def _chance(holder: Holder) -> str:
    return f"{likelihood_word(holder.likelihood)}, {likelihood_range(holder.likelihood)}"


def _name(holder: Holder) -> str:
    return plain(holder.name + from_list(holder.origin))


def _summary(report: Report, words: Words) -> Iterator[str]:
    title = _("Who holds data about your purchases?")
    yield from (f"# {plain(title)}", "")
    yield from (f"**{plain(answer(report, words))}**", "")
    if notice(report):
        yield from (plain(notice(report)), "")
    if not report.holders:
        return
    yield from _table(_("Who"), _("How likely"), _("Best reason"), _("First step"))
    for holder in report.holders:
        tier = _(words.vocabulary.tiers[holder.tier].title)
        yield row((_name(holder), *map(plain, (_chance(holder), tier, first_step(holder)))))
    yield ""
    if not calibrated(report):
        yield from (plain(_(UNCALIBRATED)), "")


def _everyone(report: Report, words: Words) -> Iterator[str]:
    if not report.holders:
        return
    yield from _heading(_("Everyone, with the reasons"))
    for number, holder in enumerate(report.holders, 1):
        yield from _holder(number, holder, report, words)
        yield ""


def _holder(number: int, holder: Holder, report: Report, words: Words) -> Iterator[str]:
    title = holder.name + from_list(holder.origin)
    if holder.parent:
        title += _(" (belongs to {owner})").format(owner=name_of(holder.parent, words))
    yield from (f"### {number}. {plain(title)}: {plain(_chance(holder))}", "")
    yield f"- {plain(_('What it is: {roles}').format(roles=roles(holder, words)))}"
    yield f"- {plain(_('Data it may hold: {data}').format(data=held(holder, words)))}"
    for claim in reasons(holder, _ALL_REASONS):
        yield from _claim(claim, report, words)
    found = contact(holder)
    step = plain(_("First step: {step}").format(step=first_step(holder)))
    if found:
        step += f": {code(found.value)} {plain(contact_age(found, report.made))}"
    yield f"- {step}"
    if holder.steps:
        yield f"- {plain(_('Your rights, in the order in which to use them:'))}"
        for turn, right in enumerate(holder.steps, 1):
            yield f"  {turn}. {plain(step_text(right, words))}"


def _claim(claim: Claim, report: Report, words: Words) -> Iterator[str]:
    text = reason(claim, words)
    if claim.via:
        text += f" ({name_of(claim.via, words)})"
    yield f"- {plain(text)} *{plain(_(words.vocabulary.tiers[claim.tier].title))}*"
    for position in claim.findings:
        finding = report.findings[position]
        party = f" @ {plain(finding.party)}" if finding.party else ""
        dates = span(finding.first, finding.last)
        what = f"{plain(signal_title(finding, words))}{party}, {dates}, {tally(finding.count)}×"
        yield ": ".join([f"  - {what}", *(code(place(at)) for at in finding.evidence[:1])])


def _purchases(report: Report, words: Words) -> Iterator[str]:
    if not report.purchases:
        return
    yield from _heading(_("Purchases that your files show, and who saw them"))
    yield from _table(_("Day"), _("Where"), _("Who saw it"))
    for purchase in reversed(report.purchases):
        yield _purchase(purchase, words)
    yield ""


def _purchase(purchase: Purchase, words: Words) -> str:
    seen = ", ".join(
        f"{name_of(org, words)} ({_(words.vocabulary.tiers[tier].title)})"
        for org, tier in onlookers(purchase, words)
    )
    return row((day(purchase.date), plain(name_of(purchase.merchant, words)), plain(seen)))


def _advice(report: Report, words: Words) -> Iterator[str]:
    if not report.advice:
        return
    yield from _heading(_("What would lower this most, had you done it before"))
    total = expected(report)
    for advised in report.advice:
        step = words.advice[advised.step]
        names = ", ".join(name_of(effect.org, words) for effect in advised.effects)
        change = _("from {before} to {after} expected holders, mostly {names}").format(
            before=decimal(total), after=decimal(total - advised.change), names=names
        )
        yield f"- **{plain(_(step.title))}**: {plain(change)}"
        yield f"  - {plain(_(step.keeps))}"
        yield f"  - {plain(_(step.cost))}"
    yield ""


def _read(report: Report, words: Words) -> Iterator[str]:
    del words
    yield from _heading(_("What was read"))
    for coverage in report.coverage:
        dates = f", {span(coverage.first, coverage.last)}" if coverage.last else ""
        source = plain(f"[{coverage.source}]: {counts(coverage)}{dates}")
        yield f"- {code(coverage.file)} {source}"
    if not report.coverage:
        yield f"- {plain(_('nothing'))}"
    yield ""


def _problems(report: Report, words: Words) -> Iterator[str]:
    if not report.problems:
        return
    yield from _heading(_("What could not be read"))
    for problem in report.problems:
        yield f"- {code(problem.at.file)}: {plain(problem_text(problem, words))}"
    yield ""


def _limits(report: Report, words: Words) -> Iterator[str]:
    del words
    yield from _heading(_("What this cannot see"))
    for spot in (*BLIND_SPOTS, _("“No sign” never means “does not hold”.")):
        yield f"- {plain(_(spot))}"
    yield from ("", plain(stamp(report.rulebase)), "")
    yield from (plain(_("Everything was read on this machine; nothing left it.")), "")
