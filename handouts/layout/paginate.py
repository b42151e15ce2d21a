"""Boxes -> pages: fill a page, break where the boxes allow it, send what sinks to the foot."""

from collections.abc import Sequence

from handouts.errors import LayoutError
from handouts.layout.boxes import Box, gap
from handouts.values import frozen


@frozen(kw_only=False, eq=False)
class Placed:
    """A box, and how far its top is below the top of the text."""

    box: Box
    depth: float


_MOST_WHITE = 0.3
"""Part of a page that may stay white so that something stays whole."""

_CUT_SECTION, _CUT_PAIR, _WHITE = 1.0, 3.0, 20.0
"""Costs: a page that breaks a section, one that parts what had better stay together, and white
space, squared: a fifth of a page left white costs about as much as a broken section."""


@frozen(kw_only=False)
class _Way:
    """The best way found to a page's first box: pages before it, their cost, where the last began."""

    pages: int
    cost: float
    start: int


def paginate(boxes: Sequence[Box], height: float) -> list[list[Placed]]:
    """Distribute boxes over pages whose text is `height` high.

    Of all ways that need the fewest pages, the calmest is taken: sections and lists stay whole
    where that leaves little white (dynamic programming, as Knuth and Plass break lines).

    Raises:
        LayoutError: One box is higher than a page.
    """
    ways = {0: _Way(0, 0.0, 0)}
    for start in range(len(boxes)):
        if start not in ways:
            continue
        way = ways[start]
        for end, cost in _page_ends(boxes, start, height):
            there = ways.get(end)
            found = _Way(way.pages + 1, way.cost + cost, start)
            if there is None or (found.pages, found.cost) < (there.pages, there.cost):
                ways[end] = found
    return [_sunk(_place(boxes, *page), height) for page in _pages(ways, len(boxes))]


def _pages(ways: dict[int, _Way], end: int) -> list[tuple[int, int]]:
    """Follow the best way back from the last box."""
    pages = []
    while end:
        start = ways[end].start
        pages.append((start, end))
        end = start
    return pages[::-1]


def _page_ends(boxes: Sequence[Box], start: int, height: float) -> list[tuple[int, float]]:
    """Where a page that begins here may well end, and what each costs."""
    depths = _depths(boxes, start, height)
    if not depths:
        raise LayoutError(
            f"one block is {boxes[start].height:.0f} points high, a page has {height:.0f}",
            hint="Split it in the article or in the template",
        )
    full = start + len(depths)
    if full == len(boxes):
        return [(full, 0.0)]
    legal = [end for end in range(full, start, -1) if not boxes[end - 1].keep] or [full]
    least = height * (1 - _MOST_WHITE)
    near = [end for end in legal if depths[end - start - 1] >= least]
    wanted = [legal[0], *_first(near, boxes, pair=True), *_first(near, boxes, pair=False)]
    return [
        (end, _cost(boxes, end, 1 - depths[end - start - 1] / height))
        for end in dict.fromkeys(wanted)
    ]


def _first(ends: list[int], boxes: Sequence[Box], *, pair: bool) -> list[int]:
    """The last end that parts no pair, or the ends before a section."""
    if pair:
        return [end for end in ends if not boxes[end - 1].leans][:1]
    return [end for end in ends if boxes[end].opens]


def _cost(boxes: Sequence[Box], end: int, white: float) -> float:
    cut = 0.0 if boxes[end].opens else _CUT_SECTION
    return cut + (_CUT_PAIR if boxes[end - 1].leans else 0.0) + _WHITE * white * white


def _depths(boxes: Sequence[Box], start: int, height: float) -> list[float]:
    """How deep the text is after each box that fits on the page that begins here."""
    depth = _opening(boxes[start]).height if start and boxes[start].repeat else 0.0
    depths: list[float] = []
    for index in range(start, len(boxes)):
        if index > start:
            depth += gap(boxes[index - 1], boxes[index])
        depth += boxes[index].height
        if depth > height + _TOLERANCE:
            break
        depths.append(depth)
    return depths


_TOLERANCE = 0.01


def _opening(box: Box) -> Box:
    """What a page opens with when it breaks before this box."""
    return box.repeat or Box(0.0, ())


def _place(boxes: Sequence[Box], start: int, end: int) -> list[Placed]:
    """Set boxes one below the other; the white above the first is dropped."""
    placed, depth = [], 0.0
    if start and boxes[start].repeat:
        head = _opening(boxes[start])
        placed.append(Placed(head, 0.0))
        depth = head.height
    for index in range(start, end):
        if index > start:
            depth += gap(boxes[index - 1], boxes[index])
        placed.append(Placed(boxes[index], depth))
        depth += boxes[index].height
    return placed


def _sunk(page: list[Placed], height: float) -> list[Placed]:
    """Move the first box that sinks, and all below it, to the foot of the page."""
    first = next((n for n, placed in enumerate(page) if placed.box.sinks), None)
    if first is None:
        return page
    last = page[-1]
    room = height - last.depth - last.box.height
    moved = [Placed(placed.box, placed.depth + room) for placed in page[first:]]
    return [*page[:first], *moved]
