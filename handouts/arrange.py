"""What the reader's arrangement does to an article's blocks; the source's arrangement never calls it.

Nothing is reworded: blocks are moved, boxed, or drawn as another kind of list.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Inline,
    Inlines,
    NumberedList,
    Paragraph,
    Steps,
    Text,
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


@frozen(kw_only=False)
class Opened:
    """The first sentences of a summary, for a cover; boxes that come at once; and the rest."""

    lead: Blocks
    boxes: Blocks
    rest: Blocks


_SENTENCE = r"(?<=\w\w\w[.!?])\s+(?=[^\W\d_a-z]|[¿¡“\"(])"
"""The white after a sentence: not after a short word, which may be short for another."""

_LONGER = 1.6
"""A first sentence may be longer than a cover's lead should be, by so much."""


def opened(summary: Blocks, most: int) -> Opened:
    """Part a summary: all sentences of its first paragraph that fit into so many characters, and the rest.

    What leads into a list stays with it.
    """
    match summary:
        case (Paragraph(content, role, icon) as first, *rest):
            words = plain(content)
            if len(words) <= most and not (rest and _leads(first)):
                return _opened((first,), rest)
            for start, end in _ends(words, most):
                parts = _cut(content, start, end)
                if parts:
                    lead, more = (Paragraph(part, role, icon) for part in parts)
                    return _opened((lead,), (more, *rest))
    return _opened((), summary)


def _opened(lead: Blocks, rest: Sequence[Block]) -> Opened:
    boxes = tuple(takewhile(lambda block: isinstance(block, Callout), rest))
    return Opened(lead, boxes, tuple(rest[len(boxes) :]))


def _ends(words: str, most: int) -> list[tuple[int, int]]:
    """Where white parts sentences: the last that fits first, else the first sentence's own."""
    found = [mark.span() for mark in re.finditer(_SENTENCE, words)]
    fitting = [span for span in found if span[0] <= most]
    return fitting[::-1] or [span for span in found[:1] if span[0] <= most * _LONGER]


def _cut(content: Inlines, start: int, end: int) -> tuple[Inlines, Inlines] | None:
    """Part content at white between two places of its words; None where a mark stands over it."""
    before: list[Inline] = []
    at = 0
    for number, part in enumerate(content):
        words = plain((part,))
        if at + len(words) > start:
            if not isinstance(part, Text) or at + len(words) < end:
                return None
            left, right = part.text[: start - at], part.text[end - at :]
            behind = [Text(right)] if right else []
            return (*before, *([Text(left)] if left else [])), (*behind, *content[number + 1 :])
        before.append(part)
        at += len(words)
    return None


def characters(blocks: Blocks) -> int:
    """Count the characters of blocks."""
    return sum([len(words) for words in texts(blocks)])


def _leads(block: Block) -> bool:
    """Whether a block is a line that opens a list."""
    return isinstance(block, Paragraph) and plain(block.content).rstrip().endswith(":")
