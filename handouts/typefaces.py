"""The typefaces of a clinic's leaflets: those that come with the package, or the clinic's own."""

from collections.abc import Iterator
from pathlib import Path

from handouts.clinic import Brand, Fonts
from handouts.errors import AssetError, Place
from handouts.files import package_folder
from handouts.text.coverage import Gap
from handouts.text.faces import FaceSet, bundled_faces, own_faces
from handouts.theme import Theme
from handouts.units import MM

_INSTEAD = {"medium": "regular", "semibold": "bold", "italic": "regular"}
"""A face that a clinic need not give -> the one that is taken for it."""

_SMALLEST = 1.5
"""mm: no letter x of a leaflet should be lower (docs/design.md)."""


def typefaces(brand: Brand) -> FaceSet:
    """Give the fonts in which a clinic's leaflets are set.

    Raises:
        AssetError: A file of the clinic's own is missing.
    """
    if brand.fonts is None:
        return bundled_faces(package_folder("fonts"))
    return own_faces(tuple(_files(brand.fonts)))


def _files(fonts: Fonts) -> Iterator[tuple[str, Path]]:
    """Yield each face's name in a theme, and its file."""
    for name in ("regular", "medium", "semibold", "bold", "italic"):
        yield name, Path(getattr(fonts, name) or getattr(fonts, _INSTEAD[name]))
    yield "serif", Path(fonts.heading)


def lacking(gap: Gap, brand: Brand) -> None:
    """Blame a clinic's own font for a character that it lacks.

    Raises:
        AssetError: The clinic has a font of its own.
    """
    if brand.fonts is None:
        return
    path = Path(brand.fonts.regular)
    raise AssetError(
        f"the font {path.name} lacks {gap.name}, in “{gap.context}”",
        place=Place(str(path)),
        hint="Take a font that has it, or leave [brand.fonts] out of the clinic's file",
    )


def small_letters(faces: FaceSet, theme: Theme) -> Iterator[str]:
    """Warn of a clinic's own font whose letters are too low in the smallest print of an edition."""
    if not faces.strict:
        return
    face, size = next(faces.chain("regular")), min(role.size for role in theme.type.values())
    height = size * face.x_height / 1000 / MM
    if height < _SMALLEST:
        yield (
            f"the letters of {face.path.name} are small: x is {height:.2f} mm high in {size:g} point,"
            f" {_SMALLEST} mm is the least that reads well"
        )
