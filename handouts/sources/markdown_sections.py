"""The sections of a Markdown body: what stands below each `##`, with its role and level."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handouts.document import title_words
from handouts.errors import SourceError
from handouts.sources.markdown_blocks import BlockReader
from handouts.sources.markdown_inline import Node
from handouts.strings import fold, load

_BRACES = re.compile(r"\s*\{(?P<role>[a-z_]+)?(?:(?:^|(?<=\{)|\s+)level=(?P<level>[23]))?\}$")

RoleOf = Callable[[str], str]
"""Title of a section -> its role, or ""."""


@dataclass(slots=True)
class Part:
    """A section while it is gathered; the summary has no title."""

    title: str = ""
    role: str = ""
    level: int = 2
    line: int = 1
    nodes: list[Node] = field(default_factory=list)


class AsParagraph:
    """A heading that is read as a paragraph."""

    type, tag = "paragraph", "p"

    def __init__(self, node: Node) -> None:
        self.children, self.content = node.children, node.content
        self.attrs, self.map = node.attrs, node.map


def without_pictured(nodes: Sequence[Node]) -> list[Node]:
    """Give blocks where a heading that is only a picture is none: the text round it goes on."""
    return [
        AsParagraph(node) if node.type == "heading" and _is_pictured(node.children) else node
        for node in nodes
    ]


def _is_pictured(nodes: Sequence[Node]) -> bool:
    """Tell whether inline nodes are pictures, perhaps with marks round them, and nothing else."""
    shown = [
        node for node in nodes if node.type == "image" or node.children or node.content.strip()
    ]
    return bool(shown) and all(
        node.type == "image" or _is_pictured(node.children) for node in shown
    )


def role_finder(language: str) -> RoleOf:
    """Give the function that knows titles in a language; of one without words it knows none."""
    try:
        return load(language).role_of
    except SourceError:
        return lambda _: ""


def parts_of(
    nodes: Sequence[Node], title: str, role_of: RoleOf, reader: BlockReader
) -> tuple[str, list[Part]]:
    """Part the body at its `##` headings, and find the title.

    Raises:
        SourceError: There is no title, or another one, or a heading has no words.
    """
    parts = [Part()]
    for node in nodes:
        if node.type == "heading" and node.tag == "h1":
            title = _title(title, title_words(reader.text(node)), reader)
        elif node.type == "heading" and node.tag == "h2":
            parts.append(section_start(node, role_of, reader))
        else:
            parts[-1].nodes.append(node)
    check_title(title, reader)
    return title, parts


def check_title(title: str, reader: BlockReader) -> None:
    """Refuse an article without a title."""
    if not title:
        hint = 'Write title = "..." into the front matter, or # and the title above the text.'
        raise SourceError("the article has no title", place=reader.place(), hint=hint)


def _title(known: str, found: str, reader: BlockReader) -> str:
    if known and fold(known) != fold(found):
        hint = "Write ## for a section."
        what = f"a second title, {found[:60]!r}"
        raise SourceError(what, place=reader.here, hint=hint)
    return known or found


def section_start(node: Node, role_of: RoleOf, reader: BlockReader) -> Part:
    """Begin a section at its heading; braces behind its title say its role and its level.

    Raises:
        SourceError: The heading has no words.
    """
    title = title_words(reader.text(node))
    if not title:
        raise SourceError("a heading without words", place=reader.here, hint="Delete it.")
    last = node.children[-1]
    named = _BRACES.search(last.content) if last.type == "text" else None
    if named and len(named[0]) < len(title):
        title, level = title[: -len(named[0])], int(named["level"] or 2)
        return Part(title, named["role"] or "", level, reader.line(node))
    return Part(title, role_of(title), 2, reader.line(node))
