"""Walking through documents: every block at any depth, the heads, the kinds of blocks."""

from collections.abc import Iterator

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Columns,
    Document,
    Header,
    Heading,
    NumberedList,
    Panel,
    Section,
    Slot,
    Steps,
    Table,
    Terms,
    plain,
)


def walk(blocks: Blocks) -> Iterator[Block]:
    """Yield every block, those inside others too."""
    for block in blocks:
        yield block
        for inner in _inside(block):
            yield from walk(inner)


def _inside(block: Block) -> Iterator[Blocks]:
    match block:
        case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
            yield from items
        case Columns(columns):
            yield from columns
        case Terms(rows):
            yield from (said for _, said in rows)
        case Table(head, rows):
            yield from (cell.blocks for row in (*head, *rows) for cell in row)
        case Section(heading, inner, side):
            yield (heading,) if heading else ()
            yield side
            yield inner
        case Header(slot, own):
            yield (slot, *own)
        case Callout(blocks=inner) | Slot(blocks=inner) | Panel(blocks=inner):
            yield inner
        case _:
            return


def heads(document: Document) -> list[str]:
    """Give the words of the section heads, in order; boxes' titles are none."""
    found = [block for block in walk(document.blocks) if isinstance(block, Heading)]
    return [plain(head.content) for head in found if head.level == 2]


def kinds(blocks: Blocks) -> set[str]:
    """Name the kinds of blocks there are."""
    return {type(block).__name__ for block in walk(blocks)}


def sections(document: Document) -> list[tuple[str, Blocks]]:
    """Give the head and blocks of each section with a head in the flow of the text."""
    return [
        (plain(block.heading.content), block.blocks)
        for block in document.blocks
        if isinstance(block, Section) and block.heading and block.place == "flow"
    ]


def callouts(document: Document, kind: str) -> list[Callout]:
    """Give the boxes of a kind."""
    boxes = [block for block in walk(document.blocks) if isinstance(block, Callout)]
    return [box for box in boxes if box.kind == kind]
