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


def paginate(boxes: Sequence[Box], height: float) -> list[list[Placed]]:
    """Distribute boxes over pages whose text is `height` high.

    Pages rather begin with a section than break one, as long as this costs no page.

    Raises:
        LayoutError: One box is higher than a page.
    """
    full = _distribute(boxes, height, most_white=0.0)
    calm = _distribute(boxes, height, most_white=_MOST_WHITE * height)
    return calm if len(calm) == len(full) else full


_MOST_WHITE = 0.3
"""Part of a page that may stay white so that a section stays whole."""


def _distribute(boxes: Sequence[Box], height: float, *, most_white: float) -> list[list[Placed]]:
    pages = []
    start = 0
    while start < len(boxes):
        end = _page_end(boxes, start, height)
        if end < len(boxes):
            end = _whole_sections(boxes, start, end, height - most_white)
        pages.append(_sunk(_place(boxes, start, end), height))
        start = end
    return pages


def _page_end(boxes: Sequence[Box], start: int, height: float) -> int:
    """The index of the first box of the next page, with the page filled."""
    full = _first_not_fitting(boxes, start, height)
    if full == len(boxes):
        return full
    if full == start:
        raise LayoutError(
            f"one block is {boxes[start].height:.0f} points high, a page has {height:.0f}",
            hint="Split it in the article or in the template",
        )
    end = full
    while end > start and boxes[end - 1].keep:
        end -= 1
    return end if end > start else full


def _whole_sections(boxes: Sequence[Box], start: int, end: int, least: float) -> int:
    """An earlier end before a section, if the page is filled at least so far; else the end."""
    placed = _place(boxes, start, end)
    for index in range(end, start, -1):
        if boxes[index].opens:
            last = placed[index - 1 - end]
            return index if last.depth + last.box.height >= least else end
    return end


def _first_not_fitting(boxes: Sequence[Box], start: int, height: float) -> int:
    depth = _opening(boxes[start]).height if start and boxes[start].repeat else 0.0
    for index in range(start, len(boxes)):
        if index > start:
            depth += gap(boxes[index - 1], boxes[index])
        depth += boxes[index].height
        if depth > height + 0.01:
            return index
    return len(boxes)


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
