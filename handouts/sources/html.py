"""HTML made into blocks, for every format that has HTML in it.

`parse` never loads anything; `blocks` keeps every word or reports it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Heading,
    Inlines,
    Item,
    Paragraph,
    Terms,
    table_of,
)
from handouts.sources.html_flow import parted_at_breaks, stretches
from handouts.sources.html_inline import (
    Context,
    drop,
    folded,
    inlines,
    parted_at_lines,
    runs,
    unmarked,
)
from handouts.sources.html_numbers import numbered
from handouts.sources.html_table import Grid, is_for_layout, rows_of
from handouts.sources.html_tree import (
    DROPPED,
    EDGES,
    dropped_reason,
    has_blocks,
    inside,
    parse,
    siblings,
    tag_of,
    words,
)
from handouts.sources.reading import Notes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["BlockReader", "blocks", "inlines", "parse", "words"]


def blocks(
    elements: "Iterable[HtmlElement] | HtmlElement",
    notes: Notes,
    *,
    line: int | None = None,
    base: str = "",
) -> Blocks:
    """Make blocks of an element's content, or of elements and the words behind each.

    Args:
        elements: An element, whose children and words are read (a list, table or heading is read
            itself); or several, which are read themselves.
        notes: What is left out is reported here.
        line: The line to report; without it, the elements' own lines.
        base: The page's address, to complete links with.
    """
    reader = BlockReader(Context(notes, line, base))
    if not hasattr(elements, "tag"):
        return tuple(reader.flow(siblings(elements)))
    element: HtmlElement = elements
    if tag_of(element) in (*_READERS, *DROPPED):
        return tuple(reader.block(element))
    return tuple(reader.flow(inside(element)))


# ---- the flow of words and blocks --------------------------------------------------------------


class BlockReader:
    """Reads the nodes of a flow: elements and the words between them."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def flow(self, nodes: "list[HtmlElement | str]") -> list[Block]:
        """Make blocks; words between blocks are paragraphs, items without a list a list."""
        if not nodes or (len(nodes) == 1 and isinstance(nodes[0], str)):
            return self.paragraphs(nodes)
        found: list[Block] = []
        for kind, run in stretches(nodes):
            match kind:
                case "words":
                    found += self.paragraphs(run)
                case "item":
                    found += self.list(run, _ordered_above(run[0]))
                case _:
                    for element in run:
                        found += self.block(element)
        return found

    def paragraphs(self, nodes: "list[HtmlElement | str]") -> list[Block]:
        """Make paragraphs of words: two line breaks part them, one is a space."""
        if len(nodes) == 1 and isinstance(words := nodes[0], str):  # most have no marks
            contents = [unmarked(words)] if words.strip() else []
        elif all(isinstance(node, str) and not node.strip() for node in nodes):
            contents = []  # the white space between blocks
        else:
            contents = [folded(runs(part, self.context)) for part in parted_at_breaks(nodes)]
        return [Paragraph(content) for content in contents if content]

    def block(self, element: "HtmlElement") -> Iterable[Block]:
        """Read one block element; one that is in no row of the table is a wrapper."""
        if reason := dropped_reason(element):
            drop(element, reason, self.context)
            return ()
        if read := _READERS.get(tag_of(element)):
            return read(self, element)
        self.context.lose_target(element)
        return self.flow(inside(element))

    def heading(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a heading; one with blocks in it is a wrapper."""
        if has_blocks(element):
            yield from self.flow(inside(element))
        elif content := self.inlines(element):
            yield Heading(3, content)

    def quote(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a quoted block."""
        if inner := self.item(element):
            yield Callout("note", (), inner)

    def lines(self, element: "HtmlElement") -> Iterator[Block]:
        """Read text with line ends that count: each line is a paragraph."""
        context = Context(self.context.notes, self.context.line, self.context.base, gap="\n")
        for line in parted_at_lines(runs(inside(element), context)):
            if content := folded(line):
                yield Paragraph(content)

    def whole_list(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a list element."""
        yield from self.list(inside(element), element if tag_of(element) == "ol" else None)

    def item(self, element: "HtmlElement") -> Item:
        """Read what is inside an element."""
        return tuple(self.flow(inside(element)))

    def inlines(self, element: "HtmlElement") -> Inlines:
        """Read the words of an element that has no blocks."""
        return folded(runs(inside(element), self.context))

    # ---- lists and tables ----------------------------------------------------------------------

    def list(
        self, nodes: "Iterable[HtmlElement | str]", ordered: "HtmlElement | None"
    ) -> Iterator[Block]:
        """Read a list, of an `ol` or not; what stands between its items belongs to the one above."""
        lead: list[HtmlElement | str] = []
        groups: list[tuple[HtmlElement, list[HtmlElement | str]]] = []
        more = lead
        for node in nodes:
            if not isinstance(node, str) and tag_of(node) == "li":
                more = []
                groups.append((node, more))
            elif not isinstance(node, str) or more or node.strip(EDGES):
                more.append(node)
        yield from self.flow(lead)
        read = [(item, (*self.item(item), *self.flow(more))) for item, more in groups]
        if ordered is not None:
            yield from numbered(read, ordered, self.context)
        elif items := tuple(item for _, item in read if item):
            yield BulletList(items)

    def terms(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a list of terms; what stands before the first term is read by itself."""
        rows: list[tuple[Inlines, list[Block]]] = []
        for node in _nodes_of_terms(element):
            if not isinstance(node, str) and tag_of(node) == "dt":
                rows.append((self.inlines(node), []))
            elif rows:
                rows[-1][1].extend(self.flow([node]))
            else:
                yield from self.flow([node])
        if said := tuple((term, tuple(item)) for term, item in rows if term or item):
            yield Terms(said)

    def table(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a table; one that only places things on the page is read cell by cell."""
        loose, rows = rows_of(element)
        yield from self.flow(loose)
        if is_for_layout(rows):
            for row in rows:
                for cell in row.cells:
                    yield from self.item(cell)
            return
        grid = Grid(rows, self.item, self.context)
        if grid.head or grid.rows:
            yield table_of(grid.head, grid.rows)


_READERS: "Mapping[str, Callable[[BlockReader, HtmlElement], Iterator[Block]]]" = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), BlockReader.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), BlockReader.whole_list),
    **dict.fromkeys(("pre", "listing", "xmp"), BlockReader.lines),
    "dl": BlockReader.terms,
    "table": BlockReader.table,
    "blockquote": BlockReader.quote,
}
"""Elements that are blocks by themselves; all others are wrappers of blocks or of words."""


def _nodes_of_terms(element: "HtmlElement") -> "Iterator[HtmlElement | str]":
    for node in inside(element):
        if not isinstance(node, str) and tag_of(node) == "div":
            yield from inside(node)
        else:
            yield node


def _ordered_above(item: "HtmlElement") -> "HtmlElement | None":
    parent = item.getparent()
    return parent if parent is not None and tag_of(parent) == "ol" else None
