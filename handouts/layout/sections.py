"""Sections: a head hangs in the side column, text stands in the main column, a hairline above."""

from handouts.document import Heading, Section
from handouts.layout.boxes import Box, ShapePart, beside, natural_height, raised, stack
from handouts.layout.paragraphs import bookmarked, keep_together, words
from handouts.layout.setter import Lay, Setter
from handouts.layout.shapes import horizontal
from handouts.structure import StructureElement

_HEAD_KEEPS = 3
"""Lines of its text that a head is never parted from."""

_WHOLE = 0.5
"""A section at the foot stays whole when it takes at most so much of a page."""


def section(
    block: Section, setter: Setter, parent: StructureElement, lay: Lay, *, ruled: bool
) -> list[Box]:
    """Lay out a section; one without a head, or below a strip, has no hairline."""
    space = setter.theme.space
    left = _side(block, setter, parent, lay)
    boxes = lay(block.blocks, setter.main, parent)
    if boxes:
        boxes[0].before = boxes[-1].after = 0.0
    text_first = bool(boxes) and boxes[0].baseline is not None
    boxes = beside(left, boxes)
    if not boxes:
        return []
    keep_together(boxes, _HEAD_KEEPS)
    if block.heading is None:
        boxes[-1].after = space.lead_foot
    else:
        boxes[-1].after = space.section_foot
        if ruled:
            _hairline(boxes, setter, space.section_head if text_first else space.section_box)
    boxes[0].opens = True
    if block.place == "foot":
        boxes[0].sinks = True
        if natural_height(boxes) <= _WHOLE * setter.body_height:
            keep_together(boxes)
    return boxes


def _side(block: Section, setter: Setter, parent: StructureElement, lay: Lay) -> Box | None:
    """The head and what stands under it, as one box."""
    boxes = _head(block.heading, setter, parent, small=block.place == "foot")
    under = lay(block.side, setter.side, parent)
    if under and not boxes:
        under[0].before = 0.0
    return stack([*boxes, *under]) if boxes or under else None


def _head(
    head: Heading | None, setter: Setter, parent: StructureElement, *, small: bool
) -> list[Box]:
    if head is None:
        return []
    element = parent.add(f"H{head.level}")
    role = setter.role("about_head" if small else "head")
    boxes = words(head.content, role, setter, setter.side, element, white=(0.0, 8.0))
    bookmarked(boxes, head.level, head.content, element)
    return boxes


def _hairline(boxes: list[Box], setter: Setter, space: float) -> None:
    """Open the first box with the section's hairline, so far above its content."""
    first, column = boxes[0], setter.full
    rule = ShapePart(
        column.left,
        0.0,
        horizontal(column.width),
        stroke="line",
        width=setter.theme.boxes.hairline,
    )
    first.parts = [rule, *raised(first.parts, -space)]
    first.height += space
