"""Words for what a website check met: states, levels, sentences of issues, safe text.

The sentences of checks come from the rule base and are translated here; the values put into
them come from strangers, go through `printable`, and are never themselves taken for places.
"""

from __future__ import annotations

import re
from pathlib import PureWindowsPath
from typing import Final, Protocol

from dataexposure.knowledge import Words
from dataexposure.language import N_, _
from dataexposure.policy import Excepted, Inspection, Issue
from dataexposure.printable import printable
from dataexposure.report import style
from dataexposure.website import BROWSER, RECORDED, STATES, STATIC, UNSTATED, Visit

POLICY: Final = "dataexposure.yml"
"""The customary name of a policy file, which stands in for one when there is none."""

FLOW: Final = "flow:"
"""What stands before the name of a walk where an issue names its page."""

ERROR: Final = "error"
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_STATES: Final = {
    "none": N_("before any choice"),
    "reject": N_("after rejecting"),
    "accept": N_("after accepting"),
    "gpc": N_("with the opt-out signal (GPC)"),
    UNSTATED: N_("as recorded"),
    "": "",
}
_COLUMNS: Final = {
    "none": N_("none"),
    "reject": N_("reject"),
    "accept": N_("accept"),
    "gpc": N_("GPC"),
    UNSTATED: N_("recorded"),
    "": N_("any"),
}
_DEPTHS: Final = {
    BROWSER: N_("run in a browser"),
    STATIC: N_("only its text was read"),
    RECORDED: N_("from a recording"),
}
_LEVELS: Final = {"error": N_("error"), "warn": N_("warning"), "off": N_("note")}
_KINDS: Final = {
    "product": N_("Product"),
    "price": N_("Price"),
    "order": N_("Order number"),
    "consent-string": N_("Consent string"),
}
_FORMS: Final = {"plain": N_("plain"), "base64": "base64", "hex": "hex"}
_LISTED: Final = frozenset({"no-purchase-data-before-consent", "no-purchase-data-after-reject"})
_KIND_CHECKS: Final = frozenset(
    {
        "no-contact-data-to-third-party",
        "no-purchase-data-before-consent",
        "no-purchase-data-after-reject",
    }
)
"""Checks whose `data` is a kind of data; elsewhere it is a name that strangers gave."""

BLIND_SPOTS: Final = (
    N_(
        "What the site’s own servers pass on to others, server to server, cannot be observed "
        "from outside."
    ),
    N_("Pages, states, regions, devices and accounts other than those listed above."),
    N_("What a recipient does with the data, and whom it passes it on to."),
    N_("“Not observed” never means “does not happen”. A possible issue is no legal judgement."),
)


class Renderer(Protocol):
    """Turns an inspection into a text for one format."""

    def __call__(
        self, inspection: Inspection, words: Words, *, width: int, colour: bool, details: bool
    ) -> str:
        """Render; `width` in columns and `colour` matter to the terminal only."""
        ...


def state_text(state: str) -> str:
    """Say what the visitor chose; empty for an issue of no single state."""
    return _(_STATES[state]) if _STATES.get(state) else printable(state)


def state_column(state: str) -> str:
    """Give a state's short name, for the head of a column."""
    return _(_COLUMNS[state]) if state in _COLUMNS else printable(state)


def depth_text(depth: str) -> str:
    """Say how deep a page was looked at."""
    return _(_DEPTHS[depth]) if depth in _DEPTHS else printable(depth)


def page_text(page: str) -> str:
    """Name an issue's page, or the walk through the shop; empty for none."""
    if page.startswith(FLOW):
        return _("the walk “{flow}”").format(flow=printable(page.removeprefix(FLOW)))
    return printable(page)


def level_text(level: str) -> str:
    """Give a level's name."""
    return _(_LEVELS[level]) if level in _LEVELS else printable(level)


def states_of(inspection: Inspection) -> tuple[str, ...]:
    """Give the states to compare: all four, unless all that there is are recordings."""
    met = dict.fromkeys(visit.state for visit in inspection.visits)
    others = tuple(state for state in met if state not in STATES)
    return STATES + others if set(met) - set(others) or not met else others


def check_title(check: str, words: Words) -> str:
    """Give a check's title, or its id when the rules in use do not know it."""
    known = words.checks.get(check)
    return _(known.title) if known else printable(check)


def check_fix(check: str, words: Words) -> str:
    """Say how to fix what a check observed; empty when the rules do not know."""
    known = words.checks.get(check)
    return _(known.fix) if known and known.fix else ""


def check_blind(check: str, words: Words) -> str:
    """Say what a check cannot see; empty when the rules do not know."""
    known = words.checks.get(check)
    return _(known.blind) if known and known.blind else ""


