"""Plain text cut into pieces: paragraphs, list items, marked headings, each with its line."""

import re
from collections.abc import Callable
from typing import Literal

from handouts.values import frozen, replace

_HEADING = re.compile(r"(#{1,6})[ \t]+(\S(?:.*\S)?)")
_ITEM = re.compile(r"([ \t]*)(?:[-•*·◦▪●○‣∙]|([1-9]\d{0,2})[.)])[ \t]+(\S.*)")
_DASHED = re.compile(r"([ \t]*)–(?=[ \t]+\S)")
_STEP, _DEEPEST = 2, 8
"""An item indented by so many more spaces belongs to the item above it; deeper ones are not told apart."""


@frozen(kw_only=False)
class Piece:
    """A stretch of text without a blank line.

    Args:
        line: Its first line, from 1.
        kind: What its marks say; a `number` is an item "1. ..." that may yet be a title.
        text: Its words on one line, without list or heading marks.
        lines: How many lines it had.
        level: Of a marked heading.
        number: Of a numbered item.
        depth: How far the item is indented: one that is deeper than another stands below it.
        parted: A blank line stands above it.
        raw: An item's words with its mark or number, as they are written.
        sure: How sure it is that a heading is one, from 0 to 1.
    """

    line: int
    kind: Literal["text", "bullet", "number", "heading"]
    text: str
    lines: int = 1
    level: int = 0
    number: int = 0
    depth: int = 0
    parted: bool = True
    raw: str = ""
    sure: float = 1.0


def pieces(
    text: str, stands_alone: Callable[[str], bool], *, by_line: bool = False
) -> tuple[Piece, ...]:
    """Cut text at blank lines, at list items and at headings.

    Args:
        text: With line feeds as line ends.
        stands_alone: Tells of a line that it is a piece by itself wherever it stands.
        by_line: Each line is a piece.
    """
    found: list[Piece] = []
    more: list[str] = []
    parted, closed = True, True
    marked = without_dashes(text).split("\n")
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if not words:
            parted, closed = True, True
            continue
        alone = by_line or stands_alone(words)
        piece = piece_of(number, marked[number - 1], words)
        if piece.kind == "text" and not closed and not alone:
            more.append(words)
        else:
            _complete(found, more)
            more = []
            found.append(replace(piece, parted=parted))
            closed = alone or piece.kind == "heading"
        parted = False
    _complete(found, more)
    return tuple(found)


def without_dashes(text: str) -> str:
    """Write `- ` before the items of lists that have `– `; a single such line is no list."""
    if "–" not in text:
        return text
    lines = text.split("\n")
    own = [at for at, line in enumerate(lines) if line.strip() and not _goes_on(line)]
    dashed = [at for at in own if _DASHED.match(lines[at])]
    rank = {at: number for number, at in enumerate(own)}
    ranks = {rank[at] for at in dashed}
    for at in dashed:
        if ranks & {rank[at] - 1, rank[at] + 1}:
            lines[at] = _DASHED.sub(r"\1-", lines[at], count=1)
    return "\n".join(lines)


def _goes_on(line: str) -> bool:
    """Tell whether a line is the rest of the item above it: indented, or in small letters."""
    return not _DASHED.match(line) and (line[0].isspace() or line[0].islower())


def _complete(found: list[Piece], more: list[str]) -> None:
    """Add further lines to the last piece."""
    if more:
        last = found[-1]
        rest = " ".join(more)
        raw = f"{last.raw} {rest}" if last.raw else ""
        found[-1] = replace(last, text=f"{last.text} {rest}", raw=raw, lines=1 + len(more))


def piece_of(number: int, line: str, words: str) -> Piece:
    """Make a piece of one line; `words` is the line as it is written, without spaces round it."""
    if heading := marked_heading(words):
        level, title = heading
        return Piece(number, "heading", title, level=level)
    if item := _ITEM.fullmatch(line.rstrip()):
        depth = min(len(item[1].expandtabs(4)) // _STEP, _DEEPEST)
        kind: Literal["bullet", "number"] = "number" if item[2] else "bullet"
        return Piece(number, kind, item[3], number=int(item[2] or 0), depth=depth, raw=words)
    return Piece(number, "text", words)


def marked_heading(words: str) -> tuple[int, str] | None:
    """Give the level and the title of a line "## Title ##", without spaces round it."""
    heading = _HEADING.fullmatch(words)
    if heading is None:
        return None
    title = heading[2]
    before = title.rstrip("#")
    closed = before != title and before.endswith((" ", "\t"))
    return len(heading[1]), before.rstrip() if closed else title
