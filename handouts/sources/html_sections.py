"""The sections of a page: its content parted at the headings that it uses for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handouts.sources.headings import looks_like_title
from handouts.sources.html_tree import inside, tag_of, words
from handouts.sources.pieces import Piece
from handouts.values import field, frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = (("h1", "h2"), ("h3",), ("h4", "h5", "h6"))
_BOLD = "bold"
"""Stands for a heading that is a paragraph in bold type."""


@frozen(kw_only=False, eq=False)
class Stretch:
    """A heading, or none for what stands above the first, and the nodes below it.

    `sure` is 1 for a real heading, less for a paragraph in bold type.
    """

    heading: "HtmlElement | None"
    nodes: "list[HtmlElement | str]" = field(default_factory=list)
    sure: float = 1.0

    @property
    def line(self) -> int:
        """The line where it begins."""
        first = self.heading
        if first is None:
            first = next((node for node in self.nodes if not isinstance(node, str)), None)
        return 1 if first is None else first.sourceline or 1


def stretches(main: "HtmlElement") -> list[Stretch]:
    """Part the content at its headings of the highest level, else at paragraphs in bold type."""
    found = {_kind(element) for element in main.iterdescendants()}
    tags = next((level for level in _LEVELS if found.intersection(level)), (_BOLD,))
    parts = [Stretch(None)]
    for node in _exposed(main, tags):
        kind = "" if isinstance(node, str) else _kind(node)
        if kind in tags and not isinstance(node, str):
            parts.append(Stretch(node, sure=0.7 if kind == _BOLD else 1.0))
        else:
            parts[-1].nodes.append(node)
    return parts


def first_heading(main: "HtmlElement") -> "HtmlElement | None":
    """Find the first heading that has words."""
    tags = [tag for level in _LEVELS for tag in level]
    return next((part for part in main.iter() if tag_of(part) in tags and words(part)), None)


def _exposed(element: "HtmlElement", tags: tuple[str, ...]) -> "Iterator[HtmlElement | str]":
    """Yield what is inside an element, wrappers of headings opened."""
    for node in inside(element):
        if isinstance(node, str) or _kind(node) in tags:
            yield node
        elif any(_kind(part) in tags for part in node.iterdescendants()):
            yield from _exposed(node, tags)
        else:
            yield node


def _kind(element: "HtmlElement") -> str:
    """Give an element's name; a heading without words is none, a title in bold type is one."""
    tag = tag_of(element)
    if tag in ("p", "div") and len(element) == 1 and tag_of(element[0]) in ("strong", "b"):
        shown = words(element)
        is_all = bool(shown) and shown == words(element[0])
        return _BOLD if is_all and looks_like_title(Piece(1, "text", shown)) else tag
    if tag[:1] == "h" and tag[1:].isdigit() and not words(element):
        return ""
    return tag
