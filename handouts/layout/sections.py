"""Sections: a head beside or above its text, short things at the side, a hairline above."""

from handouts.document import (
    Block,
    Callout,
    Checklist,
    Columns,
    Section,
    Steps,
    Strip,
    Table,
    plain,
)
from handouts.layout.boxes import Box, beside, natural_height, raised, stack
from handouts.layout.paragraphs import (
    bookmarked,
    keep_together,
    keep_with_head,
    uncut,
    words,
)
from handouts.layout.setter import Column, Lay, Setter, line_parts
from handouts.layout.shapes import horizontal
from handouts.marks import ShapeMark
from handouts.structure import StructureElement

_WHOLE = 0.5
"""A section at the foot stays whole when it takes at most so much of a page."""

_TALLEST_SIDE = 0.6
"""What stands at the side and is higher than this part of a page flows above the text."""


def section(
    block: Section,
    setter: Setter,
    column: Column,
    parent: StructureElement,
    lay: Lay,
    *,
    ruled: bool,
) -> list[Box]:
    """Lay out a section; one without a head has no hairline, nor one right below a strip.

    What stands at the foot with a picture at its side has one all the same.
    """
    space = setter.theme.space
    head = _head(block, setter, column, parent)
    under = lay(block.side, _side(setter, column), parent)
    main = setter.beside(column) if under and _has_side(setter, column) else setter.text_of(column)
    boxes = lay(block.blocks, main, parent)
    if boxes:
        boxes[0].before = boxes[-1].after = 0.0
    boxes = _joined(head, under, boxes, setter, hangs=_has_side(setter, column))
    if not boxes:
        return []
    keep_with_head(boxes, setter, len(head) if head and head[-1].hugs else 0)
    if block.heading is None and not (block.side and block.place == "foot"):
        boxes[-1].after = space.lead_foot
    else:
        boxes[-1].after = space.section_foot if block.place == "flow" else space.paragraph
        _hairline(boxes[0], setter, column, _below_rule(block, setter), ruled=ruled)
    boxes[0].opens = True
    if setter.theme.fold.kind == "panels":
        _open_again(boxes, block, setter, column)
    if block.place == "foot":
        boxes[0].sinks = True
        if natural_height(boxes) <= _WHOLE * setter.body_height:
            keep_together(boxes)
    return boxes


def _has_side(setter: Setter, column: Column) -> bool:
    """Whether things can hang at the side of this column."""
    return column == setter.full and setter.side.width > 0


def _side(setter: Setter, column: Column) -> Column:
    """The column of what hangs at the side; the text's own when there is none."""
    return setter.side if _has_side(setter, column) else column


def _head(block: Section, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """The head, in the side column unless that would cut one of its words."""
    head = block.heading
    if head is None:
        return []
    role = setter.role("about_head" if block.place == "foot" else "head")
    hangs = setter.hangs_heads(column)
    above = not hangs or setter.word_width(plain(head.content), role) > setter.side.width
    over = setter.beside(column) if block.side and _has_side(setter, column) else column
    place, white = (over, _below_head(block, setter)) if above else (setter.side, 8.0)
    if above:
        role = uncut(head.content, role, setter, place.width)
    element = parent.add(f"H{head.level}")
    boxes = words(head.content, role, setter, place, element, white=(0.0, white))
    bookmarked(boxes, head.level, head.content, element)
    for box in boxes:
        box.keep = box.hugs = above
    return boxes


def _open_again(boxes: list[Box], block: Section, setter: Setter, column: Column) -> None:
    """Let a panel on which a section goes on open with the section's head, as an artifact."""
    head = block.heading
    if head is None:
        return
    role = uncut(head.content, setter.role("head"), setter, column.width)
    text = setter.text(head.content, role, None, column.width)
    height = len(text.setting.lines) * role.leading + setter.theme.space.head_after
    again = Box(height, line_parts(text, role, column.left))
    for box in boxes[1:]:
        box.repeat = again


def _joined(
    head: list[Box], under: list[Box], text: list[Box], setter: Setter, *, hangs: bool
) -> list[Box]:
    """Hang what can stand at the side beside the text; the rest goes above it."""
    above: list[Box] = []
    if head and head[-1].hugs:
        above, head = head, []
    if above and under and text and hangs:
        above, text = [], [*above, *text]
    if under and (not hangs or natural_height(under) > _TALLEST_SIDE * setter.body_height):
        under[-1].after = setter.theme.space.paragraph
        above, head, under = [*above, *head, *under], [], []
    return [*above, *beside(stack([*head, *under]), text)]


def _below_head(block: Section, setter: Setter) -> float:
    """The white from a head to what stands below it."""
    space = setter.theme.space
    framed = bool(block.blocks) and _is_framed(block.blocks[0], setter)
    return space.head_box if framed else space.head_after


def _is_framed(block: Block, setter: Setter) -> bool:
    """Whether a block's ink begins at its very top, as a frame's does and a line's does not."""
    match block:
        case Callout(kind=kind):
            return kind != "note"
        case Table():
            return setter.theme.flow.tables == "grid"
        case Checklist() | Columns() | Steps() | Strip():
            return True
        case _:
            return False


def _below_rule(block: Section, setter: Setter) -> float:
    """The white from a section's hairline to what stands below it."""
    space = setter.theme.space
    boxed = bool(block.blocks) and isinstance(block.blocks[0], Callout | Table)
    return (
        space.section_box if boxed and setter.theme.flow.heads == "beside" else space.section_head
    )


def _hairline(first: Box, setter: Setter, column: Column, space: float, *, ruled: bool) -> None:
    """Set the section's hairline above its first box, so far above its content.

    One that is not `ruled` has it where it opens a page.
    """
    rule = ShapeMark(
        column.left,
        0.0,
        horizontal(column.width),
        stroke=setter.theme.boxes.hairline_colour,
        width=setter.theme.boxes.hairline,
    )
    opening = setter.theme.flow.opening_rule
    if not ruled:
        first.repeat = Box(space, [rule]) if opening else None
        return
    if not opening:
        first.lintel = Box(space, [rule])
        return
    first.parts = [rule, *raised(first.parts, -space)]
    first.height += space
