"""ReportLab's document, page and catalog, made to tag and to serialise as PDF/A asks.

This is the only module that imports ReportLab's PDF objects, and so the only one that depends on
names that ReportLab does not document; `tests/test_pdf_objects.py` guards every one of them.
`reportlab.pdfgen.canvas` is not used: pages come as ready operators, so a canvas would only add
a third to the import and its own state to keep in step.
"""

from collections.abc import Sequence

from reportlab.pdfbase import pdfdoc

from handouts.pdf.file import assemble


class Final(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An indirect object whose bytes are already final."""

    __RefOnly__ = 1

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 (ReportLab's protocol)
        """Give the bytes."""
        return self.body


class TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]  # ReportLab has no types
    """A page with the entries that tagged content needs."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")


class ArchivalCatalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # ReportLab has no types
    """A catalog with an output intent."""

    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents")


class FileDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """A document that takes ready objects beside ReportLab's own, and gives the file's bytes.

    Args:
        version: Major and minor version of PDF.
        language: BCP 47 tag for the catalog.
    """

    def __init__(self, version: tuple[int, int], language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=version, lang=language)
        self.Catalog = ArchivalCatalog()
        self.Catalog.Pages = self.Pages
        self.Catalog.Lang = pdfdoc.PDFString(language)
        self.resources = pdfdoc.PDFResourceDictionary()
        self.resources.basicFonts()
        self.resources.ProcSet = ()

    def add(self, body: bytes) -> int:
        """Register an object; give its number."""
        self.Reference(Final(body))
        return int(self.objectcounter)

    def reserve(self) -> int:
        """Give the number of an object that `fill` completes later."""
        return self.add(b"")

    def fill(self, number: int, body: bytes) -> None:
        """Complete an object that was reserved."""
        self.idToObject[self.numberToId[number]].body = body

    def number(self, item: pdfdoc.PDFObject) -> int:
        """Register one of ReportLab's objects, once; give its number."""
        name = self.Reference(item).name
        return int(self.idToObjectNumberAndVersion[name][0])

    def add_font(self, name: str, body: bytes) -> None:
        """Register a font under its resource name."""
        font = Final(body)
        self.Reference(font)
        self.idToObject[pdfdoc.BasicFonts].dict[name] = font

    def add_image(self, name: str, body: bytes) -> None:
        """Register an image under its resource name, once."""
        if name not in self.resources.XObject:
            self.resources.XObject[name] = Final(body)

    def add_colour_space(self, name: str, body: bytes) -> None:
        """Register a colour space under its resource name."""
        self.resources.ColorSpace[name] = Final(body)

    def add_page(
        self, *, size: tuple[float, float], content: int, annotations: Sequence[int], key: int
    ) -> int:
        """Append a page; give its object number.

        Args:
            size: Width and height in points.
            content: Object number of its content stream.
            annotations: Object numbers, in reading order.
            key: Its key in the parent tree.
        """
        page = TaggedPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, *size])
        page.Resources = _reference(self.number(self.resources))
        page.Contents = _reference(content)
        if annotations:
            page.Annots = pdfdoc.PDFArray([_reference(number) for number in annotations])
        page.StructParents, page.Tabs = key, "/S"
        self.addPage(page)
        return self.number(page)

    def complete_catalog(
        self, *, structure: int, metadata: int, outline: int | None, intents: bytes, viewing: bytes
    ) -> None:
        """Say what the file holds: object numbers, the output intents and viewer preferences."""
        catalog = self.Catalog
        catalog.MarkInfo = b"<</Marked true>>"
        catalog.StructTreeRoot = _reference(structure)
        catalog.Metadata = _reference(metadata)
        catalog.Outlines = None if outline is None else _reference(outline)
        catalog.OutputIntents, catalog.ViewerPreferences = intents, viewing

    def describe(
        self, *, title: str, author: str, subject: str, keywords: str, tool: str, created: str
    ) -> None:
        """Fill the information dictionary; `created` is a PDF date (ISO 32000-1, 7.9.4)."""
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setKeywords(keywords)
        self.setCreator(tool)
        self.setProducer(tool)
        self.setDateFormatter(lambda *_: created)

    def serialise(self, *, information: bool) -> bytes:
        """Give the file; `information` says whether it has an information dictionary."""
        root = self.number(self.Catalog)
        about = self.number(self.info) if information else None
        return assemble(self._pdfVersion, self._bodies(), root=root, info=about)

    def _bodies(self) -> list[bytes]:
        """Format every object, in order of number; formatting may register more."""
        bodies: list[bytes] = []
        while (name := self.numberToId.get(len(bodies) + 1)) is not None:
            item = self.idToObject[name]
            final = isinstance(item, Final)
            bodies.append(item.body if final else pdfdoc.format(item, self, toplevel=1))
        return bodies


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number
