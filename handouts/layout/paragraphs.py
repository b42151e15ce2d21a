"""Paragraphs and headings: one box a line, held together where a break would look wrong."""

from dataclasses import replace

from handouts.document import Heading, Inlines, Paragraph, plain
from handouts.layout.boxes import Box, LinePart, ShapePart, TextBlock
from handouts.layout.icons import ICONS
from handouts.layout.setter import Column, Setter, first_baseline
from handouts.marks import Bookmark
from handouts.structure import StructureElement
from handouts.theme import TypeRole

_FEWEST = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""

_TITLE_LINES = 2
"""A title of more lines is set smaller, as far as its theme has steps."""


def line_boxes(
    block: TextBlock, role: TypeRole, x: float, before: float, after: float
) -> list[Box]:
    """One box a line; fewer than two lines are never left alone on a page."""
    base = first_baseline(role)
    count = len(block.setting.lines)
    boxes = [
        Box(role.leading, (LinePart(x, -base, block, line),), baseline=base)
        for line in range(count)
    ]
    for line in range(count - 1):
        boxes[line].keep = line < _FEWEST - 1 or line >= count - _FEWEST
    if boxes:
        boxes[0].before, boxes[-1].after = before, after
    return boxes


def paragraph(
    block: Paragraph, setter: Setter, column: Column, parent: StructureElement
) -> list[Box]:
    """Lay out a paragraph in its role."""
    if not block.content:
        return []
    role = setter.role(block.role)
    white = setter.theme.space.paragraph if role.space < 0 else role.space
    indent = role.leading + 12 if block.icon else 0.0
    inner = column.inset(indent)
    boxes = words(block.content, role, setter, inner, parent.add("P"), white, white)
    if block.icon and boxes:
        size, middle = role.leading + 2, -role.leading / 2
        icon = icon_part(block.icon, size, column.left, middle, "ink", 2.0)
        boxes[0].parts = [icon, *boxes[0].parts]
    return boxes


def words(
    content: Inlines,
    role: TypeRole,
    setter: Setter,
    column: Column,
    element: StructureElement,
    before: float = 0.0,
    after: float = 0.0,
) -> list[Box]:
    """Lay out inline content as the content of an element."""
    text = setter.text(content, role, element, column.width)
    return line_boxes(text, role, column.left, before, after)


def heading(block: Heading, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """Lay out a heading that stands in the text: the title, a page's head, or a sub-heading."""
    space = setter.theme.space
    element = parent.add(f"H{block.level}")
    if block.level == 1:
        role = title_role(block.content, setter, column)
        before, after = space.title_before, space.title_after
    elif block.level == 2 and column == setter.full:  # noqa: PLR2004  (a page's head)
        role, before, after = setter.role("page_head"), 0.0, space.title_after
    else:
        role, before, after = setter.role("subhead"), space.subhead_before, space.subhead_after
    boxes = words(block.content, role, setter, column, element, before, after)
    bookmarked(boxes, block.level, block.content, element)
    for box in boxes:
        box.keep = box.hugs = True
    return boxes


def bookmarked(boxes: list[Box], level: int, content: Inlines, element: StructureElement) -> None:
    """Let an outline entry lead to the first of these boxes."""
    if boxes:
        boxes[0].bookmarks.append(Bookmark(level, plain(content), element, 0.0))


def title_role(content: Inlines, setter: Setter, column: Column) -> TypeRole:
    """The largest title size at which the title takes at most two lines."""
    role = setter.role("title")
    for size, leading in ((role.size, role.leading), *role.steps):
        role = replace(role, size=size, leading=leading)
        if len(setter.text(content, role, None, column.width).setting.lines) <= _TITLE_LINES:
            break
    return role


def icon_part(
    name: str, size: float, x: float, middle: float, colour: str, stroke: float
) -> ShapePart:
    """An icon of a size whose centre line is at `middle`, drawn with a pen of `stroke` units of 24."""
    return ShapePart(
        x,
        middle - size / 2,
        ICONS[name],
        stroke=colour,
        width=stroke,
        scale=size / 24,
        round=True,
    )


def keep_together(boxes: list[Box], lines: int | None = None) -> None:
    """Hold the first so many boxes on one page (all, when None)."""
    last = len(boxes) - 1
    for box in boxes[: last if lines is None else min(lines - 1, last)]:
        box.keep = True
