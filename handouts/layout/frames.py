"""Blocks -> filled pages: what goes across a page, and what flows in its columns."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from handouts.document import Block, Blocks, Columns, Paragraph, Section, Slot
from handouts.layout.boxes import Box, natural_height, raised
from handouts.layout.flow import lay_out_blocks
from handouts.layout.imposition import flowing_panels
from handouts.layout.paginate import Frames, Placed, depth_of, paginate, sunk
from handouts.layout.setter import Setter
from handouts.layout.tightening import fewest_frames
from handouts.structure import StructureElement
from handouts.values import frozen

_TRIES = 9
"""Steps of the search for the lowest columns: they find it to less than two points."""

_HIGHER = 1.15
"""How much higher than the lowest columns may be so that they begin with sections."""


@frozen(kw_only=False, eq=False)
class _Run:
    """Boxes, and in how many columns they stand."""

    columns: int
    boxes: list[Box]


def fill_pages(blocks: Blocks, setter: Setter, root: StructureElement) -> list[list[Placed]]:
    """Lay out blocks and distribute them over pages.

    Where the theme has columns, sections with a head flow in them; what stands between such
    sections goes across, below the columns, which end at one height.
    The columns of the last page leave room for what follows, where they can.

    Raises:
        LayoutError: Something is higher than a page.
    """
    runs: list[_Run] = []
    columns = len(setter.columns)
    for flows, run in groupby(blocks, lambda block: columns > 1 and _flows(block, setter)):
        column = setter.columns[0] if flows else setter.full
        boxes = lay_out_blocks(tuple(run), setter, column, root)
        runs.append(_Run(columns if flows else 1, boxes))
    pages: list[list[Placed]] = []
    for number, one in enumerate(runs, 1):
        below = _height(runs[number]) if number < len(runs) else 0.0
        if one.boxes:
            _add(pages, one, setter, below)
    return [sunk(page, setter.body_height) for page in pages]


def _height(run: _Run) -> float:
    """The height that boxes need below others."""
    if not run.boxes:
        return 0.0
    first = run.boxes[0]
    lintel = first.lintel.height if first.lintel else 0.0
    return first.before + lintel + natural_height(run.boxes)


def _flows(block: Block, setter: Setter) -> bool:
    """Whether a block stands in columns: a section, or a slot with one box only.

    The lead of a leaflet stands across them.
    """
    match block:
        case Section(place="foot"):
            return False
        case Section(heading=None, blocks=(Paragraph(role="lead"), *_)):
            return False
        case Section():
            return True
        case Slot(name=name, blocks=(Columns(columns=(_,)),)):
            shape = setter.theme.slots.get(name)
            return shape is not None and shape.place == "column"
        case _:
            return False


@frozen(kw_only=False)
class _Room:
    """What is left of the last page: where it begins, and its height."""

    top: float
    height: float


def _add(pages: list[list[Placed]], run: _Run, setter: Setter, below: float) -> None:
    """Add a run to the last page, and to new ones; so much stands below it."""
    columns, boxes = run.columns, run.boxes
    room = _room(pages, boxes[0], setter.body_height)
    if room.top and columns == 1:
        boxes = [_with_lintel(boxes[0]), *boxes[1:]]
    frames = Frames(setter.body_height, (room.height,) * columns)
    panels = flowing_panels(setter.theme.fold, setter.sheet)
    fill = fewest_frames if columns == 1 else paginate
    filled = fill(boxes, frames, whole=panels > 0)
    if len(filled) > panels > 0:
        filled = fill(boxes, frames)
    if columns > 1:
        filled = _leaving(below, boxes, filled, frames, columns)
        filled = _balanced(frozenset(boxes), filled, frames, columns, below)
    shifts = [column.left - setter.columns[0].left for column in setter.columns]
    for start in range(0, len(filled), columns):
        if start or not pages:
            pages.append([])
        top = 0.0 if start else room.top
        pages[-1] += _moved(filled[start : start + columns], top, shifts)


def _leaving(
    below: float, boxes: list[Box], filled: list[list[Placed]], frames: Frames, columns: int
) -> list[list[Placed]]:
    """Fill so that the last page has room for what stands below its columns, if that can be."""
    last = (len(filled) - 1) // columns * columns
    least = frames.height(last) - below
    if not last or least < max([box.height for box in boxes]):
        return filled
    full = tuple([frames.height(frame) for frame in range(last)])
    tried = paginate(boxes, Frames(frames.rest, (*full, *(least,) * columns)))
    return tried if len(tried) <= last + columns else filled


def _room(pages: list[list[Placed]], first: Box, height: float) -> _Room:
    """What the last page has left for a box and those behind it."""
    if not pages or not pages[-1]:
        return _Room(0.0, height)
    above = max(pages[-1], key=lambda one: one.depth + one.box.height).box
    white = above.after if above.hugs else max(above.after, first.before)
    top = depth_of(pages[-1]) + white
    return _Room(top, max(0.0, height - top))


def _with_lintel(box: Box) -> Box:
    """The box with what stands above it as a part of it: it does not open its page."""
    if box.lintel is None:
        return box
    by = box.lintel.height
    return replace(
        box,
        parts=[*box.lintel.parts, *raised(box.parts, -by)],
        height=box.height + by,
        baseline=None if box.baseline is None else box.baseline + by,
        lintel=None,
    )


def _moved(page: list[list[Placed]], top: float, shifts: list[float]) -> Iterator[Placed]:
    """The frames of one page where they stand on it."""
    for frame, shift in zip(page, shifts, strict=False):
        yield from (Placed(one.box, one.depth + top, shift) for one in frame)


def _balanced(
    text: frozenset[Box], filled: list[list[Placed]], frames: Frames, columns: int, below: float
) -> list[list[Placed]]:
    """Let the columns of the last page end at one height: the lowest that holds the text.

    Somewhat higher ones are taken where all but the first then begin with a section.
    """
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
    room = min(high * _HIGHER, frames.height(start) - below)
    calmer = paginate(boxes, Frames(frames.rest, (room,) * columns)) if room > high else best
    if len(calmer) <= columns and all(frame[0].box.opens for frame in calmer[1:] if frame):
        best = calmer
    return [*filled[:start], *best]
