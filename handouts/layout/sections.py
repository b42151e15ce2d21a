"""Sections: a head hangs in the side column, text stands in the main column, a hairline above."""

from handouts.document import Callout, Section, Table, plain
from handouts.layout.boxes import Box, beside, natural_height, raised, stack
from handouts.layout.paragraphs import bookmarked, keep_together, words
from handouts.layout.setter import Lay, Setter
from handouts.layout.shapes import horizontal
from handouts.marks import ShapeMark
from handouts.structure import StructureElement

_HEAD_KEEPS = 3
"""Lines of its text that a head is never parted from."""

_WHOLE = 0.5
"""A section at the foot stays whole when it takes at most so much of a page."""

_TALLEST_SIDE = 0.6
"""What stands at the side and is higher than this part of a page flows above the text."""


def section(
    block: Section, setter: Setter, parent: StructureElement, lay: Lay, *, ruled: bool
) -> list[Box]:
    """Lay out a section; one without a head, or below a strip, has no hairline."""
    space = setter.theme.space
    head = _head(block, setter, parent)
    under = lay(block.side, setter.side, parent)
    boxes = lay(block.blocks, setter.main, parent)
    if boxes:
        boxes[0].before = boxes[-1].after = 0.0
    boxes = _joined(head, under, boxes, setter)
    if not boxes:
        return []
    keep_together(boxes, _HEAD_KEEPS)
    if block.heading is None:
        boxes[-1].after = space.lead_foot
    else:
        boxes[-1].after = space.section_foot
        if ruled:
            boxed = isinstance(block.blocks[0], Callout | Table) if block.blocks else False
            _hairline(boxes, setter, space.section_box if boxed else space.section_head)
    boxes[0].opens = True
    if block.place == "foot":
        boxes[0].sinks = True
        if natural_height(boxes) <= _WHOLE * setter.body_height:
            keep_together(boxes)
    return boxes


def _head(block: Section, setter: Setter, parent: StructureElement) -> list[Box]:
    """The head, in the side column unless that would cut one of its words."""
    head = block.heading
    if head is None:
        return []
    role = setter.role("about_head" if block.place == "foot" else "head")
    wide = setter.word_width(plain(head.content), role) > setter.side.width
    column, white = (setter.full, setter.theme.space.subhead_after) if wide else (setter.side, 8.0)
    element = parent.add(f"H{head.level}")
    boxes = words(head.content, role, setter, column, element, white=(0.0, white))
    bookmarked(boxes, head.level, head.content, element)
    for box in boxes:
        box.keep = box.hugs = wide
    return boxes


def _joined(head: list[Box], under: list[Box], text: list[Box], setter: Setter) -> list[Box]:
    """Hang what can stand at the side beside the text; the rest goes above it."""
    above: list[Box] = []
    if head and head[-1].hugs:
        above, head = head, []
    if natural_height(under) > _TALLEST_SIDE * setter.body_height:
        under[-1].after = setter.theme.space.paragraph
        above, head, under = [*above, *head, *under], [], []
    return [*above, *beside(stack([*head, *under]), text)]


def _hairline(boxes: list[Box], setter: Setter, space: float) -> None:
    """Open the first box with the section's hairline, so far above its content."""
    first, column = boxes[0], setter.full
    rule = ShapeMark(
        column.left,
        0.0,
        horizontal(column.width),
        stroke="line",
        width=setter.theme.boxes.hairline,
    )
    first.parts = [rule, *raised(first.parts, -space)]
    first.height += space
