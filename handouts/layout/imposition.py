"""Imposition: pages of a folded leaflet on the sheets it is printed on.

A sheet has two sides; the paper is printed on its long edge as width, and turned over its short
edge, so that the same edge is on top.
"""

from collections.abc import Iterator, Sequence

from handouts.errors import LayoutError
from handouts.layout.shapes import vertical
from handouts.marks import Bookmark, Mark, Page, ShapeMark
from handouts.theme.editions import Fold, Panel
from handouts.units import Paper
from handouts.values import frozen, replace


@frozen(kw_only=False)
class Leaf:
    """A page before imposition; `name` is the panel it must be on, "" where text flows.

    `number` is its place in reading order.
    """

    name: str
    page: Page
    number: int = 0


@frozen(kw_only=False)
class _Spot:
    """A place on a sheet's side: what is there (None: nothing), and by how much it is moved right."""

    leaf: Leaf | None
    x: float


def leaves_of_a_sheet(fold: Fold) -> int:
    """How many pages one sheet of paper holds."""
    match fold.kind:
        case "booklet":
            return 4
        case "panels":
            return max(
                [len(panels) + len(fold.inside[paper]) for paper, panels in fold.outside.items()]
            )
        case _:
            return 2


def leaf_paper(fold: Fold, sheet: Paper) -> Paper:
    """The size of one page before imposition.

    Panels have the text width of the narrowest one, so that text can run from one to the next.
    """
    match fold.kind:
        case "booklet":
            return Paper(sheet.name, sheet.height / 2, sheet.width)
        case "panels":
            return Paper(sheet.name, min([width for _, width in _panels(fold, sheet)]), sheet.width)
        case _:
            return sheet


def flowing_panels(fold: Fold, sheet: Paper) -> int:
    """How many panels there are for text that flows; 0 where a leaflet has as many pages as it needs."""
    if fold.kind != "panels":
        return 0
    return len([name for name, _ in _panels(fold, sheet) if name.isdigit()])


def _panels(fold: Fold, sheet: Paper) -> tuple[Panel, ...]:
    return (*fold.outside[sheet.name], *fold.inside[sheet.name])


def impose(leaves: Sequence[Leaf], fold: Fold, sheet: Paper) -> tuple[Page, ...]:
    """Put pages on the sides of sheets, in the order in which the sides are printed.

    Raises:
        LayoutError: The fold has no panel for a page.
    """
    if fold.kind == "booklet":
        return tuple([_side(side, sheet, ()) for side in _booklet(leaves, sheet)])
    return tuple(_folded(leaves, fold, sheet))


def _side(spots: Sequence[_Spot], sheet: Paper, ticks: Sequence[Mark]) -> Page:
    """One side of a sheet: the marks of its pages, moved to their places."""
    marks: list[Mark] = []
    bookmarks: list[Bookmark] = []
    leaves: list[tuple[int, int]] = []
    for spot in spots:
        if spot.leaf is not None:
            marks += [replace(mark, x=mark.x + spot.x) for mark in spot.leaf.page.marks]
            bookmarks += spot.leaf.page.bookmarks
            leaves.append((len(spot.leaf.page.marks), spot.leaf.number))
    return Page(sheet.height, sheet.width, (*marks, *ticks), tuple(bookmarks), tuple(leaves))


# ---- booklet -----------------------------------------------------------------------------------


def _booklet(leaves: Sequence[Leaf], sheet: Paper) -> Iterator[list[_Spot]]:
    """Pair pages for saddle stitching: each pair's numbers add up to one more than their count."""
    count = -(-len(leaves) // 4) * 4
    half = sheet.height / 2

    def spot(number: int, x: float) -> _Spot:
        return _Spot(leaves[number - 1] if number <= len(leaves) else None, x)

    for n in range(0, count // 2, 2):
        yield [spot(count - n, 0.0), spot(1 + n, half)]
        yield [spot(2 + n, 0.0), spot(count - 1 - n, half)]


# ---- panels ------------------------------------------------------------------------------------


def _folded(leaves: Sequence[Leaf], fold: Fold, sheet: Paper) -> Iterator[Page]:
    """The outside and the inside of a sheet that is folded twice."""
    flowing = [leaf for leaf in leaves if not leaf.name]
    there = {str(number): leaf for number, leaf in enumerate(flowing, 1)}
    there |= {leaf.name: leaf for leaf in leaves if leaf.name}
    missing = set(there) - {name for name, _ in _panels(fold, sheet)}
    if missing:
        raise LayoutError(f"the fold has no panel {min(missing)!r}")
    for panels in (fold.outside[sheet.name], fold.inside[sheet.name]):
        yield _side(
            list(_spots(panels, there, fold, sheet)), sheet, list(_ticks(panels, fold, sheet))
        )


def _spots(
    panels: tuple[Panel, ...], there: dict[str, Leaf], fold: Fold, sheet: Paper
) -> Iterator[_Spot]:
    """Where each panel's page goes: its text in the middle of what the margins leave."""
    narrow = leaf_paper(fold, sheet).width
    left = 0.0
    for number, (name, width) in enumerate(panels):
        first, last = number == 0, number == len(panels) - 1
        start = fold.margin if first else fold.fold_margin
        end = fold.margin if last else fold.fold_margin
        text = narrow - fold.margin - fold.fold_margin
        inset = start + (width - start - end - text) / 2
        yield _Spot(there.get(name), left + inset - fold.margin)
        left += width


def _ticks(panels: tuple[Panel, ...], fold: Fold, sheet: Paper) -> Iterator[ShapeMark]:
    """Short marks at the head and the foot of each fold."""
    x = 0.0
    for _, width in panels[:-1]:
        x += width
        for y in (fold.tick_edge, sheet.width - fold.tick_edge - fold.tick):
            path = vertical(fold.tick)
            yield ShapeMark(x, y, path, stroke="rule", width=0.5)
