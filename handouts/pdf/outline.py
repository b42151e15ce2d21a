"""The outline (ISO 32000-1, 12.3.3): bookmarks that lead to headings."""

from collections.abc import Mapping, Sequence

from handouts.marks import Page
from handouts.pdf.objects import FileDocument
from handouts.pdf.syntax import number, text_string
from handouts.structure import StructureElement

_ROOT = -1
"""Stands for the outline itself among the entries."""


def write_outline(
    document: FileDocument,
    pages: Sequence[Page],
    numbers: Sequence[bytes],
    order: Mapping[StructureElement, int],
    targets: Mapping[StructureElement, bytes],
) -> int | None:
    """Add the outline, all of it open.

    Args:
        document: The document.
        pages: Pages, with their bookmarks; the outline has them in the elements' order.
        numbers: References to the pages.
        order: Elements -> their place in reading order.
        targets: References to the elements that entries lead to, if they do (ISO 14289-2, 8.8).

    Returns:
        The object number of the outline, or None when no page has a bookmark.
    """
    bookmarks = [
        (on, bookmark)
        for on, page in zip(numbers, pages, strict=True)
        for bookmark in page.bookmarks
    ]
    if not bookmarks:
        return None
    bookmarks.sort(key=lambda one: order[one[1].element.real])  # pages may be imposed
    parents = _parents([bookmark.level for _, bookmark in bookmarks])
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    entries = {index: document.reserve() for index in range(_ROOT, len(bookmarks))}
    for index, (page, bookmark) in enumerate(bookmarks):
        document.fill(
            entries[index],
            b"<</Title%b/Parent %d 0 R%b%b/A%b>>"
            % (
                text_string(bookmark.title),
                entries[parents[index]],
                _neighbours(index, children[parents[index]], entries),
                _below(index, children, entries),
                _destination(page, bookmark.y, targets.get(bookmark.element.real)),
            ),
        )
    document.fill(entries[_ROOT], b"<</Type/Outlines%b>>" % _below(_ROOT, children, entries))
    return entries[_ROOT]


def _parents(levels: Sequence[int]) -> list[int]:
    """Give the index of each entry's parent: the nearest one before it of a lower level."""
    parents, above = [], [(0, _ROOT)]
    for index, level in enumerate(levels):
        while above[-1][0] >= level > 0:
            above.pop()
        parents.append(above[-1][1])
        above.append((level, index))
    return parents


def _neighbours(index: int, siblings: Sequence[int], entries: Mapping[int, int]) -> bytes:
    place = siblings.index(index)
    before = b"/Prev %d 0 R" % entries[siblings[place - 1]] if place else b""
    after = b"/Next %d 0 R" % entries[siblings[place + 1]] if siblings[place + 1 :] else b""
    return before + after


def _below(index: int, children: Mapping[int, list[int]], entries: Mapping[int, int]) -> bytes:
    below = children.get(index)
    if not below:
        return b""
    ends = entries[below[0]], entries[below[-1]]
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (*ends, _descendants(index, children))


def _descendants(index: int, children: Mapping[int, list[int]]) -> int:
    below = children.get(index, [])
    return len(below) + sum([_descendants(child, children) for child in below])


def _destination(page: bytes, y: float, element: bytes | None) -> bytes:
    """Go to a height on a page; readers that know structure destinations go to the element."""
    view = b"/XYZ 0 %b 0" % number(y).encode()
    go = b"<</S/GoTo/D[%b%b]" % (page, view)
    return go + (b">>" if element is None else b"/SD[%b%b]>>" % (element, view))
