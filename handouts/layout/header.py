"""The head of page 1: the clinic's logo or name at the left, the phone at the right, a bar below."""

from collections.abc import Iterator, Sequence
from math import inf

from handouts.document import Block, Blocks, Figure, Paragraph, plain
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, Part, natural_height, stack
from handouts.layout.paragraphs import fitted, icon_part, words
from handouts.layout.samples import logo_size, picture
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import rectangle
from handouts.marks import ImageMark, ShapeMark
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.values import replace


def sides(blocks: Blocks, setter: Setter, parent: StructureElement) -> Box:
    """Lay out the logo or name at the left, and beside it the words at the right."""
    column = setter.full
    right_words = [kid for kid in blocks if not _is_left(kid)]
    widest = column.width - setter.theme.header.logo_width - _BETWEEN
    left: list[Box] = []
    for kid in blocks:
        if isinstance(kid, Figure):
            left.append(Box(setter.theme.header.logo_height, [_logo(kid, setter, parent)]))
        elif isinstance(kid, Paragraph) and _is_left(kid):
            role, width, widest = _name(kid, right_words, setter, widest)
            place = Column(column.left, width)
            left.append(stack(words(kid.content, role, setter, place, parent.add("P"))))
    place = Column(column.left + column.width - widest, widest, flush_right=True)
    right = [box for kid in right_words for box in _right(kid, setter, place, parent)]
    height = max(natural_height(left), natural_height(right))
    return Box(height, [*stack(left).parts, *stack(right).parts])


def _rooms(setter: Setter) -> list[float]:
    """The room above the bar, in each of the header's heights: what is below the bar stays."""
    least, *more = setter.theme.slots["header"].heights
    top = setter.theme.header.bar_top
    return [top, *[top + height - least for height in more]]


def _is_left(block: Block) -> bool:
    """The logo, or the clinic's name in its place."""
    return isinstance(block, Figure) or (isinstance(block, Paragraph) and block.role == "clinic")


_BETWEEN = 20.0
"""White between the two sides of the header."""


_Way = tuple[TypeRole, float, float]
"""How the name is set: its role, its width, and the room for the words at the right."""


def _name(block: Paragraph, right: Sequence[Block], setter: Setter, widest: float) -> _Way:
    """The first way in which the name has room; else it has a higher header."""
    way = (setter.role(block.role), widest, widest)
    for room in _rooms(setter):
        for way in _ways(block, right, setter, widest):
            if _name_height(block, setter, way) <= room:
                return way
    return way


def _ways(
    block: Paragraph, right: Sequence[Block], setter: Setter, widest: float
) -> Iterator[_Way]:
    """In half of the width, else in all that is free, else smaller; else beside smaller words."""
    full, role = setter.full.width, setter.role(block.role)
    for room in (widest, min(widest, full / 2 - _BETWEEN)):
        free = full - _longest(right, setter, room) - _BETWEEN
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


def _longest(blocks: Sequence[Block], setter: Setter, room: float) -> float:
    """The width of the longest line at the right, with its icon, when it has so much room."""
    widths = []
    for block in blocks:
        if isinstance(block, Paragraph):
            role, column = setter.role(block.role), Column(0.0, room)
            role, _ = fitted(block.content, role, setter, column, StructureElement("P"), lines=1)
            lines = setter.text(block.content, role, None, room).setting.lines
            widths += [line.width + (role.size if block.icon else 0.0) for line in lines]
    return max(widths, default=0.0)


def _logo(block: Figure, setter: Setter, parent: StructureElement) -> ImageMark:
    """The logo at the largest size that its box allows, its shape kept."""
    shape, image = setter.theme.header, picture(block.source, setter)
    width, height = logo_size(image, setter)
    element = parent.add("Figure", alt=block.alt)
    y = -(shape.logo_height + height) / 2
    return ImageMark(setter.full.left, y, width, height, image, element)


def _right(block: Block, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """A paragraph of the header, flush right, with its icon before it."""
    if not isinstance(block, Paragraph):
        raise LayoutError("the header slot holds pictures and paragraphs only")
    role, element = setter.role(block.role), parent.add("P")
    role, boxes = fitted(block.content, role, setter, column, element, lines=1)
    if block.icon and boxes:
        size = role.size * 0.8
        gap = max(4.0, role.size / 4)
        at = (boxes[0].parts[0].x - size - gap, -role.leading / 2)
        boxes[0].parts = [icon_part(block.icon, size, at, pen=2.4), *boxes[0].parts]
    return boxes


def bar(setter: Setter, top: float) -> list[Part]:
    """The bar so far below the top: its first part in the accent, the rest in the rule's colour."""
    shape, column = setter.theme.header, setter.full
    accent = min(shape.accent, column.width)
    y = -top - shape.bar
    return [
        ShapeMark(column.left, y, rectangle(accent, shape.bar), fill="accent"),
        ShapeMark(
            column.left + accent,
            y,
            rectangle(column.width - accent, shape.bar),
            fill="rule",
        ),
    ]
