"""`dataexposure explain`: who an organisation is, how it is recognised, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import typer

from dataexposure.cli import options, terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Organisation, Rulebase, Signal, Term
from dataexposure.language import N_, _, ngettext
from dataexposure.model import Locator, Observation
from dataexposure.printable import printable

Word = Annotated[
    str, typer.Argument(help=_("An organisation, domain, cookie, app id, parameter or sender."))
]
_CONTACTS = {
    "email": N_("e-mail"),
    "form": N_("web form"),
    "page": N_("its page"),
    "post": N_("post"),
}
_AT = Locator("explain", "word")


def explain(word: Word, lang: options.Lang = "") -> None:
    """Say who stands behind a name, a domain, a cookie, an app or a parameter."""
    from dataexposure.rulebase import userdata

    options.choose_language(lang)
    rulebase = userdata.complete()
    found = tuple(_organisations(word, rulebase))
    marks = tuple(_signals(word, rulebase))
    for signal in marks:
        if signal.org and all(org.id != signal.org for org in found):
            found = (*found, rulebase.organisations[signal.org])
    if not found and not marks:
        raise UsageError(
            _("Nothing is known about `{word}`. That does not mean that it is harmless.").format(
                word=printable(word)
            )
        )
    for signal in marks:
        name = rulebase.organisations[signal.org].name if signal.org else _("any shop")
        terminal.line(f"{printable(word)}: {name}, {signal.title}")
    for org in found:
        terminal.line()
        _describe(org, rulebase)


def _organisations(word: str, rulebase: Rulebase) -> Iterator[Organisation]:
    wanted = word.casefold().strip()
    host = wanted.removeprefix("https://").removeprefix("http://").partition("/")[0]
    given = set()
    for org in rulebase.organisations.values():
        if wanted in (org.id, org.name.casefold()):
            given.add(org.id)
            yield org
    if (owner := rulebase.contacted(host)) and owner not in given:
        yield rulebase.organisations[owner]


def _signals(word: str, rulebase: Rulebase) -> Iterator[Signal]:
    """Give the written signals that fire when the word is a cookie, app, sender or parameter."""
    from dataexposure.pipeline import Prover

    prover = Prover(rulebase)
    by_id = {signal.id: signal for signal in rulebase.signals}
    parameter = f"https://shop.example/?{word}" + ("" if "=" in word else "=1")
    guesses = (
        Observation("cookie", {"name": (word,), "host": ("shop.example",)}, _AT),
        Observation("app", {"package": (word,)}, _AT),
        Observation("sdk", {"class": (word,)}, _AT),
        Observation("mail", {"from": (word,)}, _AT),
        Observation("tag", {"template": (word,), "trigger": ("page",)}, _AT),
        Observation("tag", {"template": (word,), "trigger": ("purchase",)}, _AT),
        Observation("visit", {"url": (parameter,)}, _AT),
        Observation("visit", {"url": (word if "//" in word else f"https://{word}",)}, _AT),
    )
    seen = set()
    for guess in guesses:
        for identifier, _carried in prover.fire(guess, ""):
            if identifier in by_id and identifier not in seen:
                seen.add(identifier)
                yield by_id[identifier]


def _describe(org: Organisation, rulebase: Rulebase) -> None:
    from dataexposure.report.style import from_list

    words = rulebase.vocabulary
    country = f" ({org.country})" if org.country else ""
    terminal.line(org.name + country + from_list(org.origin))
    for role in org.roles:
        _item(f"{_(words.roles[role].title)}: {_(words.roles[role].sentence)}")
    for title, ids, terms in _terms(org, rulebase):
        names = ", ".join(_(terms[name].title) for name in ids if name in terms)
        _item(f"{title} {names}")
    if org.parent:
        owner = rulebase.organisations[org.parent.org].name
        _item(_("Belongs to {owner}.").format(owner=owner))
    owned = [
        other.name
        for other in rulebase.organisations.values()
        if other.parent and other.parent.org == org.id
    ]
    if owned:
        _item(_("Owns: {names}.").format(names=", ".join(owned)))
    _item(_("Recognised by:"))
    own = [signal for signal in rulebase.signals if signal.org == org.id]
    for signal in own:
        data = ", ".join(_(words.data[name].title) for name in signal.data)
        _item(f"{signal.title} [{signal.channel}]" + (f": {data}" if data else ""), depth=2)
    if org.domains:
        _item(_("its domains: {domains}").format(domains=", ".join(org.domains)), depth=2)
    _item(_("What to do:"))
    for contact in org.rights:
        checked = _("checked {date}").format(date=contact.checked)
        kind = _(_CONTACTS[contact.kind])
        _item(f"{kind}: {contact.value} ({checked})", depth=2)
    if org.gap:
        _item(org.gap, depth=2)
    _item(_("Ask for a copy of your data first, and for whom it was passed to;"), depth=2)
    _item(_("then object or opt out; ask for erasure last, because it ends the trail."), depth=2)
    _sources(org)


def _sources(org: Organisation) -> None:
    unopened = _("not opened yet")
    _item(ngettext("Source:", "Sources:", len(org.sources)))
    for citation in org.sources.values():
        seen = _("checked {date}").format(date=citation.checked)
        _item(f"{citation.url} ({seen if citation.seen else unopened})", depth=2)


def _terms(
    org: Organisation, rulebase: Rulebase
) -> Iterator[tuple[str, Iterable[str], Mapping[str, Term]]]:
    """Give what is usual for its roles, in the field's terms."""
    words = rulebase.vocabulary
    roles = [words.roles[role] for role in org.roles]
    yield _("Part in the data market:"), dict.fromkeys(role.market for role in roles), words.market
    for title, field, terms in (
        (_("Comes by data:"), "collects", words.collects),
        (_("Kinds of data:"), "kinds", words.kinds),
        (_("Usual legal basis:"), "basis", words.basis),
    ):
        yield title, dict.fromkeys(item for role in roles for item in getattr(role, field)), terms


def _item(text: str, depth: int = 1) -> None:
    indent = "   " * (depth - 1) + " - "
    lines = textwrap.wrap(
        text,
        width=options.WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        terminal.line(line)
