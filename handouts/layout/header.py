"""The header: the head of page 1, in which the leaflet's own words stand among the clinic's.

Its own words are the leaflet's and not in the slot, so that a clinic's words are the same for all its
leaflets, and set once.
"""

from handouts.document import Header, Slot
from handouts.layout.boxes import Box, Part, stack
from handouts.layout.header_sides import (
    at_right,
    below_bar,
    column_at_right,
    has_name,
    longest,
    room_at_right,
)
from handouts.layout.setter import Column, Lay, Setter, Site
from handouts.layout.shapes import rectangle
from handouts.layout.slots import is_boxed, met, slot_shape
from handouts.marks import ImprintMark, ShapeMark
from handouts.structure import StructureElement


def header(
    block: Header | Slot, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out the header: the left of the clinic's words, the leaflet's own, the right, the bar.

    A slot alone is a header without words of the leaflet's own.
    Without words of the clinic its place stays white: the paper has the clinic's head already.

    Raises:
        SlotError: The clinic's words need more room than the theme gives.
        LayoutError: The theme has no slot of that name.
    """
    block = Header(block, ()) if isinstance(block, Slot) else block
    elements = [StructureElement("P", parent=parent) for _ in block.own]
    pairs = zip(block.own, elements, strict=True)
    place = column_at_right(setter, room_at_right(setter))
    own = stack(
        [box for words, element in pairs for box in at_right(words, place, setter, element)]
    )
    site = Site(
        name="header",
        column=column,
        boxed=is_boxed(parent),
        above=own.height,
        beside=longest(block.own, setter, place.width) if has_name(block.slot.blocks) else 0.0,
    )
    left, right = met(block.slot, site, setter, lay).boxes
    parent.kids += [*_roots(left), *elements, *_roots(right)]
    bar = _bar(setter, left.height) if block.slot.blocks else []
    parts = [*left.parts, *own.parts, *right.parts, *bar]
    return [Box(left.height, parts, after=slot_shape("header", setter).after)]


def _roots(side: Box) -> list[StructureElement]:
    return [part.imprint.root for part in side.parts if isinstance(part, ImprintMark)]


def _bar(setter: Setter, height: float) -> list[Part]:
    """The bar: its first part in the accent, the rest in the rule's colour; lower in a higher header."""
    shape, column = setter.theme.header, setter.full
    accent = min(shape.accent, column.width)
    y = below_bar(setter) - height - shape.bar
    return [
        ShapeMark(column.left, y, rectangle(accent, shape.bar), fill="accent"),
        ShapeMark(
            column.left + accent,
            y,
            rectangle(column.width - accent, shape.bar),
            fill="rule",
        ),
    ]
