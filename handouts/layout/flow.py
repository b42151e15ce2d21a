"""The dispatch: one layout function a kind of block."""

from typing import assert_never

from handouts.document import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Columns,
    Ended,
    Figure,
    Header,
    Heading,
    NumberedList,
    Panel,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Slot,
    Steps,
    Sticker,
    Strip,
    Table,
    Terms,
)
from handouts.layout.boxes import Box
from handouts.layout.callouts import callout, columns
from handouts.layout.figures import figure
from handouts.layout.forms import blank, ruled_lines, sticker
from handouts.layout.header import header
from handouts.layout.lists import bullet_list, checklist, numbered_list, steps
from handouts.layout.paragraphs import heading, keep_with_head, paragraph
from handouts.layout.sections import section
from handouts.layout.setter import Column, Lay, Setter
from handouts.layout.shapes import horizontal
from handouts.layout.slots import slot
from handouts.layout.strip import strip
from handouts.layout.table_words import table_in_words
from handouts.layout.tables import table
from handouts.layout.terms import terms
from handouts.marks import ShapeMark
from handouts.structure import StructureElement


def lay_out_blocks(
    blocks: Blocks, setter: Setter, column: Column, parent: StructureElement
) -> list[Box]:
    """Lay out blocks one below the other; elements are made under `parent` in reading order."""

    def lay(inner: Blocks, place: Column, element: StructureElement) -> list[Box]:
        return lay_out_blocks(inner, setter, place, element)

    boxes: list[Box] = []
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Section):
            ruled = not isinstance(above, Strip)
            made = section(block, setter, column, parent, lay, ruled=ruled)
        else:
            made = _boxes(block, setter, column, parent, lay)
        if boxes and made:
            _lead_in(above, block, boxes[-1], setter)
            if isinstance(above, Heading):
                keep_with_head(made, setter)
        boxes += made
        above = block
    return boxes


def _lead_in(above: Block | None, below: Block, last: Box, setter: Setter) -> None:
    """Hold a paragraph and the list that it opens together, closer than other blocks.

    The phone is never parted from the opening of the leaflet, which it stands below.
    A framed box keeps company, so that it does not open a page without the head it belongs to.
    """
    if isinstance(below, Callout) and below.kind != "note":
        last.leans = True
    if isinstance(below, Slot) and below.name == "phone":
        last.keep = True
    if not isinstance(above, Paragraph):
        return
    match below:
        case BulletList() | NumberedList() | Steps() | Checklist() | Terms():
            last.keep = last.hugs = True
            last.after = setter.theme.space.lead_in
        case Table():
            last.keep = True
        case _:
            return


def _boxes(  # noqa: C901, PLR0912  (one branch a kind of block)
    block: Block, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    match block:
        case Paragraph() | Ended():
            return paragraph(block, setter, column, parent)
        case Heading():
            return heading(block, setter, column, parent)
        case BulletList():
            return bullet_list(block, setter, column, parent, lay)
        case NumberedList():
            return numbered_list(block, setter, column, parent, lay)
        case Steps():
            return steps(block, setter, column, parent, lay)
        case Checklist():
            return checklist(block, setter, column, parent, lay)
        case Terms():
            return terms(block, setter, column, parent, lay)
        case Table() if setter.theme.flow.tables != "grid":
            return table_in_words(block, setter, column, parent, lay)
        case Table():
            return table(block, setter, column, parent, lay)
        case Figure():
            return figure(block, setter, column, parent)
        case Callout():
            return callout(block, setter, column, parent, lay)
        case Columns():
            return columns(block, setter, column, parent, lay)
        case Strip():
            return strip(block, setter, column, parent)
        case Section():  # stands between other blocks: lay_out_blocks knows which
            return section(block, setter, column, parent, lay, ruled=True)
        case Panel():
            return lay(block.blocks, column, parent)
        case Header() | Slot(name="header"):
            return header(block, setter, column, parent, lay)
        case Slot():
            return slot(block, setter, column, parent, lay)
        case Blank():
            return blank(block, setter, column, parent)
        case RuledLines():
            return ruled_lines(block, setter, column)
        case Sticker():
            return sticker(block, setter, column, parent)
        case Rule():
            return [_rule(setter, column)]
        case _:
            assert_never(block)


def _rule(setter: Setter, column: Column) -> Box:
    space, look = setter.theme.space.paragraph, setter.theme.boxes
    width, colour = look.hairline, look.hairline_colour
    line = ShapeMark(column.left, 0.0, horizontal(column.width), stroke=colour, width=width)
    return Box(width, [line], space, space)
