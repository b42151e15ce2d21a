"""Nodes -> inline content, white space folded."""

from collections.abc import Sequence

from handouts.document import (
    LINK_SCHEMES,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Span,
    Strong,
    Sub,
    Sup,
    Text,
)
from handouts.markup.nodes import SPACE, Node

INLINE = frozenset(("strong", "em", "sub", "sup", "a", "span"))
"""Elements that stand in a line of text."""


def read_inlines(node: Node) -> Inlines:
    """Give the inline content of an element."""
    node.done()
    return inlines(node.kids)


def inlines(kids: Sequence[Node | str]) -> Inlines:
    """Inline content with white space folded; spaces at the edges are no content."""
    if not kids:
        return ()
    if len(kids) == 1 and isinstance(kids[0], str):  # most paragraphs are plain words
        words = _folded(kids[0]).strip(" ")
        return (Text(words),) if words else ()
    return _trim(_inline_kids(kids))


def _folded(text: str) -> str:
    """Make one space of each stretch of white space; most texts have none to fold."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return SPACE.sub(" ", text)
    return text


def _inline_kids(kids: Sequence[Node | str]) -> list[Inline]:
    content: list[Inline] = []
    for kid in kids:
        if not isinstance(kid, str):
            content.append(_inline(kid))
        elif content and isinstance(content[-1], Text):
            content[-1] = Text(_folded(content[-1].text + kid))
        else:
            content.append(Text(_folded(kid)))
    return content


def _inline(node: Node) -> Inline:
    if node.tag not in INLINE:
        raise node.wrong(f"<{node.tag}> cannot stand in a line of text")
    kids = tuple(_inline_kids(node.kids))
    match node.tag:
        case "strong":
            made: Inline = Strong(kids)
        case "em":
            made = Emphasis(kids)
        case "sub":
            made = Sub(kids)
        case "sup":
            made = Sup(kids)
        case "a":
            made = Link(_href(node), kids)
        case _:
            made = Span(node.language(), kids)
    node.done()
    return made


def _href(node: Node) -> str:
    scheme, colon, rest = node.take("href").partition(":")
    href = scheme.lower() + colon + rest
    if not href.startswith(LINK_SCHEMES):
        raise node.wrong(
            f"the link {href[:60]!r} is not allowed", f"Links start with {', '.join(LINK_SCHEMES)}"
        )
    return href


def _trim(content: list[Inline]) -> Inlines:
    if content and isinstance(content[0], Text):
        content[0] = Text(content[0].text.lstrip(" "))
    if content and isinstance(content[-1], Text):
        content[-1] = Text(content[-1].text.rstrip(" "))
    return tuple([part for part in content if not isinstance(part, Text) or part.text])
