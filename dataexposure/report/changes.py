"""A comparison of two reports in words: for a terminal, as Markdown, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Final

import msgspec

from dataexposure.errors import UsageError
from dataexposure.knowledge import Words
from dataexposure.language import N_, _, ngettext
from dataexposure.printable import printable
from dataexposure.report import comparison, marks
from dataexposure.report.comparison import Bought, Change, Comparison, Reason
from dataexposure.report.style import day, likelihood_range, likelihood_word, name_of

_INDENT: Final = 2
_CAUSES: Final = {
    comparison.NEWER: N_("may be due to the newer rule base"),
    comparison.OLDER: N_("may be due to the older rule base"),
    comparison.OTHER: N_("may be due to the different rule base"),
}

Section = tuple[str, tuple[str, ...]]
Writer = Callable[[Comparison, Words, int], str]


def checked(style: str) -> None:
    """See that there is such a format. Raises UsageError when there is not."""
    if style not in FORMATS:
        raise UsageError(
            _("There is no format `{name}`; known: {known}.").format(
                name=style, known=", ".join(FORMATS)
            )
        )


def written(found: Comparison, words: Words, style: str, width: int) -> str:
    """Give a comparison in a format of `FORMATS`. Raises UsageError for an unknown one."""
    checked(style)
    return FORMATS[style](found, words, width)


def _json(found: Comparison, words: Words, width: int) -> str:
    del words, width
    return msgspec.json.format(msgspec.json.encode(found), indent=_INDENT).decode() + "\n"


def _terminal(found: Comparison, words: Words, width: int) -> str:
    lines = wrap(printable(_answer(found)), width, break_on_hyphens=False)
    for title, items in _sections(found, words):
        lines += ["", title]
        for item in items:
            text = printable(item)
            lines += wrap(
                text, width, initial_indent=" - ", subsequent_indent="   ", break_on_hyphens=False
            )
    return "\n".join(lines) + "\n"


def _markdown(found: Comparison, words: Words, width: int) -> str:
    del width
    heading = _("What came and what went")
    lines = [f"# {marks.plain(heading)}", ""]
    lines += [f"**{marks.plain(_answer(found))}**", ""]
    for title, items in _sections(found, words):
        lines += [f"## {marks.plain(title)}", "", *(f"- {marks.plain(one)}" for one in items), ""]
    return "\n".join(lines)


FORMATS: Final[Mapping[str, Writer]] = {
    "terminal": _terminal,
    "json": _json,
    "markdown": _markdown,
}
"""What a comparison can be written as."""


def _answer(found: Comparison) -> str:
    days = _("Between {old} and {new}:").format(old=day(found.old.made), new=day(found.new.made))
    came, gone, changed = len(found.came), len(found.gone), len(found.changed)
    bought, unbought = len(found.bought), len(found.unbought)
    if not (came or gone or changed or bought or unbought):
        nothing = _("nothing came and nothing went.")
        return f"{days} {nothing}"
    parts = (
        ngettext("{count} organisation came", "{count} organisations came", came),
        ngettext("{count} organisation went", "{count} organisations went", gone),
        ngettext("{count} organisation changed", "{count} organisations changed", changed),
        ngettext("{count} purchase came", "{count} purchases came", bought),
        ngettext("{count} purchase went", "{count} purchases went", unbought),
    )
    counted = zip(parts, (came, gone, changed, bought, unbought), strict=True)
    return f"{days} {', '.join(text.format(count=count) for text, count in counted if count)}."


def _sections(found: Comparison, words: Words) -> Iterator[Section]:
    """Give each part that is not empty: its title, and its items as plain texts."""
    cause = _(_CAUSES[found.rules]) if found.rules in _CAUSES else ""
    sections: tuple[Section, ...] = (
        (_("How far the two can be compared"), tuple(_caveats(found))),
        (_("Came"), tuple(_whole(one, words, cause) for one in found.came)),
        (_("Went"), tuple(_whole(one, words, cause) for one in found.gone)),
        (_("Changed"), tuple(_moved(one, words, cause) for one in found.changed)),
        (_("Purchases that came"), tuple(_purchase(one, words, cause) for one in found.bought)),
        (_("Purchases that went"), tuple(_purchase(one, words, cause) for one in found.unbought)),
    )
    yield from (section for section in sections if section[1])


def _caveats(found: Comparison) -> Iterator[str]:
    old, new = found.old, found.new
    if found.rules != comparison.SAME:
        yield _(
            "The rule bases differ ({old} of {old_date}, {new} of {new_date}). What may be due to "
            "that is marked; the rest is likely your own data, because its rules were in use "
            "before or its evidence is newer than the old report."
        ).format(
            old=old.rulebase.version,
            old_date=old.rulebase.date,
            new=new.rulebase.version,
            new_date=new.rulebase.date,
        )
    if any(not change.came and not change.gone for change in found.changed):
        yield _("Likelihoods fall with time, also when nothing else changes.")
    if old.made > new.made:
        yield _("The report named first is the newer one.")
    if old.residence != new.residence:
        yield _("They were made for different places of residence, so partners differ.")
    if old.only:
        yield ngettext(
            "{count} file was read only for the old report: what went may only be unread.",
            "{count} files were read only for the old report: what went may only be unread.",
            old.only,
        ).format(count=old.only)
    if new.only:
        yield ngettext(
            "{count} file was read only for the new report: what came may have been there before.",
            "{count} files were read only for the new report: what came may have been there "
            "before.",
            new.only,
        ).format(count=new.only)
    if old.unread or new.unread:
        yield _(
            "Not everything could be read (old: {old} problems, new: {new}); the reports say what."
        ).format(old=old.unread, new=new.unread)


def _whole(one: Change, words: Words, cause: str) -> str:
    """Say who came or went, how likely it holds data or did, and why."""
    chance = one.after or one.before
    word = f"{likelihood_word(chance)}, {likelihood_range(chance)}" if chance else ""
    return f"{_who(one, words)}: {word}. {_why(one.came or one.gone, words)}{_due(one, cause)}"


def _moved(one: Change, words: Words, cause: str) -> str:
    """Say how an organisation that both reports have has changed."""
    parts = []
    if one.before and one.after:
        before, after = likelihood_word(one.before), likelihood_word(one.after)
        parts.append(before if before == after else f"{before} → {after}")
    for title, reasons in ((_("new:"), one.came), (_("no longer:"), one.gone)):
        marked = tuple(reason for reason in reasons if reason.rules and not one.rules)
        rest = tuple(reason for reason in reasons if reason not in marked)
        parts += [f"{title} {_why(rest, words)}"] if rest else []
        parts += [f"{title} {_why(marked, words)} [{cause}]"] if marked else []
    return f"{_who(one, words)}: {'; '.join(parts)}{_due(one, cause)}"


def _who(one: Change, words: Words) -> str:
    return name_of(one.org, words) if one.org in words.names else one.name


def _why(reasons: tuple[Reason, ...], words: Words) -> str:
    """Give the sentence of each kind of reasoning once, with all whom it passes or names."""
    where: dict[str, dict[str, None]] = {}
    for reason in reasons:
        named = where.setdefault(reason.because, {})
        named.update(dict.fromkeys([name_of(reason.via, words)] if reason.via else []))
        named.update(dict.fromkeys([reason.party] if reason.party and not reason.via else []))
    shown = ((_(words.reasons.get(because, because)), names) for because, names in where.items())
    return " ".join(f"{text} ({', '.join(names)})" if names else text for text, names in shown)


def _purchase(one: Bought, words: Words, cause: str) -> str:
    name = one.merchant_name or name_of(one.merchant, words)
    return f"{day(one.date)} {name}{_due(one, cause)}"


def _due(one: Change | Bought, cause: str) -> str:
    return f" [{cause}]" if one.rules and cause else ""
