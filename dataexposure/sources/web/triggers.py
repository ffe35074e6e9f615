"""On which events the tags of a tag-manager container fire.

A container has four lists that point at each other by position: `macros` (variables),
`tags`, `predicates` (a test of a macro) and `rules`. A rule such as
`[["if", 0, 3], ["unless", 5], ["add", 2]]` fires tag 2 when predicates 0 and 3 hold and 5 does
not; `["block", 2]` keeps it from firing. The macro `__e` is the name of the event. Tags that
run before or after another one stand in its `setup_tags` and `teardown_tags`.

Only what surely holds counts: of regular expressions those that are alternatives of plain
words. Conditions on anything but the event (consent, a page, a value) are taken as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

PURCHASE: Final = "purchase"
CHECKOUT: Final = "checkout"
PAGE: Final = "page"
OTHER: Final = "other"

_PURCHASES: Final = frozenset(
    [
        "purchase",
        "purchased",
        "purchasecomplete",
        "purchasecompleted",
        "purchasesuccess",
        "eecpurchase",
        "eepurchase",
        "ecpurchase",
        "ecommercepurchase",
        "ga4purchase",
        "gaevpurchase",
        "transaction",
        "transactioncomplete",
        "transactioncompleted",
        "ordercomplete",
        "ordercompleted",
        "orderplaced",
        "ordersuccess",
        "orderconfirmation",
        "orderconfirmed",
        "gtm4wpordercompletedeec",
        "checkoutcomplete",
        "checkoutcompleted",
        "completepayment",
        "placeanorder",
    ]
)
_CHECKOUTS: Final = frozenset(
    [
        "checkout",
        "begincheckout",
        "startcheckout",
        "initiatecheckout",
        "checkoutstarted",
        "checkoutstart",
        "checkoutoption",
        "checkoutprogress",
        "checkoutstep",
        "eeccheckout",
        "ecommercecheckout",
        "gtm4wpcheckoutstepeec",
        "addpaymentinfo",
        "addshippinginfo",
        "viewcheckout",
    ]
)
_PAGES: Final = frozenset(
    [
        "gtmjs",
        "gtmdom",
        "gtmload",
        "gtminit",
        "gtminitconsent",
        "gtmhistorychange",
        "gtmhistorychangev2",
        "pageview",
        "virtualpageview",
    ]
)
_PROBES: Final = (PURCHASE, "begin_checkout", "gtm.js", "gtm.dom", "gtm.load")
_ORDER_PAGES: Final = (
    "order-received",
    "order-confirm",
    "order_confirm",
    "orderconfirm",
    "order-complete",
    "order-success",
    "order/success",
    "order/thank",
    "checkout/success",
    "checkout/thank",
    "onepage/success",
)
"""Parts of addresses that only orders have; newsletters say thank you as well."""

_MOST: Final = 5_000
_MOST_CONDITIONS: Final = 100
_LONGEST: Final = 500
_PLAIN: Final = re.compile(r"[^\\^$.|?*+()\[\]{}]*")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")

Json = Any
Fired = tuple[str, str]
"""A trigger, and the name of the event behind it (empty when it is not told)."""


class Container(NamedTuple):
    """The lists of a container; what has a wrong type in them is an empty thing."""

    macros: list[dict[str, Json]]
    tags: list[dict[str, Json]]
    predicates: list[dict[str, Json]]
    rules: list[list[list[Json]]]


def container(resource: dict[str, Json]) -> Container:
    """Read a container's `resource`, at most 5,000 entries of each list."""
    rules = [
        [one[:_MOST_CONDITIONS] for one in rule[:9] if isinstance(one, list) and one]
        for rule in _list(resource.get("rules"))
        if isinstance(rule, list)
    ]
    return Container(
        macros=_objects(resource.get("macros")),
        tags=_objects(resource.get("tags")),
        predicates=_objects(resource.get("predicates")),
        rules=rules,
    )


def _list(value: Json) -> list[Json]:
    return value[:_MOST] if isinstance(value, list) else []


def _objects(value: Json) -> list[dict[str, Json]]:
    return [one if isinstance(one, dict) else {} for one in _list(value)]


def meaning(event: str) -> str:
    """Say what an event's name stands for: purchase, checkout, page or other."""
    word = _NOT_WORD.sub("", event[:_LONGEST].lower())
    for names, trigger in ((_PURCHASES, PURCHASE), (_CHECKOUTS, CHECKOUT), (_PAGES, PAGE)):
        if word in names:
            return trigger
    return OTHER


