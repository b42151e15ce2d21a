"""Tables in words: what stands with what where a table is not drawn as a grid.

A row is its first cell and what its other cells say; the heads are a row of their own above.
Pages and plain text share this, so that they say the same of each cell.
"""

from collections.abc import Iterable

from handouts.document.blocks import Cell, Item, Paragraph, Row, Table
from handouts.document.inline import Inline, Inlines, Text
from handouts.document.reading import plain, text, texts
from handouts.values import frozen

FEW = 3
"""Columns of a table whose heads one can keep in mind."""


@frozen(kw_only=False)
class CellWords:
    """A cell that says something; `name` is its column's head if it must stand with it."""

    name: Inlines
    item: Item


@frozen(kw_only=False)
class RowWords:
    """A row: its first cell, and what the others say."""

    first: Item
    cells: tuple[CellWords, ...]


@frozen(kw_only=False)
class TableWords:
    """A table's heads, in one row if there are any, and its rows.

    `named` says whether its cells have the heads of columns before them.
    """

    head: tuple[RowWords, ...]
    rows: tuple[RowWords, ...]
    named: bool = False


def table_words(table: Table, few: int = FEW) -> TableWords:
    """Give a table in words, from the top; no row is empty.

    Cells have the heads of their columns before them when there are more than a few columns, and
    when one could take a cell for that of another column: a cell is empty, or the first column
    has no head.
    """
    names = _names(table.head)
    heads = (tuple([Cell((Paragraph(name),)) for name in names]),) if any(names) else ()
    columns = len((*table.head, *table.rows)[0])
    none = ((),) * max(columns, _PAIR)
    if columns == 1:  # no row has a head: its cell is what is said
        return TableWords(_rows(heads, none), _rows([(_EMPTY, *row) for row in table.rows], none))
    rows = tuple([_headed(row) for row in table.rows])
    if not any(names) or (columns <= few and names[0] and not _has_holes(table.rows)):
        return TableWords(_rows(heads, none), _rows(rows, none))
    heads = () if _is_all_said(names, table.rows) else heads
    return TableWords(_rows(heads, none), _rows(rows, names), named=True)


_PAIR = 2
_EMPTY = Cell(())
_DASH = (Paragraph((Text("–"),)),)


def joined(item: Item) -> Inlines:
    """Give the words of a cell in one line; marks stay where it holds paragraphs only."""
    content: list[Inline] = []
    for block in item:
        own = block.content if isinstance(block, Paragraph) else text(" ".join(texts((block,))))
        content += (Text(" "), *own) if content else own
    return tuple(content) if plain(tuple(content)).strip() else ()


# ---- names of columns --------------------------------------------------------------------------


def _names(head: tuple[Row, ...]) -> tuple[Inlines, ...]:
    """Each column's heads in one, from the top."""
    if not head:
        return ()
    own = [[joined(cell.blocks) for cell in row] for row in head]
    over = [*map(_spread, own[:-1]), own[-1]]
    columns = zip(zip(*own, strict=True), zip(*over, strict=True), strict=True)
    return tuple([_name(spread if alone[-1] else alone) for alone, spread in columns])


def _spread(row: list[Inlines]) -> list[Inlines]:
    """A row above other heads: a head over several columns stands in the first of them only."""
    made = row[:2]
    for words in row[2:]:
        made.append(words or made[-1])
    return made


def _name(heads: tuple[Inlines, ...]) -> Inlines:
    """Heads that stand above each other, each once."""
    once = {plain(words): words for words in heads if words}
    name: list[Inline] = []
    for words in once.values():
        name += (Text(", "), *words) if name else words
    return tuple(name)


# ---- what rows say -----------------------------------------------------------------------------


def _is_empty(cell: Cell) -> bool:
    return all(isinstance(own, Paragraph) and not plain(own.content).strip() for own in cell.blocks)


def _has_holes(rows: tuple[Row, ...]) -> bool:
    """Whether a cell is empty beside others that say something of the same row."""
    return any(any(map(_is_empty, row)) and not all(map(_is_empty, row[1:])) for row in rows)


def _is_all_said(names: tuple[Inlines, ...], rows: tuple[Row, ...]) -> bool:
    """Whether each head stands with a cell, so that a line of heads would only say it again."""
    if names[0]:
        return False
    said = [not all(map(_is_empty, cells)) for cells in zip(*rows, strict=True)]
    return all(has or not name for name, has in zip(names, said, strict=True))


def _headed(row: Row) -> Row:
    """A row that says something has a head, lest it be taken for a part of the row above."""
    first, *others = row
    lone = _is_empty(first) and not all(map(_is_empty, others))
    return (Cell(_DASH), *others) if lone else row


def _rows(rows: Iterable[Row], names: tuple[Inlines, ...]) -> tuple[RowWords, ...]:
    """The rows that are not empty; their cells have these names."""
    return tuple([_row(row, names) for row in rows if not all(map(_is_empty, row))])


def _row(row: Row, names: tuple[Inlines, ...]) -> RowWords:
    """A row; a dash keeps the place of an empty cell where no name says whose the next one is."""
    filled = [number for number, cell in enumerate(row) if number and not _is_empty(cell)]
    cells = []
    for number, cell in enumerate(row[1:], 1):
        if number in filled:
            cells.append(CellWords(names[number], cell.blocks))
        elif filled and number < filled[-1] and not names[number]:
            cells.append(CellWords((), _DASH))
    return RowWords(row[0].blocks, tuple(cells))
