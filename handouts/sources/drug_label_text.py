"""The text of a drug label's section made into blocks: paragraphs, lists, tables, bold headings."""

import re
from collections.abc import Iterable, Iterator

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Emphasis,
    Heading,
    Inlines,
    Item,
    NumberedList,
    Paragraph,
    Strong,
    Sub,
    Sup,
    Text,
    plain,
)
from handouts.sources.drug_label_table import grid, is_for_layout, rows_of
from handouts.sources.drug_label_words import INLINE, Context, content, pieces
from handouts.sources.headings import capitals
from handouts.sources.reading import Joined
from handouts.sources.safe_xml import Element

Lined = tuple[int, Block]
"""A block, and the line that it begins in."""

_MOST_WORDS, _MOST_CHARACTERS = 20, 140
_FEW_WORDS = 8
_TITLE_CASE = 0.7
_SENTENCE_END = re.compile(r"(?<!\d)[.?!] ")
_TYPED_MARK = re.compile(r"[\W_]*|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]?")


def text_blocks(text: Element, context: Context) -> list[Lined]:
    """Read what is in a `<text>`."""
    return _flow(text.content, text.line, context)


def heading_words(block: Block) -> str:
    """Give the words of a paragraph that is bold all through and looks like a title, or ""."""
    if not isinstance(block, Paragraph) or not _is_bold(block.content):
        return ""
    words = plain(block.content)
    fits = len(words) <= _MOST_CHARACTERS and len(words.split()) <= _MOST_WORDS
    if not fits or words[-1] in ".:;,!" or _SENTENCE_END.search(words):
        return ""
    if not any(letter.isalpha() for letter in words):
        return ""
    return words if heading_sure(words) > 0.6 or len(words.split()) <= _FEW_WORDS else ""  # noqa: PLR2004  (the least of heading_sure)


def heading_sure(words: str) -> float:
    """Tell how sure it is that bold words are a title (0 to 1)."""
    if words.endswith("?"):
        return 0.95
    return 0.9 if capitals(words) >= _TITLE_CASE else 0.6


def _is_bold(content: Inlines) -> bool:
    """Tell whether all words are bold; raised and lowered signs beside them do not count."""
    if len(content) == 1 and isinstance(content[0], Emphasis):
        return _is_bold(content[0].content)
    return any(isinstance(part, Strong) for part in content) and all(
        isinstance(part, Strong | Sub | Sup) or (isinstance(part, Text) and not part.text.strip())
        for part in content
    )


def _without_bold(content: Inlines) -> Inlines:
    return content[0].content if len(content) == 1 and isinstance(content[0], Strong) else content


# ---- blocks ------------------------------------------------------------------------------------


def _flow(nodes: Iterable[Element | str], line: int, context: Context) -> list[Lined]:
    """Read blocks and the words between them, in order."""
    flow = _Flow(line, context)
    for node in nodes:
        flow.read(node)
    return flow.finished()


def _inner(nodes: Iterable[Element | str], line: int, context: Context) -> Blocks:
    """Read what is in an item or a cell, where a caption is no heading."""
    return tuple(
        [
            Paragraph((Strong(block.content),)) if isinstance(block, Heading) else block
            for _, block in _flow(nodes, line, context)
        ]
    )


class _Flow:
    """Blocks while they are read: words wait for the end of their paragraph."""

    def __init__(self, line: int, context: Context) -> None:
        self._line, self._context = line, context
        self._made: list[Lined] = []
        self._words: list[Element | str] = []
        self._typed: list[Item] = []

    def read(self, node: Element | str) -> None:
        """Read what comes next."""
        if isinstance(node, str) or node.tag in INLINE:
            self._words.append(node)
            return
        self._end_words()
        self._line = node.line
        if _is_plain(node):
            self._words.extend(node.content)
            self._end_words()
        elif found := _block(node, self._context):
            self._end_list()
            self._made += found

    def finished(self) -> list[Lined]:
        """Give the blocks."""
        self._end_words()
        self._end_list()
        return self._made

    def _end_words(self) -> None:
        """Make paragraphs of the words so far; typed items wait for further ones."""
        for piece in pieces(self._words, self._context):
            if piece.typed:
                self._typed.append((Paragraph(piece.content),))
            else:
                self._end_list()
                self._made.append((self._line, Paragraph(piece.content)))
        self._words.clear()

    def _end_list(self) -> None:
        """Make a list of the typed items so far."""
        if self._typed:
            what = f"{len(self._typed)} pieces with typed bullets, read as a list"
            self._context.notes.joined.append(Joined(self._line, what))
            self._made.append((self._line, BulletList(tuple(self._typed))))
            self._typed.clear()


def _is_plain(element: Element) -> bool:
    """Tell whether an element is a paragraph of words only."""
    return element.tag == "paragraph" and all(part.tag in INLINE for part in element.children())


def _block(element: Element, context: Context) -> list[Lined]:
    match element.tag:
        case "list":
            return list(_list(element, context))
        case "table":
            return list(_table(element, context))
        case "caption":
            words = content(element.content, context)
            return [(element.line, Heading(3, _without_bold(words)))] if words else []
        case "renderMultiMedia":
            context.drop_picture(element)
    return _flow(element.content, element.line, context)


# ---- lists -------------------------------------------------------------------------------------


def _list(element: Element, context: Context) -> Iterator[Lined]:
    items: list[Item] = []
    for part in element.content:
        if isinstance(part, Element) and part.tag == "item":
            items += _items(part, context)
        elif isinstance(part, Element) and part.tag == "caption":
            yield from _block(part, context)
        else:  # words or blocks that stand in no item
            items += [(block,) for block in _inner((part,), element.line, context)]
    if items:
        ordered = element.get("listType").casefold() == "ordered"
        yield element.line, (NumberedList if ordered else BulletList)(tuple(items))


def _items(item: Element, context: Context) -> list[Item]:
    """Read an item; more items that were typed into it behind bullets stand beside it."""
    nodes = [part for part in item.content if not _is_typed_mark(part, context)]
    if all(isinstance(part, str) or part.tag in INLINE for part in nodes):
        found = pieces(nodes, context)
        led = bool(found) and plain(found[0].content).endswith(":")
        if not led and any(piece.typed for piece in found):
            what = f"an item with {len(found)} pieces behind typed bullets, read as so many items"
            context.notes.joined.append(Joined(item.line, what))
            return [(Paragraph(piece.content),) for piece in found]
        if len(found) == 1:
            return [(Paragraph(found[0].content),)]
    made = _inner(nodes, item.line, context)
    return [made] if made else []


def _is_typed_mark(part: Element | str, context: Context) -> bool:
    """Tell whether this is an item's own mark, such as "1.", which the list has anyway."""
    if isinstance(part, str) or part.tag != "caption" or not _TYPED_MARK.fullmatch(part.words()):
        return False
    if part.words():
        context.notes.drop(part.line, part.words(), "an item's typed mark; the list has its own")
    return True


# ---- tables ------------------------------------------------------------------------------------


def _table(element: Element, context: Context) -> Iterator[Lined]:
    """Read a table; one that only places things on the page gives what is in its cells."""
    loose, rows = rows_of(element)
    yield from _flow(loose, element.line, context)

    def read(cell: Element) -> Blocks:
        return _inner(cell.content, cell.line, context)

    for group, layout in is_for_layout(rows):
        if layout:
            for row in group:
                for cell in row.cells:
                    yield from _flow(cell.content, cell.line, context)
        elif (made := grid(group, read, context.notes)).rows or made.head:
            yield group[0].line, made
