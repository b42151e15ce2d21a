"""The inline part of a Markdown syntax tree: words, emphasis, links, pictures, marked words.

Marked words are `[2]{.sub}`, `[2]{.sup}`, `[words]{.em}`, `[words]{.strong}` and
`[words]{lang=es}`; brackets with anything else behind them are printed as typed.

The tree is described here by what is read of it, so that only one module knows the parser.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from handouts.document import Emphasis, Inline, Inlines, Link, Span, Strong, Sub, Sup, Text, plain
from handouts.errors import Place
from handouts.language_tag import LANGUAGE
from handouts.sources.marked_text import href_of, merged
from handouts.sources.reading import Notes

MARKS: Mapping[str, Callable[[Inlines], Inline]] = {
    "em": Emphasis,
    "strong": Strong,
    "sub": Sub,
    "sup": Sup,
}
"""Name of marked words, as in `[2]{.sub}` -> what they become."""

_BRACKET = re.compile(rf"(\[|\](?:\{{(?:\.(?:{'|'.join(MARKS)})|lang={LANGUAGE.pattern})\}})?)")
_MOST_OPEN = 32
"""Brackets that may be open; what is nested deeper is as typed."""
_Part = Inline | str
"""A string is as typed: spaces at the ends of a block are cut off it; those of a `Text` are meant."""


class Node(Protocol):
    """A node of the syntax tree: a block with blocks or inline parts in it, or an inline part."""

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
    def map(self) -> Sequence[int] | None:
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
        self._href = ""

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
        """Read what stands in a block; line breaks are spaces, and those at its ends do not count."""
        content = merged(_trimmed(self._parts(nodes)))
        match content:
            case (Text(words),) if not words.strip():
                return ()
        return content

    def text(self, node: Node) -> Inlines:
        """Read the words of a block such as a heading, paragraph or cell."""
        self.line(node)
        return self.inlines(node.children)

    def _parts(self, nodes: Sequence[Node]) -> list[_Part]:
        """Read sibling nodes, and what their brackets mark."""
        brackets = _Brackets()
        for node in nodes:
            if node.type == "text":
                brackets.read(node.content)
            else:
                brackets.add(self._inline(node))
        return brackets.finish()

    def _inlines(self, nodes: Sequence[Node]) -> Inlines:
        return merged(self._parts(nodes))

    def _inline(self, node: Node) -> Iterator[_Part]:
        match node.type:
            case "softbreak" | "hardbreak":
                yield " "
            case "em" | "strong":
                words = self._inlines(node.children)
                yield from (MARKS[node.type](words),) if plain(words).strip() else words
            case "link":
                yield from self._link(node)
            case "image":
                reason = "images have rights of their own"
                self.notes.drop(self._line, node.content or str(node.attrs.get("src")), reason)
            case "text_special":
                yield Text(node.content)
            case _:
                yield node.content

    def _link(self, node: Node) -> Iterator[_Part]:
        target = str(node.attrs.get("href", ""))
        self.hrefs.add(target)
        outer, self._href = self._href, self._href or href_of(target)
        words, href = self._inlines(node.children), "" if outer else self._href
        self._href = outer
        if title := node.attrs.get("title"):
            self.notes.drop(
                self._line, str(title), "the title of a link, which nobody sees on paper"
            )
        if href and plain(words).strip():
            yield Link(href, words)
            return
        if target and target != outer:
            self.notes.drop(self._line, target, "a link's target that no leaflet can follow")
        yield from words


def typed(node: Node) -> str:
    """Give the characters of a block that holds nothing but text without escapes, or ""."""
    nodes = node.children
    return nodes[0].content if len(nodes) == 1 and nodes[0].type == "text" else ""


class _Brackets:
    """Inline parts, gathered between brackets until it is known what these mean."""

    def __init__(self) -> None:
        self._open: list[list[_Part]] = [[]]

    def read(self, typed: str) -> None:
        """Take text as typed: brackets in it open and close."""
        if "[" not in typed and len(self._open) == 1:  # nothing to close
            self._open[-1].append(typed)
            return
        for piece in _BRACKET.split(typed):
            if piece == "[" and len(self._open) < _MOST_OPEN:
                self._open.append([])
            elif piece.startswith("]") and len(self._open) > 1:
                self._close(piece)
            elif piece:
                self._open[-1].append(piece)

    def add(self, parts: Iterator[_Part]) -> None:
        """Take parts that are no brackets."""
        self._open[-1] += parts

    def finish(self) -> list[_Part]:
        """Give all parts; a bracket that was never closed is a character."""
        parts, *rest = self._open
        for more in rest:
            parts += ["[", *more]
        return parts

    def _close(self, piece: str) -> None:
        if piece == "]" or not merged(self._open[-1]):
            self._as_typed(piece)
            return
        content, mark = merged(self._open.pop()), piece[2:-1]
        made = MARKS[mark[1:]](content) if mark[0] == "." else Span(mark[5:], content)
        self._open[-1].append(made)

    def _as_typed(self, piece: str) -> None:
        content = self._open.pop()
        self._open[-1] += ["[", *content, piece]


def _trimmed(parts: list[_Part]) -> list[_Part]:
    """Take away spaces at both ends, which a left-out picture leaves."""
    for end, cut in ((0, str.lstrip), (-1, str.rstrip)):
        while parts and isinstance(words := parts[end], str):
            parts[end] = left = cut(words)
            if left:
                break
            parts.pop(end)
    return parts
