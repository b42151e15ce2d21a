"""A document -> pages and the structure tree: the top of the layout."""

from collections.abc import Iterable
from typing import Literal

from handouts.document import Document, Footer, text
from handouts.layout.boxes import LinePart
from handouts.layout.flow import lay_out_blocks
from handouts.layout.paginate import Placed, paginate
from handouts.layout.setter import Setter
from handouts.layout.shapes import horizontal
from handouts.marks import Bookmark, Mark, Page, ShapeMark, TextMark
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
        _page(placed, document.footer, setter, number, len(pages))
        for number, placed in enumerate(pages, 1)
    ]
    return Layout(tuple(made), root)


def _pages(blocks: tuple, setter: Setter, root: StructureElement) -> list[list[Placed]]:  # type: ignore[type-arg]
    boxes = lay_out_blocks(blocks, setter, setter.full, root)
    return paginate(boxes, setter.body_height)


def _page(placed: list[Placed], footer: Footer, setter: Setter, number: int, total: int) -> Page:
    """One page's marks: its text and, last, its footer."""
    paper, top = setter.paper, setter.paper.height - setter.theme.page.top
    marks: list[Mark] = []
    bookmarks: list[Bookmark] = []
    for one in placed:
        y = top - one.depth
        for part in one.box.parts:
            _add(marks, part.mark(y))
        bookmarks += [replace(mark, y=y) for mark in one.box.bookmarks]
    marks += _footer(footer, setter, number, total)
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


# ---- the footer --------------------------------------------------------------------------------


def _footer(footer: Footer, setter: Setter, number: int, total: int) -> Iterable[Mark]:
    """The hairline, the leaflet's title and number, and `Page n of N`: artifacts."""
    page, column = setter.theme.page, setter.full
    role = setter.role("footer")
    bold = replace(role, face=role.strong)
    count = footer.page.format(page=number, pages=total)
    right = setter.text(text(count), bold, None, column.width)
    width = right.setting.lines[0].width
    room = column.width - width - 12
    left = setter.text(text(_title(footer.title, room, setter)), bold, None, room)
    about = setter.text(text(footer.about), role, None, room)
    base = page.footer_baseline
    yield ShapeMark(
        x=column.left,
        y=page.footer_rule,
        path=horizontal(column.width),
        stroke="line",
        width=0.5,
    )
    yield LinePart(column.left, base, left, 0).mark(0.0)
    after = left.setting.lines[0].width + 8
    if after + about.setting.lines[0].width <= room and len(about.setting.lines) == 1:
        yield LinePart(column.left + after, base, about, 0).mark(0.0)
    else:
        yield LinePart(column.left, page.footer_identifiers, about, 0).mark(0.0)
    yield LinePart(column.left + column.width - width, base, right, 0).mark(0.0)


def _title(title: str, room: float, setter: Setter) -> str:
    """The title, cut at a word when the footer has no room for it: it stands whole on page 1."""
    role = setter.role("footer")
    bold = replace(role, face=role.strong)
    words = title.split()
    while len(words) > 1:
        line = " ".join(words) + ("" if len(words) == len(title.split()) else " …")
        if len(setter.text(text(line), bold, None, room).setting.lines) == 1:
            return line
        words.pop()
    return " ".join(words)
