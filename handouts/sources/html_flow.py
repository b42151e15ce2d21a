"""A flow of HTML, elements and the words between them, parted into stretches of a kind."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from handouts.sources.html_end_tags import BLOCK_TAGS
from handouts.sources.html_tree import EDGES, has_blocks, tag_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALONE = ("", "block")
"""Behind these, white space is nothing."""


def stretches(nodes: "Iterable[HtmlElement | str]") -> list[tuple[str, list[Any]]]:
    """Part nodes into stretches of items of a list, of blocks, and of words."""
    found: list[tuple[str, list[Any]]] = []
    before = ""
    for node in nodes:
        if isinstance(node, str):
            if before in _ALONE and not node.strip(EDGES):
                continue  # the white space between blocks
            # White space behind an item belongs to the items.
            kind = "item" if before == "item" and not node.strip() else "words"
        else:
            kind = _kind(node)
        if kind != before:
            found.append((kind, []))
            before = kind
        found[-1][1].append(node)
    return found


def _kind(element: "HtmlElement") -> str:
    tag = tag_of(element)
    if tag == "li":
        return "item"
    return "block" if tag in BLOCK_TAGS or has_blocks(element) else "words"


def parted_at_breaks(
    nodes: "list[HtmlElement | str]",
) -> "Iterator[list[HtmlElement | str]]":
    """Part words at two line breaks or more."""
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
