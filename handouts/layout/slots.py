"""Slots: the clinic's words in places of fixed size, so that an article's pages can be shared."""

from collections.abc import Callable

from handouts.document import Blocks, Columns, Slot, sources
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, copied, form_of, marks_of, natural_height, raised, stack
from handouts.layout.header_sides import below_bar, has_name, set_sides
from handouts.layout.setter import Column, FilledSlot, Lay, SetSlot, Setter, Site
from handouts.marks import Imprint, ImprintMark, OwnMark
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
    """Lay out a slot; an empty one takes no room.

    Its words are set apart, as an imprint, whose elements stand under `parent`.

    Raises:
        SlotError: The words need more height than the theme gives.
    """
    words = met(block, Site(block.name, column, is_boxed(parent)), setter, lay)
    parent.kids += [imprint.root for imprint in words.imprints]
    return [copied(box) for box in words.boxes]


def met(block: Slot, site: Site, setter: Setter, lay: Lay) -> SetSlot:
    """Set the words of a slot that the flow has come to, and note it.

    Raises:
        SlotError: The words need more height than the theme gives.
    """

    def make() -> SetSlot:
        return set_slot(block.blocks, site, setter, lay)

    comes_again = block.number >= 0 or not block.blocks  # as blocks of other slots never do
    keep = setter.keeps and comes_again
    words = kept(block.blocks, site, setter, make) if keep else make()
    if any(one.words is words for one in setter.slots):  # an imprint stands in one place only
        words = make()
    setter.slots.append(FilledSlot(block, site, words))
    return words


LATEST: Remembered[SetSlot] = Remembered(256)
"""The words of slots, set for the latest leaflets: a clinic's next article has the same, and what
does not depend on the clinic all clinics have alike."""


def kept(blocks: Blocks, site: Site, setter: Setter, make: Callable[[], SetSlot]) -> SetSlot:
    """Give the words of a slot that another leaflet has set at such a site, or set them.

    Raises:
        SlotError: The words need more height than the theme gives.
    """
    shown = _SHOWN.result((blocks,), (), lambda: frozenset(sources(blocks)))
    images = [image for name, image in setter.images.items() if name in shown]
    return LATEST.result(
        (blocks, setter.theme, setter.faces, setter.label, *images),
        (site, setter.sheet.name, setter.language),
        make,
    )


_SHOWN: Remembered[frozenset[str]] = Remembered(256)
"""The pictures in blocks."""


def is_boxed(parent: StructureElement | None) -> bool:
    """Whether an Aside is above, which may not hold another one (ISO 32005)."""
    return parent is not None and (parent.tag == "Aside" or is_boxed(parent.parent))


_Piece = tuple[StructureElement, list[Box]]
"""Words that stand together: the root of their elements, and their boxes."""

_ASIDE = StructureElement("Aside")
"""Stands for the box round a slot, while its words are set apart."""


def set_slot(blocks: Blocks, site: Site, setter: Setter, lay: Lay) -> SetSlot:
    """Set the words of a slot for the site where it stands; those of the header at its two sides.

    Raises:
        SlotError: The words need more height than the theme gives.
        LayoutError: The theme has no such slot.
    """
    before = len(setter.warnings)
    pieces = (
        _sides(blocks, site, setter) if site.name == "header" else _whole(blocks, site, setter, lay)
    )
    warnings = tuple(setter.warnings[before:])
    del setter.warnings[before:]
    common = not slot_shape(site.name, setter).heights
    return SetSlot(
        imprints=tuple(
            [
                _imprint(root, boxes, common=common)
                for root, boxes in pieces
                if any(box.parts for box in boxes)
            ]
        ),
        boxes=tuple([box for _, boxes in pieces for box in boxes]),
        form=(
            _kinds(blocks),
            has_name(blocks),
            tuple([form_of(box) for _, boxes in pieces for box in boxes]),
            tuple([level for root, _ in pieces for level in _heads(root)]),
        ),
        warnings=warnings,
    )


