"""The vertical list: boxes that do not break, each with its parts, and the white between them.

A part is a mark whose `y` is relative to the top of its box (it grows upwards, so it is mostly
negative), or one line of a text; `placed` puts it on the page.
A paragraph is one box a line, so that pages break anywhere the `keep` flags allow.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from handouts.marks import (
    Bookmark,
    FigurePathMark,
    ImageMark,
    ImprintMark,
    Mark,
    Setting,
    ShapeMark,
    TextMark,
)
from handouts.structure import StructureElement
from handouts.values import contents, frozen, replace


@frozen(kw_only=False, eq=False)
class TextBlock:
    """A set paragraph with what its runs belong to; its lines may land on several pages."""

    setting: Setting
    colour: str
    elements: tuple[StructureElement | None, ...]
    hrefs: tuple[str, ...]
    texts: tuple[str, ...]


@frozen(kw_only=False)
class LinePart:
    """One line of a text block, its baseline at `y`."""

    x: float
    y: float
    block: TextBlock
    line: int

    def mark(self, y: float, shift: float = 0.0, end: int | None = None) -> TextMark:
        """Give the line as a mark whose baseline is at `y`, with those behind it up to `end`."""
        block = self.block
        return TextMark(
            x=self.x + shift,
            y=y,
            setting=block.setting,
            first=self.line,
            last=self.line + 1 if end is None else end,
            colour=block.colour,
            elements=block.elements,
            hrefs=block.hrefs,
            texts=block.texts,
        )


Part = LinePart | ShapeMark | ImageMark | FigurePathMark | ImprintMark
"""What a box shows; its `y` is relative to the box's top."""


Moved = TypeVar("Moved", bound=Part)


def _at(part: Moved, x: float, y: float) -> Moved:
    """Give a part at another place: the fields of all kinds begin with it, and this is quick."""
    return type(part)(x, y, *contents(part)[2:])  # type: ignore[arg-type]  # its own


def marks_of(boxes: Iterable[tuple[Iterable[Part], float, float]]) -> list[Mark]:
    """Give parts of boxes as marks on a page; lines that follow each other in one text are one mark.

    With the parts of each box comes the height of its top, and by how much they move to the right.
    """
    marks: list[Mark] = []
    lines: LinePart | None = None  # the first of lines that go on, up to `end`
    y = by = 0.0
    end = 0
    for parts, top, shift in boxes:
        for part in parts:
            if lines is not None:
                if (
                    isinstance(part, LinePart)
                    and part.block is lines.block
                    and part.line == end
                    and part.x + shift == lines.x + by
                    and abs(y - (end - lines.line) * lines.block.setting.leading - part.y - top)
                    < _SAME
                ):
                    end += 1
                    continue
                marks.append(lines.mark(y, by, end))
            if isinstance(part, LinePart):
                lines, y, by, end = part, part.y + top, shift, part.line + 1
            else:
                lines = None
                marks.append(_at(part, part.x + shift, part.y + top) if top or shift else part)
    if lines is not None:
        marks.append(lines.mark(y, by, end))
    return marks


_SAME = 0.01
"""Points by which sums of floats may differ."""


@dataclass(slots=True, eq=False)
class Box:
    """A piece that never breaks.

    Attributes:
        height: Its own height.
        parts: What it shows, relative to its top.
        before: White above it, which collapses with the white below its predecessor.
        after: White below it.
        hugs: Whether the white below it is just `after`, whatever the next box asks for (a head).
        keep: Whether the next box must be on the same page.
        leans: Whether it had better be on the page of the next box, where that costs no page.
        baseline: Distance from the top down to the first baseline, when it opens with text.
        frames: How many framed boxes it holds; more than a few on a page go unnoticed.
        opens: Whether a section begins with it, so that a page may well begin there.
        repeat: What opens the page again when a page breaks before this box (a table's head).
        lintel: What stands above it, unless it is the first on its page or in its column.
        sinks: Whether it goes to the foot of its page with all that follows.
        bookmarks: Outline entries; `y` is relative to its top.
    """

    height: float
    parts: Sequence[Part]
    before: float = 0.0
    after: float = 0.0
    hugs: bool = False
    keep: bool = False
    leans: bool = False
    baseline: float | None = None
    frames: int = 0
    opens: bool = False
    repeat: "Box | None" = None
    lintel: "Box | None" = None
    sinks: bool = False
    bookmarks: list[Bookmark] = field(default_factory=list)


