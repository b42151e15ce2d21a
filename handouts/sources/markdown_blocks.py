"""A Markdown syntax tree made into blocks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Checklist,
    Heading,
    Inlines,
    Item,
    Paragraph,
    Row,
    Steps,
    Table,
    Terms,
    Text,
)
from handouts.errors import SourceError
from handouts.sources.markdown_inline import InlineReader, Node
from handouts.sources.marked_text import merged

_ALERT = re.compile(r"\[!(\w+)\][ \t]*")
_BOX = re.compile(r"\[[ xX]\] +")
_PIPE = re.compile(r"(?<!\\)\|")
_CALLOUTS: Mapping[str, CalloutKind] = {
    "NOTE": "note",
    "ACTION": "action",
    "EMERGENCY": "emergency",
}


class BlockReader(InlineReader):
    """Reads block nodes, and the inline nodes in them."""

    def blocks(self, nodes: Sequence[Node]) -> Blocks:
        """Read sibling nodes."""
        return tuple(block for node in nodes for block in self._block(node))

    # ---- blocks --------------------------------------------------------------------------------

    def _block(self, node: Node) -> Iterator[Block]:
        line = self.line(node)
        if node.type == "hr":
            self.leave_out(line - 1 - self._above, "a rule between paragraphs")
            return
        row = _BLOCKS.get(node.type)
        if row is None:
            what = f"a part of the text cannot be kept: {node.type}"
            raise SourceError(what, place=self.here)
        yield from row(self, node)

    def paragraph(self, node: Node) -> Iterator[Block]:
        """Read a paragraph; one that held a picture only is none."""
        yield from self.paragraphs(self.text(node))

    def paragraphs(self, content: Inlines) -> Blocks:
        """Make a paragraph of content, if there is any."""
        return (Paragraph(content),) if content else ()

    def heading(self, node: Node) -> Iterator[Block]:
        """Read a heading inside a section."""
        if content := self.text(node):
            yield Heading(3, content)

    def code(self, node: Node) -> Iterator[Block]:
        """Read a block of code: each line is a paragraph."""
        for line in node.content.split("\n"):
            if line.strip():
                yield Paragraph((Text(line.strip()),))

    def bullets(self, node: Node) -> Iterator[Block]:
        """Read a bulleted list; when each item has a box `[ ]`, it is a checklist."""
        items = self._items(node)
        if not items:
            return
        boxes = [_has_box(item) for item in items]
        if all(boxes):
            yield Checklist(tuple(_without_box(item) for item in items))
            return
        if any(boxes):
            line = self.line(node)
            self.notes.warnings.append(f"line {line}: some items of the list have no box [ ]")
        yield BulletList(items)

    def steps(self, node: Node) -> Iterator[Block]:
        """Read a numbered list."""
        if items := self._items(node):
            yield Steps(items, int(node.attrs.get("start", 1)))

    def _items(self, node: Node) -> tuple[Item, ...]:
        items = (self.blocks(item.children) for item in node.children)
        return tuple(item for item in items if item)

    def terms(self, node: Node) -> Iterator[Block]:
        """Read a definition list."""
        rows: list[tuple[Inlines, Item]] = []
        for part in node.children:
            if part.type == "dt":
                rows.append((self.text(part), ()))
            else:
                term, item = rows.pop()
                rows.append((term, (*item, *self.blocks(part.children))))
        yield Terms(tuple(rows))

    def table(self, node: Node) -> Iterator[Block]:
        """Read a table."""
        head, *bodies = node.children
        width = len(head.children[0].children)
        rows = [row for body in bodies for row in body.children]
        for row in rows:
            self._check_width(row, width)
        yield Table(
            tuple(self._row(row) for row in head.children), tuple(self._row(row) for row in rows)
        )

    def _row(self, row: Node) -> Row:
        cells = ((cell.type == "th", self.text(cell)) for cell in row.children)
        return tuple(Cell(self.paragraphs(content), header=header) for header, content in cells)

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

    def quote(self, node: Node) -> Iterator[Block]:
        """Read a quoted block: a callout, of the kind that its alert names."""
        first = node.children[0] if node.children else None
        opening = first.children[0].children if first and first.type == "paragraph" else ()
        alert = _ALERT.match(opening[0].content) if opening else None
        if alert is None:
            if body := self.blocks(node.children):
                yield Callout("note", (), body)
            return
        self.line(node)
        kind = _CALLOUTS.get(alert[1].upper())
        if kind is None:
            hint = f"Write one of {', '.join(_CALLOUTS)}."
            what = f"there is no alert {alert[1]!r}"
            raise SourceError(what, place=self.here, hint=hint)
        title, rest = _parted_at_break(opening)
        content = _dropped(self.inlines(title), alert.end())
        more = self.inlines(rest)
        body = (*self.paragraphs(more), *self.blocks(node.children[1:]))
        if not content and not body:
            raise SourceError("the alert is empty", place=self.here)
        yield Callout(kind, content, body)


_BLOCKS: Mapping[str, Callable[[BlockReader, Node], Iterator[Block]]] = {
    "paragraph": BlockReader.paragraph,
    "heading": BlockReader.heading,
    "code_block": BlockReader.code,
    "fence": BlockReader.code,
    "bullet_list": BlockReader.bullets,
    "ordered_list": BlockReader.steps,
    "dl": BlockReader.terms,
    "table": BlockReader.table,
    "blockquote": BlockReader.quote,
}


# ---- words at the start ------------------------------------------------------------------------


def _dropped(content: Inlines, count: int) -> Inlines:
    """Take away so many characters of the first text."""
    match content:
        case (Text(words), *rest):
            return merged((words[count:], *rest))
    return content


def _has_box(item: Item) -> bool:
    match item:
        case (Paragraph(content=(Text(words), *_)), *_):
            return bool(_BOX.match(words))
    return False


def _without_box(item: Item) -> Item:
    match item:
        case (Paragraph(content=(Text(words), *_) as content), *rest):
            box = _BOX.match(words)
            return (Paragraph(_dropped(content, box.end() if box else 0)), *rest)
    return item


def _parted_at_break(nodes: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """Part inline nodes at the first line break."""
    for index, node in enumerate(nodes):
        if node.type in ("softbreak", "hardbreak"):
            return nodes[:index], nodes[index + 1 :]
    return nodes, ()
