"""Impressions: the words and colours of a clinic as objects of a file, the same on many plates."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handouts.marks import COLOURS, Imprint, Palette
from handouts.pdf.casting import Cast, cast
from handouts.pdf.claims import Claims
from handouts.pdf.content import PALETTE
from handouts.pdf.file import Part, part
from handouts.pdf.holes import filled
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.plate import Plate
from handouts.pdf.stands import Kept, Places, Stand
from handouts.pdf.syntax import numbers, reference, resources
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


@frozen(eq=False)
class _Casts:
    """Imprints that are cast for their stands; `framed` are those with figures, which have boxes."""

    casts: tuple[Cast, ...]
    framed: tuple[int, ...]


_CASTS: Remembered[_Casts] = Remembered(256)
"""Imprints that were cast together."""

IMPRESSIONS: Remembered[Impression] = Remembered(128)
"""The impressions of them, by where their figures stand."""


def impression(
    plate: Plate, imprints: tuple[Imprint, ...], palette: Palette, claims: Claims
) -> Impression:
    """Cast imprints for the stands of a plate, and write their objects, or give those that are there."""
    stands, kept = plate.stands, plate.kept
    objects = (stands, *imprints)
    found = _CASTS.result(objects, (claims.namespaces,), lambda: _cast(imprints, stands, claims))
    where = tuple([plate.places[number] for number in found.framed])
    return IMPRESSIONS.result(
        (found, palette),
        (where, kept, plate.images),
        lambda: _impression(plate, found.casts, palette),
    )


def _cast(imprints: Sequence[Imprint], stands: Sequence[Stand], claims: Claims) -> _Casts:
    casts = tuple(
        [
            cast(imprint, stand.firsts, namespace=claims.namespaces)
            for imprint, stand in zip(imprints, stands, strict=True)
        ]
    )
    framed = tuple([number for number, one in enumerate(casts) if one.boxes])
    return _Casts(casts=casts, framed=framed)


def _impression(plate: Plate, casts: Sequence[Cast], palette: Palette) -> Impression:
    objects: list[tuple[int, bytes]] = [(plate.kept.palette, _palette(palette))]
    images = dict(plate.images)
    for one, stand, where in zip(casts, plate.stands, plate.places, strict=True):
        objects += _elements(one, stand, where)
        objects += [(stand.stream(n), content) for n, content in enumerate(one.streams)]
        for n, image in enumerate(one.images):
            name = image_name(image).encode()
            if name not in images:
                images[name] = reference(stand.image(n))
                objects.append((stand.image(n), image_stream(image)))
    objects.append((plate.kept.resources, _resources(plate.kept, images)))
    laid = part(objects, plate.kept.clinic)
    return Impression(part=laid, links=tuple(_links(casts, plate.stands)))


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


def _elements(one: Cast, stand: Stand, places: Places) -> list[tuple[int, bytes]]:
    """Number an imprint's structure elements."""
    values = {b"up": stand.up, b"ns": stand.namespace}
    values |= {b"e%d" % n: stand.element(n) for n in range(len(one.elements))}
    values |= {b"a%d" % n: reference(stand.annotation(n)) for n in range(len(one.links))}
    values |= {b"p%d" % n: page for n, page in enumerate(stand.pages)}
    values |= {
        b"b%d" % n: numbers(*moved(box, places[at])).encode()
        for n, (at, box) in enumerate(one.boxes)
    }
    return [(stand.start + n, filled(body, values)) for n, body in enumerate(one.elements)]


def _links(casts: Sequence[Cast], stands: Sequence[Stand]) -> Iterator[Link]:
    for number, (one, stand) in enumerate(zip(casts, stands, strict=True)):
        for n, (at, _, box, said) in enumerate(one.links):
            yield Link(stand.annotation(n), stand.key + n, number, at, box, said)


def moved(box: Box, place: tuple[float, float]) -> Box:
    """Give the box that is at a place on a page."""
    (left, low, right, high), (x, y) = box, place
    return left + x, low + y, right + x, high + y
