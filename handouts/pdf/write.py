"""Writing a file: pages and their structure tree become tagged, archival PDF."""

from collections.abc import Sequence

from handouts.errors import ConformanceError
from handouts.marks import Page, Palette, imprints
from handouts.pdf.claims import CLAIMS, Claims
from handouts.pdf.conformance import check
from handouts.pdf.metadata import Metadata
from handouts.pdf.plate import Plate, make_plate
from handouts.pdf.printing import print_plate
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
    row = claims_of(claims)
    plate = checked_plate(pages, root, metadata=metadata, claims=row, folded=folded)
    printed = print_plate(plate, imprints(pages), palette=palette, metadata=metadata, claims=row)
    return printed.content


def checked_plate(
    pages: Sequence[Page],
    root: StructureElement,
    *,
    metadata: Metadata,
    claims: Claims,
    folded: bool = False,
) -> Plate:
    """Check pages against what the file will claim, and write them but for their imprints.

    Raises:
        ConformanceError: The content would break the claims.
    """
    check(pages, root, metadata, claims)
    return make_plate(pages, root, language=metadata.language, claims=claims, folded=folded)


def claims_of(name: str) -> Claims:
    """Give the set of claims of a name.

    Raises:
        ConformanceError: There is none.
    """
    if name not in CLAIMS:
        raise ConformanceError(
            f"{name!r} is no set of claims", hint=f"Use one of: {', '.join(CLAIMS)}."
        )
    return CLAIMS[name]
