"""Tagging: whose content each marked-content sequence and annotation is (ISO 32000-1, 14.7.4)."""

from typing import NamedTuple

from handouts.structure import StructureElement

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


class ContentItem(NamedTuple):
    """A marked-content sequence: the index of its page (from 0) and its MCID there.

    `leaf` is the place in reading order of what it stands on, where pages are folded.
    """

    page: int
    mcid: int
    leaf: int = 0


class AnnotationItem(NamedTuple):
    """An annotation that belongs to an element (OBJR): its place (from 0) among all annotations."""

    page: int
    annotation: int
    leaf: int = 0


class MarkedContent:
    """What the drawn pages say about the structure tree.

    It stands beside the tree, which drawing does not change, so the same pages can be written again.
    `leaf` is the place in reading order of what is drawn, where a page is a side of a folded sheet.
    """

    __slots__ = ("annotations", "boxes", "firsts", "items", "leaf", "pages")

    def __init__(self) -> None:
        self.leaf = 0
        self.items: dict[StructureElement, list[ContentItem | AnnotationItem]] = {}
        self.pages: list[list[StructureElement]] = []
        self.firsts: list[int] = []
        self.annotations: list[StructureElement] = []
        self.boxes: dict[StructureElement, Box] = {}

    def begin_page(self, first: int = 0) -> None:
        """Start counting marked-content identifiers anew, from `first` on."""
        self.pages.append([])
        self.firsts.append(first)

    def add(self, element: StructureElement) -> tuple[StructureElement, int]:
        """Note a new sequence of the current page; give whose content it is, and its identifier."""
        owner, owners = element.real, self.pages[-1]
        identifier = self.firsts[-1] + len(owners)
        item = ContentItem(len(self.pages) - 1, identifier, self.leaf)
        self.items.setdefault(element, []).append(item)
        owners.append(owner)
        return owner, identifier

    def add_annotation(self, element: StructureElement) -> None:
        """Note that the next annotation, on the current page, is the element's."""
        item = AnnotationItem(len(self.pages) - 1, len(self.annotations), self.leaf)
        self.items.setdefault(element, []).append(item)
        self.annotations.append(element)

    def settle(self) -> None:
        """Bring what elements have into reading order: sheets are drawn as they are printed."""
        for items in self.items.values():
            items.sort(key=lambda item: item.leaf)

    def bound(self, element: StructureElement, box: Box) -> None:
        """Note where a figure stands; what is drawn in several parts has the box around them."""
        left, bottom, right, top = self.boxes.get(element, box)
        self.boxes[element] = (
            min(left, box[0]),
            min(bottom, box[1]),
            max(right, box[2]),
            max(top, box[3]),
        )
