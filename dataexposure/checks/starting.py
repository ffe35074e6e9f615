"""The policy file to begin with: what was seen, declared; what is checked, at its level.

Nothing is softened so that the first run passes: what fails now is named in comments, and the
baseline is the place to accept it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dataexposure.checks.addresses import FLOW, absolute, host, origin, place
from dataexposure.checks.budgets import COOKIES, NEW_VENDORS, THIRD_PARTIES, count
from dataexposure.checks.evidence import standing
from dataexposure.checks.judge import ORDER, judge, level
from dataexposure.language import _, ngettext
from dataexposure.policy import Check, Policy
from dataexposure.printable import printable
from dataexposure.website import STATES, Recipient, Visit

BASELINE: Final = ".dataexposure-baseline.json"
"""Where the baseline stands, relative to the policy file."""

_PLAIN: Final = re.compile(r"[A-Za-z/][A-Za-z0-9._/-]*|https?://[A-Za-z0-9._/:-]*[A-Za-z0-9/]")
_WHEN_LISTED: Final = ", "
_BY_REGION: Final = "gpc-honoured"
"""The check whose level follows the regions, so that it is not fixed."""


def policy(visits: tuple[Visit, ...], site: str, checks: Mapping[str, Check]) -> Policy:
    """Give the policy that the text says, without the file's name and lines.

    `site` is the address of the site or a page of it; anything else is no site, as for pages
    that were never published.
    """
    site = origin(site)
    begun = Policy(
        site=site,
        pages=tuple(absolute(page, site) for page in _pages(visits, site)),
        states=tuple(state for state in STATES if any(one.state == state for one in visits)),
        declared=tuple(sorted(_vendors(visits))),
        budgets=dict(_budgets(visits)),
        baseline=BASELINE,
    )
    levels = {name: level(name, begun, checks) for name in ORDER}
    asserts = {
        name: chosen for name, chosen in levels.items() if chosen != "off" and name != _BY_REGION
    }
    return Policy(
        site=begun.site,
        pages=begun.pages,
        states=begun.states,
        declared=begun.declared,
        asserts=asserts,
        budgets=begun.budgets,
        baseline=BASELINE,
    )


def policy_text(visits: tuple[Visit, ...], site: str, checks: Mapping[str, Check]) -> str:
    """Write the policy file for a site as it was seen."""
    begun = policy(visits, site, checks)
    failing = Counter(one.check for one in judge(visits, begun, checks, dt.date.min).issues)
    return "\n".join(
        (
            *_preamble(visits, begun),
            *_declared(visits, begun),
            *_asserts(begun, failing, checks),
            *_bounds(begun),
            "",
            *_comment(_("To accept what is there now, run with --update-baseline: then only")),
            *_comment(_("what is new fails.")),
            f"baseline: {_quoted(begun.baseline)}",
            "",
        )
    )


def _preamble(visits: tuple[Visit, ...], begun: Policy) -> Iterator[str]:
    yield "version: 1"
    if begun.site:
        yield f"site: {_quoted(begun.site)}"
    yield from _list("pages", _pages(visits, begun.site))
    if begun.states:
        yield f"states: [{_WHEN_LISTED.join(begun.states)}]"
    yield from _comment(_("Say where your visitors are, such as: regions: [EU, US-CA]"))


def _declared(visits: tuple[Visit, ...], begun: Policy) -> Iterator[str]:
    """Write the vendors that were met, each with its name and roles as a comment."""
    seen = _vendors(visits)
    yield ""
    yield "vendors:"
    yield from _comment(_("Met on the site. Does the privacy notice name each of them?"), "  ")
    if not begun.declared:
        yield "  declared: []"
        return
    yield "  declared:"
    for org in begun.declared:
        about = (seen[org].name, *seen[org].roles)
        yield f"    - {_quoted(org)}  # {_safe(_WHEN_LISTED.join(about))}"


def _asserts(
    begun: Policy, failing: Mapping[str, int], checks: Mapping[str, Check]
) -> Iterator[str]:
    """Write every check at its level; those that are off, as comments."""
    yield ""
    yield "assert:" if begun.asserts else "assert: {}"
    for name in ORDER:
        if name in begun.asserts:
            line = f"  {name.replace('-', '_')}: {begun.asserts[name]}"
            number = failing.get(name, 0)
            now = ngettext("{count} possible issue now", "{count} possible issues now", number)
            yield f"{line}  # {_safe(now.format(count=number))}" if number else line
        elif name in checks:
            chosen = level(name, begun, checks)
            yield f"  # {name.replace('-', '_')}: {chosen}"
            if name == _BY_REGION:
                yield from _comment(_("(an error where a state of the US is a region)"), "  ")


def _bounds(begun: Policy) -> Iterator[str]:
    yield ""
    yield from _comment(_("The worst page of this run."))
    yield "budgets:"
    yield from (f"  {name.replace('-', '_')}: {bound}" for name, bound in begun.budgets.items())


def _pages(visits: Iterable[Visit], site: str) -> tuple[str, ...]:
    """Give the pages, as paths where they are the site's."""
    named = dict.fromkeys(
        _written(visit, site) for visit in visits if visit.page and not visit.flow
    )
    return tuple(page for page in named if page)


def _written(visit: Visit, site: str) -> str:
    """Give a page as a policy names it: a path of the site, or an address; empty for neither."""
    page = place(visit, site)
    is_path = page.startswith("/") and not page.startswith("//")
    address = page if is_path else visit.page
    speaks = is_path or (host(address) and address.lower().startswith(("http://", "https://")))
    return "" if not speaks or re.search(r"\s", address) or page.startswith(FLOW) else address


def _vendors(visits: Iterable[Visit]) -> dict[str, Recipient]:
    """Give everybody who was met, by id."""
    return {one.org: one for visit in visits for one in visit.recipients}


def _budgets(visits: tuple[Visit, ...]) -> Iterator[tuple[str, int]]:
    """Give as budgets what the worst page had, and no new vendors."""
    looked = tuple(standing(visits))
    yield THIRD_PARTIES, max((count(THIRD_PARTIES, one) for one in looked), default=0)
    for state in STATES:
        numbers = [count(COOKIES, one) for one in looked if one.state == state]
        if numbers:
            yield f"{COOKIES}-{state}", max(numbers)
    yield NEW_VENDORS, 0


def _list(key: str, entries: Iterable[str]) -> Iterator[str]:
    written = [_quoted(entry) for entry in entries]
    if written:
        yield f"{key}:"
        yield from (f"  - {entry}" for entry in written)


def _comment(text: str, indent: str = "") -> Iterator[str]:
    yield f"{indent}# {_safe(text)}"


def _safe(text: str) -> str:
    """Give a text that stays within its comment."""
    return printable(text)


def _quoted(text: str) -> str:
    """Write a text as a YAML scalar: plain where that is surely read as it stands."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if "\ud800" <= character <= "\udfff":  # half of a pair, which no file can hold
        return "?"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
