"""Printing: a plate and the imprints that stand on it become a file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handouts.marks import COLOURS, Imprint, Palette
from handouts.pdf.casting import Cast, cast
from handouts.pdf.claims import Claims
from handouts.pdf.content import PALETTE
from handouts.pdf.file import end, enter, part
from handouts.pdf.impression import Impression, impression
from handouts.pdf.links import annotation
from handouts.pdf.metadata import Metadata, information, xmp
from handouts.pdf.plate import Plate
from handouts.pdf.stands import Stand
from handouts.pdf.syntax import numbers
from handouts.pdf.tagging import Box

_LEVEL = 3
"""Level of deflating for what is printed: half the time of the usual one, for 100 bytes more."""

Places = Sequence[tuple[float, float]]
"""Where the parts of an imprint stand on their pages."""


class Printed(NamedTuple):
    """A file, and its SHA-256 (hex)."""

    content: bytes
    sha256: str


def print_plate(
    plate: Plate,
    imprints: Sequence[Imprint],
    *,
    palette: Palette,
    metadata: Metadata,
    claims: Claims,
) -> Printed:
    """Print imprints onto a plate; the same arguments give the same bytes."""
    casts = tuple(
        [
            cast(imprint, stand.firsts, namespace=claims.namespaces)
            for imprint, stand in zip(imprints, plate.stands, strict=True)
        ]
    )
    kept, stood = plate.kept, [*zip(casts, plate.stands, plate.places, strict=True)]
    boxes = tuple([tuple(_boxes(one, places)) for one, _, places in stood])
    words = impression(casts, plate.stands, boxes, kept.clinic)
    objects = [link for each in stood for link in _links(*each)]
    objects += [
        (kept.palette, _palette(palette)),
        (kept.resources, _resources(plate, words)),
        (kept.metadata, xmp(metadata, claims)),
    ]
    if kept.information:
        objects.append((kept.information, information(metadata)))
    return _file(plate, words, objects)


def _file(plate: Plate, words: Impression, objects: Sequence[tuple[int, bytes]]) -> Printed:
    """Close the file; its identifier is the digest of its content."""
    rest = part(objects, plate.kept.leaflet, level=_LEVEL)
    rows, start = bytearray(plate.rows), len(plate.content)
    enter(rows, words.part, start)
    enter(rows, rest, start + len(words.part.content))
    digest = hashlib.md5(plate.digest + words.digest + rest.content, usedforsecurity=False)
    identifier = digest.hexdigest().encode()
    trailer = b"/Root %b/ID[<%b><%b>]" % (plate.root, identifier, identifier)
    if plate.kept.information:
        trailer += b"/Info %d 0 R" % plate.kept.information
    offset = start + len(words.part.content) + len(rest.content)
    added = b"%b%b%b" % (words.part.content, rest.content, end(rows, offset, trailer))
    whole = plate.sha256.copy()
    whole.update(added)
    return Printed(plate.content + added, whole.hexdigest())


def _boxes(one: Cast, places: Places) -> Iterator[bytes]:
    """Write the boxes of an imprint's figures."""
    for at, box in one.boxes:
        yield numbers(*_moved(box, places[at])).encode()


def _links(one: Cast, stand: Stand, places: Places) -> Iterator[tuple[int, bytes]]:
    """Write the annotations of an imprint's links."""
    for n, (at, _, box, said) in enumerate(one.links):
        moved = _moved(box, places[at])
        yield stand.annotation(n), annotation(moved, said, stand.key + n)


def _moved(box: Box, place: tuple[float, float]) -> Box:
    (left, low, right, high), (x, y) = box, place
    return left + x, low + y, right + x, high + y


def _resources(plate: Plate, words: Impression) -> bytes:
    """Say by what names pages call fonts, images and colours."""
    images = _names({**plate.images, **words.images})
    return b"<</Font<<%b>>%b/ColorSpace<</%b %d 0 R>>>>" % (
        _names(plate.fonts),
        b"/XObject<<%b>>" % images if images else b"",
        PALETTE.encode(),
        plate.kept.palette,
    )


def _names(objects: Mapping[bytes, bytes]) -> bytes:
    return b"".join([b"/%b %b" % one for one in objects.items()])


def _palette(palette: Palette) -> bytes:
    """Write the colours by role; pages name roles, so they do not depend on a brand."""
    colours = "".join([palette[role].lstrip("#") for role in COLOURS])
    return b"[/Indexed/DeviceRGB %d<%b>]" % (len(COLOURS) - 1, colours.encode())
