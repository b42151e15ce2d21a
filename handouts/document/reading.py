"""Reading a document: its characters, paragraph by paragraph, in reading order."""

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
    if len(content) == 1 and isinstance(content[0], Text):  # most is plain words
        return content[0].text
    return "".join(
        [part.text if isinstance(part, Text) else plain(part.content) for part in content]
    )


def text(words: str) -> Inlines:
    """Make inline content of plain words."""
    return (Text(words),) if words else ()


def paragraph(words: str, role: str = "body") -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph(text(words), role)


def texts(blocks: Blocks) -> list[str]:
    """Give the text of each paragraph, head, label and term, in reading order."""
    found: list[str] = []
    for block in blocks:
        _read(block, found)
    return found


def _read(block: Block, found: list[str]) -> None:  # noqa: C901, PLR0912  (one branch a kind of block)
    match block:
        case Heading(content=content) | Paragraph(content=content):
            found.append(plain(content))
        case Ended(paragraph, end):
            found += (plain(paragraph.content), end)
        case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
            for item in items:
                found += texts(item)
        case Columns(columns):
            for column in columns:
                found += texts(column)
        case Terms(rows):
            for term, item in rows:
                found += (plain(term), *texts(item))
        case Table(head, rows):
            for row in (*head, *rows):
                for cell in row:
                    found += texts(cell.blocks)
        case Callout(title=title, blocks=blocks):
            found += (plain(title), *texts(blocks))
        case Strip(cells):
            for fact in cells:
                found += (plain(fact.label), plain(fact.content))
        case Section(heading, blocks, side):
            found += texts((heading, *side, *blocks) if heading else (*side, *blocks))
        case Slot(blocks=blocks) | Panel(blocks=blocks):
            found += texts(blocks)
        case Blank(label) | Sticker(label):
            found.append(plain(label))
        case Figure() | RuledLines() | Rule():
            return
        case _:
            assert_never(block)