def _imprint(root: StructureElement, boxes: list[Box], *, common: bool) -> Imprint:
    """Make an imprint of what boxes show, and let it be all that they show."""
    imprint = Imprint(root, tuple([_marks(box) for box in boxes]), common)
    for number, box in enumerate(boxes):
        box.parts = (ImprintMark(0.0, 0.0, imprint, number),)
        box.lintel = box.repeat = None
    return imprint


def _marks(box: Box) -> tuple[OwnMark, ...]:
    """The box's parts as marks from its top; there is no slot in a slot."""
    marks = marks_of([(box.parts, 0.0, 0.0)])
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
        found += [kid.tag] if kid.tag[:1] == "H" else []
        found += _heads(kid) if kid.kids else ()
    return tuple(found)


def _sides(blocks: Blocks, site: Site, setter: Setter) -> list[_Piece]:
    """Set the words of the header, at its two sides; no words leave both white."""
    roots = StructureElement(""), StructureElement("")
    boxes = set_sides(blocks, site, setter, roots)
    shape, needed = slot_shape(site.name, setter), max([box.height for box in boxes])
    height = _height(site.name, needed + below_bar(setter), shape) if blocks else shape.heights[0]
    return [(root, [Box(height, box.parts)]) for root, box in zip(roots, boxes, strict=True)]


def _whole(blocks: Blocks, site: Site, setter: Setter, lay: Lay) -> list[_Piece]:
    """Set the words of any other slot."""
    root = StructureElement("", parent=_ASIDE if site.boxed else None)
    return [(root, _boxes(blocks, site, setter, root, lay))] if blocks else []


def _boxes(
    blocks: Blocks, site: Site, setter: Setter, root: StructureElement, lay: Lay
) -> list[Box]:
    """Set the words; framed boxes one below the other stay apart, so that pages may break there."""
    shape, column = slot_shape(site.name, setter), site.column
    if shape.place == "over":
        column = Column(column.left + shape.x, shape.width)
    boxes = lay(blocks, column, root)
    boxes = _fixed(boxes, site.name, shape) if shape.heights else _free(boxes, setter)
    if shape.place == "over":
        return [Box(0.0, raised(box.parts, -shape.y), bookmarks=box.bookmarks) for box in boxes]
    boxes[0].before, boxes[-1].after = shape.before, shape.after
    boxes[0].sinks, boxes[0].opens = shape.place == "foot", site.name != "phone"
    return boxes


def _fixed(boxes: list[Box], name: str, shape: SlotShape) -> list[Box]:
    """Give words the heights that the slot has: one box, or framed ones below each other."""
    if not boxes or not all(box.frames for box in boxes):
        boxes = [stack(boxes)]
    for box in boxes:
        box.height = _height(name, box.height, shape)
        box.leans = box is not boxes[-1]
    return boxes


def _free(boxes: list[Box], setter: Setter) -> list[Box]:
    """Leave words as high as they are: one box, which takes least room in a file, where pages hold it."""
    return boxes if natural_height(boxes) > setter.whole_height else [stack(boxes)]


def slot_shape(name: str, setter: Setter) -> SlotShape:
    """Give the room that the theme keeps for a slot.

    Raises:
        LayoutError: It has no such slot.
    """
    shape = setter.theme.slots.get(name)
    if shape is None:
        there = ", ".join(sorted(setter.theme.slots))
        raise LayoutError(f"the theme has no slot {name!r}", hint=f"It has: {there}")
    return shape


_ROUNDING = 0.001
"""Lines that fill a height may sum up to so much more."""


def _height(name: str, needed: float, shape: SlotShape) -> float:
    """The least height that the slot has for so much."""
    for height in shape.heights:
        if height > needed - _ROUNDING:
            return height
    raise SlotError(name, needed, shape.heights[-1])