def sentence(issue: Issue, words: Words) -> str:
    """Say what was observed, in one sentence.

    What the sentence of the check has no place for, and only that, follows in brackets.
    """
    known = words.checks.get(issue.check)
    frame = _(known.observed) if known and known.observed else check_title(issue.check, words)
    places = {
        "org": who(issue.org, words) if issue.org else _("the site"),
        "page": page_text(issue.page) or _("the site"),
        "state": state_column(issue.state),
        "data": data_text(issue, words),
        "detail": detail_text(issue, words),
    }
    asked = set(_PLACE.findall(frame))
    text = _PLACE.sub(lambda found: places.get(found[1], found[0]), frame)
    # Where the detail lists what was sent, that it was purchase data is said already.
    data = "" if issue.check in _LISTED else issue.data
    given = (("org", issue.org), ("data", data), ("detail", issue.detail))
    rest = [places[name] for name, value in given if value and name not in asked]
    if not rest:
        return text
    end = "." if text.endswith(".") else ""
    text, more = text.removesuffix("."), ", ".join(rest)
    if text.endswith(")"):
        return f"{text[:-1]}; {more}){end}"
    return f"{text} ({more}){end}"


def data_text(issue: Issue, words: Words) -> str:
    """Name the data of an issue: a kind with its form, or the name of a cookie or budget."""
    if issue.check not in _KIND_CHECKS:
        return printable(issue.data)
    kind, _sign, form = issue.data.partition(":")
    return f"{kind_text(kind, words)}, {form_text(form)}" if form else kind_text(kind, words)


def detail_text(issue: Issue, words: Words) -> str:
    """Give the detail of an issue; kinds of data that it lists are named."""
    if issue.check not in _LISTED:
        return printable(issue.detail)
    kinds = (kind_text(kind, words) for kind in issue.detail.split(", "))
    return ", ".join(dict.fromkeys(kinds))


def kind_text(kind: str, words: Words) -> str:
    """Name a kind of data: a category of the vocabulary, or what a flow plants."""
    if kind in words.vocabulary.data:
        return _(words.vocabulary.data[kind].title)
    return _(_KINDS[kind]) if kind in _KINDS else printable(kind)


def form_text(form: str) -> str:
    """Name a form in which a value was written; the names of hashes are names."""
    return _(_FORMS[form]) if form in _FORMS else printable(form)


def event_text(event: str, words: Words) -> str:
    """Name an event."""
    known = words.vocabulary.events.get(event)
    return _(known.title) if known else printable(event)


def role_texts(roles: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Say what somebody does."""
    known = words.vocabulary.roles
    texts = (_(known[role].title) if role in known else printable(role) for role in roles)
    return tuple(texts) or (_("unknown"),)


def who(org: str, words: Words, name: str = "") -> str:
    """Name an organisation or an unknown site; `name` is what to call it without a rule."""
    if org in words.names or not name:
        return style.name_of(org, words)
    return printable(name)


def reason(problem: str, words: Words) -> str:
    """Say why nothing can be concluded."""
    known = words.inconclusive.get(problem)
    return _(known) if known else printable(problem)


def reasons(visit: Visit, words: Words) -> str:
    """Say everything that keeps a visit from being conclusive."""
    return " ".join(reason(problem, words) for problem in visit.inconclusive)


def status(issue: Issue) -> str:
    """Say why an issue does not count; empty for one that does."""
    if issue.excepted:
        return _("excepted")
    return _("known") if issue.known else ""


def expired_text(one: Excepted, words: Words) -> str:
    """Say which exception has expired, who answered for it and why."""
    text = _("The exception from “{check}” expired on {date} (owner: {owner}; reason: {why}).")
    places = (part for part in (one.vendor, one.page) if part)
    return text.format(
        check=", ".join((check_title(one.rule, words), *map(page_text, places))),
        date=one.until.isoformat(),
        owner=printable(one.owner),
        why=printable(one.why),
    )


def gone_text(identity: tuple[str, str, str, str, str], words: Words) -> str:
    """Name an issue of the baseline that was not seen again."""
    check, page, state, org, data = identity
    issue = Issue(check, "off", page, state, org, data)
    parts = (
        check_title(check, words),
        page_text(page),
        state_text(state),
        who(org, words) if org else "",
        data_text(issue, words),
    )
    return ", ".join(part for part in parts if part)


def policy_file(inspection: Inspection) -> str:
    """Give the policy file's place in its repository: relative, with `/`, without a scheme.

    A file that was named by its absolute path stands under its name alone.
    """
    path = PureWindowsPath(printable(inspection.policy))
    if path.drive or path.root:
        return path.name or POLICY
    parts = [part for part in path.parts if part not in ("", ".", "..")]
    return "/".join(parts) or POLICY
