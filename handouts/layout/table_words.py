"""Tables in words: terms with their cells, for pages and columns that have no room for a grid."""

from handouts.document import (
    FEW,
    Blocks,
    CellWords,
    Inline,
    Inlines,
    Item,
    Paragraph,
    RowWords,
    Strong,
    Table,
    Terms,
    Text,
    joined,
    table_words,
)
from handouts.layout.boxes import Box
from handouts.layout.lists import spaced
from handouts.layout.paragraphs import tell_cut
from handouts.layout.setter import Column, Lay, Setter
from handouts.layout.terms import before, term_rows, with_colon
from handouts.structure import StructureElement

_PAIR = 2
_NO_BREAK = "\N{NO-BREAK SPACE}"


def table_in_words(
    block: Table, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a table as terms, in the form that the theme wants; its heads keep with a row.

    Each cell is a line of its own, or a row's cells run on in one line.  A table with other things
    than words in its cells has a line for each.
    """
    space = setter.theme.space
    apart = setter.theme.flow.tables == "lines" or not _is_text(block)
    made = table_words(block, _PAIR if apart else FEW)
    head, form = (_bold, _apart) if apart else (_in_one, _in_one)
    pairs = Terms((*map(head, made.head), *map(form, made.rows)))
    if not pairs.rows:
        return []

    def close(blocks: Blocks, place: Column, element: StructureElement) -> list[Box]:
        """The lines of a row stand closer than rows do."""
        boxes = lay(blocks, place, element)
        for box in boxes:
            box.before = box.after = space.fine_item
        return boxes

    rows = term_rows(pairs, setter, column, parent, close if apart and made.named else lay)
    boxes = spaced(rows, space.term, space.list)
    for box in [box for row in rows[: len(made.head)] for box in row]:
        box.keep = box is not boxes[-1]
    tell_cut(boxes, "in a table", setter)
    return boxes


def _is_text(block: Table) -> bool:
    rows = (*block.head, *block.rows)
    return all(isinstance(own, Paragraph) for row in rows for cell in row for own in cell.blocks)


def _apart(row: RowWords) -> tuple[Inlines, Item]:
    """A row's head, and a paragraph or more for each of its cells."""
    term = joined(row.first)
    said = [own for cell in row.cells for own in _named(cell)]
    return term, (*(() if term else row.first), *said)


def _named(cell: CellWords) -> Item:
    """A cell behind the head of its column, which is plain: only the row's head is bold."""
    return before(with_colon(cell.name), cell.item) if cell.name else cell.item


def _in_one(row: RowWords) -> tuple[Inlines, Item]:
    """A row's head, and its cells in one line."""
    said = _run_on(row)
    return joined(row.first), (Paragraph(said),) if said else ()


def _bold(row: RowWords) -> tuple[Inlines, Item]:
    """A row of heads in one line, all of them bold."""
    said = _run_on(row)
    return joined(row.first), (Paragraph((Strong(said),)),) if said else ()


def _run_on(row: RowWords) -> Inlines:
    """A row's cells one behind the other; no line begins with a dot, or parts a name from its cell."""
    said: list[Inline] = []
    for cell in row.cells:
        own = joined(cell.item)
        if cell.name:
            own = (*with_colon(cell.name), Text(_NO_BREAK), *own)
        said += (Text(f"{_NO_BREAK}· "), *own) if said else own
    return tuple(said)
