"""Slots: the clinic's words in places of fixed size, so that an article's pages can be shared."""

from collections.abc import Sequence

from handouts.document import Block, Blocks, Columns, Figure, Paragraph, Slot
from handouts.errors import LayoutError
from handouts.layout.boxes import (
    Box,
    Part,
    add_parts,
    copied,
    form_of,
    natural_height,
    raised,
    stack,
)
from handouts.layout.paragraphs import fitted, icon_part, words
from handouts.layout.samples import logo_size, picture
from handouts.layout.setter import Column, FilledSlot, Lay, SetSlot, Setter, Site
from handouts.layout.shapes import rectangle
from handouts.marks import ImageMark, Imprint, ImprintMark, Line, Mark, OwnMark, ShapeMark
from handouts.remembered import Remembered
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.theme.shapes import SlotShape
from handouts.values import replace


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
    """Lay out a slot; an empty one takes no room, but for the header's.

    Its words are set apart, as an imprint, whose elements stand under `parent`.

    Raises:
        SlotError: The words need more height than the theme gives.
    """
    site = Site(block.name, column, _is_boxed(parent))
    words = _kept(block.blocks, site, setter, lay)
    if any(one.words is words for one in setter.slots):  # an imprint stands in one place only
        words = set_slot(block.blocks, site, setter, lay)
    setter.slots.append(FilledSlot(block, site, words))
    if words.imprint.parts:
        parent.kids.append(words.imprint.root)
    return [copied(box) for box in words.boxes]


LATEST: Remembered[SetSlot] = Remembered(128)
"""The words of slots, set for the latest articles: a clinic's next article has the same."""


def _kept(blocks: Blocks, site: Site, setter: Setter, lay: Lay) -> SetSlot:
    """Set the words of a slot, or take them from another article.

    Raises:
        SlotError: The words need more height than the theme gives.
    """
    if not setter.keeps:
        return set_slot(blocks, site, setter, lay)
    return LATEST.result(
        (setter.theme, setter.faces, *setter.images.values()),
        (blocks, site, setter.sheet.name, setter.language, setter.label),
        lambda: set_slot(blocks, site, setter, lay),
    )


def _is_boxed(parent: StructureElement | None) -> bool:
    """Whether an Aside is above, which may not hold another one (ISO 32005)."""
    return parent is not None and (parent.tag == "Aside" or _is_boxed(parent.parent))


_ASIDE = StructureElement("Aside")
"""Stands for the box round a slot, while its words are set apart."""


def set_slot(blocks: Blocks, site: Site, setter: Setter, lay: Lay) -> SetSlot:
    """Set the words of a slot for the site where it stands.

    Raises:
        SlotError: The words need more height than the theme gives.
        LayoutError: The theme has no such slot.
    """
    root = StructureElement("", parent=_ASIDE if site.boxed else None)
    before = len(setter.warnings)
    boxes = _boxes(blocks, site, setter, root, lay)
    warnings = tuple(setter.warnings[before:])
    del setter.warnings[before:]
    parts = tuple([_marks(box) for box in boxes])
    imprint = Imprint(root, parts if blocks else ())
    for number, box in enumerate(boxes):
        box.parts = (ImprintMark(0.0, 0.0, imprint, number),) if blocks else ()
        box.lintel = box.repeat = None
    form = (_kinds(blocks), tuple([form_of(box) for box in boxes]), _heads(root))
    return SetSlot(imprint=imprint, boxes=tuple(boxes), form=form, warnings=warnings)


def _marks(box: Box) -> tuple[OwnMark, ...]:
    """The box's parts as marks from its top; there is no slot in a slot."""
    marks: list[Mark] = []
    add_parts(marks, box.parts, 0.0)
    return tuple([mark for mark in marks if not isinstance(mark, ImprintMark)])


def _kinds(blocks: Blocks) -> tuple[object, ...]:
    """What the flow looks at in a slot's words before they are set."""
    return tuple(
        [
            (type(one).__name__, len(one.columns) if isinstance(one, Columns) else 0)
            for one in blocks
        ]
    )


def _heads(element: StructureElement) -> tuple[str, ...]:
    """The levels of heads in reading order: those of the leaflet must not skip one."""
    found: list[str] = []
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            found += [kid.tag] if kid.tag[:1] == "H" else []
            found += _heads(kid) if kid.kids else ()
    return tuple(found)


