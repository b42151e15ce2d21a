"""Lists: bullets, numbers, steps, check boxes; each item is LI with Lbl and LBody."""

from handouts.document import (
    Block,
    BulletList,
    Checklist,
    Item,
    NumberedList,
    Paragraph,
    Steps,
    plain,
    text,
)
from handouts.layout.boxes import Box, LinePart, beside, natural_height, stack
from handouts.layout.setter import Column, Lay, Setter, first_baseline
from handouts.layout.shapes import circle, rounded
from handouts.layout.sublists import laid_small, role_of, set_apart
from handouts.marks import ShapeMark
from handouts.structure import StructureElement
from handouts.text.setting import text_width
from handouts.theme import TypeRole
from handouts.values import replace

_MIDDLE = 0.24
"""Height of the middle of small letters above the baseline, in em."""


def numbering(style: str) -> tuple[tuple[str, str, str], ...]:
    """The attribute that says how a list's items are labelled."""
    return (("List", "ListNumbering", f"/{style}"),)


# ---- bullets -----------------------------------------------------------------------------------


def bullet_list(
    block: BulletList, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a bulleted list; long lists are set smaller, a few short items run in two columns."""
    lists, space = setter.theme.lists, setter.theme.space
    long = len(block.items) >= lists.long_list
    items = tuple([in_role(item, "cell") for item in block.items]) if long else block.items
    small = role_of(items) != "body"
    shape = parent.add("L", attributes=numbering("Disc"))
    if _pairs(items, setter, column):
        return _two_columns(items, setter, column, shape, lay)
    made = [_bulleted(item, setter, column, shape, lay, small=small) for item in items]
    boxes = spaced(made, space.fine_item if small else space.item, space.list)
    set_apart(made, items, setter)
    return boxes


def in_role(item: Item, role: str) -> Item:
    """The item with its body paragraphs in another role, those of the lists in it included."""
    return tuple([_in_role(block, role) for block in item])


def _in_role(block: Block, role: str) -> Block:
    match block:
        case Paragraph(role="body"):
            return replace(block, role=role)
        case NumberedList(role="body"):  # gives it to its items
            return replace(block, role=role)
        case BulletList() | Steps() | Checklist():
            return replace(block, items=tuple([in_role(item, role) for item in block.items]))
        case _:
            return block


def _pairs(items: tuple[Item, ...], setter: Setter, column: Column) -> bool:
    """Whether the items are few and short enough that two columns save room."""
    lists, size = setter.theme.lists, setter.role("body").size
    lines = [
        plain(item[0].content)
        for item in items
        if len(item) == 1 and isinstance(item[0], Paragraph)
    ]
    if (
        not lists.pair_items <= len(items) <= lists.pair_limit
        or len(lines) < len(items)
        or column.width < setter.main.width
        or max(map(len, lines)) > lists.pair_characters
    ):
        return False
    width = _half(setter, column) - lists.bullet_indent
    needed = [-(-text_width(line, "regular", size, setter.faces) // width) for line in lines]
    half = -(-len(needed) // 2)
    rows = sum([max(needed[row::half]) for row in range(half)])
    return rows <= _SAVING * len(items)


_SAVING = 0.8
"""Two columns must take no more than this part of the lines that one takes."""


def _half(setter: Setter, column: Column) -> float:
    """The width of one of two columns of items."""
    return (column.width - setter.theme.lists.bullet_indent) / 2


def _bulleted(
    item: Item,
    setter: Setter,
    column: Column,
    shape: StructureElement,
    lay: Lay,
    *,
    small: bool = False,
) -> list[Box]:
    lists = setter.theme.lists
    radius = lists.small_bullet_radius if small else lists.bullet_radius
    entry = shape.add("LI")
    label = entry.add("Lbl", actual_text="•")
    inner, element = column.inset(lists.bullet_indent), entry.add("LBody")
    made = laid_small(item, setter, inner, element, lay) if small else lay(item, inner, element)
    boxes = made or no_words(setter)
    baseline = boxes[0].baseline or boxes[0].height / 2
    y = _MIDDLE * setter.role("body").size - baseline
    bullet = ShapeMark(column.left + radius, y, circle(radius), fill="text", element=label)
    boxes[0].parts = [bullet, *boxes[0].parts]
    return boxes


def no_words(setter: Setter) -> list[Box]:
    """A line's room for an item without words."""
    return [Box(setter.role("body").leading, ())]


def spaced(items: list[list[Box]], between: float, around: float) -> list[Box]:
    """Give the items their white and join them; no page has only the first or the last."""
    for boxes in items:
        boxes[0].before, boxes[-1].after = between, between
    if len(items) > 1:
        items[0][-1].leans = items[-2][-1].leans = True
    boxes = [box for item in items for box in item]
    boxes[0].before, boxes[-1].after = around, around
    return boxes


def _two_columns(
    items: tuple[Item, ...], setter: Setter, column: Column, shape: StructureElement, lay: Lay
) -> list[Box]:
    """Items in two columns, read down the first and then the second; rows share a height."""
    space, lists = setter.theme.space, setter.theme.lists
    half = -(-len(items) // 2)
    width = _half(setter, column)
    left = Column(column.left, width)
    right = Column(column.left + width + lists.bullet_indent, width)
    cells = [
        stack(_bulleted(item, setter, left if n < half else right, shape, lay))
        for n, item in enumerate(items)
    ]
    heights = [max(cell.height for cell in cells[row::half]) for row in range(half)]
    tops = [sum(heights[:row]) + row * space.item for row in range(half)]
    parts = [
        replace(part, y=part.y - tops[n % half])
        for n, cell in enumerate(cells)
        for part in cell.parts
    ]
    height = tops[-1] + heights[-1]
    return [Box(height, parts, space.list, space.list, baseline=cells[0].baseline)]


# ---- numbers -----------------------------------------------------------------------------------


def numbered_list(
    block: NumberedList, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a list with hanging numbers, such as references; its items do not split."""
    space, role = setter.theme.space, setter.role(block.role)
    shape = parent.add("L", attributes=numbering("Decimal"))
    indent = _number_indent(block, role, setter)
    made = []
    for number, item in enumerate(block.items, block.start):
        entry = shape.add("LI")
        label = setter.text(text(str(number)), role, entry.add("Lbl"), column.width)
        said = in_role(item, block.role)
        body = laid_small(said, setter, column.inset(indent), entry.add("LBody"), lay)
        baseline = first_baseline(role)
        hung = Box(role.leading, (LinePart(column.left, -baseline, label, 0),), baseline=baseline)
        made.append(_unsplit(beside(hung, body), setter))
    boxes = spaced(made, space.fine_item, space.step)
    set_apart(made, block.items, setter)
    return boxes


def _number_indent(block: NumberedList, role: TypeRole, setter: Setter) -> float:
    """The theme's indent holds one digit of fine print; larger type and numbers need more."""
    scale = role.size / setter.role("fine").size
    more = len(str(block.start + len(block.items) - 1)) - 1
    return setter.theme.lists.number_indent * scale + setter.word_width("0" * more, role)


def _unsplit(boxes: list[Box], setter: Setter) -> list[Box]:
    """One box of several, unless no page could hold it."""
    if natural_height(boxes) > setter.whole_height:
        return boxes
    joined = stack(boxes)
    joined.before, joined.after = boxes[0].before, boxes[-1].after
    return [joined]


# ---- steps -------------------------------------------------------------------------------------


def steps(
    block: Steps, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out steps: a numeral on a disc beside each; a step does not split."""
    lists, space = setter.theme.lists, setter.theme.space
    shape = parent.add("L", attributes=numbering("Decimal"))
    width = _disc_width(block.start + len(block.items) - 1, setter)
    inner = column.inset(lists.step_indent + width - 2 * lists.disc_radius)
    made = []
    for number, item in enumerate(block.items, block.start):
        entry = shape.add("LI")
        label = entry.add("Lbl")
        middle = -setter.role(role_of(block.items)).leading / 2
        disc = _disc(str(number), setter, Column(column.left, width), middle, label)
        body = lay(item, inner, entry.add("LBody")) or no_words(setter)
        body[0].parts = [*disc, *body[0].parts]
        joined = _unsplit(body, setter)
        low = max(0.0, lists.step_height - natural_height(joined))
        joined[0].before, joined[-1].after = space.step, space.step + low
        made.append(joined)
    set_apart(made, block.items, setter)
    boxes = [box for item in made for box in item]
    boxes[0].before, boxes[-1].after = space.list, max(space.list, boxes[-1].after)
    return boxes


def _disc_width(last: int, setter: Setter) -> float:
    """How wide the discs are: round for two digits, wider for more."""
    role = setter.role("number")
    digits = text_width(str(last), role.face, role.size, setter.faces)
    return max(2 * setter.theme.lists.disc_radius, digits + 5.0)


def _disc(
    number: str, setter: Setter, column: Column, middle: float, label: StructureElement
) -> list[ShapeMark | LinePart]:
    """A numeral on its disc, which is as wide as the column."""
    lists, role = setter.theme.lists, setter.role("number")
    outlined = lists.disc == "outlined"
    centre = column.left + column.width / 2
    pen = lists.disc_stroke if outlined else 0.0
    height = 2 * lists.disc_radius - pen
    shape = ShapeMark(
        column.left + pen / 2,
        middle - height / 2,
        rounded(column.width - pen, height, height / 2),
        fill="" if outlined else "fill",
        stroke="rule" if outlined else "",
        width=lists.disc_stroke,
    )
    colour = "text" if outlined else "white"
    numeral = setter.text(text(number), replace(role, colour=colour), label, column.width)
    line = numeral.setting.lines[0]
    base = middle - 0.33 * role.size
    return [shape, LinePart(centre - line.width / 2, base, numeral, 0)]


# ---- check boxes -------------------------------------------------------------------------------


def checklist(
    block: Checklist, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a checklist: a box to tick beside each item."""
    lists, space = setter.theme.lists, setter.theme.space
    shape = parent.add("L", attributes=numbering("Square"))
    made = []
    for item in block.items:
        entry = shape.add("LI")
        label = entry.add("Lbl", actual_text="☐")
        body = lay(item, column.inset(lists.check_indent), entry.add("LBody")) or no_words(setter)
        y = -(setter.role(role_of(block.items)).leading + lists.check_size) / 2
        square = rounded(lists.check_size, lists.check_size, 1.5)
        tick = ShapeMark(
            column.left, y, square, stroke="ink", width=lists.check_stroke, element=label
        )
        body[0].parts = [tick, *body[0].parts]
        made.append(body)
    boxes = spaced(made, space.check, space.list)
    set_apart(made, block.items, setter)
    return boxes
