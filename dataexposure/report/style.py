"""What renderers share: their contract, words for numbers and ids, and safe text."""

from __future__ import annotations

import datetime as dt
from typing import Final, Protocol

from dataexposure import language
from dataexposure.knowledge import Words
from dataexposure.language import N_, _, ngettext
from dataexposure.model import (
    Claim,
    Contact,
    Coverage,
    Finding,
    Holder,
    Likelihood,
    Locator,
    Problem,
    Purchase,
    Report,
    RulebaseStamp,
)
from dataexposure.printable import printable
from dataexposure.report.grain import date_text, notice, tally

SITE: Final = "site:"
_CONTACT_STALE: Final = dt.timedelta(days=548)  # eighteen months
_LIKELIHOOD_WORDS: Final = {
    "confirmed": N_("confirmed"),
    "almost-certain": N_("almost certain"),
    "very-likely": N_("very likely"),
    "likely": N_("likely"),
    "possible": N_("possible"),
    "unlikely": N_("unlikely"),
    "very-unlikely": N_("very unlikely"),
}
_STEPS: Final = {
    "form": N_("ask by web form"),
    "email": N_("ask by e-mail"),
    "page": N_("see its page"),
    "post": N_("ask by letter"),
}
_UNKNOWN_STEP: Final = N_("find its contact")
_COUNTERS: Final = {
    "urls": N_("addresses"),
    "places": N_("addresses"),
    "items": N_("addresses"),
    "visits": N_("visits"),
    "cookies": N_("cookies"),
    "messages": N_("messages"),
    "links": N_("links of interest"),
    "images": N_("pictures of interest"),
    "spam": N_("spam, left out"),
    "sent": N_("sent, left out"),
    "draft": N_("drafts, left out"),
    "requests": N_("requests"),
    "pages": N_("pages"),
    "packages": N_("apps"),
    "apps": N_("apps"),
    "contacts": N_("contacts"),
    "classes": N_("classes of code"),
}
BLIND_SPOTS: Final = (
    N_("what companies pass on to each other behind the scenes, server to server"),
    N_("purchases in shops by card or cash, unless a receipt or an app shows them"),
    N_("other devices, browsers and accounts than those you put in"),
    N_("history, cookies and mail that were deleted before"),
)
NO_SIGN: Final = N_("“No sign” never means “does not hold”.")
STAYED: Final = N_("Everything was read on this machine; nothing left it.")
UNCALIBRATED: Final = N_("The percentages are reasoned estimates, not yet calibrated.")


class Renderer(Protocol):
    """Turns a report into a text for one format."""

    def __call__(
        self, report: Report, words: Words, *, width: int, colour: bool, details: bool
    ) -> str:
        """Render; `width` in columns and `colour` matter to the terminal only."""
        ...


def likelihood_word(likelihood: Likelihood) -> str:
    """Give the likelihood's word from the fixed glossary."""
    return _(_LIKELIHOOD_WORDS[likelihood.word])


def likelihood_range(likelihood: Likelihood) -> str:
    """Give the range in per cent, such as `88–98 %`."""
    low, high = (min(99, max(1, round(bound * 100))) for bound in (likelihood.low, likelihood.high))
    return f"{low}\u00a0%" if low == high else f"{low}–{high}\u00a0%"


def day(date: dt.date | None) -> str:
    """Give a date as 2026-11-21, which reads the same in every language; redacted as 2026-11."""
    return date_text(date) if date else _("undated")


def span(first: dt.date | None, last: dt.date | None) -> str:
    """Give a span of dates, or the one day."""
    if first is None and last is None:
        return _("undated")
    return day(last) if first == last or first is None else f"{day(first)} – {day(last)}"


def name_of(org: str, words: Words) -> str:
    """Name an organisation, a site that is not known, or nobody."""
    if not org:
        return _("a shop that is not shown")
    if org.startswith(SITE):
        return printable(org.removeprefix(SITE))
    return printable(words.names.get(org) or org) + from_list(org.rpartition(":")[0])


def from_list(origin: str) -> str:
    """Say behind a name which imported list it comes from; nothing for our own rules."""
    if not origin:
        return ""
    return _(" (from the list {list} that you imported)").format(list=printable(origin))


def signal_title(finding: Finding, words: Words) -> str:
    """Say what was recognised.

    In English that is the signal's title, which is a name and not translated; in other
    languages, and for an implied signal, it is the title of its event.
    """
    title = words.titles.get(finding.signal) if language.current() == "en" else None
    return title or _(words.vocabulary.events[finding.event].title)


def reason(claim: Claim, words: Words) -> str:
    """Give the sentence behind a claim."""
    return _(words.reasons[claim.because])


def reasons(holder: Holder, most: int) -> tuple[Claim, ...]:
    """Give a holder's best claims, one for each kind of reasoning and party."""
    best: dict[tuple[str, str], Claim] = {}
    for claim in holder.claims:
        best.setdefault((claim.because, claim.via), claim)
    return tuple(best.values())[:most]


def contact(holder: Holder) -> Contact | None:
    """Give the contact to use first: a form or page of its own, then mail."""
    order = {"form": 0, "email": 1, "post": 2, "page": 3}
    return min(holder.rights, key=lambda found: order[found.kind], default=None)


