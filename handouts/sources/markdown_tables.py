"""Tables of a Markdown syntax tree: rows of cells between bars, or lists of lists."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from handouts.document import Blocks, Cell, Inlines, Paragraph, Row, Table, Text, table_of
from handouts.errors import SourceError
from handouts.sources.markdown_inline import InlineReader, Node, typed
from handouts.sources.marked_text import merged

_PIPE = re.compile(r"(?<!\\)\|")
_MARK = re.compile(r"\s*\{\.(head|cell)\}$")


class TableReader(InlineReader, ABC):
    """Reads tables; the blocks in their cells are somebody else's."""

    @abstractmethod
    def blocks(self, nodes: Sequence[Node]) -> Blocks:
        """Read sibling nodes."""

    def paragraphs(self, content: Inlines) -> Blocks:
        """Make a paragraph of content, if there is any."""
        return (Paragraph(content),) if content else ()

    def any_table(self, node: Node, head: int) -> Table:
        """Read a table whose first `head` rows are its head."""
        rows = self._from_bars(node, head) if node.type == "table" else self._from_list(node, head)
        return table_of(rows[:head], rows[head:])

    def _from_bars(self, node: Node, head: int) -> tuple[Row, ...]:
        first, *rest = [row for part in node.children for row in part.children]
        for row in rest:
            self._check_width(row, len(first.children))
        return tuple(
            tuple(self._cell(cell, header=number < head) for cell in row.children)
            for number, row in enumerate((first, *rest))
        )

    def _cell(self, cell: Node, *, header: bool) -> Cell:
        nodes = cell.children
        content = self.text(cell)
        mark = _MARK.search(nodes[-1].content) if nodes and nodes[-1].type == "text" else None
        if mark:
            content, header = _cut(content, len(mark[0])), mark[1] == "head"
        return Cell(self.paragraphs(content), header=header)

    def _check_width(self, row: Node, width: int) -> None:
        """Refuse a row with more cells than the head: the parser would drop them silently."""
        line = self.line(row)
        source = self._lines[line - 1 - self._above].lstrip(" \t>").rstrip()
        pipes = len(_PIPE.findall(source))
        cells = pipes + 1 - source.startswith("|") - bool(_PIPE.match(source[-1:]))
        if cells > width:
            what = f"the row has {cells} cells, the table's head has {width}"
            hint = r"Write \| for a bar that parts no cells."
            raise SourceError(what, place=self.here, hint=hint)

    def _from_list(self, node: Node, head: int) -> tuple[Row, ...]:
        rows = []
        for number, row in enumerate(node.children):
            self.line(row)
            place = self.here
            lists = [part for part in row.children if part.type == "bullet_list"]
            if len(lists) != 1 or len(row.children) != 1:
                hint = "Write - - for the first cell of a row, and - below it for the others."
                raise SourceError("a row of the table is no list", place=place, hint=hint)
            rows.append(
                tuple(self._blocks_cell(cell, header=number < head) for cell in lists[0].children)
            )
            if len(rows[-1]) != len(rows[0]):
                what = f"the row has {len(rows[-1])} cells, the first one has {len(rows[0])}"
                raise SourceError(what, place=place, hint="Write {.empty} for an empty cell.")
        return tuple(rows)

    def _blocks_cell(self, cell: Node, *, header: bool) -> Cell:
        nodes = cell.children
        if nodes and nodes[0].type == "paragraph" and (mark := _MARK.fullmatch(typed(nodes[0]))):
            nodes, header = nodes[1:], mark[1] == "head"
        return Cell(self.blocks(nodes), header=header)


def _cut(content: Inlines, count: int) -> Inlines:
    """Take away so many characters at the end of the last text, and spaces before them."""
    match content:
        case (*rest, Text(words)):
            return merged((*rest, words[:-count]))
    return content
