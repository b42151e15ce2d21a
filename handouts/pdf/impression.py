"""Impressions: the words and colours of a clinic as objects of a file, the same on many plates."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handouts.marks import COLOURS, Imprint, Palette
from handouts.pdf.casting import cast
from handouts.pdf.content import PALETTE
from handouts.pdf.file import Part, part
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.plate import Plate
from handouts.pdf.stands import Kept, Stand, objects_of
from handouts.pdf.syntax import reference, resources
from handouts.pdf.tagging import Box
from handouts.remembered import Remembered
from handouts.values import frozen


class Link(NamedTuple):
    """A link's annotation, but for its place: its number and key, what part of an imprint it is in."""

    number: int
    key: int
    imprint: int
    part: int
    box: Box
    said: bytes


@frozen(eq=False)
class Impression:
    """The imprints of a plate and what pages take from a clinic, but not the annotations.

    `part` has elements, streams, images, the palette and the pages' resources.
    """

    part: Part
    links: tuple[Link, ...]


IMPRESSIONS: Remembered[Impression] = Remembered(96)
"""The impressions of imprints, by where their figures stand."""


def impression(plate: Plate, imprints: tuple[Imprint, ...], palette: Palette) -> Impression:
    """Write the objects of imprints for the stands of a plate, or give those that are there."""
    return IMPRESSIONS.result(
        (plate.stands, palette, *imprints),
        (plate.framed, plate.kept, plate.images),
        lambda: _impression(plate, imprints, palette),
    )


def _impression(plate: Plate, imprints: Sequence[Imprint], palette: Palette) -> Impression:
    objects: list[tuple[int, bytes]] = [(plate.kept.palette, _palette(palette))]
    images = dict(plate.images)
    for imprint, stand, places in zip(imprints, plate.stands, plate.places, strict=True):
        one = cast(imprint)
        objects += objects_of(imprint, stand, places)
        for n, image in enumerate(one.images):
            name = image_name(image).encode()
            if name not in images:
                images[name] = reference(stand.image(n))
                objects.append((stand.image(n), image_stream(image)))
    objects.append((plate.kept.resources, _resources(plate.kept, images)))
    laid = part(objects, plate.kept.clinic)
    return Impression(part=laid, links=tuple(_links(imprints, plate.stands)))


def _palette(palette: Palette) -> bytes:
    """Write the colours by role; pages name roles, so they do not depend on a brand."""
    colours = "".join([palette[role].lstrip("#") for role in COLOURS])
    return b"[/Indexed/DeviceRGB %d<%b>]" % (len(COLOURS) - 1, colours.encode())


def _resources(kept: Kept, images: Mapping[bytes, bytes]) -> bytes:
    """Say by what names pages call fonts, images and colours."""
    return b"<</Font %d 0 R%b/ColorSpace<</%b %d 0 R>>>>" % (
        kept.fonts,
        b"/XObject%b" % resources(images.items()) if images else b"",
        PALETTE.encode(),
        kept.palette,
    )


def _links(imprints: Sequence[Imprint], stands: Sequence[Stand]) -> Iterator[Link]:
    for number, (imprint, stand) in enumerate(zip(imprints, stands, strict=True)):
        for n, (at, _, box, said) in enumerate(cast(imprint).links):
            yield Link(stand.annotation(n), stand.key + n, number, at, box, said)
