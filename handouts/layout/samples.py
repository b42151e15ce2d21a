"""Pictures by name, and what a brand proof shows: a role's colour, a logo with the white it keeps."""

from handouts.errors import LayoutError
from handouts.layout.boxes import Box
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import rectangle
from handouts.marks import COLOURS, FigurePathMark, Image, ImageMark, ShapeMark
from handouts.structure import StructureElement

_SWATCH = 26.0
"""Height of a swatch."""

_DASH = (3.0, 2.0)
_PEN = 0.75


def picture(name: str, setter: Setter) -> Image:
    """Give the decoded picture of a name.

    Raises:
        LayoutError: There is none of that name.
    """
    image = setter.images.get(name)
    if image is None:
        there = ", ".join(sorted(setter.images)) or "none"
        raise LayoutError(f"there is no picture {name!r}", hint=f"There is: {there}")
    return image


def swatch(role: str, setter: Setter, column: Column, element: StructureElement) -> Box:
    """Lay out a field in the colour of a role, as wide as its column.

    Raises:
        LayoutError: There is no such role of colour.
    """
    if role not in COLOURS:
        raise LayoutError(f"there is no colour {role!r}", hint=f"There is: {', '.join(COLOURS)}")
    path = rectangle(column.width, _SWATCH)
    field = FigurePathMark(column.left, -_SWATCH, column.width, _SWATCH, path, role, element)
    edge = ShapeMark(column.left, -_SWATCH, path, stroke="line", width=_PEN)
    return Box(_SWATCH, [field, edge], after=setter.theme.space.subhead_after)


def logo_size(image: Image, setter: Setter) -> tuple[float, float]:
    """Width and height of a logo in the header: the largest that its box allows, its shape kept."""
    shape = setter.theme.header
    scale = min(shape.logo_width / image.width, shape.logo_height / image.height)
    return image.width * scale, image.height * scale


def clear(name: str, setter: Setter, column: Column, element: StructureElement) -> Box:
    """Lay out a logo as large as in the header, on its white ground, which a dashed line encloses.

    Raises:
        LayoutError: There is no picture of that name.
    """
    image = picture(name, setter)
    width, height = logo_size(image, setter)
    white = setter.theme.header.logo_clear * height
    tall = height + 2 * white
    edge = rectangle(width + 2 * white, tall)
    frame = ShapeMark(column.left, -tall, edge, stroke="rule", width=_PEN, dash=_DASH)
    mark = ImageMark(column.left + white, white - tall, width, height, image, element)
    space = setter.theme.space.paragraph
    return Box(tall, [frame, mark], space, space)
