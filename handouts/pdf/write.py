"""Writing a file: pages and their structure tree become tagged, archival PDF."""

from collections.abc import Sequence

from handouts.errors import ConformanceError
from handouts.marks import COLOURS, ImageMark, Page, Palette
from handouts.pdf.claims import CLAIMS, Claims
from handouts.pdf.conformance import check
from handouts.pdf.content import PALETTE, page_content
from handouts.pdf.fonts import write_fonts
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.links import annotation, link_pieces
from handouts.pdf.metadata import TOOL, Metadata, output_intents, pdf_date, profile_stream, xmp
from handouts.pdf.objects import FileDocument
from handouts.pdf.outline import write_outline
from handouts.pdf.syntax import stream
from handouts.pdf.tagging import MarkedContent
from handouts.pdf.tree import write_tree
from handouts.structure import StructureElement

__all__ = ["Metadata", "write"]


def write(
    pages: Sequence[Page],
    root: StructureElement,
    *,
    palette: Palette,
    metadata: Metadata,
    claims: str,
    folded: bool = False,
) -> bytes:
    """Write a PDF file; the same arguments give the same bytes.

    Neither the pages nor the tree are changed, so they can be written again with another palette.

    Args:
        pages: What stands on each page.
        root: The structure tree, made in reading order before the pages were laid out.
        palette: A colour for every role of `marks.COLOURS`.
        metadata: Title, author and the like.
        claims: A name of `CLAIMS`: `ua1` or `ua2`.
        folded: Whether the pages are sides of sheets to be folded: these turn over the short edge.

    Raises:
        ConformanceError: The claims are unknown, or the content would break them.
    """
    row = _claims(claims)
    check(pages, root, metadata, row)
    document = FileDocument(row.version, metadata.language)
    marked = MarkedContent()
    numbers = [_write_page(document, page, marked, len(pages)) for page in pages]
    structure, elements = write_tree(
        document, root, marked, numbers, language=metadata.language, namespaces=row.namespaces
    )
    outline = write_outline(document, pages, numbers, elements, structure=row.namespaces)
    write_fonts(document, pages)
    document.add_colour_space(PALETTE, _palette(palette))
    _describe(document, metadata)
    document.complete_catalog(
        structure=structure,
        outline=outline,
        metadata=document.add(xmp(metadata, row)),
        intents=output_intents(document.add(profile_stream())),
        viewing=_viewing(len(pages), folded=folded),
    )
    return document.serialise(information=row.information)


def _claims(name: str) -> Claims:
    if name not in CLAIMS:
        raise ConformanceError(
            f"{name!r} is no set of claims", hint=f"Use one of: {', '.join(CLAIMS)}."
        )
    return CLAIMS[name]


def _write_page(document: FileDocument, page: Page, marked: MarkedContent, page_count: int) -> int:
    """Draw a page and its links; give its object number.

    Keys of the parent tree count pages first, then annotations.
    """
    marked.begin_page()
    content = document.add(stream(b"", page_content(page, marked)))
    annotations = []
    for piece in link_pieces(page):
        key = page_count + len(marked.annotations)
        annotations.append(document.add(annotation(piece, key)))
        marked.add_annotation(piece.element, annotations[-1])
    for mark in page.marks:
        if isinstance(mark, ImageMark):
            document.add_image(image_name(mark.image), image_stream(mark.image))
    return document.add_page(
        size=(page.width, page.height),
        content=content,
        annotations=annotations,
        key=len(marked.pages) - 1,
    )


def _palette(palette: Palette) -> bytes:
    """Write the colours by role; pages name roles, so they do not depend on a brand."""
    colours = "".join([palette[role].lstrip("#") for role in COLOURS])
    return b"[/Indexed/DeviceRGB %d<%b>]" % (len(COLOURS) - 1, colours.encode())


def _viewing(page_count: int, *, folded: bool) -> bytes:
    """Show the title, print in true size, on both sides when there is something for the last one."""
    edge = b"/Duplex/DuplexFlipShortEdge" if folded else b"/Duplex/DuplexFlipLongEdge"
    duplex = b"" if page_count % 2 else edge
    return b"<</DisplayDocTitle true/PrintScaling/None/PickTrayByPDFSize true%b>>" % duplex


def _describe(document: FileDocument, metadata: Metadata) -> None:
    document.describe(
        title=metadata.title,
        author=metadata.author,
        subject=metadata.subject,
        keywords=metadata.keywords,
        tool=TOOL,
        created=pdf_date(metadata.created),
    )
