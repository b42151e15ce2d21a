"""The strip: a full-width row of short facts on a tint, told apart by icons."""

from handouts.document import Strip, StripCell, Strong, Text, plain
from handouts.layout.boxes import Box, Part, beside, raised, stack
from handouts.layout.paragraphs import icon_part, tell_cut, words
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import horizontal, rectangle, vertical
from handouts.marks import ShapeMark
from handouts.structure import StructureElement

_MOST = 4
"""Cells in a row."""


def strip(block: Strip, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """Lay out a strip; more than four cells make rows of equal length, as do those of long words."""
    shape = parent.add("L", attributes=(("List", "ListNumbering", "/Description"),))
    stacked = setter.theme.flow.strip == "rows"
    size = 1 if stacked else _in_a_row(block.cells, setter, column)
    if size == 1:
        boxes = [_rows(block.cells, setter, column, shape)]
        tell_cut(boxes, "at a glance", setter)
        return boxes
    boxes = [
        _row(block.cells[start : start + size], size, setter, column, shape)
        for start in range(0, len(block.cells), size)
    ]
    for box in boxes:
        box.keep = True
    boxes[-1].keep = False
    boxes[-1].after = setter.theme.space.strip_foot
    return boxes


def _in_a_row(cells: tuple[StripCell, ...], setter: Setter, column: Column) -> int:
    """How many cells stand side by side: as many as can without a word being cut."""
    count = len(cells)
    most = -(-count // -(-count // _MOST))
    even = [size for size in range(most - 1, 1, -1) if count % size == 0]
    for size in (most, *even):
        width = column.width / size
        if all(_is_whole(cell, setter, Column(column.left, width)) for cell in cells):
            return size
    return 1


def _is_whole(cell: StripCell, setter: Setter, column: Column) -> bool:
    """Whether a cell's place is wide enough for each of its words."""
    inner, indent = _inside(cell, setter, column)
    label = setter.word_width(plain(cell.label), setter.role("strip_label"))
    words = setter.word_width(plain(cell.content), setter.role("strip"))
    return label <= inner.width - indent and words <= inner.width


def _inside(cell: StripCell, setter: Setter, column: Column) -> tuple[Column, float]:
    """Where a cell's words stand, and how far its label is from there, for the icon."""
    look = setter.theme.boxes
    inner = column.inset(look.strip_inset, look.strip_inset - 3)
    return inner, look.strip_icon + 6 if cell.icon else 0.0


def _row(
    cells: tuple[StripCell, ...],
    size: int,
    setter: Setter,
    column: Column,
    shape: StructureElement,
) -> Box:
    look = setter.theme.boxes
    width = column.width / size
    made = [
        _cell(cell, setter, Column(column.left + number * width, width), shape.add("LI"))
        for number, cell in enumerate(cells)
    ]
    height = max([cell.height for cell in made]) + look.strip_inset_top + look.strip_inset_bottom
    ground = rectangle(column.width, height)
    rule = horizontal(column.width)
    parts: list[Part] = [
        ShapeMark(column.left, -height, ground, fill="tint"),
        ShapeMark(column.left, 0.0, rule, stroke="rule", width=look.strip_rule),
        ShapeMark(column.left, -height, rule, stroke="rule", width=look.strip_rule),
    ]
    for number in range(1, len(cells)):
        x = column.left + number * width
        line = vertical(height)
        parts.append(ShapeMark(x, -height, line, stroke="line", width=look.strip_line))
    for cell in made:
        parts += raised(cell.parts, -look.strip_inset_top)
    return Box(height, parts)


def _rows(
    cells: tuple[StripCell, ...], setter: Setter, column: Column, shape: StructureElement
) -> Box:
    """The cells one below the other: icon, label, and words beside the label, or run in.

    They are run in where the theme has no room for labels, or too little for one of their words.
    """
    look, role = setter.theme.boxes, setter.role("strip_label")
    inner = column.inset(look.strip_inset + look.strip_icon + look.strip_gap, look.strip_inset)
    widest = max([setter.word_width(plain(cell.label), role) for cell in cells])
    made = []
    for cell in cells:
        element = shape.add("LI")
        if widest <= look.strip_term:
            label = words(
                cell.label, role, setter, Column(inner.left, look.strip_term), element.add("Lbl")
            )
            text = words(
                cell.content,
                setter.role("strip"),
                setter,
                inner.inset(look.strip_term + look.strip_gap),
                element.add("LBody"),
            )
            box = stack(beside(stack(label), text))
        else:
            body = element.add("LBody")
            said = (Strong(cell.label), Text(" "), *cell.content)
            box = stack(words(said, setter.role("strip"), setter, inner, body))
        if cell.icon:
            middle = -role.leading / 2
            icon = icon_part(cell.icon, look.strip_icon, (column.left + look.strip_inset, middle))
            box.parts = [icon, *box.parts]
        box.before = box.after = setter.theme.space.paragraph
        made.append(box)
    content = stack(made)
    height = content.height + look.strip_inset_top + look.strip_inset_bottom
    rule = horizontal(column.width)
    parts: list[Part] = [
        ShapeMark(column.left, -height, rectangle(column.width, height), fill="tint"),
        ShapeMark(column.left, 0.0, rule, stroke="rule", width=look.strip_rule),
        ShapeMark(column.left, -height, rule, stroke="rule", width=look.strip_rule),
        *raised(content.parts, -look.strip_inset_top),
    ]
    return Box(height, parts, after=setter.theme.space.strip_foot)


def _cell(cell: StripCell, setter: Setter, column: Column, element: StructureElement) -> Box:
    """Icon and label above a few words."""
    look, role = setter.theme.boxes, setter.role("strip_label")
    inner, indent = _inside(cell, setter, column)
    label = words(cell.label, role, setter, inner.inset(indent), element.add("Lbl"))
    text = words(cell.content, setter.role("strip"), setter, inner, element.add("LBody"))
    if label:
        label[-1].after = look.strip_gap
    box = stack([*label, *text])
    if cell.icon:
        middle = -role.leading / 2
        icon = icon_part(cell.icon, look.strip_icon, (inner.left, middle))
        box.parts = [icon, *box.parts]
    return box
