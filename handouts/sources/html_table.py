"""Tables of HTML: rows of equal length, cells over several columns or rows filled up."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from handouts.document import Cell, Item, Row
from handouts.sources.html_inline import Context, drop
from handouts.sources.html_tree import dropped_reason, tag_of
from handouts.values import frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 50
"""A cell covers so many columns or rows at most, whatever it says."""


@frozen(kw_only=False, eq=False)
class HtmlRow:
    """A row's cells, and whether it stands in the table's head."""

    cells: "tuple[HtmlElement, ...]"
    head: bool


def rows_of(table: "HtmlElement") -> "tuple[list[HtmlElement], list[HtmlRow]]":
    """Give a table's captions, with whatever else stands outside its rows, and its rows."""
    captions: list[HtmlElement] = []
    rows: list[HtmlRow] = []
    for part in table:
        tag = tag_of(part)
        if tag in ("thead", "tbody", "tfoot"):
            rows += [_row(row, head=tag == "thead") for row in part]
        elif tag == "tr":
            rows.append(_row(part, head=False))
        elif tag not in ("col", "colgroup"):
            captions.append(part)
    rows = [row for row in rows if row.cells]
    if rows and not rows[0].head and len(rows) > 1 and _all_heads(rows[0]):
        rows[0] = HtmlRow(rows[0].cells, head=True)
    return captions, rows


def is_for_layout(rows: list[HtmlRow]) -> bool:
    """Tell whether a table only places things on the page: one column, or a table in a cell."""
    return all(len(row.cells) == 1 for row in rows) or any(
        tag_of(part) == "table"
        for row in rows
        for cell in row.cells
        for part in cell.iterdescendants()
    )


def _row(row: "HtmlElement", *, head: bool) -> HtmlRow:
    cells = [part for part in row if tag_of(part) in ("td", "th")] if tag_of(row) == "tr" else [row]
    return HtmlRow(tuple(cells), head=head)


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