def firing(given: Container) -> dict[int, tuple[Fired, ...]]:
    """Give for each tag that fires at all on what it fires, each trigger once."""
    fired: dict[int, dict[str, str]] = {}
    tests = _Tests(given)
    blocked = {
        (tag, event)
        for rule in given.rules
        if (tags := _clause(rule, "block"))
        for event in tests.events(rule, surely=True)
        for tag in tags
    }
    for rule in given.rules:
        added = [tag for tag in _clause(rule, "add") if tag < len(given.tags)]
        events = tests.events(rule) if added else ()
        after_order = bool(events) and tests.on_order_page(rule)
        for event in events:
            trigger = PURCHASE if after_order else meaning(event)
            for tag in added:
                if (tag, event) not in blocked:
                    fired.setdefault(tag, {}).setdefault(trigger, event)
    _sequence(given, fired)
    return {tag: tuple(sorted(triggers.items())) for tag, triggers in fired.items()}


def _sequence(given: Container, fired: dict[int, dict[str, str]]) -> None:
    """Let tags fire that run before or after another one."""
    for tag, triggers in tuple(fired.items()):
        for key in ("setup_tags", "teardown_tags"):
            for one in _list(given.tags[tag].get(key)):
                other = one[1] if isinstance(one, list) and len(one) > 1 else None
                if isinstance(other, int) and 0 <= other < len(given.tags):
                    for trigger, event in triggers.items():
                        fired.setdefault(other, {}).setdefault(trigger, event)


def _clause(rule: list[list[Json]], name: str) -> tuple[int, ...]:
    return tuple(
        number
        for clause in rule
        if clause[0] == name
        for number in clause[1:]
        if isinstance(number, int) and number >= 0
    )


class _Tests:
    """The predicates of a container that concern the event or the page."""

    def __init__(self, given: Container) -> None:
        self._predicates = given.predicates
        self._events = _macros(given, "__e")
        self._pages = _macros(given, "__u")

    def events(self, rule: list[list[Json]], *, surely: bool = False) -> tuple[str, ...]:
        """Give the events on which a rule holds; with `surely`, whatever else is the case."""
        wanted = _clause(rule, "if")
        about = [number for number in wanted if self._is_about(number, self._events)]
        if surely and (len(about) < len(wanted) or _clause(rule, "unless")):
            return ()
        if not about:
            return () if surely else ("",)
        barred = [one for one in _clause(rule, "unless") if self._is_about(one, self._events)]
        return tuple(
            event
            for event in self._candidates(about)
            if all(self._holds(number, event) for number in about)
            and not any(self._holds(number, event) for number in barred)
        )

    def on_order_page(self, rule: list[list[Json]]) -> bool:
        """Say whether a rule asks for a page that comes after an order."""
        asked = (one for one in _clause(rule, "if") if self._is_about(one, self._pages))
        return any(
            word in _text(self._predicates[one].get("arg1")).lower().replace("\\", "")
            for one in asked
            for word in _ORDER_PAGES
        )

    def _is_about(self, number: int, macros: frozenset[int]) -> bool:
        if number >= len(self._predicates):
            return False
        subject = self._predicates[number].get("arg0")
        return (
            isinstance(subject, list)
            and len(subject) == 2
            and subject[0] == "macro"
            and isinstance(subject[1], int)
            and subject[1] in macros
        )

    def _candidates(self, about: Iterable[int]) -> tuple[str, ...]:
        named = [
            _text(self._predicates[number].get("arg1"))
            for number in about
            if self._predicates[number].get("function") == "_eq"
        ]
        return tuple(named[:1]) or _PROBES

    def _holds(self, number: int, event: str) -> bool:
        predicate = self._predicates[number]
        wanted = _text(predicate.get("arg1"))
        if predicate.get("ignore_case") is True:
            wanted, event = wanted.lower(), event.lower()
        match predicate.get("function"):
            case "_eq":
                return event == wanted
            case "_cn":
                return wanted in event
            case "_sw":
                return event.startswith(wanted)
            case "_ew":
                return event.endswith(wanted)
            case "_re":
                return any(one in event for one in _alternatives(wanted, event))
        return False


def _macros(given: Container, function: str) -> frozenset[int]:
    return frozenset(
        number for number, macro in enumerate(given.macros) if macro.get("function") == function
    )


def _text(value: Json) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _alternatives(pattern: str, event: str) -> Iterator[str]:
    """Give what an event must contain by an expression that is plain words and alternatives."""
    if pattern in (".*", "^.*$", ".+", "^.+$"):
        yield ""
        return
    pattern = pattern.removeprefix("^(").removesuffix(")$") if pattern[:2] == "^(" else pattern
    for one in pattern.split("|"):
        whole = one.removeprefix("^").removesuffix("$").replace("\\.", ".")
        if not whole or not _PLAIN.fullmatch(whole.replace(".", "")):
            continue
        anchored = (not one.startswith("^") or event.startswith(whole)) and (
            not one.endswith("$") or event.endswith(whole)
        )
        if anchored:
            yield whole
