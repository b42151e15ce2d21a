"""Document -> bytes: the second of the two places where the layers meet."""

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from handouts.clinic import Brand
from handouts.colour import black_roles, roles
from handouts.compose import Leaflet
from handouts.files import package_folder
from handouts.images import load_image, resolution
from handouts.layout.imposition import leaf_paper
from handouts.layout.pages import NotesPolicy, lay_out
from handouts.layout.setter import Setter
from handouts.marks import Image
from handouts.pdf.write import Metadata, write
from handouts.text.faces import bundled_faces
from handouts.theme import Theme
from handouts.units import LABELS, Label, Paper
from handouts.values import frozen

_NEUTRAL = "#3D5A73"
"""The colour of a clinic without one: a quiet slate blue."""

_DOTS = 300
"""Dots per inch below which a logo looks coarse in print."""


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
    """A finished leaflet: its bytes, pages, digest (hex), claims, and what a person should know."""

    content: bytes
    medium: str
    pages: int
    sheets: int
    sha256: str
    claims: str
    warnings: tuple[str, ...]


def render(leaflet: Leaflet, brand: Brand, author: str, output: Output) -> Rendering:
    """Lay a leaflet out, draw it in the clinic's colours, and write it.

    Raises:
        AssetError: The logo cannot be used.
        LayoutError: Something does not fit; `SlotError` when it is the clinic's words.
        ConformanceError: The file would break a standard that it claims.
    """
    images, warnings = _images(brand, output)
    setter = Setter(
        theme=output.theme,
        sheet=output.paper,
        paper=leaf_paper(output.theme.fold, output.paper),
        faces=bundled_faces(package_folder("fonts")),
        language=leaflet.document.language,
        images=images,
        label=output.label,
    )
    layout = lay_out(
        leaflet.document, setter, output.notes, most=output.most, imposed=output.imposed
    )
    pdf = write(
        layout.pages,
        layout.root,
        palette=_palette(brand, output),
        metadata=_metadata(leaflet, author, output),
        claims=output.claims,
        folded=layout.folded,
    )
    return Rendering(
        content=pdf,
        medium=output.theme.medium,
        pages=len(layout.pages),
        sheets=-(-len(layout.pages) // 2),
        sha256=hashlib.sha256(pdf).hexdigest(),
        claims=output.claims,
        warnings=(*warnings, *setter.warnings),
    )


def _metadata(leaflet: Leaflet, author: str, output: Output) -> Metadata:
    return Metadata(
        title=leaflet.document.title,
        author=author,
        subject=leaflet.document.footer.about,
        language=leaflet.document.language,
        identifier=leaflet.identifier,
        created=output.created,
        edition=output.theme.name,
    )


def _palette(brand: Brand, output: Output) -> Mapping[str, str]:
    if output.ink == "black":
        return black_roles().palette()
    return roles(brand.colours or (_NEUTRAL,)).palette()


def _images(brand: Brand, output: Output) -> tuple[Mapping[str, Image], tuple[str, ...]]:
    """The logo, by the name that templates give it, and a warning when it is too coarse."""
    black = output.ink == "black" and brand.logo_black
    logo = brand.logo_black if black else brand.logo
    if not logo:
        return {}, ()
    box = (output.theme.header.logo_width, output.theme.header.logo_height)
    image = load_image(Path(logo), box)
    dots = resolution(image, box)
    if dots < _DOTS:
        name = Path(logo).name
        return {"logo": image}, (f"the logo {name} prints at {dots} dpi; {_DOTS} look sharp",)
    return {"logo": image}, ()
