"""Terms: a list of pairs, the term beside what is said of it."""

from handouts.document import (
    Block,
    Inline,
    Inlines,
    Item,
    Paragraph,
    Strong,
    Table,
    Terms,
    Text,
    plain,
    text,
    texts,
)
from handouts.layout.boxes import Box, beside, stack
from handouts.layout.lists import no_words, numbering, spaced
from handouts.layout.paragraphs import words
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
    return spaced(made, space.term, space.list)


def as_terms(block: Table) -> Terms:
    """Give a table as terms, for pages where it has no room: each row's head, and what is in it.

    Behind a row's head its cells follow, each with the head of its column, if there is one.
    """
    names = [_joined(cell.blocks) for cell in block.head[-1]] if block.head else []
    rows = []
    for first, *others in block.rows:
        said: list[Block] = []
        for number, cell in enumerate(others, 1):
            name = names[number] if names else ()
            said += _run_in(name, cell.blocks) if plain(name) else cell.blocks
        rows.append((_joined(first.blocks), tuple(said)))
    return Terms(tuple(rows))


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
