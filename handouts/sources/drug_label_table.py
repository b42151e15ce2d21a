"""Tables of drug labels: rows of equal length, cells over several columns or rows filled up."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from handouts.document import Blocks, Cell, Row, Table, table_of
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element
from handouts.values import frozen

_MOST = 50
"""A cell covers so many columns or rows at most, whatever it says."""

_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")


@frozen(kw_only=False, eq=False)
class LabelRow:
    """A row's cells, whether it stands in the table's head, and its line."""

    cells: tuple[Element, ...]
    head: bool
    line: int


def rows_of(table: Element) -> tuple[list[Element | str], list[LabelRow]]:
    """Give what stands outside a table's cells, such as its caption, and its rows, the foot last."""
    loose: list[Element | str] = []
    rows: list[LabelRow] = []
    foot: list[LabelRow] = []
    for part in table.content:
        if isinstance(part, str) or part.tag not in (*_GROUPS, "tr"):
            loose.append(part)
            continue
        into = foot if part.tag == "tfoot" else rows
        for row in part.content if part.tag in _GROUPS else (part,):
            if isinstance(row, str) or row.tag != "tr":
                loose.append(row)
            else:
                cells = tuple(row.children(*_CELLS))
                loose += [
                    one for one in row.content if isinstance(one, str) or one.tag not in _CELLS
                ]
                into.append(LabelRow(cells, part.tag == "thead", row.line))
    return loose, [row for row in (*rows, *foot) if row.cells]


def is_for_layout(rows: list[LabelRow]) -> Iterator[tuple[list[LabelRow], bool]]:
    """Part rows that only place text on the page from those of a table.

    A table of one column, or with tables in it, is no table; nor is a row of one cell that holds
    lists or several paragraphs.
    """
    whole = all(len(row.cells) == 1 for row in rows) or any(
        next(cell.below("table"), None) for row in rows for cell in row.cells
    )
    for layout, group in groupby(rows, lambda row: whole or _is_text(row)):
        yield list(group), layout


def _is_text(row: LabelRow) -> bool:
    if row.head or len(row.cells) != 1:
        return False
    (cell,) = row.cells
    return next(cell.below("list"), None) is not None or len(list(cell.children("paragraph"))) > 1


def grid(rows: list[LabelRow], read: Callable[[Element], Blocks], notes: Notes) -> Table:
    """Make a table whose rows all have the same length.

    Args:
        rows: Its rows.
        read: Reads what is inside a cell.
        notes: Where cells over several columns or rows are reported.
    """
    below: dict[int, int] = {}
    made = [(row.head, tuple(_cells(row, below, read, notes))) for row in rows]
    made = [(head, row) for head, row in made if any(cell.blocks for cell in row)]
    width = max((len(row) for _, row in made), default=0)
    filled: list[tuple[bool, Row]] = [
        (head, (*row, *[Cell(())] * (width - len(row)))) for head, row in made
    ]
    return table_of(
        tuple([row for head, row in filled if head]),
        tuple([row for head, row in filled if not head]),
    )


def _cells(
    row: LabelRow, below: dict[int, int], read: Callable[[Element], Blocks], notes: Notes
) -> Iterator[Cell]:
    """Yield a row's cells, with empty ones where another cell reaches over."""
    column = 0
    for cell in (*row.cells, None):
        while below.get(column):
            below[column] -= 1
            column += 1
            yield Cell(())
        if cell is None:
            return
        yield Cell(read(cell), header=row.head or cell.tag == "th")
        wide = _span(cell, "colspan") if column < _MOST else 1
        high = _span(cell, "rowspan")
        if wide * high > 1:
            what = f"a cell over {wide} columns and {high} rows, the others are empty"
            notes.warnings.append(f"line {cell.line}: {what}")
        for extra in range(wide):
            below[column] = high - 1
            column += 1
            if extra:
                yield Cell(())


def _span(cell: Element, name: str) -> int:
    said = cell.get(name)
    return min(int(said), _MOST) if re.fullmatch(r"[1-9]\d{0,3}", said) else 1
