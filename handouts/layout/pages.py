"""A document -> pages and the structure tree: the top of the layout."""

from collections.abc import Iterator
from typing import Literal

from handouts.document import Blocks, Document, Footer
from handouts.layout.boxes import placed
from handouts.layout.flow import lay_out_blocks
from handouts.layout.footer import footer_marks, is_whole
from handouts.layout.paginate import Placed, paginate
from handouts.layout.setter import Setter
from handouts.marks import Bookmark, Mark, Page, TextMark
from handouts.structure import StructureElement
from handouts.values import frozen, replace

NotesPolicy = Literal["odd", "always", "never"]


@frozen(kw_only=False, eq=False)
class Layout:
    """The pages, and the structure tree whose content they are."""

    pages: tuple[Page, ...]
    root: StructureElement


def lay_out(document: Document, setter: Setter, notes: NotesPolicy) -> Layout:
    """Lay out a document.

    Args:
        document: What to set.
        setter: The theme on a paper, with faces and pictures.
        notes: When the filler pages are added: when the text ends on an odd page, always, never.

    Raises:
        LayoutError: Something fits no page.
        SlotError: The clinic's words do not fit their slot.
    """
    root = StructureElement("Document", language=document.language)
    pages = _pages(document.blocks, setter, root)
    if notes == "always" or (notes == "odd" and len(pages) % 2):
        pages += _pages(document.notes, setter, root)
    made = [
        _page(page, document.footer, setter, number, len(pages))
        for number, page in enumerate(pages, 1)
    ]
    setter.warnings.extend(_crowded(pages))
    if not is_whole(document.footer, setter):
        setter.warnings.append("the footer is cut: give the article a shorter number")
    return Layout(tuple(made), root)


_MOST_BOXES = 3
"""Framed boxes on a page; readers stop seeing more."""


def _crowded(pages: list[list[Placed]]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        boxes = sum([one.box.frames for one in page])
        if boxes > _MOST_BOXES:
            yield f"page {number} has {boxes} boxes; readers notice up to {_MOST_BOXES}"


def _pages(blocks: Blocks, setter: Setter, root: StructureElement) -> list[list[Placed]]:
    boxes = lay_out_blocks(blocks, setter, setter.full, root)
    return paginate(boxes, setter.body_height)


def _page(page: list[Placed], footer: Footer, setter: Setter, number: int, total: int) -> Page:
    """One page's marks: its text and, last, its footer."""
    paper, top = setter.paper, setter.paper.height - setter.theme.page.top
    marks: list[Mark] = []
    bookmarks: list[Bookmark] = []
    for one in page:
        y = top - one.depth
        for part in one.box.parts:
            _add(marks, placed(part, y))
        bookmarks += [replace(mark, y=y) for mark in one.box.bookmarks]
    marks += footer_marks(footer, setter, number, total)
    return Page(paper.width, paper.height, tuple(marks), tuple(bookmarks))


def _add(marks: list[Mark], mark: Mark) -> None:
    """Append a mark; a line that follows the line above it in the same text joins its mark."""
    last = marks[-1] if marks else None
    if (
        isinstance(mark, TextMark)
        and isinstance(last, TextMark)
        and last.elements is mark.elements
        and last.setting is mark.setting
        and last.last == mark.first
        and abs(last.y - (last.last - last.first) * mark.setting.leading - mark.y) < 0.01  # noqa: PLR2004  (a hundredth of a point)
    ):
        marks[-1] = replace(last, last=mark.last)
    else:
        marks.append(mark)
