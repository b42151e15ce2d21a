"""ReportLab's document, page and catalog, made to tag and to archive as PDF/A asks.

This is the only module that imports ReportLab's PDF objects, and so the only one that depends on
names that ReportLab does not document; `tests/test_pdf_objects.py` guards every one of them.
`reportlab.pdfgen.canvas` is not used: pages come as ready operators, so a canvas would only add
a third to the import and its own state to keep in step.
"""

from reportlab.pdfbase import pdfdoc

from handouts.pdf import syntax


class TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]  # ReportLab has no types
    """A page of ReportLab's tree with the entries that tagged content needs, which come ready.

    ReportLab's own way to write a page takes as long as drawing one.
    """

    def __init__(self) -> None:
        self.entries = b""

    def format(self, document: "FileDocument") -> bytes:
        """Write the page's dictionary."""
        return b"<</Type/Page/Parent %d 0 R%b>>" % (document.number(document.Pages), self.entries)


class ArchivalCatalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # ReportLab has no types
    """The catalog, with entries that come ready as those of pages do."""

    def __init__(self) -> None:
        self.entries = b""

    def format(self, document: "FileDocument") -> bytes:
        """Write the catalog's dictionary."""
        return b"<</Type/Catalog/Pages %d 0 R%b>>" % (document.number(document.Pages), self.entries)


class FileDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """A document that takes ready objects beside ReportLab's own, and gives the bytes of all.

    Args:
        language: BCP 47 tag for the catalog.
    """

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1)
        self._ready: dict[int, bytes] = {}
        self._pages: dict[int, TaggedPage] = {}
        self.Catalog = ArchivalCatalog()
        self._language = language
        self.resources = self.reserve()
        self.fonts: dict[str, int] = {}
        self.images: dict[str, int] = {}

    def add(self, body: bytes) -> int:
        """Take an object that is ready; give its number.

        ReportLab counts on from there, but keeps no books of it: there are hundreds of them.
        """
        self.objectcounter += 1
        self._ready[self.objectcounter] = body
        return int(self.objectcounter)

    def reserve(self, count: int = 1) -> int:
        """Give the first number of objects that `fill` completes, or another part of the file has."""
        first = int(self.objectcounter) + 1
        self.objectcounter += count
        return first

    def fill(self, number: int, body: bytes) -> None:
        """Complete an object that was reserved."""
        self._ready[number] = body

    def number(self, item: pdfdoc.PDFObject) -> int:
        """Register one of ReportLab's objects, once; give its number."""
        name = self.Reference(item).name
        return int(self.idToObjectNumberAndVersion[name][0])

    def add_font(self, name: str, body: bytes) -> None:
        """Register a font under its resource name."""
        self.fonts[name] = self.add(body)

    def add_image(self, name: str, body: bytes) -> None:
        """Register an image under its resource name, once."""
        if name not in self.images:
            self.images[name] = self.add(body)

    def begin_page(self) -> int:
        """Append a page, which is completed later; give its object number."""
        page = TaggedPage()
        self.addPage(page)
        number = self.number(page)
        self._pages[number] = page
        return number

    def complete_page(
        self,
        number: int,
        *,
        size: tuple[float, float],
        content: bytes,
        annotations: bytes,
        key: int,
    ) -> None:
        """Say what is on a page.

        Args:
            number: Its object number.
            size: Width and height in points.
            content: References to its content streams, in order.
            annotations: References to its annotations, in reading order, or b"".
            key: Its key in the parent tree.
        """
        self._pages[number].entries = (
            b"/MediaBox[0 0 %b]/Resources %d 0 R/Contents[%b]%b/StructParents %d/Tabs/S"
        ) % (
            " ".join([syntax.number(side, 6) for side in size]).encode(),
            self.resources,
            content,
            b"/Annots[%b]" % annotations if annotations else b"",
            key,
        )

    def complete_catalog(
        self, *, structure: int, metadata: int, outline: int | None, intents: bytes, viewing: bytes
    ) -> None:
        """Say what the file holds: object numbers, the output intents and viewer preferences."""
        self.Catalog.entries = (
            b"/Lang%b/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R%b"
            b"/OutputIntents%b/ViewerPreferences%b"
        ) % (
            syntax.text_string(self._language),
            structure,
            metadata,
            b"" if outline is None else b"/Outlines %d 0 R" % outline,
            intents,
            viewing,
        )

    def bodies(self) -> list[tuple[int, bytes]]:
        """Give every object that is here, with its number, in their order.

        Formatting one of ReportLab's may register more.
        """
        formatted: set[int] = set()
        while waiting := self.numberToId.keys() - formatted:
            for number in sorted(waiting):
                item = self.idToObject[self.numberToId[number]]
                self._ready[number] = pdfdoc.format(item, self, toplevel=1)
            formatted |= waiting
        return sorted(self._ready.items())
