"""The structure tree and the parent tree, compiled to bytes (ISO 32000-1, 14.7)."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

from handouts.pdf.syntax import numbers, text_string
from handouts.pdf.tagging import AnnotationItem, Box, ContentItem, MarkedContent
from handouts.structure import CELLS, StructureElement

_ROLE_MAP = b"/RoleMap<</Aside/Sect/Strong/Span/Em/Span>>"
"""PDF 1.7 has no such types; PDF 2.0 has, and readers that do not know them need the map all the same."""

NAMESPACE = b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>"
_KEPT = ("TR", *CELLS)
_Kid = StructureElement | ContentItem | AnnotationItem
_Object = tuple[bytes, bytes]
"""A reference, and what it refers to."""

Contents = dict[StructureElement, list[_Kid]]
"""What stands in elements, their kids and content in reading order, as it is written."""


def gathered(
    root: StructureElement, marked: MarkedContent, anchors: Container[StructureElement] = ()
) -> Contents:
    """Give what stands in an element and in those below it; those without content are left out.

    Placeholders give way to what is theirs, but for anchors.
    """
    contents: Contents = {}
    contents[root], _ = _gather(root, marked.items, anchors, contents)
    return contents


def _gather(
    element: StructureElement,
    items: Mapping[StructureElement, Sequence[ContentItem | AnnotationItem]],
    anchors: Container[StructureElement],
    contents: Contents,
) -> tuple[list[_Kid], bool]:
    """Give kids and content items, and whether there is content in the element or below it."""
    own = items.get(element, ())
    content: list[_Kid] = []
    found = bool(own)
    for kid in element.kids:
        if kid in anchors:
            content.append(kid)
            found = True
        else:
            inner, filled = _gather(kid, items, anchors, contents)
            found = found or filled
            if not kid.tag:
                content += inner
            elif filled or kid.tag in _KEPT:
                contents[kid] = inner
                content.append(kid)
    content += own
    return content, found


def below(element: StructureElement, contents: Contents) -> list[StructureElement]:
    """List the elements below one, in the order in which they are written."""
    elements: list[StructureElement] = []
    for kid in contents[element]:
        if isinstance(kid, StructureElement):
            elements += [kid, *below(kid, contents)]
    return elements


class Tree:
    """Structure elements as objects.

    Args:
        marked: What was drawn, and whose content it is.
        pages: References to the pages that `marked` counts.
        links: References to the annotations that it counts.
        refer: Gives the next reference to an object.
        namespace: Reference to the namespace, for PDF 2.0 (ISO 32000-2, 14.7.4).
        anchors: Root of each imprint -> references to its elements, which stand in the root's place.
        known: References that elements have already.
        box: Takes a figure and its box and gives the box as it is written.
        firsts: For each page, what is added to the identifiers that `marked` counts.

    `references` leads from the elements that are written to their references.
    """

    def __init__(
        self,
        marked: MarkedContent,
        pages: Sequence[bytes],
        links: Sequence[bytes],
        refer: Callable[[], bytes],
        *,
        namespace: bytes = b"",
        anchors: Mapping[StructureElement, bytes] = MappingProxyType({}),
        known: Mapping[StructureElement, bytes] = MappingProxyType({}),
        box: Callable[[StructureElement, Box], str] = lambda _, box: numbers(*box),
        firsts: Sequence[int] = (),
    ) -> None:
        self._marked, self._pages, self._links, self._refer = marked, pages, links, refer
        self._namespace = b"/NS %b" % namespace if namespace else b""
        self._anchors, self._known, self._box = anchors, known, box
        self._firsts = firsts or (0,) * len(pages)
        self._contents: Contents = {}
        self._written: list[_Object] = []
        self.references: dict[StructureElement, bytes] = {}

    def objects(self, root: StructureElement, parent: bytes, language: str) -> list[_Object]:
        """Give an element and what is below it in reading order, each with its reference."""
        self._contents = gathered(root, self._marked, self._anchors)
        self._write(root, parent, language)
        return self._written

    def imprint(self, root: StructureElement, contents: Contents, parent: bytes) -> list[_Object]:
        """Give the elements of an imprint: those below its root, which is a placeholder."""
        self._contents = contents
        for kid in contents[root]:
            if isinstance(kid, StructureElement):
                self._write(kid, parent, kid.language)
        return self._written

    def _write(self, element: StructureElement, parent: bytes, language: str) -> bytes:
        """Write an element and those below it, in reading order, and give its reference.

        The type may be left out (table 323); what is alike in elements that follow each other stands
        together, which deflates better.
        """
        reference = self.references[element] = self._known.get(element) or self._refer()
        place = len(self._written)
        self._written.append((reference, b""))  # it stands before those below it
        page: int | None = None
        kids: list[bytes] = []
        for kid in self._contents[element]:
            if isinstance(kid, StructureElement):
                there = self._anchors.get(kid)
                kids.append(self._write(kid, reference, kid.language) if there is None else there)
                continue
            if page is None and isinstance(kid, ContentItem):
                page = kid.page
            kids.append(self._item(kid, page))
        body = b"<</S/%b%b/K[%b]%b/P %b>>" % (
            element.tag.encode(),
            self._entries(element, language),
            b" ".join(kids),
            b"" if page is None else b"/Pg " + self._pages[page],
            parent,
        )
        self._written[place] = reference, body
        return reference

    def _item(self, kid: ContentItem | AnnotationItem, page: int | None) -> bytes:
        """Refer to content; what is on another page than the element's own names its page."""
        match kid:
            case ContentItem(page=on, mcid=mcid) if on == page:
                return b"%d" % (mcid + self._firsts[on])
            case ContentItem(page=on, mcid=mcid):
                identifier = mcid + self._firsts[on]
                return b"<</Type/MCR/Pg %b/MCID %d>>" % (self._pages[on], identifier)
            case AnnotationItem(page=on, annotation=place):
                return b"<</Type/OBJR/Pg %b/Obj %b>>" % (self._pages[on], self._links[place])

    def _entries(self, element: StructureElement, language: str) -> bytes:
        entries = self._namespace
        if rows := self._rows(element) if element in self._marked.boxes else element.attributes:
            entries += _attributes(rows)
        if element.alt:
            entries += b"/Alt" + text_string(element.alt)
        if element.actual_text:
            entries += b"/ActualText" + text_string(element.actual_text)
        if language:
            entries += b"/Lang" + text_string(language)
        return entries

    def _rows(self, element: StructureElement) -> tuple[tuple[str, str, str], ...]:
        """A figure's attributes, and where it stands."""
        box = self._box(element, self._marked.boxes[element])
        place = (("Layout", "Placement", "/Block"), ("Layout", "BBox", f"[{box}]"))
        return (*element.attributes, *place)


