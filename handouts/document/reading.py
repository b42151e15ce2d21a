"""Reading a document: its characters, paragraph by paragraph, in reading order."""

from collections.abc import Iterable
from typing import assert_never

from handouts.document.blocks import (
    Blank,
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
    Row,
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
from handouts.values import replace


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


def table_of(head: Iterable[Row], rows: Iterable[Row]) -> Table:
    """Make a table; heads that nothing stands below are heads of nothing, and a row of cells."""
    heads, below = tuple(head), tuple(rows)
    if below:
        return Table(heads, below)
    return Table((), tuple(tuple(replace(cell, header=False) for cell in row) for row in heads))


def texts(blocks: Blocks, *, slots: bool = True) -> list[str]:
    """Give the text of each paragraph, head, label and term, in reading order; that of slots if wanted."""
    found: list[str] = []
    _read(blocks, found, slots)
    return found


def _read(blocks: Blocks, found: list[str], slots: bool) -> None:  # noqa: C901, FBT001, PLR0912  (one branch a kind of block)
    for block in blocks:
        match block:  # without captures, which cost three times as much
            case Paragraph() | Heading():
                found.append(plain(block.content))
            case Ended():
                found += (plain(block.paragraph.content), block.end)
            case BulletList() | NumberedList() | Steps() | Checklist():
                for item in block.items:
                    _read(item, found, slots)
            case Columns():
                for column in block.columns:
                    _read(column, found, slots)
            case Terms():
                for term, item in block.rows:
                    found.append(plain(term))
                    _read(item, found, slots)
            case Table():
                for row in (*block.head, *block.rows):
                    for cell in row:
                        _read(cell.blocks, found, slots)
            case Callout():
                found.append(plain(block.title))
                _read(block.blocks, found, slots)
            case Strip():
                for fact in block.cells:
                    found += (plain(fact.label), plain(fact.content))
            case Section():
                _read((block.heading,) if block.heading else (), found, slots)
                _read(block.side, found, slots)
                _read(block.blocks, found, slots)
            case Panel():
                _read(block.blocks, found, slots)
            case Slot():
                _read(block.blocks if slots else (), found, slots)
            case Blank() | Sticker():
                found.append(plain(block.label))
            case Figure() | RuledLines() | Rule():
                pass
            case _:
                assert_never(block)
