"""The structure tree and the parent tree, compiled to bytes (ISO 32000-1, 14.7)."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from handouts.pdf.objects import FileDocument
from handouts.pdf.syntax import numbers, text_string
from handouts.pdf.tagging import MarkedContent
from handouts.structure import CELLS, AnnotationItem, ContentItem, StructureElement

_ROLE_MAP = b"/RoleMap<</Aside/Sect/Strong/Span/Em/Span>>"
"""PDF 1.7 has no such types; PDF 2.0 has, and readers that do not know them need the map all the same."""

_NAMESPACE = b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>"
_KEPT = ("TR", *CELLS)
_Kid = StructureElement | ContentItem | AnnotationItem


def write_tree(
    document: FileDocument,
    root: StructureElement,
    marked: MarkedContent,
    pages: Sequence[int],
    *,
    language: str,
    namespaces: bool,
) -> tuple[int, Mapping[StructureElement, int]]:
    """Add the structure tree to a document.

    Args:
        document: The document.
        root: The element above all others.
        marked: What was drawn, and whose content it is.
        pages: Object numbers of the pages.
        language: The root's language, when it does not name one itself (BCP 47).
        namespaces: Whether elements name their namespace (PDF 2.0, ISO 32000-2, 14.7.4).

    Returns:
        The object number of the tree's root, and those of the elements.
    """
    number = document.reserve()
    namespace = document.add(_NAMESPACE) if namespaces else None
    tree = _Tree(document, marked, pages, namespace)
    tree.count(root)
    tree.write(root, number, root.language or language)
    document.fill(
        number,
        b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Nums[%b]>>/ParentTreeNextKey %d%b%b>>"
        % (
            tree.numbers[root],
            _parent_tree(marked, tree.numbers),
            len(marked.pages) + len(marked.annotations),
            _ROLE_MAP,
            b"/Namespaces[%d 0 R]" % namespace if namespace else b"",
        ),
    )
    return number, tree.numbers


class _Tree:
    """The elements' object numbers, and what it takes to write the elements."""

    __slots__ = ("_document", "_filled", "_kids", "_marked", "_namespace", "_pages", "numbers")

    def __init__(
        self,
        document: FileDocument,
        marked: MarkedContent,
        pages: Sequence[int],
        namespace: int | None,
    ) -> None:
        self._document, self._marked, self._pages = document, marked, pages
        self._namespace = b"/NS %d 0 R" % namespace if namespace else b""
        self._filled = _filled(marked)
        self._kids: dict[StructureElement, list[_Kid]] = {}
        self.numbers: dict[StructureElement, int] = {}

    def count(self, element: StructureElement) -> None:
        """Give an element and what is below it object numbers, in reading order."""
        self.numbers[element] = self._document.reserve()
        kids = self._kids[element] = self._content(element)
        for kid in kids:
            if isinstance(kid, StructureElement):
                self.count(kid)

    def write(self, element: StructureElement, parent: int, language: str) -> None:
        """Write an element and what is below it."""
        page: int | None = None
        kids: list[bytes] = []
        for kid in self._kids[element]:
            match kid:
                case StructureElement(language=own):
                    self.write(kid, self.numbers[element], own)
                    kids.append(b"%d 0 R" % self.numbers[kid])
                case ContentItem(page=on, mcid=mcid):
                    page = on if page is None else page
                    kids.append(b"%d" % mcid if on == page else self._reference(on, mcid))
                case AnnotationItem(page=on, annotation=annotation):
                    kids.append(
                        b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (self._pages[on], annotation)
                    )
        entries = self._entries(element, page, language)
        self._document.fill(
            self.numbers[element],
            b"<</Type/StructElem/S/%b/P %d 0 R%b/K[%b]>>"
            % (element.tag.encode(), parent, entries, b" ".join(kids)),
        )

    def _reference(self, page: int, mcid: int) -> bytes:
        """Refer to content on another page than the element's own."""
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._pages[page], mcid)

    def _entries(self, element: StructureElement, page: int | None, language: str) -> bytes:
        entries = self._namespace
        if page is not None:
            entries += b"/Pg %d 0 R" % self._pages[page]
        if element.alt:
            entries += b"/Alt" + text_string(element.alt)
        if element.actual_text:
            entries += b"/ActualText" + text_string(element.actual_text)
        if language:
            entries += b"/Lang" + text_string(language)
        return entries + _attributes(self._rows(element))

    def _rows(self, element: StructureElement) -> tuple[tuple[str, str, str], ...]:
        """The element's attributes, and where it stands when it is a figure."""
        box = self._marked.boxes.get(element)
        if box is None:
            return element.attributes
        place = (("Layout", "Placement", "/Block"), ("Layout", "BBox", f"[{numbers(*box)}]"))
        return (*element.attributes, *place)

    def _content(self, element: StructureElement) -> list[_Kid]:
        """Give kids and content items; placeholders give way to theirs, empty elements go."""
        content: list[_Kid] = []
        for kid in element.kids:
            if not isinstance(kid, StructureElement):
                content.append(kid)
            elif not kid.tag:
                content += self._content(kid)
            elif kid in self._filled or kid.tag in _KEPT:
                content.append(kid)
        content += self._marked.items.get(element, ())
        return content


def _filled(marked: MarkedContent) -> set[StructureElement]:
    """Every element that has content, or has an element below it that does."""
    filled: set[StructureElement] = set()
    for owner in marked.items:
        element: StructureElement | None = owner
        while element is not None and element not in filled:
            filled.add(element)
            element = element.parent
    return filled


def _attributes(rows: tuple[tuple[str, str, str], ...]) -> bytes:
    """Write the /A entry: one dictionary for each owner (14.7.5)."""
    if not rows:
        return b""
    owners = [
        f"<</O/{owner}{''.join([f'/{key} {value}' for _, key, value in own])}>>"
        for owner, own in groupby(rows, lambda row: row[0])
    ]
    return f"/A[{''.join(owners)}]".encode()


def _parent_tree(marked: MarkedContent, numbers: Mapping[StructureElement, int]) -> bytes:
    """Write the number tree from pages' and annotations' keys back to elements (14.7.4.4)."""
    pages = [
        b"%d[%b]" % (key, b" ".join([b"%d 0 R" % numbers[owner] for owner in owners]))
        for key, owners in enumerate(marked.pages)
    ]
    annotations = [
        b"%d %d 0 R" % (key, numbers[owner])
        for key, owner in enumerate(marked.annotations, len(pages))
    ]
    return b"\n".join([*pages, *annotations])
