"""Slots: the clinic's words in places of fixed size, so that an article's pages can be shared."""

from handouts.document import Blocks, Columns, Slot
from handouts.errors import LayoutError
from handouts.layout.boxes import (
    Box,
    add_parts,
    copied,
    form_of,
    raised,
    stack,
)
from handouts.layout.header import bar, sides
from handouts.layout.setter import Column, FilledSlot, Lay, SetSlot, Setter, Site
from handouts.marks import Imprint, ImprintMark, Mark, OwnMark
from handouts.remembered import Remembered
from handouts.structure import StructureElement
from handouts.theme.shapes import SlotShape


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


_ROUNDING = 0.001
"""Lines that fill a height may sum up to so much more."""


def _height(name: str, needed: float, shape: SlotShape) -> float:
    """The least height that the slot has for so much."""
    for height in shape.heights:
        if height > needed - _ROUNDING:
            return height
    raise SlotError(name, needed, shape.heights[-1])


def _header(blocks: Blocks, setter: Setter, parent: StructureElement) -> Box:
    """The head of page 1: its words, and the bar below, which is lower in a higher header."""
    shape, words = setter.theme.slots["header"], sides(blocks, setter, parent)
    below = shape.heights[0] - setter.theme.header.bar_top
    height = _height("header", words.height + below, shape)
    return Box(height, [*words.parts, *bar(setter, height - below)], after=shape.after)


def _letterhead(setter: Setter) -> Box:
    """The header's place left white: the paper has the clinic's head already."""
    shape = setter.theme.slots["header"]
    return Box(shape.heights[0], (), after=shape.after)
