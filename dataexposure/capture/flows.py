"""Flow files: the walk through a sandbox shop, as YAML steps or a Python function.

All that is wrong with all flows is said at once, with file and line, before anything opens.
"""

from __future__ import annotations

import re
import runpy
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from msgspec import Struct

from dataexposure.capture.canaries import KINDS
from dataexposure.capture.contract import Wish
from dataexposure.capture.guard import is_sandbox
from dataexposure.documents import Document
from dataexposure.errors import RuleError, UsageError
from dataexposure.policy import Flow
from dataexposure.urls import split
from dataexposure.website import Canary

SINGLE: Final = frozenset({"open", "click", "check", "wait"})
PAIRED: Final = frozenset({"fill", "select", "press", "read"})
PLACE: Final = re.compile(r"\{(\w+)\}")
_KEYS: Final = frozenset({"canaries", "steps"})

FLOW_ERRORS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What somebody's own flow can throw; a browser's errors come on top."""


class Step(Struct, frozen=True):
    """One thing to do: pairs of a selector or address and a value (empty for single ones)."""

    number: int
    line: int
    action: str
    pairs: tuple[tuple[str, str], ...]


class Plan(Struct, frozen=True):
    """A flow that may run: where it starts, what it plants, and its steps or its function."""

    flow: Flow
    start: str
    site: str
    canaries: tuple[Canary, ...] = ()
    steps: tuple[Step, ...] = ()
    walk: Callable[..., object] | None = None


def plans(wish: Wish) -> tuple[Plan, ...]:
    """Read and check all flows. Raises UsageError with everything that is wrong."""
    errors: list[RuleError] = []
    made = [_plan(flow, wish, errors) for flow in wish.flows]
    if errors:
        raise UsageError("\n".join(str(error) for error in errors))
    return tuple(plan for plan in made if plan is not None)


def base(wish: Wish) -> str:
    """Give the address from which a flow's paths start, with a slash at its end."""
    site = wish.site or (wish.pages[0] if wish.pages else "")
    if not split(site).host:
        return ""
    return urljoin(site, "/") if not wish.site else site.rstrip("/") + "/"


def _plan(flow: Flow, wish: Wish, errors: list[RuleError]) -> Plan | None:
    name = str(flow.path)
    if not flow.path.is_file():
        errors.append(RuleError(name, 0, "there is no such flow file"))
        return None
    if flow.path.suffix == ".py":
        return _python(flow, wish, errors)
    document = Document.load(flow.path, name)
    plan = _yaml(flow, wish, document)
    errors += document.errors
    return plan


def _yaml(flow: Flow, wish: Wish, document: Document) -> Plan | None:
    if document.errors:
        return None
    if not isinstance(document.root, dict):
        document.error("a flow must have `steps`")
        return None
    document.unknown(_KEYS)
    canaries = tuple(_canaries(document))
    steps = tuple(_steps(document))
    if not steps:
        if not document.errors:
            document.error("a flow must have `steps`", "steps")
        return None
    if steps[0].action != "open":
        document.error("the first step must `open` a page", "steps", "0")
    site = base(wish)
    for step in steps:
        if step.action == "open":
            _check_host(urljoin(site, step.pairs[0][0]), wish, document, step)
    return Plan(flow, urljoin(site, steps[0].pairs[0][0]), site, canaries, steps)


def _check_host(url: str, wish: Wish, document: Document, step: Step) -> None:
    where = ("steps", str(step.number - 1), "open")
    host = split(url).host
    if not host:
        document.error("this is not the address of a page", *where)
    elif not is_sandbox(url, wish.sandbox):
        document.error(_refusal(host), *where)


def _refusal(host: str) -> str:
    return (
        f"flows fill in forms, so they run on a sandbox only: {host} is not listed under"
        " `sandbox` in the policy"
    )


def _canaries(document: Document) -> Iterator[Canary]:
    for kind, value in document.mapping("canaries").items():
        if kind not in KINDS:
            document.error(f"unknown canary; known: {', '.join(KINDS)}", "canaries", kind)
        elif not isinstance(value, str) or not value:
            document.error("a canary must be a text", "canaries", kind)
        else:
            yield Canary(kind, value)


def _steps(document: Document) -> Iterator[Step]:
    known = {*document.mapping("canaries"), "email", "phone", "name"}
    for number, path in enumerate(document.items("steps"), 1):
        step = document.mapping(*path)
        if len(step) != 1:
            document.error("a step must say one thing to do", *path)
            continue
        action = next(iter(step))
        if action not in SINGLE | PAIRED:
            allowed = ", ".join(sorted(SINGLE | PAIRED))
            document.error(f"unknown step `{action}`; known: {allowed}", *path, action)
            continue
        pairs = tuple(_pairs(document, action, (*path, action)))
        if not pairs:
            document.error(f"`{action}` must say what", *path, action)
            continue
        for text in (text for pair in pairs for text in pair):
            for place in PLACE.findall(text) if action in ("fill", "select", "open") else ():
                if place not in known:
                    document.error(f"there is no canary `{place}` yet", *path, action)
        if action == "read":
            known |= {kind for _, kind in pairs}
        yield Step(number, document.line(*path, action), action, pairs)


def _pairs(document: Document, action: str, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if action in SINGLE:
        for text in document.texts(*path):
            yield text, ""
        return
    for key, text in document.mapping(*path).items():
        if not isinstance(text, str) or not (text or action == "fill"):
            document.error("this must be a text", *path, key)
        elif action == "read":
            if key in KINDS:
                yield text, key
            else:
                document.error(f"unknown canary; known: {', '.join(KINDS)}", *path, key)
        else:
            yield key, text


def filled(text: str, texts: Mapping[str, str]) -> str:
    """Put the canaries in their places: `{email}`."""
    return PLACE.sub(lambda match: texts.get(match[1], match[0]), text)


def _python(flow: Flow, wish: Wish, errors: list[RuleError]) -> Plan | None:
    name = str(flow.path)
    site = base(wish)
    if not is_sandbox(site, wish.sandbox):
        errors.append(RuleError(name, 0, _refusal(split(site).host or "the site")))
        return None
    try:
        found: dict[str, Any] = runpy.run_path(name)
    except SyntaxError as error:
        errors.append(RuleError(name, error.lineno or 0, "not valid Python"))
        return None
    except FLOW_ERRORS as error:
        kind = type(error).__name__
        errors.append(RuleError(name, line_of(error, flow.path), f"fails with {kind}"))
        return None
    walk = found.get("walk")
    if not callable(walk):
        errors.append(RuleError(name, 0, "there is no function `walk(page, canaries, site)`"))
        return None
    return Plan(flow, site, site, walk=walk)


def line_of(error: BaseException, path: Path) -> int:
    """Give the last line of a flow file that led to an error; 0 when none did."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 0 for one in reversed(frames) if one.filename == str(path)), 0)
