"""Document -> bytes, a PDF or plain text: the second of the two places where the layers meet."""

import datetime
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from handouts.clinic import Brand
from handouts.compose import Leaflet
from handouts.layout.imposition import leaf_paper
from handouts.layout.pages import NotesPolicy
from handouts.layout.paginate import NoRoom
from handouts.layout.setter import Setter
from handouts.logos import logo_file, open_logo, warnings
from handouts.marks import Image
from handouts.plates import Check, Pressed, Room, pressed
from handouts.swatches import brand_roles
from handouts.theme import Theme
from handouts.typefaces import small_letters, typefaces
from handouts.units import LABELS, Label, Paper
from handouts.values import frozen

if TYPE_CHECKING:
    from handouts.pdf.printing import Printed
    from handouts.pdf.write import Metadata


def _all_can_be_printed(said: str) -> None:
    """Refuse nothing: somebody looked before."""


@frozen
class Output:
    """How a leaflet is put on paper.

    `most` is the number of pages that its text may have (0: as many as it needs); `imposed` says
    whether pages that are folded are put together on sheets; `label` is the patient's.
    """

    theme: Theme
    paper: Paper
    ink: Literal["colour", "black"]
    claims: str
    notes: NotesPolicy
    created: datetime.datetime
    most: int = 0
    imposed: bool = True
    label: Label = LABELS["90x50"]


@frozen
class Rendering:
    """A finished leaflet: its bytes, pages, digest (hex), claims, and what a person should know.

    Plain text has no pages and claims nothing.
    """

    content: bytes
    medium: str
    pages: int
    sheets: int
    sha256: str
    claims: str
    warnings: tuple[str, ...]


def render(
    leaflet: Leaflet, brand: Brand, author: str, output: Output, check: Check = _all_can_be_printed
) -> Rendering:
    """Write a leaflet as its theme wants it: set and drawn in the clinic's colours, or as text.

    `check` refuses characters that cannot be printed.

    Raises:
        AssetError: The logo cannot be used.
        LayoutError: Something does not fit; `SlotError` when it is the clinic's words.
        ConformanceError: The file would break a standard that it claims.
    """
    if output.theme.medium == "text":
        return _as_text(leaflet)
    metadata = _metadata(leaflet, author, output)
    press, seen = _pressed(leaflet, brand, output, metadata, check)
    printed = _printed(press, brand, output, metadata)
    return Rendering(
        content=printed.content,
        medium=output.theme.medium,
        pages=press.pages,
        sheets=-(-press.pages // 2),
        sha256=printed.sha256,
        claims=output.claims,
        warnings=(*seen, *press.warnings),
    )


def has_room(
    leaflet: Leaflet, brand: Brand, author: str, output: Output, check: Check = _all_can_be_printed
) -> bool:
    """Whether a leaflet takes no more pages than it may have, and a page holds each of its blocks.

    Raises:
        HandoutsError: As `render`, but for `NoRoom`.
    """
    try:
        _pressed(leaflet, brand, output, _metadata(leaflet, author, output), check)
    except NoRoom:
        return False
    return True


def _as_text(leaflet: Leaflet) -> Rendering:
    from handouts.plain_text import plain_text  # noqa: PLC0415  (PDF is the main path)

    content = plain_text(leaflet.document).encode()
    return Rendering(
        content=content,
        medium="text",
        pages=0,
        sheets=0,
        sha256=hashlib.sha256(content).hexdigest(),
        claims="",
        warnings=(),
    )


def _pressed(
    leaflet: Leaflet, brand: Brand, output: Output, metadata: "Metadata", check: Check
) -> tuple[Pressed, tuple[str, ...]]:
    """Lay a leaflet out, or take pages that were laid out before; say what to warn of."""
    from handouts.pdf.write import claims_of  # noqa: PLC0415  (plain text needs no ReportLab)

    faces = typefaces(brand)
    images, seen = _images(brand, output)
    setter = Setter(
        theme=output.theme,
        sheet=output.paper,
        paper=leaf_paper(output.theme.fold, output.paper),
        faces=faces,
        language=leaflet.flow.language,
        images=images,
        label=output.label,
        keeps=leaflet.shared,
    )
    room = Room(
        notes=output.notes,
        most=output.most,
        imposed=output.imposed,
        claims=claims_of(output.claims),
    )
    press = pressed(leaflet, setter, room, metadata, check)
    return press, (*seen, *small_letters(faces, output.theme))


def _printed(press: Pressed, brand: Brand, output: Output, metadata: "Metadata") -> "Printed":
    from handouts.pdf.printing import print_plate  # noqa: PLC0415  (the same)
    from handouts.pdf.write import claims_of  # noqa: PLC0415  (the same)

    return print_plate(
        press.plate,
        press.imprints,
        palette=brand_roles(brand, black=output.ink == "black").palette(),
        metadata=metadata,
        claims=claims_of(output.claims),
    )


def _metadata(leaflet: Leaflet, author: str, output: Output) -> "Metadata":
    from handouts.pdf.write import Metadata  # noqa: PLC0415  (the same)

    return Metadata(
        title=leaflet.flow.title,
        author=author,
        subject=leaflet.flow.footer.about,
        language=leaflet.flow.language,
        identifier=leaflet.identifier,
        created=output.created,
        edition=output.theme.name,
    )


def _images(brand: Brand, output: Output) -> tuple[Mapping[str, Image], tuple[str, ...]]:
    """The logo, by the name that templates give it, and what to warn of."""
    file = logo_file(brand, black=output.ink == "black")
    if not file:
        return {}, ()
    logo = open_logo(file, output.theme)
    return {"logo": logo.image}, tuple(warnings(logo))
