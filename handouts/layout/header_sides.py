"""The two sides of the header: the clinic's logo, or its name, at the left, the phone at the right."""

from collections.abc import Iterator, Sequence
from math import inf

from handouts.document import Block, Blocks, Figure, Paragraph, plain, sides
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, raised, stack
from handouts.layout.paragraphs import fitted, icon_part, words
from handouts.layout.samples import logo_size, picture
from handouts.layout.setter import Column, Setter, Site
from handouts.marks import ImageMark
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.values import replace

_BETWEEN = 20.0
"""White between the two sides of the header."""

_Way = tuple[TypeRole, float, float]
"""How the name is set: its role, its width, and the room for the words at the right."""


def set_sides(
    blocks: Blocks, site: Site, setter: Setter, roots: tuple[StructureElement, StructureElement]
) -> tuple[Box, Box]:
    """Set the clinic's words at the left and at the right, each under a root of its own.

    Both boxes have their top at the header's, and are as high as their words reach down.

    Raises:
        LayoutError: There is something that cannot stand in the header.
    """
    at_left, others = sides(blocks)
    room, left = room_at_right(setter), []
    for block in at_left:
        if isinstance(block, Figure):
            left.append(Box(setter.theme.header.logo_height, [_logo(block, setter, roots[0])]))
        elif isinstance(block, Paragraph):
            role, width, room = _name(block, others, site.beside, setter, room)
            column = Column(setter.full.left, width)
            left.append(stack(words(block.content, role, setter, column, roots[0].add("P"))))
    place = column_at_right(setter, room)
    right = stack(
        [box for block in others for box in at_right(block, place, setter, roots[1].add("P"))]
    )
    return stack(left), Box(site.above + right.height, raised(right.parts, -site.above))


def has_name(blocks: Blocks) -> bool:
    """Whether the clinic's name stands there, which gives way to what is at the right; a logo does not."""
    return any(isinstance(block, Paragraph) and block.role == "clinic" for block in blocks)


def room_at_right(setter: Setter) -> float:
    """The width of the right side, beside the largest logo."""
    return setter.full.width - setter.theme.header.logo_width - _BETWEEN


def column_at_right(setter: Setter, room: float) -> Column:
    """The right side, so wide."""
    return Column(setter.full.left + setter.full.width - room, room, flush_right=True)


def below_bar(setter: Setter) -> float:
    """The part of the header's height that is below the top of the bar, in each of its heights."""
    return setter.theme.slots["header"].heights[0] - setter.theme.header.bar_top


# ---- the left ----------------------------------------------------------------------------------


def _name(
    block: Paragraph, right: Sequence[Block], beside: float, setter: Setter, room: float
) -> _Way:
    """The first way in which the name has room; else it has a higher header."""
    way = (setter.role(block.role), room, room)
    for height in setter.theme.slots["header"].heights:
        for way in _ways(block, right, beside, setter, room):
            if _name_height(block, setter, way) <= height - below_bar(setter):
                return way
    return way


def _ways(
    block: Paragraph, right: Sequence[Block], beside: float, setter: Setter, widest: float
) -> Iterator[_Way]:
    """In half of the width, else in all that is free, else smaller; else beside smaller words."""
    full, role = setter.full.width, setter.role(block.role)
    for room in (widest, min(widest, full / 2 - _BETWEEN)):
        free = full - max(longest(right, setter, room), beside) - _BETWEEN
        for size, leading in ((role.size, role.leading), *role.steps):
            smaller = replace(role, size=size, leading=leading)
            yield smaller, min(free, full / 2), room
            yield smaller, free, room


def _name_height(block: Paragraph, setter: Setter, way: _Way) -> float:
    """The height of the name; none is enough for one with a word that would be cut."""
    role, width, _ = way
    if setter.word_width(plain(block.content), role) > width:
        return inf
    return len(setter.text(block.content, role, None, width).setting.lines) * role.leading


def _logo(block: Figure, setter: Setter, parent: StructureElement) -> ImageMark:
    """The logo at the largest size that its box allows, its shape kept."""
    shape, image = setter.theme.header, picture(block.source, setter)
    width, height = logo_size(image, setter)
    element = parent.add("Figure", alt=block.alt)
    y = -(shape.logo_height + height) / 2
    return ImageMark(setter.full.left, y, width, height, image, element)


# ---- the right ---------------------------------------------------------------------------------


def at_right(block: Block, column: Column, setter: Setter, element: StructureElement) -> list[Box]:
    """Set a paragraph of the header flush right, with its icon before it, as an element's content.

    Raises:
        LayoutError: It is no paragraph.
    """
    if not isinstance(block, Paragraph):
        raise LayoutError("the header slot holds pictures and paragraphs only")
    role = setter.role(block.role)
    role, boxes = fitted(block.content, role, setter, column, element, lines=1)
    if block.icon and boxes:
        size = role.size * 0.8
        gap = max(4.0, role.size / 4)
        at = (boxes[0].parts[0].x - size - gap, -role.leading / 2)
        boxes[0].parts = [icon_part(block.icon, size, at, pen=2.4), *boxes[0].parts]
    return boxes


def longest(blocks: Sequence[Block], setter: Setter, room: float) -> float:
    """The width of the longest line at the right, with its icon, when it has so much room."""
    widths = []
    for block in blocks:
        if isinstance(block, Paragraph):
            role, column = setter.role(block.role), Column(0.0, room)
            role, _ = fitted(block.content, role, setter, column, StructureElement("P"), lines=1)
            lines = setter.text(block.content, role, None, room).setting.lines
            widths += [line.width + (role.size if block.icon else 0.0) for line in lines]
    return max(widths, default=0.0)
