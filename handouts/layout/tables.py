"""Tables: rules above and below, hairlines between, no zebra, no vertical rules."""

import re

from handouts.document import Cell, Inlines, Paragraph, Row, Table, Text, texts
from handouts.layout.boxes import Box, LinePart, Part, raised, stack
from handouts.layout.lists import in_role
from handouts.layout.paragraphs import icon_part, tell_cut
from handouts.layout.setter import Column, Lay, Setter
from handouts.layout.shapes import horizontal
from handouts.layout.table_words import table_in_words
from handouts.marks import Bookmark, ShapeMark
from handouts.structure import StructureElement
from handouts.text.setting import text_width
from handouts.values import frozen, replace

_WIDEST = 240.0
"""No column asks for more than this before the rest is shared out."""

_GAP = 12.0
"""White between columns."""

_AFTER_ICON = 6.0
"""White between a head's icon and its words."""

_PAIR = 2


@frozen(kw_only=False)
class _RowKind:
    """How a row is set: the scope of its heads (ISO 32000-1, table 349), the roles of its texts."""

    scope: str
    head: str
    text: str


_HEAD = _RowKind("Column", "column_head", "cell")
_ROW = _RowKind("Row", "row_head", "cell")
_ROW_OF_HEAD = _RowKind("Row", "row_head", "body")


