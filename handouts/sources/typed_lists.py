"""Lists that were typed as paragraphs, with numbers or signs at their beginning."""

import re
from collections.abc import Iterator

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Inlines,
    Item,
    Paragraph,
    Steps,
    Text,
    plain,
)
from handouts.sources.marked_text import merged
from handouts.sources.reading import Joined, Notes

_TYPED = re.compile(r"(?:([1-9]\d?)\s*(?:\.-|[.)])|[•·▪◦●*–-])\s+(?=\S)")


def with_lists(found: Blocks, notes: Notes, line: int) -> Blocks:
    """Make lists of two or more paragraphs in a row with typed numbers in order, or typed signs."""
    return tuple(_with_lists(found, notes, line))


def _with_lists(found: Blocks, notes: Notes, line: int) -> Iterator[Block]:
    run: list[Block] = []
    for block in (*found, None):
        if block is not None and _goes_on(run, block):
            run.append(block)
            continue
        yield from _made(run, notes, line)
        run = []
        if block is not None and _number(block) in (0, 1):
            run.append(block)
        elif block is not None:
            yield block


def _goes_on(run: list[Block], block: Block) -> bool:
    """Tell whether a block is the next item of a run, or a list below its last one."""
    if not run:
        return False
    last, number = run[-1], _number(block)
    if isinstance(block, BulletList):
        return isinstance(last, Paragraph) and plain(last.content).rstrip().endswith(":")
    before = next(found for item in reversed(run) if (found := _number(item)) is not None)
    return number == (before + 1 if before else 0)


def _number(block: Block) -> int | None:
    """Give the number typed before a paragraph, 0 for a sign, None for neither."""
    match block:
        case Paragraph(content=(Text(words), *_)) if typed := _TYPED.match(words):
            return int(typed[1] or 0)
    return None


def _made(run: list[Block], notes: Notes, line: int) -> Iterator[Block]:
    items: list[Item] = []
    for block in run:
        if isinstance(block, Paragraph):
            items.append((Paragraph(_without_mark(block.content)),))
        else:
            items[-1] = (*items[-1], block)
    if len(items) < 2:  # noqa: PLR2004  (one paragraph is no list)
        yield from run
        return
    notes.joined.append(Joined(line, f"{len(items)} paragraphs with typed marks, read as a list"))
    yield Steps(tuple(items)) if _number(run[0]) else BulletList(tuple(items))


def _without_mark(content: Inlines) -> Inlines:
    match content:
        case (Text(words), *rest) if typed := _TYPED.match(words):
            return merged((words[typed.end() :], *rest))
    return content
