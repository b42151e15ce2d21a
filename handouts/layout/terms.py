"""Terms: a list of pairs, the term beside what is said of it."""

from handouts.document import Inlines, Item, Paragraph, Strong, Terms, Text, plain
from handouts.layout.boxes import Box, beside, natural_height, stack
from handouts.layout.lists import no_words, numbering, spaced
from handouts.layout.paragraphs import keep_together, words
from handouts.layout.setter import Column, Lay, Setter
from handouts.structure import StructureElement


def terms(
    block: Terms, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out pairs of a term and what is said of it; where there is no room, the term runs in."""
    space = setter.theme.space
    return spaced(term_rows(block, setter, column, parent, lay), space.term, space.list)


def term_rows(
    block: Terms, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[list[Box]]:
    """Lay out the boxes of each pair, without the white between them."""
    lists, role = setter.theme.lists, setter.role("term")
    shape = parent.add("L", attributes=numbering("Description"))
    narrow = runs_in(block, setter, column)
    made = []
    for term, item in block.rows:
        entry = shape.add("LI")
        if narrow:
            made.append(lay(_run_in(term, item), column, entry.add("LBody")) or no_words(setter))
            continue
        place = Column(column.left, lists.term_width)
        label = words(term, role, setter, place, entry.add("Lbl")) if term else []
        inner = column.inset(lists.term_width + lists.term_gap)
        body = lay(item, inner, entry.add("LBody")) or no_words(setter)
        made.append(beside(stack(label), body))
    _hold(made, setter)
    return made


def runs_in(block: Terms, setter: Setter, column: Column) -> bool:
    """Say whether there is no room for terms beside what is said of them."""
    lists, role = setter.theme.lists, setter.role("term")
    widest = max([setter.word_width(plain(term), role) for term, _ in block.rows])
    return column.width < 2 * lists.term_width + lists.term_gap or widest > lists.term_width


def _hold(rows: list[list[Box]], setter: Setter) -> None:
    """Keep each row on one page, unless it is very long."""
    for boxes in rows:
        if natural_height(boxes) <= _WHOLE * setter.body_height:
            keep_together(boxes)


_WHOLE = 0.5
"""A row stays on one page when it takes at most so much of it."""


def _run_in(term: Inlines, item: Item) -> Item:
    """The item with its term in bold before its first words."""
    if not term:
        return item
    if not item:
        return (Paragraph((Strong(term),)),)
    return before((Strong(with_colon(term)),), item)


def before(opening: Inlines, item: Item) -> Item:
    """Put words before the first of an item; above them where it opens with no paragraph."""
    match item:
        case (Paragraph(content, role), *rest):
            return (Paragraph((*opening, Text(" "), *content), role), *rest)
        case _:
            return (Paragraph(opening), *item)


def with_colon(words: Inlines) -> Inlines:
    """Put a colon behind words that open a line, unless they end in a mark of their own."""
    marked = plain(words).rstrip()[-1:] in (":", "?", "!", ".", "–")
    return words if marked else (*words, Text(":"))
