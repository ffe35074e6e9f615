"""A run of the browser: every page and flow in every state, one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from dataexposure.capture import chromium, har, names, visit, walk
from dataexposure.capture.contract import Notice, Wish, without_query
from dataexposure.capture.flows import Plan
from dataexposure.capture.pace import Pace
from dataexposure.capture.verdicts import own_domains
from dataexposure.consent import Consent
from dataexposure.urls import registrable, split
from dataexposure.website import BROWSER, Capture, Notes


def captures(
    wish: Wish, consent: Consent, folder: Path, notice: Notice, plans: tuple[Plan, ...]
) -> Iterator[Capture]:
    """Capture everything that is wished. Raises UsageError when there is no browser."""
    resolver = names.Resolver() if wish.cnames else None
    with chromium.driver() as started:
        browser = chromium.Chromium(started, wish)
        if not browser.sandboxed:
            notice("unprotected", browser.version)
        pace = Pace(wish.delay)
        tasks = _tasks(browser, wish, consent, pace, notice, plans)
        for number, (empty, task) in enumerate(tasks, 1):
            subject = empty.flow or empty.page
            notice("visiting", f"{subject} {empty.state}")
            notes, exchanges, pages = _done(empty, task)
            if resolver is not None:
                own = own_domains(notes.page, wish.first_party)
                hosts = {split(exchange.url).host for exchange in exchanges}
                mine = {host for host in hosts if registrable(host) in own}
                notes = replace(notes, cnames=resolver.cnames(mine))
            for problem in notes.problems:
                notice("problem", f"{problem} {subject} {notes.state}")
            name = har.file_name(number, notes.flow or notes.page, notes.state)
            about = ("Chromium", browser.version)
            path = har.write(folder, name, notes, exchanges, pages, about)
            yield Capture(path, f"{subject} ({notes.state})", notes.page, notes.state)


Task = Callable[[], visit.Result]


def _tasks(
    browser: chromium.Chromium,
    wish: Wish,
    consent: Consent,
    pace: Pace,
    notice: Notice,
    plans: tuple[Plan, ...],
) -> Iterator[tuple[Notes, Task]]:
    """Give each visit and walk, with the notes that stand when nothing at all came of it."""
    for page in wish.pages:
        for state in wish.states:
            yield (
                Notes(page=without_query(page), state=state, depth=BROWSER),
                partial(visit.visit, browser, wish, consent, (page, state), pace, notice),
            )
    for plan in plans:
        start, name = without_query(plan.start), plan.flow.name
        for state in plan.flow.states:
            yield (
                Notes(page=start, state=state, depth=BROWSER, flow=name),
                partial(walk.walk, browser, wish, consent, (plan, state), pace, notice),
            )


def _done(empty: Notes, task: Task) -> visit.Result:
    """Do one thing; a browser that breaks down on a page breaks only that one."""
    from playwright.sync_api import Error

    try:
        return task()
    except Error:
        return replace(empty, problems=("crashed",)), [], []
