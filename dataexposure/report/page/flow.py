"""The flow: where you bought, who saw it, and whom they may pass data on to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

from dataexposure.knowledge import Words
from dataexposure.language import _, ngettext
from dataexposure.model import Report
from dataexposure.report import style
from dataexposure.report.page.holders import anchors
from dataexposure.report.page.ledger import Named, named

SHOPS: Final = 8
ONLOOKERS: Final = 14
TAKERS: Final = 10
ROWS: Final = 120
WIDTH: Final = 960
_BARS: Final = (210, 412, 760)
_BAR: Final = 4
_LETTER: Final = 7.4
"""About the width of a letter of the labels."""
_TOP: Final = 34
_GAP: Final = 12
_LEAST: Final = 18.0
_TALLEST: Final = 360.0
_LONGEST: Final = 26


class Node(Struct, frozen=True):
    """One organisation in the drawing: its bar, and its label beside it."""

    name: str
    full: str
    x: float
    y: float
    height: float
    anchor: str


class Band(Struct, frozen=True):
    """A curve between two bars; `kind` is how surely: `recorded`, `contacted` or `named`."""

    path: str
    width: float
    kind: str
    title: str


class Step(Struct, frozen=True):
    """One row of the table that says what the drawing shows."""

    giver: Named
    taker: Named
    how: str


class Flow(Struct, frozen=True):
    """The drawing and its table; `more` counts the rows that are left out."""

    height: int
    columns: tuple[tuple[str, int], ...]
    nodes: tuple[tuple[Node, ...], ...]
    bands: tuple[Band, ...]
    steps: tuple[Step, ...]
    more: int
    cut: bool


class _Link(Struct, frozen=True):
    giver: str
    taker: str
    kind: str
    how: str
    count: int


_Columns = tuple[list[str], list[str], list[str]]
_KINDS: Final = {"confirmed": "recorded", "transaction": "recorded", "transfer": "recorded"}


def flow(report: Report, words: Words) -> Flow | None:
    """Lay the flow out; nothing when no purchase was seen by anybody else."""
    seen = _seen(report, words)
    if not seen:
        return None
    passed = _passed(report, words)
    where = anchors(report)
    columns, first, second = _drawn(seen, passed)
    nodes, bands, height = _layout(columns, first, second, where, words)
    links = sorted(seen, key=lambda link: -link.count) + passed
    titles = [(_("Where you bought"), 0), (_("Who saw it"), _BARS[1])]
    if second:
        titles.append((_("Their owners and partners"), _BARS[2]))
    return Flow(
        height=height,
        columns=tuple(titles),
        nodes=nodes,
        bands=bands,
        steps=tuple(
            Step(named(link.giver, where, words), named(link.taker, where, words), link.how)
            for link in links[:ROWS]
        ),
        more=max(0, len(links) - ROWS),
        cut=len(first) + len(second) < len(links),
    )


def _drawn(seen: list[_Link], passed: list[_Link]) -> tuple[_Columns, list[_Link], list[_Link]]:
    """Choose who is drawn, in which order, and the links between them."""
    bought = Counter[str]()
    saw = Counter[str]()
    for link in seen:
        bought[link.giver] += link.count
        saw[link.taker] += link.count
    shops = [org for org, _n in bought.most_common(SHOPS)]
    often = [org for org, _n in saw.most_common(ONLOOKERS)]
    takers = list(dict.fromkeys(link.taker for link in passed))[:TAKERS]
    givers = [link.giver for link in passed if link.taker in takers][: ONLOOKERS // 2]
    first = [link for link in seen if link.giver in shops and link.taker in often]
    onlookers = _untangled(dict.fromkeys((*often, *givers)), first, shops)
    second = [link for link in passed if link.giver in onlookers and link.taker in takers]
    last = _untangled((link.taker for link in second), second, onlookers)
    return (shops, onlookers, last), first, second


def _seen(report: Report, words: Words) -> list[_Link]:
    """Give who saw purchases at which shop, and how many."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for purchase in report.purchases:
        for org, tier in style.onlookers(purchase, words):
            found.setdefault((purchase.merchant, org), Counter())[tier] += 1
    links = []
    for (shop, org), tiers in found.items():
        best = next(tier for tier in words.vocabulary.tiers if tier in tiers)
        count = tiers.total()
        text = ngettext("{count} purchase: {how}", "{count} purchases: {how}", count)
        how = ", ".join(_(words.vocabulary.tiers[tier].title) for tier in tiers)
        kind = _KINDS.get(best, "contacted")
        links.append(_Link(shop, org, kind, text.format(count=count, how=how), count))
    return links


