"""What the reader's arrangement does to an article's blocks; the source's arrangement never calls it.

Nothing is reworded: blocks are moved, boxed, or drawn as another kind of list.
"""

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Checklist,
    Inlines,
    NumberedList,
    Paragraph,
    Steps,
    plain,
    texts,
)
from handouts.values import frozen

LONG_LIST = 9
"""A list of at least so many items, with its lead, makes a section of its own."""


@frozen(kw_only=False)
class Boxed:
    """A list whose lead became a box's title, and what stood after it."""

    title: Inlines
    blocks: Blocks
    rest: Blocks


@frozen(kw_only=False)
class Parted:
    """Blocks without their long list, and the long list with its lead."""

    kept: Blocks
    long: Blocks


def boxed(blocks: Blocks) -> Boxed | None:
    """Turn an opening "Tell your provider:" and its list into a box with things to tick off."""
    match blocks:
        case (Paragraph(title) as lead, (BulletList() | Checklist()) as things, *rest) if _leads(
            lead
        ):
            return Boxed(title, (Checklist(things.items),), tuple(rest))
        case _:
            return None


def sequence(blocks: Blocks, step_words: tuple[str, ...]) -> Blocks:
    """Number a bulleted list whose lead says that it is a sequence ("in the following steps:")."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else None
        match block:
            case BulletList(items) if (
                isinstance(before, Paragraph)
                and _leads(before)
                and any(
                    word in plain(before.content).casefold().rstrip(": ").split()
                    for word in step_words
                )
            ):
                made.append(Steps(items))
            case _:
                made.append(block)
    return tuple(made)


def parted(blocks: Blocks) -> Parted:
    """Take the long list off the end of a section, with the line that leads into it.

    A section with other lists, or with text behind the list, stays whole: they belong together.
    """
    lists = [block for block in blocks if isinstance(block, BulletList | NumberedList)]
    if len(lists) != 1 or lists[0] is not blocks[-1] or len(lists[0].items) < LONG_LIST:
        return Parted(blocks, ())
    start = len(blocks) - 1
    if start and _leads(blocks[start - 1]):
        start -= 1
    return Parted(blocks[:start], blocks[start:])


def characters(blocks: Blocks) -> int:
    """Count the characters of blocks."""
    return sum([len(words) for words in texts(blocks)])


def _leads(block: Block) -> bool:
    """Whether a block is a line that opens a list."""
    return isinstance(block, Paragraph) and plain(block.content).rstrip().endswith(":")
