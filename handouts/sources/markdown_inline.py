"""The inline part of a Markdown syntax tree: words, emphasis, links, pictures.

The tree is described here by what is read of it, so that only one module knows the parser.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from handouts.document import Emphasis, Inline, Inlines, Link, Strong, Text
from handouts.errors import Place
from handouts.sources.marked_text import href_of, merged
from handouts.sources.reading import Notes


class Node(Protocol):
    """A node of the syntax tree: a block with blocks or one `inline` in it, or an inline part."""

    @property
    def type(self) -> str:
        """Name of the kind of node."""

    @property
    def tag(self) -> str:
        """Name of its HTML element, such as `h2`."""

    @property
    def children(self) -> Sequence["Node"]:
        """Nodes below it."""

    @property
    def content(self) -> str:
        """Its own text."""

    @property
    def attrs(self) -> Mapping[str, str | int | float]:
        """Attributes, such as a link's `href`."""

    @property
    def map(self) -> tuple[int, int] | None:
        """First line (from 0) and the line after the last, for blocks."""


class InlineReader:
    """Reads inline nodes, knows the lines of the body, and notes what cannot be kept.

    Args:
        lines: The body's lines.
        file: The name for errors.
        above: Number of lines above the body in its file.
        notes: Where to note it.
    """

    def __init__(self, lines: Sequence[str], *, file: str, above: int, notes: Notes) -> None:
        self.file, self.notes = file, notes
        self.hrefs: set[str] = set()
        self._lines, self._above = lines, above
        self._line = above + 1

    def place(self, index: int = 0) -> Place:
        """Give the place of a line of the body, counted from 0."""
        return Place(self.file, index + 1 + self._above)

    @property
    def here(self) -> Place:
        """The place of the block that was read last."""
        return Place(self.file, self._line)

    def line(self, node: Node) -> int:
        """Give the line of a node in its file, from 1; an inline part has that of its block."""
        if node.map:
            self._line = node.map[0] + 1 + self._above
        return self._line

    def leave_out(self, index: int, reason: str) -> None:
        """Note a line of the body, counted from 0, as left out."""
        self.notes.drop(index + 1 + self._above, self._lines[index].strip(), reason)

    def inlines(self, nodes: Sequence[Node]) -> Inlines:
        """Read what stands in a paragraph; line breaks are spaces."""
        return _trimmed(self._inlines(nodes))

    def text(self, node: Node) -> Inlines:
        """Read the one `inline` node of a block such as a heading, paragraph or cell."""
        self.line(node)
        return self.inlines([part for inline in node.children for part in inline.children])

    def _inlines(self, nodes: Sequence[Node]) -> Inlines:
        return merged(part for node in nodes for part in self._inline(node))

    def _inline(self, node: Node) -> Iterator[Inline | str]:
        match node.type:
            case "softbreak" | "hardbreak":
                yield " "
            case "em":
                yield Emphasis(self._inlines(node.children))
            case "strong":
                yield Strong(self._inlines(node.children))
            case "link":
                yield from self._link(node)
            case "image":
                reason = "images have rights of their own"
                self.notes.drop(self._line, node.content or str(node.attrs.get("src")), reason)
            case _:
                yield node.content

    def _link(self, node: Node) -> Iterator[Inline | str]:
        target = str(node.attrs.get("href", ""))
        self.hrefs.add(target)
        words, href = self._inlines(node.children), href_of(target)
        if href and words:
            yield Link(href, words)
            return
        if target:
            self.notes.drop(self._line, target, "a link's target that no leaflet can follow")
        yield from words


def _trimmed(content: Inlines) -> Inlines:
    """Take away spaces at both ends, which a left-out picture leaves."""
    match content:
        case (Text(words), *rest) if words != words.lstrip():
            return _trimmed(merged((words.lstrip(), *rest)))
        case (*rest, Text(words)) if words != words.rstrip():
            return merged((*rest, words.rstrip()))
    return content
