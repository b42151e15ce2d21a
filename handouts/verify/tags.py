"""The structure tree as a check needs it: which element owns a content item, in reading order."""

from collections.abc import Iterator
from typing import Any

from handouts.values import frozen
from handouts.verify.drawn import Content

_Object = Any

INLINE = frozenset(("Span", "Strong", "Em", "Link", "Quote", "Code", "Reference", "Annot"))
"""Elements inside of a block's text."""

_DEEPEST = 100


@frozen(eq=False)
class Element:
    """A structure element; `numbering` is a list's ListNumbering, `alt` its description."""

    tag: str
    alt: str
    numbering: str
    parent: "Element | None"

    def above(self) -> Iterator["Element"]:
        """Yield the element and those it is in, from the inside."""
        one: Element | None = self
        while one is not None:
            yield one
            one = one.parent

    @property
    def block(self) -> "Element":
        """The innermost element that is no part of a line."""
        return next((one for one in self.above() if one.tag not in INLINE), self)

    def within(self, *tags: str) -> "Element | None":
        """Give the innermost element of these types that holds this one, or is it."""
        return next((one for one in self.above() if one.tag in tags), None)


@frozen(eq=False)
class Tree:
    """All elements, and the content items with their owners, both in reading order."""

    elements: tuple[Element, ...]
    items: tuple[tuple[Content, Element], ...]


def read_tree(root: _Object) -> Tree:
    """Read the tree of a StructTreeRoot."""
    reader = _Reader()
    for kid in _list(root.get("/K", [])):
        reader.read(kid.get_object(), None, 0, 0)
    return Tree(elements=tuple(reader.elements), items=tuple(reader.items))


class _Reader:
    """Walks the tree; `page` is the object number of the page that an element's content is on."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.items: list[tuple[Content, Element]] = []

    def read(self, node: _Object, parent: Element | None, page: int, depth: int) -> None:
        if depth > _DEEPEST:
            raise RecursionError("the structure tree is too deep")
        page = _page(node, page)
        element = Element(
            tag=str(node["/S"])[1:],
            alt=str(node.get("/Alt", "")),
            numbering=_numbering(node),
            parent=parent,
        )
        self.elements.append(element)
        for kid in _list(node.get("/K", [])):
            self._kid(kid.get_object(), element, page, depth)

    def _kid(self, kid: _Object, element: Element, page: int, depth: int) -> None:
        if isinstance(kid, int):
            self.items.append((Content(page, int(kid)), element))
        elif kid.get("/Type") == "/MCR":
            stream = kid.raw_get("/Stm").idnum if "/Stm" in kid else _page(kid, page)
            self.items.append((Content(stream, int(kid["/MCID"])), element))
        elif kid.get("/Type") != "/OBJR":
            self.read(kid, element, page, depth + 1)


def _page(node: _Object, page: int) -> int:
    return int(node.raw_get("/Pg").idnum) if "/Pg" in node else page


def _list(entry: _Object) -> list[_Object]:
    return entry if isinstance(entry, list) else [entry]


def _numbering(node: _Object) -> str:
    for attributes in _list(node.get("/A", [])):
        found = attributes.get_object()
        if isinstance(found, dict) and "/ListNumbering" in found:
            return str(found["/ListNumbering"])[1:]
    return ""
