"""A document -> pages and the structure tree: the top of the layout."""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from handouts.document import Blocks, Document, Panel, Section
from handouts.layout.boxes import marks_of
from handouts.layout.footer import Feet, is_whole
from handouts.layout.frames import fill_pages
from handouts.layout.imposition import Leaf, impose, leaves_of_a_sheet
from handouts.layout.paginate import NoRoom, Placed
from handouts.layout.setter import Setter
from handouts.marks import Bookmark, Page
from handouts.structure import StructureElement
from handouts.values import frozen

NotesPolicy = Literal["odd", "always", "never"]


@frozen(kw_only=False, eq=False)
class Layout:
    """The pages, the structure tree whose content they are, and whether they are imposed."""

    pages: tuple[Page, ...]
    root: StructureElement
    folded: bool = False


class TooLong(NoRoom):
    """The text needs more pages than the edition or the user allows.

    `needed` and `allowed` are numbers of pages before imposition; `panel` is the one that is too
    full, "" when it is all of them together.
    """

    def __init__(self, needed: int, allowed: int, panel: str = "") -> None:
        self.needed, self.allowed, self.panel = needed, allowed, panel
        self.excess = (1.0 if panel else 0.0, needed)
        what = f"the panel {panel!r}" if panel else "the text"
        super().__init__(
            f"{what} needs {needed} pages, {needed - allowed} more than the {allowed} it may have",
            hint="Allow more pages, or choose another edition",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return TooLong, (self.needed, self.allowed, self.panel)


@frozen
class _Filled:
    """A page's content before it is drawn; `name` is its panel's, "" where text flows."""

    name: str
    page: list[Placed]


def lay_out(
    document: Document,
    setter: Setter,
    notes: NotesPolicy,
    *,
    most: int = 0,
    imposed: bool = True,
) -> Layout:
    """Lay out a document.

    Args:
        document: What to set.
        setter: The theme on a paper, with faces and pictures.
        notes: When the filler pages are added: to fill the last sheet, always, never.
        most: Pages that it may have; 0 means as many as it needs.
        imposed: Whether pages that the theme folds are put together on sheets.

    Raises:
        TooHigh: Something fits no page.
        TooLong: The text needs more pages than it may have.
        SlotError: The clinic's words do not fit their slot.
    """
    root = StructureElement("Document", language=document.language)
    filled = _filled(document, setter, root, notes, most)
    feet = Feet(document.footer, setter, len(filled))
    leaves = [
        Leaf(one.name, _page(one.page, setter, number, feet), number)
        for number, one in enumerate(filled, 1)
    ]
    setter.warnings.extend(_crowded(filled))
    if not is_whole(document.footer, setter):
        setter.warnings.append("the footer is cut: give the article a shorter number")
    if not imposed or setter.theme.fold.kind == "none":
        return Layout(tuple([leaf.page for leaf in leaves]), root)
    return Layout(impose(leaves, setter.theme.fold, setter.sheet), root, folded=True)


_MOST_BOXES = 3
"""Framed boxes on a page; readers stop seeing more."""


def _crowded(pages: list[_Filled]) -> Iterator[str]:
    for number, one in enumerate(pages, 1):
        boxes = sum([placed.box.frames for placed in one.page])
        if boxes > _MOST_BOXES:
            yield f"page {number} has {boxes} boxes; readers notice up to {_MOST_BOXES}"


# ---- filling -----------------------------------------------------------------------------------


def _filled(
    document: Document, setter: Setter, root: StructureElement, notes: NotesPolicy, most: int
) -> list[_Filled]:
    """Fill all pages; panels that end the document come after the notes, as the reader does."""
    runs = list(_runs(document.blocks))
    end = len(runs)
    while end > 1 and isinstance(runs[end - 1][0], Panel):  # the first is where reading begins
        end -= 1
    text = [page for run in runs[:end] for page in _pages(run, setter, root)]
    count = len(text) + len(runs) - end
    if most and count > most:
        raise TooLong(count, most)
    fillers: list[_Filled] = []
    if _has_room(most, count, setter):
        fillers = _fillers(document.notes, setter, root, notes, count)
    elif notes == "always":
        setter.warnings.append(f"no notes page: the leaflet may have {most} pages")
    return [*text, *fillers, *[page for run in runs[end:] for page in _pages(run, setter, root)]]


def _runs(blocks: Blocks) -> Iterator[Blocks]:
    """Part blocks into those that flow together, and panels."""
    for alone, group in groupby(blocks, lambda block: isinstance(block, Panel)):
        run = tuple(group)
        yield from [(panel,) for panel in run] if alone else [run]


def _pages(run: Blocks, setter: Setter, root: StructureElement) -> Iterator[_Filled]:
    """The pages of what flows together, or the one of a panel."""
    name = run[0].name if isinstance(run[0], Panel) else ""
    before = len(root.kids)
    pages = fill_pages(run, setter, root)
    if name and len(pages) > 1:
        del root.kids[before:]
        pages = fill_pages(_needed(run), setter, root)
    if name and len(pages) > 1:
        raise TooLong(len(pages), 1, name)
    yield from (_Filled(name=name, page=page) for page in pages)


def _needed(run: Blocks) -> Blocks:
    """The blocks of panels without those that only fill room that is there."""
    return tuple(
        [
            block
            for panel in run
            for block in (panel.blocks if isinstance(panel, Panel) else (panel,))
            if not (isinstance(block, Section) and block.place == "spare")
        ]
    )


def _fillers(
    blocks: Blocks, setter: Setter, root: StructureElement, notes: NotesPolicy, count: int
) -> list[_Filled]:
    """The notes pages: one that fills the last sheet, or as many of them as its fold leaves free.

    The last ones are taken, since the first stands inside where the last may be the back cover.
    """
    fold = setter.theme.fold
    room = -count % leaves_of_a_sheet(fold)
    if notes == "always" and not room and fold.kind != "panels":
        room = leaves_of_a_sheet(fold)
    if notes == "never" or not room:
        return []
    runs = list(_runs(blocks))
    if fold.kind != "none":
        runs = runs[-room:]
    return [page for run in runs for page in _pages(run, setter, root)]


def _has_room(most: int, count: int, setter: Setter) -> bool:
    """Whether there may be one more page; those that fill a folded sheet cost no paper."""
    return not most or count < most or setter.theme.fold.kind != "none"


# ---- drawing -----------------------------------------------------------------------------------


def _page(page: list[Placed], setter: Setter, number: int, feet: Feet) -> Page:
    """One page's marks: its text and, last, its footer."""
    paper, top = setter.paper, setter.paper.height - setter.theme.page.top
    inner = setter.theme.page.inner if number % 2 else 0.0
    marks = marks_of([(one.box.parts, top - one.depth, one.shift + inner) for one in page])
    marks += feet.marks(number, inner)
    bookmarks = [
        Bookmark(mark.level, mark.title, mark.element, top - one.depth + mark.y)
        for one in page
        for mark in one.box.bookmarks
    ]
    return Page(paper.width, paper.height, tuple(marks), tuple(bookmarks))