def copied(box: Box) -> Box:
    """A box of its own with the same parts, so that its keeping and its white can be changed."""
    return dataclasses.replace(box, bookmarks=list(box.bookmarks))


def form_of(box: Box) -> tuple[object, ...]:
    """All that placing a box depends on, whatever it shows."""
    marks = tuple([(mark.level, mark.title, mark.y) for mark in box.bookmarks])
    white = (box.height, box.before, box.after, box.baseline)
    flags = (box.hugs, box.keep, box.leans, box.frames, box.opens, box.sinks)
    return (white, flags, marks)


def raised(parts: Iterable[Part], by: float) -> list[Part]:
    """Move parts up by so many points."""
    return [_at(part, part.x, part.y + by) for part in parts] if by else list(parts)


def gap(above: Box, below: Box) -> float:
    """The white between two boxes: the larger of what each asks for."""
    return above.after if above.hugs else max(above.after, below.before)


def stack(boxes: Sequence[Box]) -> Box:
    """Join boxes into one that does not break; the outer white is dropped."""
    if not boxes:
        return Box(0.0, ())
    parts: list[Part] = []
    bookmarks: list[Bookmark] = []
    y, above = 0.0, None
    for box in boxes:
        if above is not None:
            y -= gap(above, box)
            if box.lintel is not None:
                parts += raised(box.lintel.parts, y)
                y -= box.lintel.height
        parts += raised(box.parts, y)
        bookmarks += [replace(mark, y=mark.y + y) if y else mark for mark in box.bookmarks]
        y -= box.height
        above = box
    frames = sum([box.frames for box in boxes])
    return Box(-y, parts, baseline=boxes[0].baseline, bookmarks=bookmarks, frames=frames)


def natural_height(boxes: Sequence[Box]) -> float:
    """The height of boxes one above the other."""
    white = sum([gap(above, below) for above, below in pairwise(boxes)])
    lintels = sum([box.lintel.height for box in boxes[1:] if box.lintel is not None])
    return white + lintels + sum([box.height for box in boxes])


def beside(left: Box | None, right: list[Box]) -> list[Box]:
    """Hang a box beside the first of some boxes, first baselines aligned.

    Boxes of the right stay on one page until the left one is covered.
    """
    if left is None or not left.parts:
        return right
    if not right:
        return [left]
    first = right[0]
    drop = _drop(left, first)
    if drop < 0:
        first.parts, first.height = raised(first.parts, drop), first.height - drop
        first.baseline = None if first.baseline is None else first.baseline - drop
        drop = 0.0
    first.parts = [*raised(left.parts, -drop), *first.parts]
    first.bookmarks = [*left.bookmarks, *first.bookmarks]
    _cover(left.height + drop, right)
    return right


def _drop(left: Box, right: Box) -> float:
    """How far the left box moves down so that the baselines meet."""
    if left.baseline is None or right.baseline is None:
        return 0.0
    return right.baseline - left.baseline


def _cover(height: float, boxes: list[Box]) -> None:
    """Keep boxes together down to a height; stretch the last when they end above it."""
    reached, above = 0.0, None
    for box in boxes:
        reached += box.height + (gap(above, box) if above else 0.0)
        if reached >= height:
            return
        box.keep = True
        above = box
    boxes[-1].keep = False
    boxes[-1].height += height - reached
