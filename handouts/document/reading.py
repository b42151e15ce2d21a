"""Reading a document: its characters, paragraph by paragraph, in reading order."""

from collections.abc import Iterable, Iterator
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
    Header,
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
from handouts.document.inline import Inlines, Link, Sup, Text
from handouts.values import contents, is_value, replace


def plain(content: Inlines) -> str:
    """Give the characters of inline content, marks left out."""
    if len(content) == 1 and isinstance(content[0], Text):  # most is plain words
        return content[0].text
    return "".join(
        [part.text if isinstance(part, Text) else plain(part.content) for part in content]
    )


_SIGNS = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")


def raised(words: str) -> str:
    """Give a superscript in plain words: 10³ must not read as 103."""
    whole = all(ord(character) in _SIGNS for character in words)
    return words.translate(_SIGNS) if whole else f"^{words}"


def title_words(content: Inlines) -> str:
    """Give the words of a title, which is plain: raised numbers stay raised, marks are left out."""
    found = []
    for part in content:
        words = part.text if isinstance(part, Text) else title_words(part.content)
        is_number = isinstance(part, Sup) and any(map(str.isdigit, words))
        found.append(raised(words) if is_number else words)
    return "".join(found)


def text(words: str) -> Inlines:
    """Make inline content of plain words."""
    return (Text(words),) if words else ()


def paragraph(words: str, role: str = "body") -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph(text(words), role)


def sides(words: Blocks) -> tuple[Blocks, Blocks]:
    """Part a clinic's words in the header: its logo or its name at the left, the others at the right."""
    left = tuple([block for block in words if _is_left(block)])
    return left, tuple([block for block in words if not _is_left(block)])


def _is_left(block: Block) -> bool:
    return isinstance(block, Figure) or (isinstance(block, Paragraph) and block.role == "clinic")


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


def asides(value: object) -> Iterator[str]:
    """Yield the words that a PDF holds beside its pages, too, of a document or anything with blocks.

    Heads and titles of boxes become bookmarks, the words of a link what its annotation says, and
    those of a picture its alternative text.  What stands in slots is left out.
    """
    match value:
        case Slot():
            return
        case Heading(content=words) | Callout(title=words) | Link(content=words):
            yield plain(words)
        case Figure():
            yield value.alt
    for part in _parts(value):
        yield from asides(part)


def hrefs(value: object) -> Iterator[str]:
    """Yield the address of each link in a document, or in anything with blocks."""
    if isinstance(value, Link):
        yield value.href
    for part in _parts(value):
        yield from hrefs(part)


def sources(value: object) -> Iterator[str]:
    """Yield the source of each picture in a document, or in anything with blocks."""
    if isinstance(value, Figure):
        yield value.source
    if isinstance(value, Paragraph | Heading):  # so is most, and lines of text hold none
        return
    for part in _parts(value):
        yield from sources(part)


def _parts(value: object) -> tuple[object, ...]:
    """Give what a value or a tuple holds."""
    if isinstance(value, tuple):
        return value
    return contents(value) if is_value(type(value)) else ()


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
            case Header():
                left, right = sides(block.slot.blocks) if slots else ((), ())
                _read((*left, *block.own, *right), found, slots)
            case Blank() | Sticker():
                found.append(plain(block.label))
            case Figure() | RuledLines() | Rule():
                pass
            case _:
                assert_never(block)
