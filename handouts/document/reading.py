"""Reading a document: its characters, paragraph by paragraph, in reading order."""

from collections.abc import Iterator
from typing import assert_never

from handouts.document.blocks import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Columns,
    Ended,
    Figure,
    Heading,
    NumberedList,
    Panel,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Slot,
    Steps,
    Sticker,
    Strip,
    Table,
    Terms,
)
from handouts.document.inline import Inlines, Text


def plain(content: Inlines) -> str:
    """Give the characters of inline content, marks left out."""
    return "".join(
        [part.text if isinstance(part, Text) else plain(part.content) for part in content]
    )


def text(words: str) -> Inlines:
    """Make inline content of plain words."""
    return (Text(words),) if words else ()


def paragraph(words: str, role: str = "body") -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph(text(words), role)


def texts(blocks: Blocks) -> Iterator[str]:
    """Yield the text of each paragraph, head, label and term, in reading order."""
    for block in blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912  (one branch a kind of block)
    match block:
        case Heading(content=content) | Paragraph(content=content):
            yield plain(content)
        case Ended(paragraph, end):
            yield from (plain(paragraph.content), end)
        case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
            for item in items:
                yield from texts(item)
        case Columns(columns):
            for column in columns:
                yield from texts(column)
        case Terms(rows):
            for term, item in rows:
                yield plain(term)
                yield from texts(item)
        case Table(head, rows):
            for row in (*head, *rows):
                for cell in row:
                    yield from texts(cell.blocks)
        case Callout(title=title, blocks=blocks):
            yield plain(title)
            yield from texts(blocks)
        case Strip(cells):
            for fact in cells:
                yield plain(fact.label)
                yield plain(fact.content)
        case Section(heading, blocks, side):
            yield from texts((heading, *side, *blocks) if heading else (*side, *blocks))
        case Slot(blocks=blocks) | Panel(blocks=blocks):
            yield from texts(blocks)
        case Blank(label) | Sticker(label):
            yield plain(label)
        case Figure() | RuledLines() | Rule():
            return
        case _:
            assert_never(block)