def _boxes(
    blocks: Blocks, site: Site, setter: Setter, root: StructureElement, lay: Lay
) -> list[Box]:
    """Set the words; framed boxes one below the other stay apart, so that pages may break there."""
    if not blocks:
        return [_letterhead(setter)] if site.name == "header" else []
    shape = setter.theme.slots.get(site.name)
    if shape is None:
        there = ", ".join(sorted(setter.theme.slots))
        raise LayoutError(f"the theme has no slot {site.name!r}", hint=f"It has: {there}")
    if site.name == "header":
        return [_header(blocks, setter, root)]
    column = site.column
    if shape.place == "over":
        column = Column(column.left + shape.x, shape.width)
    boxes = lay(blocks, column, root)
    if not boxes or not all(box.frames for box in boxes):
        boxes = [stack(boxes)]
    for box in boxes:
        box.height = _height(site.name, box.height, shape)
        box.leans = box is not boxes[-1]
    if shape.place == "over":
        return [Box(0.0, raised(box.parts, -shape.y), bookmarks=box.bookmarks) for box in boxes]
    boxes[0].before, boxes[-1].after = shape.before, shape.after
    boxes[0].sinks, boxes[0].opens = shape.place == "foot", site.name != "phone"
    return boxes


def _height(name: str, needed: float, shape: SlotShape) -> float:
    """The least height that the slot has for so much."""
    for height in shape.heights:
        if height >= needed:
            return height
    raise SlotError(name, needed, shape.heights[-1])


# ---- the header --------------------------------------------------------------------------------


def _header(blocks: Blocks, setter: Setter, parent: StructureElement) -> Box:
    """The head of page 1: logo left, words right, the bar below."""
    room, shape = setter.theme.header.bar_top, setter.theme.slots["header"]
    right_words = [kid for kid in blocks if not _is_left(kid)]
    left = [_left(kid, right_words, setter, parent) for kid in blocks if _is_left(kid)]
    right = [box for kid in right_words for box in _right(kid, setter, parent)]
    height = max(natural_height(left), natural_height(right))
    if height > room:
        raise SlotError("header", height, room)
    parts = [*stack(left).parts, *stack(right).parts, *_bar(setter)]
    return Box(shape.heights[0], parts, after=shape.after)


def _letterhead(setter: Setter) -> Box:
    """The header's place left white: the paper has the clinic's head already."""
    shape = setter.theme.slots["header"]
    return Box(shape.heights[0], (), after=shape.after)


def _is_left(block: Block) -> bool:
    """The logo, or the clinic's name in its place."""
    return isinstance(block, Figure) or (isinstance(block, Paragraph) and block.role == "clinic")


_BETWEEN = 20.0
"""White between the two sides of the header."""


def _widest(blocks: Sequence[Block], setter: Setter) -> float:
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


def _left(
    block: Block, right_words: Sequence[Block], setter: Setter, parent: StructureElement
) -> Box:
    """The logo, or the clinic's name in the room that the words at the right leave."""
    if isinstance(block, Figure):
        return Box(setter.theme.header.logo_height, [_logo(block, setter, parent)])
    if not isinstance(block, Paragraph):
        return Box(0.0, ())
    free = setter.full.width - _widest(right_words, setter) - _BETWEEN
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


def _right(block: Block, setter: Setter, parent: StructureElement) -> list[Box]:
    """A paragraph of the header, flush right, with its icon before it."""
    if not isinstance(block, Paragraph):
        raise LayoutError("the header slot holds pictures and paragraphs only")
    left = setter.full.left + setter.theme.header.logo_width + _BETWEEN
    width = setter.full.width - setter.theme.header.logo_width - _BETWEEN
    column, element = Column(left, width, flush_right=True), parent.add("P")
    role = setter.role(block.role)
    role, boxes = fitted(block.content, role, setter, column, element, lines=1)
    if block.icon and boxes:
        size = role.size * 0.8
        gap = max(4.0, role.size / 4)
        at = (boxes[0].parts[0].x - size - gap, -role.leading / 2)
        boxes[0].parts = [icon_part(block.icon, size, at, pen=2.4), *boxes[0].parts]
    return boxes


def _bar(setter: Setter) -> list[Part]:
    """The bar under the header: its first part in the accent, the rest in the rule's colour."""
    shape, column = setter.theme.header, setter.full
    accent = min(shape.accent, column.width)
    y = -shape.bar_top - shape.bar
    return [
        ShapeMark(column.left, y, rectangle(accent, shape.bar), fill="accent"),
        ShapeMark(
            column.left + accent,
            y,
            rectangle(column.width - accent, shape.bar),
            fill="rule",
        ),
    ]
