"""Tables of HTML: rows of equal length, cells over several columns or rows filled up."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from handouts.document import Cell, Item, Row
from handouts.sources.html_inline import Context, drop
from handouts.sources.html_tree import dropped_reason, inside, tag_of
from handouts.values import frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GROUPS = ("thead", "tbody", "tfoot")
_MOST = 50
"""A cell covers so many columns or rows at most, whatever it says."""


@frozen(kw_only=False, eq=False)
class HtmlRow:
    """A row's cells, and whether it stands in the table's head."""

    cells: "tuple[HtmlElement, ...]"
    head: bool


def rows_of(table: "HtmlElement") -> "tuple[list[HtmlElement | str], list[HtmlRow]]":
    """Give what stands outside a table's cells, such as its caption, and its rows."""
    loose: list[HtmlElement | str] = []
    rows: list[HtmlRow] = []
    for part in inside(table):
        tag = "" if isinstance(part, str) else tag_of(part)
        if isinstance(part, str) or tag not in (*_GROUPS, "tr"):
            loose.append(part)
            continue
        for row in inside(part) if tag in _GROUPS else (part,):
            if isinstance(row, str) or tag_of(row) != "tr":
                loose.append(row)
            else:
                cells = [cell for cell in row if _is_cell(cell)]
                loose += [node for node in inside(row) if not _is_cell(node)]
                rows.append(HtmlRow(tuple(cells), head=tag == "thead"))
    rows = [row for row in rows if row.cells]
    if len(rows) > 1 and not rows[0].head and _all_heads(rows[0]):
        rows[0] = HtmlRow(rows[0].cells, head=True)
    return loose, rows


def is_for_layout(rows: list[HtmlRow]) -> bool:
    """Tell whether a table only places things on the page: one column, or a table in a cell."""
    return all(len(row.cells) == 1 for row in rows) or any(
        tag_of(part) == "table"
        for row in rows
        for cell in row.cells
        for part in cell.iterdescendants()
    )


def _is_cell(node: "HtmlElement | str") -> bool:
    return not isinstance(node, str) and tag_of(node) in ("td", "th")


def _all_heads(row: HtmlRow) -> bool:
    return all(tag_of(cell) == "th" for cell in row.cells)


class Grid:
    """The rows of a table as the document has them, all of the same length.

    Args:
        rows: The rows.
        read: Reads what is inside a cell.
        context: Where spans are reported.
    """

    def __init__(
        self, rows: list[HtmlRow], read: "Callable[[HtmlElement], Item]", context: Context
    ) -> None:
        self._read, self._context = read, context
        self._below: dict[int, int] = {}
        made = [(row.head, tuple(self._cells(row))) for row in rows]
        made = [(head, row) for head, row in made if any(cell.blocks for cell in row)]
        width = max((len(row) for _, row in made), default=0)
        filled = [(head, (*row, *[Cell(())] * (width - len(row)))) for head, row in made]
        self.head: tuple[Row, ...] = tuple(row for head, row in filled if head)
        self.rows: tuple[Row, ...] = tuple(row for head, row in filled if not head)

    def _cells(self, row: HtmlRow) -> Iterator[Cell]:
        """Yield a row's cells, with empty ones where another cell reaches over."""
        column = 0
        for cell in row.cells:
            while self._below.get(column):
                self._below[column] -= 1
                column += 1
                yield Cell(())
            header = row.head or tag_of(cell) == "th"
            yield Cell(self._content(cell), header=header)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if wide * high > 1:
                line = self._context.line_of(cell)
                what = (
                    f"line {line}: a cell over {wide} columns and {high} rows, the others are empty"
                )
                self._context.notes.warnings.append(what)
            for extra in range(wide):
                self._below[column] = high - 1
                column += 1
                if extra:
                    yield Cell(())
        while self._below.get(column):
            self._below[column] -= 1
            column += 1
            yield Cell(())

    def _content(self, cell: "HtmlElement") -> Item:
        if reason := dropped_reason(cell):
            drop(cell, reason, self._context)
            return ()
        return self._read(cell)


def _span(cell: "HtmlElement", name: str) -> int:
    said = cell.get(name, "")
    return min(int(said), _MOST) if re.fullmatch(r"[1-9]\d{0,3}", said) else 1
