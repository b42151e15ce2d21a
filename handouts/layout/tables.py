"""Tables: rules above and below, hairlines between, no zebra, no vertical rules."""

import re

from handouts.document import Cell, Row, Table, texts
from handouts.layout.boxes import Box, LinePart, Part, raised, stack
from handouts.layout.lists import in_role
from handouts.layout.paragraphs import icon_part
from handouts.layout.setter import Column, Lay, Setter
from handouts.layout.shapes import horizontal
from handouts.marks import Bookmark, ShapeMark
from handouts.structure import StructureElement
from handouts.text.setting import text_width
from handouts.values import frozen, replace

_WIDEST = 240.0
"""No column asks for more than this before the rest is shared out."""

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
    """Lay out a table; pages break between its rows, and its head opens each page again."""
    shape = parent.add("Table")
    columns = _columns(block, setter, column)
    kind = _ROW_OF_HEAD if _has_heads(block) else _ROW
    head = [_row(row, setter, columns, shape, lay, kind=_HEAD) for row in block.head]
    rows = [_row(row, setter, columns, shape, lay, kind=kind) for row in block.rows]
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
    boxes[0].before = boxes[-1].after = setter.theme.space.list
    return boxes


def _has_heads(block: Table) -> bool:
    """Whether it is a column of heads, each with its text: results, for example."""
    return not block.head and all(len(row) == _PAIR and row[0].header for row in block.rows)


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
    inset = icon + 6 if cell.icon else 0.0
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


def _columns(block: Table, setter: Setter, column: Column) -> list[Column]:
    """Where each column of the table stands."""
    gap = 12.0
    count = len(block.rows[0])
    room = column.width - gap * (count - 1)
    numeric = [_is_numeric(cells) for cells in zip(*block.rows, strict=True)]
    if _has_heads(block):
        head = setter.theme.boxes.table_head - gap
        widths = [head, room - head]
    else:
        wishes = _wishes(block, setter)
        if sum([least for least, _ in wishes]) > room:
            setter.warnings.append("a table has too many columns: some of its words are cut in two")
        widths = _shared(wishes, room, numeric)
    made, left = [], column.left
    for width, flush_right in zip(widths, numeric, strict=True):
        made.append(Column(left, width, flush_right))
        left += width + gap
    return made


def _is_numeric(cells: Row) -> bool:
    """Whether every cell of a column is a number, so that digits stand below each other."""
    return all(re.fullmatch(_NUMBER, " ".join(texts(cell.blocks))) for cell in cells)


_NUMBER = r"[<>≤≥±~]? ?[+\-−]?[\d.,]+(?: ?[–-] ?[\d.,]+)? ?%?"


def _wishes(block: Table, setter: Setter) -> list[tuple[float, float]]:
    """For each column the width of its longest word and of its longest text, at most `_WIDEST`."""
    size = setter.role("column_head").size
    wishes = []
    for cells in zip(*block.head, *block.rows, strict=True):
        lines = [line for cell in cells for line in texts(cell.blocks)]
        words = [word for line in lines for word in line.split()]
        least = max([text_width(word, "bold", size, setter.faces) for word in words], default=0.0)
        most = max([text_width(line, "bold", size, setter.faces) for line in lines], default=0.0)
        wishes.append((least + 1, max(least + 1, min(most + 1, _WIDEST))))
    return wishes


def _shared(wishes: list[tuple[float, float]], room: float, numeric: list[bool]) -> list[float]:
    """Share the room out: what each wishes, and the rest to columns of words; or less of the wish."""
    total = sum([wish for _, wish in wishes])
    if total <= room:
        takers = [all(numeric) or not one for one in numeric]
        rest = (room - total) / sum(takers)
        return [wish + rest * taker for (_, wish), taker in zip(wishes, takers, strict=True)]
    least = [word for word, _ in wishes]
    if sum(least) >= room:
        return _capped(least, room)
    share = (room - sum(least)) / (total - sum(least))
    return [word + (wish - word) * share for word, wish in wishes]


def _capped(widths: list[float], room: float) -> list[float]:
    """Narrow the widest columns only, so that a word is cut in as few of them as can be."""
    cap, free, left = room, room, len(widths)
    for width in sorted(widths):
        cap = free / left
        if width > cap:
            break
        free, left = free - width, left - 1
    return [min(width, cap) for width in widths]
