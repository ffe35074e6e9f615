"""The flow: where you bought, who saw it, and whom they pass data on to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
_LABEL_END: Final = 590
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


_KINDS: Final = {"confirmed": "recorded", "transaction": "recorded", "transfer": "recorded"}


def flow(report: Report, words: Words) -> Flow | None:
    """Lay the flow out; nothing when no purchase was seen by anybody else."""
    seen = _seen(report, words)
    if not seen:
        return None
    passed = _passed(report, words)
    where = anchors(report)
    shops = _most((link.giver for link in seen for _n in range(link.count)), SHOPS)
    often = Counter[str]()
    for link in seen:
        often[link.taker] += link.count
    takers = list(dict.fromkeys(link.taker for link in passed))[:TAKERS]
    givers = [link.giver for link in passed if link.taker in takers]
    drawn = dict.fromkeys(org for org, _n in often.most_common(ONLOOKERS))
    onlookers = list(drawn | dict.fromkeys(givers[: ONLOOKERS // 2]))
    first = [link for link in seen if link.giver in shops and link.taker in drawn]
    second = [link for link in passed if link.giver in onlookers and link.taker in takers]
    columns = (shops, onlookers, [org for org in takers if any(o.taker == org for o in second)])
    nodes, bands, height = _layout(columns, first, second, where, words)
    links = sorted(seen, key=lambda link: -link.count) + passed
    return Flow(
        height=height,
        columns=(
            (_("Where you bought"), 0),
            (_("Who saw it"), _BARS[1]),
            *(((_("Whom they pass data on to"), _BARS[2]),) if second else ()),
        ),
        nodes=nodes,
        bands=bands,
        steps=tuple(
            Step(named(link.giver, where, words), named(link.taker, where, words), link.how)
            for link in links[:ROWS]
        ),
        more=max(0, len(links) - ROWS),
        cut=len(first) + len(second) < len(links),
    )


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


def _most(names: Iterable[str], most: int) -> list[str]:
    return [name for name, _n in Counter(names).most_common(most)]


def _layout(
    columns: tuple[list[str], list[str], list[str]],
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
        *_bands(first, placed[0], placed[1], (_BARS[0] + _BAR, _BARS[1]), scale, words),
        *_bands(second, placed[1], placed[2], (_LABEL_END, _BARS[2]), 4.0, words),
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
    ends: tuple[int, int],
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
        middle = (ends[0] + ends[1]) // 2
        path = f"M{ends[0]} {y1:.1f}C{middle} {y1:.1f} {middle} {y2:.1f} {ends[1]} {y2:.1f}"
        names = (style.name_of(link.giver, words), style.name_of(link.taker, words))
        made.append(Band(path, round(width, 1), link.kind, f"{names[0]} → {names[1]}: {link.how}"))
    return made


def _starts(
    links: list[_Link], placed: Mapping[str, tuple[float, float]], scale: float, *, out: bool
) -> dict[str, float]:
    """Give where each node's first band begins, so that its bands sit in its middle."""
    total = dict.fromkeys(placed, 0.0)
    for link in links:
        total[link.giver if out else link.taker] += max(1.5, scale * link.count)
    return {org: y + (height - total[org]) / 2 for org, (y, height) in placed.items()}
