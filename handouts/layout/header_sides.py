"""The two sides of the header: the clinic's logo, or its name, at the left, the phone at the right."""

from collections.abc import Sequence

from handouts.document import Block, Blocks, Figure, Paragraph, sides
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, raised, stack
from handouts.layout.paragraphs import fitted, icon_part, words
from handouts.layout.samples import logo_size, picture
from handouts.layout.setter import Column, Setter, Site
from handouts.marks import ImageMark, Line
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.values import replace

_BETWEEN = 20.0
"""White between the two sides of the header."""


def set_sides(
    blocks: Blocks, site: Site, setter: Setter, roots: tuple[StructureElement, StructureElement]
) -> tuple[Box, Box]:
    """Set the clinic's words at the left and at the right, each under a root of its own.

    Both boxes have their top at the header's, and are as high as their words reach down.

    Raises:
        LayoutError: There is something that cannot stand in the header.
    """
    at_left, others = sides(blocks)
    free = setter.full.width - max(widest(others, setter), site.beside) - _BETWEEN
    left = stack([_left(block, free, setter, roots[0]) for block in at_left])
    right = stack([box for block in others for box in at_right(block, setter, roots[1].add("P"))])
    return left, Box(site.above + right.height, raised(right.parts, -site.above))


def has_name(blocks: Blocks) -> bool:
    """Whether the clinic's name stands there, which gives way to what is at the right; a logo does not."""
    return any(isinstance(block, Paragraph) and block.role == "clinic" for block in blocks)


def widest(blocks: Sequence[Block], setter: Setter) -> float:
    """The width of the longest line at the right, with its icon."""
    widths = []
    for block in blocks:
        if isinstance(block, Paragraph):
            role = setter.role(block.role)
            icon = role.size if block.icon else 0.0
            widths += [line.width + icon for line in _lines(block, role, setter, setter.full.width)]
    return max(widths, default=0.0)


def _lines(block: Paragraph, role: TypeRole, setter: Setter, width: float) -> tuple[Line, ...]:
    return setter.text(block.content, role, None, width).setting.lines


def _left(block: Block, free: float, setter: Setter, parent: StructureElement) -> Box:
    """The logo, or the clinic's name in the room that the words at the right leave."""
    if isinstance(block, Figure):
        return Box(setter.theme.header.logo_height, [_logo(block, setter, parent)])
    if not isinstance(block, Paragraph):
        return Box(0.0, ())
    role, width = _name(block, setter, free)
    column = Column(setter.full.left, width)
    return stack(words(block.content, role, setter, column, parent.add("P")))


def _name(block: Paragraph, setter: Setter, free: float) -> tuple[TypeRole, float]:
    """How the name is set: in half of the width, else in all that is free, else smaller."""
    role, room = setter.role(block.role), setter.theme.header.bar_top
    sizes = ((role.size, role.leading), *role.steps)
    ways = [
        (replace(role, size=size, leading=leading), width)
        for size, leading in sizes
        for width in (setter.full.width / 2, max(free, setter.full.width / 2))
    ]
    for smaller, width in ways:
        if len(_lines(block, smaller, setter, width)) * smaller.leading <= room:
            return smaller, width
    return ways[-1]


def _logo(block: Figure, setter: Setter, parent: StructureElement) -> ImageMark:
    """The logo at the largest size that its box allows, its shape kept."""
    shape, image = setter.theme.header, picture(block.source, setter)
    width, height = logo_size(image, setter)
    element = parent.add("Figure", alt=block.alt)
    y = -(shape.logo_height + height) / 2
    return ImageMark(setter.full.left, y, width, height, image, element)


def at_right(block: Block, setter: Setter, element: StructureElement) -> list[Box]:
    """Set a paragraph of the header flush right, with its icon before it, as an element's content.

    Raises:
        LayoutError: It is no paragraph.
    """
    if not isinstance(block, Paragraph):
        raise LayoutError("the header slot holds pictures and paragraphs only")
    left = setter.full.left + setter.theme.header.logo_width + _BETWEEN
    width = setter.full.width - setter.theme.header.logo_width - _BETWEEN
    role = setter.role(block.role)
    column = Column(left, width, flush_right=True)
    role, boxes = fitted(block.content, role, setter, column, element, lines=1)
    if block.icon and boxes:
        size = role.size * 0.8
        gap = max(4.0, role.size / 4)
        at = (boxes[0].parts[0].x - size - gap, -role.leading / 2)
        boxes[0].parts = [icon_part(block.icon, size, at, pen=2.4), *boxes[0].parts]
    return boxes