def _passed(report: Report, words: Words) -> list[_Link]:
    """Give whom holders pass data on to, as a dated source or ownership says."""
    found: dict[tuple[str, str], _Link] = {}
    for holder in report.holders:
        for claim in holder.claims:
            if claim.via:
                link = _Link(claim.via, claim.org, "named", style.reason(claim, words), 1)
                found.setdefault((claim.via, claim.org), link)
    return list(found.values())


def _layout(
    columns: _Columns,
    first: list[_Link],
    second: list[_Link],
    where: Mapping[str, str],
    words: Words,
) -> tuple[tuple[tuple[Node, ...], ...], tuple[Band, ...], int]:
    totals = Counter[str]()
    for link in first:
        totals[link.giver] += link.count
    scale = min(14.0, _TALLEST / max(1, totals.total()))
    sizes = (
        {org: _size(first, org, scale, out=True) for org in columns[0]},
        {
            org: max(_size(first, org, scale, out=False), _size(second, org, 4.0, out=True))
            for org in columns[1]
        },
        {org: _size(second, org, 4.0, out=False) for org in columns[2]},
    )
    tallest = max(sum(size.values()) + _GAP * len(size) for size in sizes)
    placed = [_column(size, tallest) for size in sizes]
    nodes = tuple(
        tuple(_node(org, x, *spot, where, words) for org, spot in spots.items())
        for x, spots in zip(_BARS, placed, strict=True)
    )
    bands = (
        *_bands(first, placed[0], placed[1], _behind_bar, _BARS[1], scale, words),
        *_bands(second, placed[1], placed[2], _behind_label, _BARS[2], 4.0, words),
    )
    return nodes, tuple(bands), round(tallest + _TOP + 4)


def _size(links: list[_Link], org: str, scale: float, *, out: bool) -> float:
    mine = (link.count for link in links if (link.giver if out else link.taker) == org)
    return max(_LEAST, scale * sum(mine))


def _column(sizes: Mapping[str, float], tallest: float) -> dict[str, tuple[float, float]]:
    """Give each node's top and height, the column centred."""
    y = _TOP + (tallest - sum(sizes.values()) - _GAP * len(sizes)) / 2
    placed = {}
    for org, size in sizes.items():
        placed[org] = (y, size)
        y += size + _GAP
    return placed


def _node(
    org: str, x: int, y: float, height: float, where: Mapping[str, str], words: Words
) -> Node:
    full = style.name_of(org, words)
    short = full if len(full) <= _LONGEST else full[: _LONGEST - 1] + "…"
    return Node(short, full, x, round(y, 1), round(height, 1), where.get(org, ""))


def _bands(
    links: list[_Link],
    left: Mapping[str, tuple[float, float]],
    right: Mapping[str, tuple[float, float]],
    start: Callable[[str], float],
    end: int,
    scale: float,
    words: Words,
) -> list[Band]:
    outs = _starts(links, left, scale, out=True)
    ins = _starts(links, right, scale, out=False)
    order = {org: number for number, org in enumerate(right)}
    made = []
    for link in sorted(links, key=lambda one: order[one.taker]):
        width = max(1.5, scale * link.count)
        y1, y2 = outs[link.giver] + width / 2, ins[link.taker] + width / 2
        outs[link.giver] += width
        ins[link.taker] += width
        names = (style.name_of(link.giver, words), style.name_of(link.taker, words))
        x = start(names[0])
        middle = (x + end) / 2
        path = f"M{x:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {end} {y2:.1f}"
        made.append(Band(path, round(width, 1), link.kind, f"{names[0]} → {names[1]}: {link.how}"))
    return made


def _behind_bar(name: str) -> float:
    del name
    return _BARS[0] + _BAR


def _behind_label(name: str) -> float:
    return _BARS[1] + 22 + _LETTER * min(len(name), _LONGEST)


def _untangled(orgs: Iterable[str], links: list[_Link], before: list[str]) -> list[str]:
    """Order a column, each once, by where its bands come from, so that fewer of them cross."""

    def origin(org: str) -> float:
        places = [before.index(link.giver) for link in links if link.taker == org]
        return sum(places) / len(places) if places else len(before)

    return sorted(dict.fromkeys(orgs), key=origin)


def _starts(
    links: list[_Link], placed: Mapping[str, tuple[float, float]], scale: float, *, out: bool
) -> dict[str, float]:
    """Give where each node's first band begins, so that its bands sit in its middle."""
    total = dict.fromkeys(placed, 0.0)
    for link in links:
        total[link.giver if out else link.taker] += max(1.5, scale * link.count)
    return {org: y + (height - total[org]) / 2 for org, (y, height) in placed.items()}
