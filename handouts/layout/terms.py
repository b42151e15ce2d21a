"""Terms: a list of pairs, the term beside what is said of it."""

from handouts.document import (
    Block,
    Blocks,
    Inline,
    Inlines,
    Item,
    Paragraph,
    Row,
    Strong,
    Table,
    Terms,
    Text,
    plain,
    text,
    texts,
)
from handouts.layout.boxes import Box, beside, natural_height, stack
from handouts.layout.lists import no_words, numbering, spaced
from handouts.layout.paragraphs import keep_together, words
from handouts.layout.setter import Column, Lay, Setter
from handouts.structure import StructureElement


def terms(
    block: Terms, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out pairs of a term and what is said of it; where there is no room, the term runs in."""
    lists, space, role = setter.theme.lists, setter.theme.space, setter.role("term")
    shape = parent.add("L", attributes=numbering("Description"))
    widest = max([setter.word_width(plain(term), role) for term, _ in block.rows])
    narrow = column.width < 2 * lists.term_width + lists.term_gap or widest > lists.term_width
    made = []
    for term, item in block.rows:
        entry = shape.add("LI")
        if narrow:
            made.append(lay(_run_in(term, item), column, entry.add("LBody")) or no_words(setter))
            continue
        label = words(term, role, setter, Column(column.left, lists.term_width), entry.add("Lbl"))
        inner = column.inset(lists.term_width + lists.term_gap)
        body = lay(item, inner, entry.add("LBody")) or no_words(setter)
        made.append(beside(stack(label), body))
    _hold(made, setter)
    return spaced(made, space.term, space.list)


def table_lines(
    block: Table, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a table as lines: the lines of a row stand closer than rows do."""

    def close(blocks: Blocks, place: Column, element: StructureElement) -> list[Box]:
        boxes = lay(blocks, place, element)
        if _has_names(block):
            for box in boxes:
                box.before = box.after = setter.theme.space.fine_item
        return boxes

    return terms(as_terms(block), setter, column, parent, close)


def _hold(rows: list[list[Box]], setter: Setter) -> None:
    """Keep each row on one page, unless it is very long."""
    for boxes in rows:
        if natural_height(boxes) <= _WHOLE * setter.body_height:
            keep_together(boxes)


_WHOLE = 0.5
"""A row stays on one page when it takes at most so much of it."""


def table_in_words(
    block: Table, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a table as terms, in the form that the theme wants; its heads keep with a row."""
    if setter.theme.flow.tables == "lines":
        return table_lines(block, setter, column, parent, lay)
    boxes = terms(as_lines(block), setter, column, parent, lay)
    for box in boxes[: 2 * len(block.head)]:
        box.keep = box is not boxes[-1]
    return boxes


def as_terms(block: Table) -> Terms:
    """Give a table as terms, for pages where it has no room: each row's head, and what is in it.

    Behind a row's head its cells follow, each with the head of its column, if there is one.  A
    table of two columns keeps its heads in a line of their own: they would come again and again.
    """
    names = [_joined(cell.blocks) for cell in block.head[-1]] if block.head else []
    rows: list[tuple[Inlines, Item]] = []
    if names and not _has_names(block):
        rows, names = [(names[0], (Paragraph((Strong(names[1]),)),))], []
    for first, *others in block.rows:
        said: list[Block] = []
        for number, cell in enumerate(others, 1):
            name = names[number] if names else ()
            said += _labelled(name, cell.blocks) if plain(name) else cell.blocks
        rows.append((_joined(first.blocks), tuple(said)))
    return Terms(tuple(rows))


_PAIR = 2


def _has_names(block: Table) -> bool:
    """Whether the cells of a row need the heads of their columns beside them."""
    if not block.head:
        return False
    first, *others = block.head[-1]
    return len(others) + 1 != _PAIR or not _joined(first.blocks)


def _labelled(name: Inlines, item: Item) -> Item:
    """A cell behind the head of its column, which is plain: only the row's head is bold."""
    match item:
        case (Paragraph(content, role), *rest):
            return (Paragraph((*name, Text(": "), *content), role), *rest)
        case _:
            return (Paragraph((*name, Text(":"))), *item)


def as_lines(block: Table) -> Terms:
    """Give a table as terms whose cells run on in one line, for narrow columns.

    Its heads are the first line; in a table of many columns each cell has its head before it.
    A table with other things than words in its cells has a paragraph for each cell.
    """
    rows = (*block.head, *block.rows)
    if not all(isinstance(own, Paragraph) for row in rows for cell in row for own in cell.blocks):
        return as_terms(block)
    names = [_joined(cell.blocks) for cell in block.head[-1]] if block.head else []
    labelled = len(rows[0]) > _FEW
    made = [_line(row, names if labelled else []) for row in block.rows]
    return Terms((*[_line(row, []) for row in block.head], *made))


_FEW = 3
"""Columns of a table whose heads one can keep in mind."""


def _line(row: Row, names: list[Inlines]) -> tuple[Inlines, Item]:
    """A row's head, and its cells in one line, each with its name if there are names."""
    said: list[Inline] = []
    for number, cell in enumerate(row[1:], 1):
        own = _joined(cell.blocks)
        if names and plain(names[number]):
            own = (*names[number], Text(": "), *own)
        said += (Text(" · "), *own) if said and own else own
    return _joined(row[0].blocks), (Paragraph(tuple(said)),)


def _joined(item: Item) -> Inlines:
    """The words of a cell in one line; marks stay where it holds paragraphs only."""
    content: list[Inline] = []
    for block in item:
        own = block.content if isinstance(block, Paragraph) else text(" ".join(texts((block,))))
        content += (Text(" "), *own) if content else own
    return tuple(content)


def _run_in(term: Inlines, item: Item) -> tuple[Block, ...]:
    """The item with its term in bold before its first words."""
    marked = plain(term).rstrip()[-1:] in (":", "?", "!", ".")
    head = (Strong(term if marked else (*term, Text(":"))), Text(" "))
    match item:
        case (Paragraph(content, role), *rest):
            return (Paragraph((*head, *content), role), *rest)
        case _:
            return (Paragraph(head[:1]), *item)
