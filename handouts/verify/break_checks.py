"""Do pages and lines break where a reader can bear it?  Section 11, 7."""

from collections.abc import Iterator
from itertools import pairwise

from handouts.verify.drawn import Run, Shape, inside
from handouts.verify.finding import Finding
from handouts.verify.printed import Block, Printed, TextLine
from handouts.verify.tags import Element

_HEADS = ("H1", "H2", "H3", "H4", "H5", "H6")
_LEVEL = 4.0
"""Baselines that differ by so many points stand side by side."""

_SURE = 1.05
"""Widths are estimated from numbers of letters, so room must be that much too large."""

_WRITING = 100.0
"""Lines to write on are longer, in points."""

_GUTTER = 18.0
"""White between side heads and text, at most."""

_FRAME = (80.0, 25.0, 1.0)
"""A stroked outline that is so wide and high, with such a pen, is the border of a box, in points."""


def head_last(printed: Printed) -> Iterator[Finding]:
    """Find heads whose text begins on the next page, or in the next column."""
    for head, following in pairwise(printed.blocks):
        if head.element.tag not in _HEADS:
            continue
        last, first = head.lines[-1], following.lines[0]
        if first.page == last.page:
            parted = first.first.y > head.lines[0].first.y + _LEVEL
        else:
            parted = not _has_lines(printed, last)
        if parted:
            yield _at(
                last,
                f"the head “{head.text}” is the last thing on its page or in its column",
                "Keep it together with at least three lines of its text.",
            )


def _has_lines(printed: Printed, head: TextLine) -> bool:
    """Whether lines to write on stand below a head; the foot of the page has one line."""
    below = [
        shape
        for shape in printed.shapes
        if shape.page == head.page and shape.box[3] < head.first.y and shape.width > _WRITING
    ]
    return len(below) > 2  # noqa: PLR2004  (more than a box's rule and the footer's)


def last_word(printed: Printed) -> Iterator[Finding]:
    """Find titles, leads and heads that end with a lone word, when another could join it."""
    for block in _shown_large(printed):
        if len(block.lines) < 2:  # noqa: PLR2004  (two lines)
            continue
        *_, above, last = block.lines
        words = above.text.split()
        if len(last.text.split()) > 1 or len(words) < 2:  # noqa: PLR2004  (two words)
            continue
        letter = (above.right - above.first.x) / max(len(above.text), 1)
        needed = letter * (len(words[-1]) + 1) + last.right - last.first.x
        if needed * _SURE < _room(printed, block):
            yield _at(
                last,
                f"“{last.text}” stands alone on the last line of “{block.text}”",
                "Bring down the word before it, with a no-break space or `last_words`.",
            )


def split(printed: Printed) -> Iterator[Finding]:
    """Find boxes, steps and rows of tables that go on elsewhere."""
    yield from _split_boxes(printed)
    places: dict[Element, TextLine] = {}
    for block in printed.blocks:
        whole = _undivided(block.element)
        for line in block.lines if whole else ():
            before = places.setdefault(whole, line) if whole else line
            if before.page != line.page:
                yield _at(
                    line,
                    f"a step or row is parted: “{line.text}” stands on another page",
                    "Keep it whole.",
                )
                break


def _undivided(element: Element) -> Element | None:
    """The row or the numbered item that an element is in."""
    for one in element.above():
        if one.tag == "TR":
            return one
        if one.tag == "LI" and one.parent and one.parent.numbering == "Decimal":
            return one
    return None


def _split_boxes(printed: Printed) -> Iterator[Finding]:
    """Find callouts with words in a border and others out of it."""
    frames = [shape for shape in printed.shapes if _is_frame(shape)]
    framed: dict[Element, Shape] = {}
    runs = [(run, owner.within("Aside")) for run in printed.runs if (owner := printed.owner(run))]
    for run, box in runs:
        for frame in frames:
            if box and frame.page == run.page and inside(run.box, frame.box):
                framed.setdefault(box, frame)
    told: set[Element] = set()
    for run, box in runs:
        if box is None or box not in framed or box in told:
            continue
        if run.page != framed[box].page or not inside(run.box, framed[box].box):
            told.add(box)
            yield _at(
                run,
                f"a box is parted: “{run.text.strip()}” stands outside of its border",
                "Keep the box whole, or make it shorter.",
            )


def _is_frame(shape: Shape) -> bool:
    width, height, pen = _FRAME
    return (
        shape.stroke is not None
        and shape.simple
        and shape.width >= width
        and shape.height >= height
        and shape.pen >= pen
    )


def _shown_large(printed: Printed) -> Iterator[Block]:
    """Yield titles and heads, and the lead: of what stands below the title, what is largest."""
    opening: list[Block] = []
    opens = False
    for block in printed.blocks:
        if block.element.tag in _HEADS:
            opens = block.element.tag == "H1"
            yield block
        elif opens and block.element.tag == "P":
            opening.append(block)
    if opening:
        yield max(opening, key=lambda block: block.size)


def _room(printed: Printed, block: Block) -> float:
    """The width that a block's lines have: up to what stands beside it, else as its like have."""
    first, last = block.lines[0].first, block.lines[-1].first
    left = first.x
    beside = [
        line.first.x - left - _GUTTER
        for line in printed.lines
        if line.page == first.page
        and line.first.x > max([one.right for one in block.lines])
        and last.y - _LEVEL < line.first.y < first.y + _LEVEL
    ]
    like = [
        line.right - left
        for line in printed.lines
        if abs(line.first.x - left) < 1 and line.size == block.size
    ]
    return min(beside) if beside else max(like)


def _at(place: TextLine | Run, what: str, todo: str) -> Finding:
    first = place.first if isinstance(place, TextLine) else place
    return Finding(page=first.page, x=first.x, y=first.y, what=what, todo=todo)
