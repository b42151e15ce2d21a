"""Slots: the clinic's words in places of fixed size, so that an article's pages can be shared."""

from handouts.document import Block, Figure, Paragraph, Slot
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, ImagePart, Part, ShapePart, raised, stack
from handouts.layout.paragraphs import icon_part
from handouts.layout.setter import Column, Lay, Setter, line_parts
from handouts.layout.shapes import rectangle
from handouts.structure import StructureElement


class SlotError(LayoutError):
    """The clinic's words do not fit the place that the theme keeps for them."""

    def __init__(self, slot: str, needed: float, room: float) -> None:
        self.slot, self.needed, self.room = slot, needed, room
        super().__init__(
            f"the words for the {slot} slot need {needed:.0f} points, it has {room:.0f}",
            hint="Shorten the clinic's texts",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return SlotError, (self.slot, self.needed, self.room)


def slot(
    block: Slot, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a slot; an empty one takes no room.

    Raises:
        SlotError: The words need more height than the theme gives.
    """
    if not block.blocks:
        return []
    shape = setter.theme.slots.get(block.name)
    if shape is None:
        there = ", ".join(sorted(setter.theme.slots))
        raise LayoutError(f"the theme has no slot {block.name!r}", hint=f"It has: {there}")
    if block.name == "header":
        return [_header(block, setter, parent)]
    if shape.place == "over":
        column = Column(column.left + shape.x, shape.width)
    inner = stack(lay(block.blocks, column, parent))
    height = next((height for height in shape.heights if height >= inner.height), None)
    if height is None:
        raise SlotError(block.name, inner.height, shape.heights[-1])
    if shape.place == "over":
        return [Box(0.0, raised(inner.parts, -shape.y))]
    box = Box(height, inner.parts, shape.before, shape.after, baseline=inner.baseline)
    box.sinks = shape.place == "foot"
    return [box]


# ---- the header --------------------------------------------------------------------------------


def _header(block: Slot, setter: Setter, parent: StructureElement) -> Box:
    """The head of page 1: logo left, words right, the bar below."""
    shape, column = setter.theme.header, setter.full
    parts: list[Part] = []
    height = 0.0
    for kid in block.blocks:
        if isinstance(kid, Figure):
            parts.append(_logo(kid, setter, parent))
    for line in _right(block.blocks, setter, parent):
        parts += raised(line.parts, -height)
        height += line.height
    if height > shape.bar_top:
        raise SlotError("header", height, shape.bar_top)
    parts += _bar(setter)
    slot_shape = setter.theme.slots["header"]
    return Box(slot_shape.heights[0], parts, after=slot_shape.after)


def _logo(block: Figure, setter: Setter, parent: StructureElement) -> ImagePart:
    """The logo at the largest size that its box allows, its shape kept."""
    shape, image = setter.theme.header, setter.images[block.source]
    scale = min(shape.logo_width / image.width, shape.logo_height / image.height)
    width, height = image.width * scale, image.height * scale
    element = parent.add("Figure", alt=block.alt)
    y = -(shape.logo_height + height) / 2
    return ImagePart(setter.full.left, y, width, height, image, element)


def _right(blocks: tuple[Block, ...], setter: Setter, parent: StructureElement) -> list[Box]:
    """The paragraphs of the header, flush right, each with its icon before it."""
    right = setter.full.left + setter.full.width
    room = setter.full.width - setter.theme.header.logo_width - 20
    made = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        role = setter.role(block.role)
        text = setter.text(block.content, role, parent.add("P"), room)
        parts: list[Part] = []
        for part, line in zip(line_parts(text, role, 0.0), text.setting.lines, strict=True):
            x = right - line.width
            parts += raised([part], 0.0)
            parts[-1] = type(part)(x, part.y, part.block, part.line)
        if block.icon and text.setting.lines:
            size = role.size * 0.8
            x = right - text.setting.lines[0].width - size - 4
            parts.append(icon_part(block.icon, size, x, -role.leading / 2, "ink", 2.4))
        made.append(Box(role.leading * len(text.setting.lines), parts))
    return made


def _bar(setter: Setter) -> list[Part]:
    """The bar under the header: its first part in the accent, the rest in the rule's colour."""
    shape, column, side = setter.theme.header, setter.full, setter.side
    y = -shape.bar_top - shape.bar
    return [
        ShapePart(column.left, y, rectangle(side.width, shape.bar), fill="accent"),
        ShapePart(
            column.left + side.width,
            y,
            rectangle(column.width - side.width, shape.bar),
            fill="rule",
        ),
    ]
