"""Document -> plain text, for portals and screen readers: one paragraph a line, nothing wrapped.

The title is underlined with `=`, heads of sections with `-`, all other heads with `~`.
Items open with `- `, `1. ` or `- [ ] `; what belongs to an item is indented by its mark.
A term, a fact and a row of a table are a line: `Term: words`.
A link is `words (address)`.  A blank line stands between paragraphs.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from handouts.document import (
    QR,
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Columns,
    Document,
    Emphasis,
    Ended,
    Figure,
    Header,
    Heading,
    Inline,
    Inlines,
    Item,
    Link,
    NumberedList,
    Panel,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Slot,
    Span,
    Steps,
    Sticker,
    Strip,
    StripCell,
    Strong,
    Sub,
    Sup,
    Table,
    Terms,
    Text,
    on_paper,
    raised,
    sides,
    table_words,
)

_UNDERLINES = {1: "=", 2: "-"}
_LONGEST_UNDERLINE = 60
_FORM = "____"
"""What stands for a place to write on."""

_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})

_Lines = list[str]
"""A paragraph, or lines that stand together."""


def plain_text(document: Document) -> str:
    """Give the whole leaflet as text; of the filler pages only the clinic's words."""
    words = [one for one in document.notes if isinstance(one, Slot) and one.name != "notes"]
    groups = [*_groups(document.blocks), *_groups(tuple(words)), [document.footer.about]]
    return "\n\n".join(["\n".join(lines) for lines in groups if any(lines)]) + "\n"


def _groups(blocks: Blocks) -> Iterator[_Lines]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[_Lines]:  # noqa: C901, PLR0912  (one branch a kind of block)
    match block:
        case Heading(level, content):
            yield _head(line(content), level)
        case Paragraph(content):
            yield [line(content)]
        case Ended(paragraph, end):
            yield [f"{line(paragraph.content)} ({end})"]
        case BulletList(items):
            yield _items(items, ["- "] * len(items))
        case Checklist(items):
            yield _items(items, ["- [ ] "] * len(items))
        case NumberedList(items=items, start=start) | Steps(items, start):
            yield _items(items, [f"{number}. " for number, _ in enumerate(items, start)])
        case Terms(rows):
            yield [own for term, item in rows for own in _term(line(term), item)]
        case Table():
            yield list(_table(block))
        case Strip(cells):
            yield [_fact(cell) for cell in cells]
        case Callout(title=title, blocks=inner, level=level):
            yield _head(line(title), level)
            yield from _groups(inner)
        case Section(heading, inner, side):
            yield from _groups((heading, *side, *inner) if heading else (*side, *inner))
        case Columns(columns):
            yield from (group for column in columns for group in _groups(column))
        case Slot(blocks=inner) | Panel(blocks=inner):
            yield from _groups(inner)
        case Header(slot, own):
            left, right = sides(slot.blocks)
            yield from _groups((*left, *own, *right))
        case Figure(source, alt):
            yield [] if source.startswith(QR) else [alt]
        case Blank(label):
            yield [_labelled(line(label), _FORM)]
        case RuledLines(count):
            yield [_FORM] * count
        case Sticker(label):
            yield [line(label)]
        case Rule():
            return
        case _:
            assert_never(block)


def _head(words: str, level: int) -> _Lines:
    """A head over its underline."""
    if not words:
        return []
    return [words, _UNDERLINES.get(level, "~") * min(len(words), _LONGEST_UNDERLINE)]


def _items(items: Iterable[Item], marks: Iterable[str]) -> _Lines:
    return [own for item, mark in zip(items, marks, strict=True) for own in _marked(item, mark)]


def _marked(item: Item, mark: str) -> Iterator[str]:
    """An item's lines: the first behind its mark, the others below it."""
    lines = [own for group in _groups(item) for own in group] or [""]
    yield f"{mark}{lines[0]}".rstrip()
    yield from (f"{' ' * len(mark)}{own}" for own in lines[1:])


def _term(term: str, item: Item) -> Iterator[str]:
    """A term with what is said of it on its line, or below it."""
    match item:
        case (Paragraph(content), *rest):
            yield _labelled(term, line(content))
        case rest:
            yield _labelled(term, "")
    yield from (f"  {own}" for group in _groups(tuple(rest)) for own in group)


def _fact(cell: StripCell) -> str:
    return _labelled(line(cell.label), line(cell.content))


def _labelled(label: str, words: str) -> str:
    if not label or not words:
        return label or words
    return f"{label} {words}" if label[-1] in ":?!.–" else f"{label}: {words}"


def _table(table: Table) -> Iterator[str]:
    """The heads in a line, then a line for each row; some tables have a head before each cell."""
    words = table_words(table)
    for row in (*words.head, *words.rows):
        cells = [_labelled(line(cell.name), _cell(cell.item)) for cell in row.cells]
        yield _labelled(_cell(row.first), "; ".join(cells))


def _cell(blocks: Blocks) -> str:
    return " ".join([own for group in _groups(blocks) for own in group])


# ---- inline ------------------------------------------------------------------------------------


def line(content: Inlines) -> str:
    """Give inline content as one line: white space folded, addresses behind the words of links."""
    return " ".join("".join([_inline(part) for part in content]).translate(_SPACES).split())


def _inline(part: Inline) -> str:
    match part:
        case Text(text):
            return text
        case Strong(content) | Emphasis(content) | Sub(content) | Span(_, content):
            return "".join([_inline(own) for own in content])
        case Sup(content):
            return raised("".join([_inline(own) for own in content]))
        case Link(href):
            return _link(href, line(on_paper(part)))
        case _:
            assert_never(part)


def _link(href: str, words: str) -> str:
    """A link's words, and its address where they do not show it."""
    scheme, _, rest = href.partition(":")
    if scheme in ("tel", "mailto") or words in (href, rest):
        return words
    return href if words in ("", rest.strip("/")) else f"{words} ({href})"
