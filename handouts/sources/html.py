"""HTML made into blocks, for every format that has HTML in it.

`parse` never loads anything; `blocks` keeps every word or reports it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Heading,
    Inlines,
    Item,
    Paragraph,
    Steps,
    Table,
    Terms,
    text,
)
from handouts.sources.html_inline import Context, drop, folded, inlines, runs
from handouts.sources.html_table import Grid, is_for_layout, rows_of
from handouts.sources.html_tree import (
    BLOCK_TAGS,
    DROPPED,
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

    def flow(self, nodes: "Iterable[HtmlElement | str]") -> Iterator[Block]:
        """Yield the blocks; words between blocks are paragraphs, items without a list a list."""
        for kind, group in groupby(_with_kinds(nodes), itemgetter(0)):
            run = [node for _, node in group]
            match kind:
                case "item":
                    yield from self.list(run, ordered=_in_ordered(run[0]))
                case "block":
                    for element in run:
                        yield from self.block(element)
                case _:
                    yield from self.paragraphs(run)

    def paragraphs(self, nodes: "list[HtmlElement | str]") -> Iterator[Block]:
        """Make paragraphs of words: two line breaks part them, one is a space."""
        if all(isinstance(node, str) and not node.strip() for node in nodes):
            return  # the white space between blocks
        for part in _parted_at_breaks(nodes):
            if content := folded(runs(part, self.context)):
                yield Paragraph(content)

    def block(self, element: "HtmlElement") -> Iterator[Block]:
        """Read one block element; one that is in no row of the table is a wrapper."""
        if reason := dropped_reason(element):
            drop(element, reason, self.context)
        elif read := _READERS.get(tag_of(element)):
            yield from read(self, element)
        else:
            self.context.lose_target(element)
            yield from self.flow(inside(element))

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
        for line in words(element, keep_lines=True).split("\n"):
            if line.strip():
                yield Paragraph(text(line.strip()))

    def whole_list(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a list element."""
        ordered = tag_of(element) == "ol"
        yield from self.list(inside(element), ordered=ordered, start=_start(element))

    def item(self, element: "HtmlElement") -> Item:
        """Read what is inside an element."""
        return tuple(self.flow(inside(element)))

    def inlines(self, element: "HtmlElement") -> Inlines:
        """Read the words of an element that has no blocks."""
        return folded(runs(inside(element), self.context))

    # ---- lists and tables ----------------------------------------------------------------------

    def list(
        self, nodes: "Iterable[HtmlElement | str]", *, ordered: bool, start: int = 1
    ) -> Iterator[Block]:
        """Read a list; what stands between its items belongs to the item above it."""
        lead: list[HtmlElement | str] = []
        groups: list[tuple[HtmlElement, list[HtmlElement | str]]] = []
        for node in nodes:
            if not isinstance(node, str) and tag_of(node) == "li":
                groups.append((node, []))
            else:
                (groups[-1][1] if groups else lead).append(node)
        yield from self.flow(lead)
        read = [(*self.item(item), *self.flow(more)) for item, more in groups]
        if items := tuple(item for item in read if item):
            yield Steps(items, start) if ordered else BulletList(items)

    def terms(self, element: "HtmlElement") -> Iterator[Block]:
        """Read a list of terms; what stands before the first term is read by itself."""
        rows: list[tuple[Inlines, list[Block]]] = []
        for node in _nodes_of_terms(element):
            if not isinstance(node, str) and tag_of(node) == "dt":
                rows.append((self.inlines(node), []))
            elif rows:
                rows[-1][1].extend(self.flow((node,)))
            else:
                yield from self.flow((node,))
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
            yield Table(grid.head, grid.rows)


_READERS: "Mapping[str, Callable[[BlockReader, HtmlElement], Iterator[Block]]]" = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), BlockReader.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), BlockReader.whole_list),
    **dict.fromkeys(("pre", "listing", "xmp"), BlockReader.lines),
    "dl": BlockReader.terms,
    "table": BlockReader.table,
    "blockquote": BlockReader.quote,
}
"""Elements that are blocks by themselves; all others are wrappers of blocks or of words."""


def _with_kinds(
    nodes: "Iterable[HtmlElement | str]",
) -> "Iterator[tuple[str, Any]]":
    """Say of each node whether it is an item of a list, a block, or words."""
    kind = "words"
    for node in nodes:
        if isinstance(node, str):
            kind = "item" if kind == "item" and not node.strip() else "words"
        elif tag_of(node) == "li":
            kind = "item"
        else:
            kind = "block" if tag_of(node) in BLOCK_TAGS or has_blocks(node) else "words"
        yield kind, node


def _nodes_of_terms(element: "HtmlElement") -> "Iterator[HtmlElement | str]":
    for node in inside(element):
        if not isinstance(node, str) and tag_of(node) == "div":
            yield from inside(node)
        else:
            yield node


def _parted_at_breaks(
    nodes: "list[HtmlElement | str]",
) -> "Iterator[list[HtmlElement | str]]":
    part: list[HtmlElement | str] = []
    breaks: list[HtmlElement | str] = []
    for node in nodes:
        if (breaks and not node.strip()) if isinstance(node, str) else tag_of(node) == "br":
            breaks.append(node)
        else:
            if sum(not isinstance(gap, str) for gap in breaks) > 1:
                yield part
                part = []
            else:
                part += breaks
            breaks = []
            part.append(node)
    yield part


def _in_ordered(item: "HtmlElement") -> bool:
    parent = item.getparent()
    return parent is not None and tag_of(parent) == "ol"


def _start(element: "HtmlElement") -> int:
    said = element.get("start", "")
    return int(said) if re.fullmatch(r"[1-9]\d{0,3}", said) else 1
