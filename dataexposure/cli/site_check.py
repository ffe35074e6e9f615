"""What `dataexposure site` does: find the pages, capture them, judge them, write the result."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import structs

from dataexposure import pipeline
from dataexposure.capture.contract import Wish
from dataexposure.checks import baseline as baselines
from dataexposure.checks import reading, starting
from dataexposure.checks.judge import counts_at
from dataexposure.cli import options, site_targets, terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _
from dataexposure.policy import Inspection, Policy
from dataexposure.printable import printable
from dataexposure.report.website import renderer
from dataexposure.rulebase import userdata
from dataexposure.website import BROWSER, STATES, STATIC, UNSTATED, Canary, Capture

FOUND: Final = 1
INCONCLUSIVE: Final = 3
EXPIRED: Final = 4
POLICY: Final = "dataexposure.yml"
BASELINE: Final = ".dataexposure-baseline.json"
_SUMMARY: Final = "GITHUB_STEP_SUMMARY"
_BOUNDS: Final = ("warn", "error", "never")


class Asked(NamedTuple):
    """The options of the command, by their names."""

    targets: list[str] | None
    policy: Path | None
    static: bool
    browser: str
    state: list[str] | None
    flow: list[str] | None
    no_flows: bool
    email: list[str] | None
    style: str
    output: Path | None
    also: list[str] | None
    fail_on: str
    init: bool
    update_baseline: bool
    keep: Path | None
    delay: float
    timeout: float
    settle: float
    max_pages: int
    cnames: bool
    resolve: str
    insecure: bool
    no_values: bool
    details: bool
    lang: str
    no_color: bool
    quiet: bool
    as_of: str


def run(asked: Asked) -> int:
    """Check a website and give the exit code. Raises UsageError for what cannot be done."""
    how = _wanted(asked)
    others = _others(asked)
    rulebase = userdata.complete()
    policy = _chosen(asked, _policy(asked, rulebase))
    look = pipeline.Look(
        made=options.today(asked.as_of),
        given=tuple(Canary("email", address) for address in asked.email or ()),
        show_values=not asked.no_values,
    )
    place = _baseline_place(policy, asked)
    known = None if asked.init else baselines.read(place)
    with _folder(asked.keep) as folder:
        captures = _captures(asked, policy, rulebase, folder)
        inspection = pipeline.inspect(captures, rulebase, policy, look, known)
    if asked.init:
        return _start(asked, inspection, rulebase)
    if asked.update_baseline:
        baselines.write(
            place,
            baselines.updated(
                inspection.visits, inspection.issues, inspection.made, known, inspection.gone
            ),
        )
        terminal.note(_("Written: {name}").format(name=place.name))
    for one in (how, *others):
        _write(inspection, one, rulebase)
    return _exit_code(inspection, asked)


def _exit_code(inspection: Inspection, asked: Asked) -> int:
    if inspection.expired:
        return EXPIRED
    if not asked.update_baseline and counts_at(inspection.issues, asked.fail_on):
        return FOUND
    return INCONCLUSIVE if inspection.inconclusive or not inspection.visits else 0


def _wanted(asked: Asked) -> options.Wanted:
    """Check the options that need no file. Raises UsageError."""
    options.choose_language(asked.lang)
    renderer(asked.style)
    if asked.fail_on not in _BOUNDS:
        known = ", ".join(_BOUNDS)
        raise UsageError(
            _("{option} wants one of: {known}.").format(option="--fail-on", known=known)
        )
    for state in asked.state or ():
        if state not in STATES:
            known = ", ".join(STATES)
            raise UsageError(
                _("{option} wants one of: {known}.").format(option="--state", known=known)
            )
    return options.Wanted(asked.style, asked.output, asked.details, asked.no_color, redact=False)


def _others(asked: Asked) -> list[options.Wanted]:
    """Read `--also sarif=report.sarif`. Raises UsageError for another form."""
    found = []
    for text in asked.also or ():
        style, equals, name = text.partition("=")
        if not equals or not name:
            raise UsageError(_("--also wants a format and a file, such as sarif=report.sarif."))
        renderer(style)
        found.append(options.Wanted(style, Path(name), asked.details, no_color=True, redact=False))
    return found


def _policy(asked: Asked, rulebase: Rulebase) -> Policy:
    """Read the policy that is named, or that lies here; without one, an empty one."""
    path = asked.policy or Path(POLICY)
    if asked.init or (asked.policy is None and not path.is_file()):
        return Policy()
    return reading.read(path, rulebase.organisations, rulebase.vocabulary.roles, rulebase.checks)


def _chosen(asked: Asked, policy: Policy) -> Policy:
    """Leave those flows that are asked for. Raises UsageError for an unknown one."""
    if asked.no_flows:
        return structs.replace(policy, flows=())
    if not asked.flow:
        return policy
    known = {flow.name: flow for flow in policy.flows}
    for name in asked.flow:
        if name not in known:
            raise UsageError(
                _("The policy has no flow `{name}`; known: {known}.").format(
                    name=printable(name), known=", ".join(known) or "-"
                )
            )
    return structs.replace(policy, flows=tuple(known[name] for name in dict.fromkeys(asked.flow)))


def _baseline_place(policy: Policy, asked: Asked) -> Path:
    if policy.baseline:
        return Path(policy.baseline)
    return (asked.policy or Path(POLICY)).parent / BASELINE


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Give the folder for recordings: the one that is named, or one that goes afterwards."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="dataexposure-") as name:
            yield Path(name)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from None
    yield keep


def _captures(asked: Asked, policy: Policy, rulebase: Rulebase, folder: Path) -> Iterator[Capture]:
    """Give every capture, made one after the other as they are read."""
    manners = _manners(asked, policy)
    found = site_targets.targets(asked.targets or (), policy, asked.max_pages, manners)
    state = asked.state[0] if asked.state and len(asked.state) == 1 else UNSTATED
    for file in found.files:
        yield structs.replace(file, state=state)
    flows = () if asked.static or found.files else policy.flows
    if not (found.pages or flows):
        return
    from dataexposure.capture import capture

    wish = structs.replace(manners, pages=found.pages, flows=flows)
    yield from capture(wish, rulebase.consent, folder, _notice(asked))


def _manners(asked: Asked, policy: Policy) -> Wish:
    """Give how a site is looked at, before it is known which pages."""
    states = tuple(dict.fromkeys(asked.state or policy.states or STATES))
    return Wish(
        pages=(),
        states=("none",) if asked.static else states,
        sandbox=policy.sandbox,
        first_party=policy.first_party,
        site=policy.site,
        delay=asked.delay,
        timeout=asked.timeout,
        settle=asked.settle,
        browser=asked.browser,
        resolve=asked.resolve,
        insecure=asked.insecure,
        depth=STATIC if asked.static else BROWSER,
        cnames=asked.cnames,
    )


def _notice(asked: Asked) -> Callable[[str, str], None]:
    """Give what says what is going on: an id of `capture.contract.Notice` and its place."""
    sentences = {
        "visiting": _("Looking at {place}"),
        "waiting": _("Waiting, as {place} asks"),
        "step": _("This step of the flow could not be carried out: {place}"),
        "unprotected": _("The browser ({place}) runs without its sandbox here."),
        "stopped": _("The flow was not followed to another site: {place}"),
    }

    def say(what: str, place: str) -> None:
        if not asked.quiet and what in sentences:
            terminal.note(sentences[what].format(place=printable(place)))

    return say


def _start(asked: Asked, inspection: Inspection, rulebase: Rulebase) -> int:
    """Write a policy from what was seen. Raises UsageError rather than write over one."""
    path = asked.policy or Path(POLICY)
    text = starting.policy_text(inspection.visits, inspection.site, rulebase.checks)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            _("{name} exists already; nothing was written.").format(name=path.name)
        ) from None
    except OSError as error:
        reason = error.strerror or "error"
        raise UsageError(_("Cannot write the output: {reason}.").format(reason=reason)) from None
    terminal.note(_("Written: {name}").format(name=path.name))
    return INCONCLUSIVE if inspection.inconclusive or not inspection.visits else 0


def _write(inspection: Inspection, how: options.Wanted, rulebase: Rulebase) -> None:
    render = renderer(how.style)
    words = pipeline.words(rulebase)
    text = render(inspection, words, width=options.width(), colour=how.colour, details=how.details)
    # The steps of a job share one summary.
    shared = how.output is not None and str(how.output) == os.environ.get(_SUMMARY)
    options.put(text, how.output, append=shared)
