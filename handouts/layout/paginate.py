"""Boxes -> frames: fill a page or a column, break where the boxes allow it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from handouts.errors import LayoutError
from handouts.layout.boxes import Box, gap
from handouts.values import frozen


class NoRoom(LayoutError):  # noqa: N818  (it reads as what happened)
    """The edition has no room for the leaflet; another one may have.

    `excess` orders those of several tries: the least is the nearest to a leaflet.
    """

    excess: tuple[float, float]


class TooHigh(NoRoom):
    """A block that does not break is higher than a page; `head` is the head above it."""

    def __init__(self, height: float, room: float, head: str = "") -> None:
        self.height, self.room, self.head = height, room, head
        self.excess = (_WORST, height)
        where = f" under “{head}”" if head else ""
        super().__init__(
            f"a block{where} is {height:.0f} points high, a page has {room:.0f}",
            hint="Split it in the article or in the template",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return TooHigh, (self.height, self.room, self.head)


_WORST = 2.0
"""A block that no page holds is worse than a panel or a leaflet that is too full."""


@frozen(kw_only=False, eq=False)
class Placed:
    """A box, how far its top is below the top of the text, and how far it is moved to the right."""

    box: Box
    depth: float
    shift: float = 0.0


_MOST_WHITE = 0.3
"""Part of a page that may stay white so that something stays whole."""

_CUT_SECTION, _CUT_PAIR, _WHITE = 1.0, 3.0, 20.0
"""Costs: a page that breaks a section, one that parts what had better stay together, and white
space, squared: a fifth of a page left white costs about as much as a broken section."""


@frozen(kw_only=False)
class Frames:
    """The heights of the frames that boxes fill, one after the other: the first ones, and the rest."""

    rest: float
    first: tuple[float, ...] = ()

    def height(self, frame: int) -> float:
        """The height of a frame, counted from 0."""
        return self.first[frame] if frame < len(self.first) else self.rest


@frozen(kw_only=False)
class _Way:
    """The best way found to a frame's first box.

    `frames` are used up to there, at a cost; the last of them began with the box `start`.
    """

    frames: int
    cost: float
    start: int


def paginate(boxes: Sequence[Box], frames: Frames, *, whole: bool = False) -> list[list[Placed]]:
    """Distribute boxes over frames; a low one stays empty when nothing may stand in it alone.

    Of all ways that need the fewest frames, the calmest is taken: sections and lists stay whole
    where that leaves little white (dynamic programming, as Knuth and Plass break lines).

    Args:
        boxes: What to distribute.
        frames: Their heights.
        whole: Whether sections stay whole however much white that leaves, except those that no
            frame holds.

    Raises:
        TooHigh: One box is higher than a frame.
    """
    flow = _flow(boxes)
    ways = {0: _Way(0, 0.0, 0)}
    for start in range(len(boxes)):
        if start not in ways:
            continue
        way = ways[start]
        frame = _frame(flow, start, way.frames, frames)
        for end, cost in _ends(flow, start, frames, frame, whole=whole):
            there = ways.get(end)
            found = _Way(frame + 1, way.cost + cost, start)
            if there is None or (found.frames, found.cost) < (there.frames, there.cost):
                ways[end] = found
    return _filled(boxes, ways, frames)


@frozen(kw_only=False, eq=False)
class _Flow:
    """Boxes, and where each begins and ends in a frame without end."""

    boxes: Sequence[Box]
    tops: list[float]
    bottoms: list[float]


def _flow(boxes: Sequence[Box]) -> _Flow:
    tops: list[float] = []
    bottoms: list[float] = []
    depth = 0.0
    for index, box in enumerate(boxes):
        if index:
            depth += _above(boxes, index)
        tops.append(depth)
        depth += box.height
        bottoms.append(depth)
    return _Flow(boxes, tops, bottoms)


def _frame(flow: _Flow, start: int, frame: int, frames: Frames) -> int:
    """The first frame, from this one on, that a box may well open; a low one may stay empty."""
    while frames.height(frame) < frames.rest:
        end = _full(flow, start, frames.height(frame), _begin(flow, start, frames))
        if end == len(flow.boxes) or _legal(flow.boxes, start, end):
            break
        frame += 1
    return frame


def _begin(flow: _Flow, start: int, frames: Frames) -> float:
    """Where a frame that begins with this box would begin in the one without end."""
    opening = _opening(flow.boxes, start, frames) if flow.boxes[start].repeat else None
    return flow.tops[start] - (opening.height if opening else 0.0)


def _full(flow: _Flow, start: int, height: float, begin: float) -> int:
    """The number of the first box that a frame has no room for."""
    return bisect_right(flow.bottoms, begin + height + _TOLERANCE, start)


_TOLERANCE = 0.01


def _filled(boxes: Sequence[Box], ways: dict[int, _Way], frames: Frames) -> list[list[Placed]]:
    """Follow the best way back from the last box, and place what is in each frame."""
    end = len(boxes)
    made: list[list[Placed]] = [[] for _ in range(ways[end].frames)]
    while end:
        way = ways[end]
        made[way.frames - 1] = list(_stacked(boxes, way.start, end, frames))
        end = way.start
    return made


def _ends(
    flow: _Flow, start: int, frames: Frames, frame: int, *, whole: bool
) -> list[tuple[int, float]]:
    """Where a frame that begins here may well end, and what each costs."""
    boxes, height, begin = flow.boxes, frames.height(frame), _begin(flow, start, frames)
    full = _full(flow, start, height, begin)
    if full == start:
        raise _too_high(boxes, start, height)
    if full == len(boxes):
        return [(full, 0.0)]
    legal = _legal(boxes, start, full) or [full]
    if whole and any(boxes[end].opens for end in legal):
        legal = [end for end in legal if boxes[end].opens]
    least = begin + height * (1 - _MOST_WHITE)
    near = [end for end in legal if flow.bottoms[end - 1] >= least or boxes[end].sinks]
    framed = [end for end in legal if boxes[end].frames and boxes[end].leans][:1]
    wanted = [legal[0], *framed, *_first(near, boxes, pair=True), *_first(near, boxes, pair=False)]
    return [
        (end, _cost(boxes, end, 1 - (flow.bottoms[end - 1] - begin) / max(height, 1.0)))
        for end in dict.fromkeys(wanted)
    ]


def _too_high(boxes: Sequence[Box], start: int, height: float) -> TooHigh:
    """Say which block no page can hold, by the head above it."""
    heads = [mark.title for box in boxes[: start + 1] for mark in box.bookmarks]
    return TooHigh(boxes[start].height, height, heads[-1] if heads else "")


def _legal(boxes: Sequence[Box], start: int, full: int) -> list[int]:
    """The ends, last first, that part nothing that must stay together."""
    return [end for end in range(full, start, -1) if not boxes[end - 1].keep]


def _first(ends: list[int], boxes: Sequence[Box], *, pair: bool) -> list[int]:
    """The last end that parts no pair, or the ends before a section."""
    if pair:
        return [end for end in ends if not boxes[end - 1].leans][:1]
    return [end for end in ends if boxes[end].opens]


def _cost(boxes: Sequence[Box], end: int, white: float) -> float:
    """What it costs to end a frame here; white above what stands at the foot anyway costs nothing."""
    if boxes[end].sinks:
        return 0.0
    cut = 0.0 if boxes[end].opens else _CUT_SECTION
    return cut + (_CUT_PAIR if boxes[end - 1].leans else 0.0) + _WHITE * white * white


def _above(boxes: Sequence[Box], index: int) -> float:
    """The white above a box that opens no frame, and what stands in it."""
    lintel = boxes[index].lintel
    return gap(boxes[index - 1], boxes[index]) + (lintel.height if lintel else 0.0)


def _opening(boxes: Sequence[Box], start: int, frames: Frames) -> Box | None:
    """What opens a frame again that begins with this box; nothing where only the box has room."""
    again = boxes[start].repeat if start else None
    if again and again.height + boxes[start].height > frames.rest + _TOLERANCE:
        return None
    return again


def _stacked(boxes: Sequence[Box], start: int, end: int, frames: Frames) -> Iterator[Placed]:
    """Set boxes one below the other; the white above the first is dropped."""
    depth = 0.0
    if again := _opening(boxes, start, frames):
        yield Placed(again, 0.0)
        depth = again.height
    for index in range(start, end):
        box = boxes[index]
        if index > start:
            depth += _above(boxes, index)
            if box.lintel:
                yield Placed(box.lintel, depth - box.lintel.height)
        yield Placed(box, depth)
        depth += box.height


def depth_of(frame: Sequence[Placed]) -> float:
    """How deep a frame is filled."""
    return max([one.depth + one.box.height for one in frame], default=0.0)


def sunk(page: list[Placed], height: float) -> list[Placed]:
    """Move the first box that sinks, and all behind it, to the foot of the page.

    Where several sink they share the white above them.
    What opens the page stays there: white above it would look like something missing.
    """
    sinking = [number for number, placed in enumerate(page) if placed.box.sinks]
    if not sinking or not sinking[0]:
        return page
    share = (height - depth_of(page[sinking[0] :])) / len(sinking)
    sinking = [_with_lintel(page, number) for number in sinking]
    moved = page[: sinking[0]]
    for number, one in enumerate(page[sinking[0] :], sinking[0]):
        by = share * bisect_right(sinking, number)
        moved.append(Placed(one.box, one.depth + by, one.shift))
    return moved


def _with_lintel(page: list[Placed], number: int) -> int:
    """Where a box begins: at what stands above it, if that is there."""
    return number - 1 if page[number - 1].box is page[number].box.lintel else number
