"""Pieces of plain text made into blocks: paragraphs, lists, sub-headings."""

from collections.abc import Iterator, Sequence

from handouts.document import Block, BulletList, Heading, Item, Paragraph, Steps
from handouts.sources.marked_text import inlines
from handouts.sources.pieces import Piece
from handouts.sources.reading import Joined, Notes


def blocks(found: Sequence[Piece], notes: Notes) -> Iterator[Block]:
    """Yield the blocks of pieces; a list parted by blank lines only is one list, and reported."""
    for run in _runs(found):
        first = run[0]
        match first.kind:
            case "text":
                yield Paragraph(inlines(first.text))
            case "heading":
                yield Heading(3, inlines(first.text))
            case "number":
                yield Steps(_items(run, notes), first.number)
            case "bullet":
                yield BulletList(_items(run, notes))
        _report_joins(run, notes)


def _runs(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield each list as one run of pieces, everything else by itself."""
    run: list[Piece] = []
    number = 0
    for piece in found:
        if run and not _goes_on(run[0], piece, number):
            yield run
            run = []
        run.append(piece)
        if piece.depth <= run[0].depth:
            number = piece.number
    if run:
        yield run


def _goes_on(first: Piece, piece: Piece, number: int) -> bool:
    """Tell whether a piece belongs to the list that begins with `first` and stands at `number`."""
    if first.kind not in ("bullet", "number") or piece.kind not in ("bullet", "number"):
        return False
    if piece.depth > first.depth:
        return True
    return piece.kind == first.kind and (piece.kind == "bullet" or piece.number == number + 1)


def _items(run: list[Piece], notes: Notes) -> tuple[Item, ...]:
    """Make the items of a list; those that stand below another one are a list in it."""
    groups: list[list[Piece]] = []
    for piece in run:
        if groups and piece.depth > run[0].depth:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(
        (
            Paragraph(inlines(group[0].text)),
            *blocks(group[1:], notes),
        )
        for group in groups
    )


def _report_joins(run: list[Piece], notes: Notes) -> None:
    if run[0].kind == "text" and run[0].lines > 1:
        what = f"{run[0].lines} lines without a blank line between them, read as one paragraph"
        notes.joined.append(Joined(run[0].line, what))
    seams = [piece for piece in run[1:] if piece.parted]
    if seams:
        what = f"{len(seams) + 1} pieces of a list, parted by blank lines, {len(run)} items"
        notes.joined.append(Joined(seams[0].line, what))