def table(
    block: Table, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a table; pages break between its rows, and its head opens each page again.

    One whose words do not fit into its columns is laid out in words.
    """
    columns = _columns(block, setter, column)
    if columns is None:
        return table_in_words(block, setter, column, parent, lay)
    shape = parent.add("Table")
    head = [_row(row, setter, columns, shape, lay, kind=_HEAD) for row in block.head]
    rows = [_row(row, setter, columns, shape, lay, kind=_kind(block)) for row in block.rows]
    if len(rows) > 1:
        rows[0].keep = rows[-2].keep = True
    _rule_off([*head, *rows], setter, column, len(head))
    if head:
        again = _artifact(stack(head))
        for box in rows[1:]:
            box.repeat = again
        for box in head:
            box.keep = True
    boxes = [*head, *rows]
    tell_cut(boxes, "in a table", setter)
    boxes[0].before = boxes[-1].after = setter.theme.space.list
    return boxes


def _has_heads(block: Table) -> bool:
    """Whether it is a column of heads, each with its text: results, for example."""
    return not block.head and all(len(row) == _PAIR and row[0].header for row in block.rows)


def _kind(block: Table) -> _RowKind:
    """How the rows below the head are set."""
    return _ROW_OF_HEAD if _has_heads(block) else _ROW


def _row(
    row: Row,
    setter: Setter,
    columns: list[Column],
    shape: StructureElement,
    lay: Lay,
    *,
    kind: _RowKind,
) -> Box:
    """One row: its cells side by side, first baselines aligned."""
    inset = setter.theme.boxes.table_inset
    line = shape.add("TR")
    cells = [
        _cell(cell, setter, place, line, lay, kind=kind)
        for cell, place in zip(row, columns, strict=True)
    ]
    base = max([cell.baseline or 0.0 for cell in cells])
    parts: list[Part] = []
    bookmarks: list[Bookmark] = []
    height = 0.0
    for cell in cells:
        drop = base - cell.baseline if cell.baseline else 0.0
        parts += raised(cell.parts, -drop - inset)
        bookmarks += cell.bookmarks
        height = max(height, cell.height + drop)
    return Box(height + 2 * inset, parts, baseline=base + inset, bookmarks=bookmarks)


def _cell(
    cell: Cell,
    setter: Setter,
    column: Column,
    line: StructureElement,
    lay: Lay,
    *,
    kind: _RowKind,
) -> Box:
    """One cell; a head may have an icon before its words."""
    if not cell.header:
        return stack(lay(in_role(cell.blocks, kind.text), column, line.add("TD")))
    element = line.add("TH", attributes=(("Table", "Scope", f"/{kind.scope}"),))
    icon = setter.theme.boxes.small_icon
    inset = icon + _AFTER_ICON if cell.icon else 0.0
    box = stack(lay(in_role(cell.blocks, kind.head), column.inset(inset), element))
    if cell.icon:
        pen = setter.theme.boxes.icon_stroke
        middle = -setter.role(kind.head).leading / 2
        mark = icon_part(cell.icon, icon, (column.left, middle), pen=pen)
        box.parts = [mark, *box.parts]
    return box


def _rule_off(boxes: list[Box], setter: Setter, column: Column, heads: int) -> None:
    """Draw the rules: heavy above the table, below its head and its end; light below other rows."""
    shape, line = setter.theme.boxes, horizontal(column.width)
    heavy = (heads, len(boxes))
    for number, box in enumerate(boxes, 1):
        width, colour = (
            (shape.table_rule, "rule") if number in heavy else (shape.table_line, "line")
        )
        rule = ShapeMark(column.left, -box.height, line, stroke=colour, width=width)
        box.parts = [*box.parts, rule]
    top = ShapeMark(column.left, 0.0, line, stroke="rule", width=shape.table_rule)
    boxes[0].parts = [top, *boxes[0].parts]


def _artifact(box: Box) -> Box:
    """The same lines and rules, belonging to no element: a head that is repeated."""
    return Box(box.height, [_unowned(part) for part in box.parts])


def _unowned(part: Part) -> Part:
    match part:
        case LinePart(block=block):
            none = (None,) * len(block.elements)
            return replace(part, block=replace(block, elements=none, hrefs=("",) * len(none)))
        case ShapeMark():
            return replace(part, element=None)
        case _:
            return part


# ---- widths ------------------------------------------------------------------------------------


def _columns(block: Table, setter: Setter, column: Column) -> list[Column] | None:
    """Where each column of the table stands; None if a word is wider than all they can give it."""
    room = column.width - _GAP * (len(block.rows[0]) - 1)
    numeric = [_is_numeric(cells) for cells in zip(*block.rows, strict=True)]
    widths = _widths(block, setter, room, numeric)
    if widths is None:
        return None
    made, left = [], column.left
    for width, flush_right in zip(widths, numeric, strict=True):
        made.append(Column(left, width, flush_right))
        left += width + _GAP
    return made


def _is_numeric(cells: Row) -> bool:
    """Whether every cell of a column is a number, so that digits stand below each other."""
    return all(re.fullmatch(_NUMBER, " ".join(texts(cell.blocks))) for cell in cells)


_NUMBER = r"[<>≤≥±~]? ?[+\-−]?[\d.,]+(?: ?[–-] ?[\d.,]+)? ?%?"


def _widths(block: Table, setter: Setter, room: float, numeric: list[bool]) -> list[float] | None:
    """How wide the columns are: words that are bound to each other are parted only where they must."""
    for bound in (True, False):
        least = _least(block, setter, bound=bound)
        if _has_heads(block):
            head = setter.theme.boxes.table_head - _GAP
            if least[0] <= head and least[1] <= room - head:
                return [head, room - head]
        if sum(least) <= room:
            return _shared(least, _wishes(block, setter, least), room, numeric)
    return None


def _least(block: Table, setter: Setter, *, bound: bool) -> list[float]:
    """For each column the width of its widest word."""
    kind = _kind(block)
    rows = [*[(row, _HEAD) for row in block.head], *[(row, kind) for row in block.rows]]
    widths = [[_cell_width(cell, kind, setter, bound=bound) for cell in row] for row, kind in rows]
    return [max(cells) + 1 for cells in zip(*widths, strict=True)]


def _cell_width(cell: Cell, kind: _RowKind, setter: Setter, *, bound: bool) -> float:
    """The width of a cell's widest word, with what stands before it."""
    role = setter.role(kind.head if cell.header else kind.text)
    indent = setter.theme.boxes.small_icon + _AFTER_ICON if cell.icon else 0.0
    if not all(isinstance(own, Paragraph) for own in cell.blocks):
        role, indent = setter.role("body"), indent + setter.theme.lists.step_indent
    if not all(isinstance(own, Paragraph) and _is_plain(own.content) for own in cell.blocks):
        role = replace(role, face="bold", size=role.size * role.strong_scale)
    lines = texts(cell.blocks)
    return indent + max([setter.word_width(line, role, bound=bound) for line in lines], default=0.0)


def _is_plain(content: Inlines) -> bool:
    return all(isinstance(part, Text) for part in content)


def _wishes(block: Table, setter: Setter, least: list[float]) -> list[float]:
    """For each column the width of its longest text, at most `_WIDEST`, and of its widest word."""
    size = setter.role("column_head").size
    wishes = []
    for own, cells in zip(least, zip(*block.head, *block.rows, strict=True), strict=True):
        lines = [line for cell in cells for line in texts(cell.blocks)]
        most = max([text_width(line, "bold", size, setter.faces) for line in lines], default=0.0)
        wishes.append(max(own, min(most + 1, _WIDEST)))
    return wishes


def _shared(
    least: list[float], wishes: list[float], room: float, numeric: list[bool]
) -> list[float]:
    """Share the room out: what each wishes, and the rest to columns of words; or less of the wish."""
    total = sum(wishes)
    if total <= room:
        takers = [all(numeric) or not one for one in numeric]
        rest = (room - total) / sum(takers)
        return [wish + rest * taker for wish, taker in zip(wishes, takers, strict=True)]
    share = (room - sum(least)) / (total - sum(least))
    return [word + (wish - word) * share for word, wish in zip(least, wishes, strict=True)]
