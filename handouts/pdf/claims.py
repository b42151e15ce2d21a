"""What a file can claim: sets of standards that it meets at the same time, as rows of a table."""

from collections.abc import Mapping

from handouts.values import frozen


@frozen
class Claims:
    """A set of standards that one file meets at the same time.

    `flavours` are the names by which veraPDF knows them; "" means that a part has no such property.
    """

    name: str
    label: str
    version: tuple[int, int]
    pdfa_part: str
    pdfa_conformance: str = ""
    pdfa_revision: str = ""
    pdfua_part: str
    pdfua_revision: str = ""
    declarations: tuple[str, ...] = ()
    namespaces: bool
    information: bool
    extension_schema: bool
    flavours: tuple[str, ...]


CLAIMS: Mapping[str, Claims] = {
    claims.name: claims
    for claims in (
        Claims(
            name="ua1",
            label="PDF/UA-1 + PDF/A-2a",
            version=(1, 7),
            pdfa_part="2",
            pdfa_conformance="A",
            pdfua_part="1",
            namespaces=False,
            information=True,
            extension_schema=True,
            flavours=("ua1", "2a"),
        ),
        Claims(
            name="ua2",
            label="PDF/UA-2 + WTPDF 1.0 + PDF/A-4",
            version=(2, 0),
            pdfa_part="4",
            pdfa_revision="2020",
            pdfua_part="2",
            pdfua_revision="2024",
            declarations=(
                "http://pdfa.org/declarations/wtpdf#accessibility1.0",
                "http://pdfa.org/declarations/wtpdf#reuse1.0",
            ),
            namespaces=True,
            information=False,
            extension_schema=False,
            flavours=("ua2", "4", "wt1a", "wt1r"),
        ),
    )
}
"""One row for each set of claims; one file cannot be PDF/UA-1 and PDF/UA-2."""
