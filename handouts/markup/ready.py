"""What need not be parsed: the fillings of slots, and blocks that parsing would only give again."""

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Checklist,
    Inlines,
    NumberedList,
    Paragraph,
    Steps,
    Text,
)
from handouts.values import frozen


@frozen(kw_only=False, eq=False)
class Filling:
    """What fills a slot, parsed alone: its blocks, and the tags of its heads as they are read."""

    blocks: Blocks
    heads: tuple[str, ...] = ()


@frozen(kw_only=False, eq=False)
class Ready:
    """What stands in the places that markup keeps for it, by number.

    `<slot name="..." number="0"/>` is the place of a filling, and of that only;
    `<blocks number="0"/>` one of blocks.
    """

    fillings: tuple[Filling, ...] = ()
    blocks: tuple[Blocks, ...] = ()


NOTHING = Ready()
"""Nothing is ready: all stands in the markup."""


def is_settled(block: Block) -> bool:
    """Whether parsing what is written of a block surely gives the block again, wherever it stands.

    Heads have to fit in, and white space is folded; most blocks are plain words.
    """
    match block:
        case Paragraph():
            return _is_plain(block.content)
        case BulletList() | NumberedList() | Steps() | Checklist():
            inner = [one for item in block.items for one in item]
            return bool(block.items) and all(map(is_settled, inner))
        case _:
            return False


def _is_plain(content: Inlines) -> bool:
    if len(content) != 1 or not isinstance(content[0], Text):
        return False
    words = content[0].text
    return words.isprintable() and "  " not in words and words.strip(" ") == words != ""
