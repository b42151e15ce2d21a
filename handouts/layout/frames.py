"""Blocks -> filled pages: what goes across a page, and what flows in its columns."""

from collections.abc import Iterator
from itertools import groupby

from handouts.document import Block, Blocks, Section
from handouts.layout.boxes import Box, raised
from handouts.layout.flow import lay_out_blocks
from handouts.layout.paginate import Frames, Placed, depth_of, paginate, sunk
from handouts.layout.setter import Setter
from handouts.structure import StructureElement
from handouts.values import frozen

_TRIES = 9
"""Steps of the search for the lowest columns: they find it to less than two points."""


def fill_pages(blocks: Blocks, setter: Setter, root: StructureElement) -> list[list[Placed]]:
    """Lay out blocks and distribute them over pages.

    Where the theme has columns, sections with a head flow in them; what stands between such
    sections goes across, below the columns, which end at one height.

    Raises:
        LayoutError: Something is higher than a page.
    """
    height = setter.body_height
    pages: list[list[Placed]] = []
    columns = len(setter.columns)
    for flows, run in groupby(blocks, lambda block: columns > 1 and _flows(block)):
        column = setter.columns[0] if flows else setter.full
        boxes = lay_out_blocks(tuple(run), setter, column, root)
        _add(pages, boxes, setter, columns if flows else 1)
    return [sunk(page, height) for page in pages]


def _flows(block: Block) -> bool:
    """Whether a block stands in columns."""
    return isinstance(block, Section) and block.heading is not None and block.place == "flow"


@frozen(kw_only=False)
class _Room:
    """What is left of the last page: where it begins, and its height."""

    top: float
    height: float


def _add(pages: list[list[Placed]], boxes: list[Box], setter: Setter, columns: int) -> None:
    """Add boxes in so many columns to the last page, and to new ones."""
    if not boxes:
        return
    room = _room(pages, boxes[0], setter.body_height)
    if room.top and columns == 1:
        _take_lintel(boxes[0])
    frames = Frames(setter.body_height, (room.height,) * columns)
    filled = paginate(boxes, frames)
    if columns > 1:
        filled = _balanced(frozenset(boxes), filled, frames, columns)
    shifts = [column.left - setter.columns[0].left for column in setter.columns]
    for start in range(0, len(filled), columns):
        if start or not pages:
            pages.append([])
        top = 0.0 if start else room.top
        pages[-1] += _moved(filled[start : start + columns], top, shifts)


def _room(pages: list[list[Placed]], first: Box, height: float) -> _Room:
    """What the last page has left for a box and those behind it."""
    if not pages or not pages[-1]:
        return _Room(0.0, height)
    above = max(pages[-1], key=lambda one: one.depth + one.box.height).box
    white = above.after if above.hugs else max(above.after, first.before)
    top = depth_of(pages[-1]) + white
    return _Room(top, max(0.0, height - top))


def _take_lintel(box: Box) -> None:
    """Make what stands above a box a part of it: it does not open its page."""
    if box.lintel is not None:
        by = box.lintel.height
        box.parts = [*box.lintel.parts, *raised(box.parts, -by)]
        box.height += by
        box.baseline = None if box.baseline is None else box.baseline + by
        box.lintel = None


def _moved(page: list[list[Placed]], top: float, shifts: list[float]) -> Iterator[Placed]:
    """The frames of one page where they stand on it."""
    for frame, shift in zip(page, shifts, strict=False):
        yield from (Placed(one.box, one.depth + top, shift) for one in frame)


def _balanced(
    text: frozenset[Box], filled: list[list[Placed]], frames: Frames, columns: int
) -> list[list[Placed]]:
    """Let the columns of the last page end at one height: the lowest that holds the text."""
    start = (len(filled) - 1) // columns * columns
    boxes = [one.box for frame in filled[start:] for one in frame if one.box in text]
    low, high = 0.0, frames.height(start)
    best = filled[start:]
    for _ in range(_TRIES):
        middle = (low + high) / 2
        tried = paginate(boxes, Frames(frames.rest, (middle,) * columns))
        if len(tried) <= columns:
            best, high = tried, middle
        else:
            low = middle
    return [*filled[:start], *best]