def first_step(holder: Holder) -> str:
    """Say in a few words what to do first: ask for the data, before anything is erased."""
    found = contact(holder)
    return _(_STEPS[found.kind]) if found else _(_UNKNOWN_STEP)


def contact_age(found: Contact, made: dt.date) -> str:
    """Say when a contact was last checked, and to confirm it once that is long ago."""
    try:
        old = made - dt.date.fromisoformat(found.checked) > _CONTACT_STALE
    except ValueError:
        old = True
    if not found.seen:
        return _("(from common knowledge: confirm it on its site)")
    if old:
        return _("(last checked {date}: confirm it on its site)").format(date=found.checked)
    return _("(checked {date})").format(date=found.checked)


def likely(report: Report, words: Words) -> tuple[Holder, ...]:
    """Give the holders that count as likely."""
    return tuple(holder for holder in report.holders if holder.likelihood.mid >= words.counted)


def expected(report: Report) -> float:
    """Give the expected number of holders: the sum of their likelihoods."""
    return sum(holder.likelihood.mid for holder in report.holders)


def decimal(value: float) -> str:
    """Give a number with one decimal place, as the language in use writes it."""
    mark = "." if language.current() == "en" else ","
    return f"{value:.1f}".replace(".", mark)


def answer(report: Report, words: Words) -> str:
    """Answer the question in one or two sentences."""
    found = likely(report, words)
    if not report.holders:
        text = _(
            "No sign was found of anyone holding data about your purchases. "
            "That does not mean that nobody does."
        )
        return f"{text} {notice(report)}".rstrip()
    text = ngettext(
        "{count} organisation likely holds data about your purchases.",
        "{count} organisations likely hold data about your purchases.",
        len(found),
    ).format(count=len(found))
    rest = len(report.holders) - len(found)
    if rest:
        text += " " + ngettext(
            "For {count} more there is a weaker sign.",
            "For {count} more there are weaker signs.",
            rest,
        ).format(count=rest)
    if report.purchases:
        text += " " + ngettext(
            "Your files show {count} purchase.",
            "Your files show {count} purchases.",
            len(report.purchases),
        ).format(count=len(report.purchases))
    return f"{text} {notice(report)}".rstrip()


def calibrated(report: Report) -> bool:
    """Say whether every holder's numbers were measured rather than assumed."""
    return all(holder.likelihood.calibrated for holder in report.holders)


def roles(holder: Holder, words: Words) -> str:
    """Say what an organisation does, or that the rule base does not know the site."""
    if not holder.known:
        return _("a site that the rule base does not know")
    return ", ".join(_(words.vocabulary.roles[role].title) for role in holder.roles)


def held(holder: Holder, words: Words) -> str:
    """Say what data it may hold, purchases first."""
    known = words.vocabulary.data
    ordered = sorted(holder.categories, key=lambda name: not known[name].purchases)
    return ", ".join(_(known[name].title) for name in ordered)


def place(at: Locator) -> str:
    """Say where something was read, such as `inbox.mbox, message:3`."""
    return printable(f"{at.file}, {at.record}" if at.record else at.file)


def onlookers(purchase: Purchase, words: Words) -> tuple[tuple[str, str], ...]:
    """Give who saw a purchase besides its shop, each with its best tier, the strongest first."""
    order = list(words.vocabulary.tiers)
    seen: dict[str, str] = {}
    for sighting in sorted(purchase.seen_by, key=lambda one: order.index(one.tier)):
        if sighting.org != purchase.merchant:
            seen.setdefault(sighting.org, sighting.tier)
    return tuple(seen.items())


def stamp(made_by: RulebaseStamp) -> str:
    """Name the rule base, its size and its newest check."""
    return _(
        "Rule base {version}: {organisations} organisations, {signals} signals, "
        "newest check {date}."
    ).format(
        version=printable(made_by.version),
        organisations=made_by.organisations,
        signals=made_by.signals,
        date=printable(made_by.date),
    )


def aged(report: Report, most: int) -> str:
    """Say so when the newest check of the rule base is more than `most` days old; else empty."""
    try:
        days = (report.made - dt.date.fromisoformat(report.rulebase.date)).days
    except ValueError:
        return ""
    if days <= most:
        return ""
    return ngettext(
        "Its newest check was {count} day before this report: some of it may be out of date.",
        "Its newest check was {count} days before this report: some of it may be out of date.",
        days,
    ).format(count=days)


def likelihood_words() -> tuple[str, ...]:
    """Give the fixed glossary, from the strongest word to the weakest."""
    return tuple(_(word) for word in _LIKELIHOOD_WORDS.values())


def counts(coverage: Coverage) -> str:
    """Say how much was read of a file, such as `addresses: 64, visits: 84`."""
    shown = ((_(_COUNTERS[name]), n) for name, n in coverage.counts.items() if name in _COUNTERS)
    return ", ".join(f"{title}: {tally(count)}" for title, count in shown if count) or _("nothing")


def problem_text(problem: Problem, words: Words) -> str:
    """Say what could not be read and why."""
    text = _(words.vocabulary.problems[problem.cause])
    if problem.note:
        text += f" ({printable(problem.note)})"
    if problem.count > 1:
        text += " " + ngettext("({count} record)", "({count} records)", problem.count).format(
            count=tally(problem.count)
        )
    return text
