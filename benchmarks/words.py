"""What a leaflet says, as (role, text) rows for the plain script: the very words of our document."""

from collections.abc import Iterator

from handouts.document import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Columns,
    Heading,
    NumberedList,
    Paragraph,
    Section,
    Slot,
    Steps,
    Sticker,
    Strip,
    Table,
    Terms,
    plain,
)

_ROLES = {"lead": "lead", "fine": "fine", "fine_12": "fine", "side": "fine", "kicker": "label"}


def rows(blocks: Blocks, role: str = "body") -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of blocks in reading order, each with the style it is drawn in."""
    for block in blocks:
        yield from _rows(block, role)


def _rows(block: Block, role: str) -> Iterator[tuple[str, str]]:  # noqa: C901, PLR0912
    match block:
        case Heading(level, content):
            yield ("title" if level == 1 else "head", plain(content))
        case Paragraph(content, name):
            yield (_ROLES.get(name, role), plain(content))
        case BulletList(items) | Steps(items) | Checklist(items):
            for item in items:
                yield from rows(item, "item")
        case NumberedList(items):
            for item in items:
                yield from rows(item, "fine")
        case Terms(pairs):
            for term, item in pairs:
                yield ("label", plain(term))
                yield from rows(item, role)
        case Table(head, body):
            for row in (*head, *body):
                for cell in row:
                    yield from rows(cell.blocks, "label" if cell.header else role)
        case Callout(title=title, blocks=inner):
            yield ("label", plain(title))
            yield from rows(inner, role)
        case Columns(columns):
            for column in columns:
                yield from rows(column, role)
        case Strip(cells):
            for cell in cells:
                yield ("label", plain(cell.label))
                yield (role, plain(cell.content))
        case Section(heading, inner, side):
            yield from rows((heading,) if heading else ())
            yield from rows(side, role)
            yield from rows(inner, role)
        case Slot(blocks=inner):
            yield from rows(inner, role)
        case Blank(label) | Sticker(label):
            yield ("label", plain(label))
