"""Where the parts' elements go in the packet's tree, so that they are read where they are seen.

Before the packet's elements, behind them, or between two of them: in the root, or in the packet's
Document element when its kids can be told apart by the page behind which the parts stand.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from handouts.packet.parts import AddedTags
from handouts.packet.structure_names import role
from handouts.packet.structure_walk import elements, kids
from handouts.packet.tables import is_table
from handouts.values import frozen

_Object: TypeAlias = Any
_Pages: TypeAlias = list[int]
"""The pages of an element, from 0; none of one that is empty."""


@frozen
class Place:
    """Elements go below `parent`, before what is its kid number `at`."""

    parent: _Object
    at: int


class Places:
    """The places in the tree of a packet with these pages; they move as parts are added."""

    def __init__(self, root: _Object, pages: Sequence[_Object]) -> None:
        self._root = root
        self._numbers = {page.objgen: number for number, page in enumerate(pages)}
        self._own = len(kids(root))
        self._front = self._middle = self._end = 0
        self._division: Place | None = None
        self._document = -1
        self.undivided = False

    def place(self, page: int, tops: int) -> Place:
        """Give the place of a part's `tops` elements, behind so many pages of the packet."""
        if not page:
            self._front += tops
            return Place(parent=self._root, at=self._front - tops)
        if page < len(self._numbers) and (division := self._divided(page)):
            self._middle += tops
            moved = self._middle - tops + (self._front if self._document < 0 else 0)
            return Place(parent=division.parent, at=division.at + moved)
        self._end += tops
        return Place(parent=self._root, at=len(kids(self._root)))

    @property
    def added(self) -> AddedTags:
        """Which elements were added, by their numbers in the tree as it is now."""
        at = self._division.at if self._division else 0
        nested = self._document >= 0
        start = at + (0 if nested else self._front)
        middle = range(start, start + self._middle)
        behind = self._front + self._own + (0 if nested else self._middle)
        ends = (*range(self._front), *range(behind, behind + self._end))
        return AddedTags(
            tops=ends if nested else tuple(sorted((*ends, *middle))),
            document=self._document,
            inside=tuple(middle) if nested else (),
        )

    def _divided(self, page: int) -> Place | None:
        """Find the place between two pages; all parts in the middle stand behind the same page."""
        if self._division is None and not self.undivided:
            self._division = self._find(page)
            self.undivided = self._division is None
        return self._division

    def _find(self, page: int) -> Place | None:
        tops = kids(self._root)[self._front : self._front + self._own]
        pages = [self._pages(top, self._root) for top in tops]
        if (at := _division(pages, page)) is not None:
            return Place(parent=self._root, at=at)
        at = next(n for n, own in enumerate(pages) if not _ends_before(own, page))
        if not (self._is_document(tops[at]) and _begin_behind(pages[at + 1 :], page)):
            return None
        inside = _division([self._pages(kid, tops[at]) for kid in kids(tops[at])], page)
        if inside is None:
            return None
        self._document = at
        return Place(parent=tops[at], at=inside)

    def _is_document(self, top: _Object) -> bool:
        roles = self._root.get("/RoleMap", {})
        return is_table(top) and role(roles, str(top.get("/S", ""))) == "/Document"

    def _pages(self, kid: _Object, parent: _Object) -> _Pages:
        """Give the packet's pages on which a kid has content; a number stands on its parent's."""
        found = (page.objgen for page in _named_pages(kid, parent) if is_table(page))
        return [self._numbers[page] for page in found if page in self._numbers]


def _named_pages(kid: _Object, parent: _Object) -> Iterator[_Object]:
    if not is_table(kid):
        yield parent.get("/Pg")
        return
    yield kid.get("/Pg", parent.get("/Pg") if "/S" not in kid else None)
    for element in elements(kid):
        yield element.get("/Pg")
        yield from (one.get("/Pg") for one in kids(element) if is_table(one))


def _division(pages: Sequence[_Pages], page: int) -> int | None:
    """Say how many come to an end before a page, if all others begin there or behind it."""
    at = next((n for n, own in enumerate(pages) if not _ends_before(own, page)), len(pages))
    return at if _begin_behind(pages[at:], page) else None


def _ends_before(own: _Pages, page: int) -> bool:
    return not own or max(own) < page


def _begin_behind(pages: Sequence[_Pages], page: int) -> bool:
    return all(not own or min(own) >= page for own in pages)