@lru_cache(maxsize=256)
def _attributes(rows: tuple[tuple[str, str, str], ...]) -> bytes:
    """Write the /A entry: one dictionary for each owner (14.7.5)."""
    owners = [
        f"<</O/{owner}{''.join([f'/{key} {value}' for _, key, value in own])}>>"
        for owner, own in groupby(rows, lambda row: row[0])
    ]
    return f"/A[{''.join(owners)}]".encode()


def tree_root(
    tree: Tree,
    root: StructureElement,
    marked: MarkedContent,
    *,
    namespace: bytes,
    imprinted: Mapping[int, Sequence[bytes]],
    links: Sequence[bytes],
) -> bytes:
    """Write the tree's root, with the parent tree (14.7.4.4) from keys back to elements.

    Keys count the annotations of imprints first, whose elements are `links`, then pages, then the
    other annotations.  `imprinted` is, by a page's number from 0, the owners of the identifiers of
    imprints.
    """
    annotations = [tree.references[owner] for owner in marked.annotations]
    rows = [
        *links,
        *[
            b"[%b]"
            % b" ".join([*imprinted.get(page, ()), *[tree.references[owner] for owner in owners]])
            for page, owners in enumerate(marked.pages)
        ],
        *annotations,
    ]
    numbered = [b"%d %b" % (key, row) for key, row in enumerate(rows)]
    return b"<</Type/StructTreeRoot/K[%b]/ParentTree<</Nums[%b]>>/ParentTreeNextKey %d%b%b>>" % (
        tree.references[root],
        b"\n".join(numbered),
        len(rows),
        _ROLE_MAP,
        b"/Namespaces[%b]" % namespace if namespace else b"",
    )
