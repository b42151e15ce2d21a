"""A Markdown syntax tree made into blocks.

CommonMark has no signs for some blocks.  They have a paragraph before them, by itself:
`{.numbered}` above a numbered list that is no sequence of steps, `{.checklist}` above a list of
things to tick off, `{.table head=0}` above a table or above a list of rows that are lists of cells,
`{.terms}` between two lists of terms; `{.empty}` stands where a cell or a definition is empty.
In a table, `{.head}` at the end of a cell makes it a head, `{.cell}` the contrary.
Where they do not fit, they are text.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    CalloutKind,
    Checklist,
    Heading,
    Inlines,
    Item,
    NumberedList,
    Paragraph,
    Steps,
    Terms,
    Text,
)
from handouts.errors import SourceError
from handouts.sources.markdown_inline import Node, typed
from handouts.sources.markdown_tables import TableReader
from handouts.sources.marked_text import merged

_ALERT = re.compile(r"\[!(\w+)\][ \t]*")
_BOX = re.compile(r"\[([ xX])\] +")
_TICKED = {" ": "☐ ", "x": "☑ ", "X": "☑ "}
"""What is printed for boxes of a list with ticks in it: the boxes of a checklist are all empty."""

_MARK = re.compile(r"\{\.(numbered|checklist|table|terms)(?: head=(\d{1,3}))?\}")
_CALLOUTS: Mapping[str, CalloutKind] = {
    "NOTE": "note",
    "ACTION": "action",
    "EMERGENCY": "emergency",
}


class BlockReader(TableReader):
    """Reads block nodes, and the inline nodes in them."""

    def blocks(self, nodes: Sequence[Node]) -> Blocks:
        """Read sibling nodes."""
        if len(nodes) == 1 and typed(nodes[0]) == "{.empty}":
            return ()
        found: list[Block] = []
        at = 0
        while at < len(nodes):
            marked = self._marked(*nodes[at : at + 2])
            found += self._block(nodes[at]) if marked is None else marked
            at += 1 if marked is None else 2
        return tuple(found)

    # ---- blocks --------------------------------------------------------------------------------

    def _marked(self, mark: Node, node: Node | None = None) -> Blocks | None:
        """Read a block that has its mark above it; None, when there is no mark that fits."""
        found = _MARK.fullmatch(typed(mark)) if mark.type == "paragraph" and node else None
        if not found or not node:
            return None
        self.line(node)
        match found[1], node.type:
            case "numbered", "ordered_list":
                return (NumberedList(self._items(node), _start(node)),)
            case "checklist", "bullet_list":
                return (Checklist(self._items(node)),)
            case "table", "table" | "bullet_list":
                return (self.any_table(node, int(found[2] or 0)),)
            case "terms", "dl":
                return tuple(self._block(node))
        return None

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
        read = [(_box(item), self.blocks(item.children)) for item in node.children]
        items = [(box, item) for box, item in read if item]
        boxes = [box for box, _ in items if box]
        if items and len(boxes) < len(items):
            if boxes:
                self._warn(node, "some items of the list have no box [ ]")
            yield BulletList(tuple(item for _, item in items))
        elif any(box[1] != " " for box in boxes):
            self._warn(
                node, "the list is ticked in part, and is printed with ☐ and ☑ before its words"
            )
            signs = [_TICKED[box[1]] for box in boxes]
            yield BulletList(tuple(map(_boxed, items, signs)))
        elif items:
            yield Checklist(tuple(_boxed(item, "") for item in items))

    def _warn(self, node: Node, what: str) -> None:
        self.notes.warnings.append(f"line {self.line(node)}: {what}")

    def steps(self, node: Node) -> Iterator[Block]:
        """Read a numbered list."""
        if items := self._items(node):
            yield Steps(items, _start(node))

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
        """Read a table; its first row is its head."""
        yield self.any_table(node, 1)

    def quote(self, node: Node) -> Iterator[Block]:
        """Read a quoted block: a callout, of the kind that its alert names."""
        first = node.children[0] if node.children else None
        opening = first.children if first and first.type == "paragraph" else ()
        alert = _ALERT.match(opening[0].content) if _is_typed(opening) else None
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


def _is_typed(nodes: Sequence[Node]) -> bool:
    """Tell whether inline nodes begin with text, not with an escape."""
    return bool(nodes) and nodes[0].type == "text"


def _box(item: Node) -> re.Match[str] | None:
    """Find the box that an item begins with."""
    first = item.children[0] if item.children else None
    opening = first.children if first and first.type == "paragraph" else ()
    return _BOX.match(opening[0].content) if _is_typed(opening) else None


def _boxed(read: tuple[re.Match[str] | None, Item], sign: str) -> Item:
    """Give an item with a sign for its box, or nothing."""
    box, item = read
    match item:
        case (Paragraph(content), *rest) if box:
            return (Paragraph(merged((sign, *_dropped(content, box.end())))), *rest)
    return item


def _parted_at_break(nodes: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """Part inline nodes at the first line break."""
    for index, node in enumerate(nodes):
        if node.type in ("softbreak", "hardbreak"):
            return nodes[:index], nodes[index + 1 :]
    return nodes, ()


def _start(node: Node) -> int:
    """Give the first number of a list."""
    return int(node.attrs.get("start", 1))
