"""Printing: a plate and the imprints that stand on it become a file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handouts.marks import COLOURS, Imprint, Palette
from handouts.pdf.claims import Claims
from handouts.pdf.content import PALETTE
from handouts.pdf.file import Table, end, enter, part
from handouts.pdf.impression import Impression, impression, moved
from handouts.pdf.links import annotation
from handouts.pdf.metadata import Metadata, information, xmp
from handouts.pdf.plate import Plate
from handouts.pdf.stands import Places

_LEVEL = 3
"""Level of deflating for what is printed: half the time of the usual one, for 100 bytes more."""


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
    kept = plate.kept
    words = impression(tuple(imprints), plate.stands, plate.places, claims, kept.clinic)
    objects = list(_links(words, plate.places))
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
    rows, start = bytearray(plate.table.rows), len(plate.content)
    enter(rows, words.part, start)
    enter(rows, rest, start + len(words.part.content))
    table = Table(bytes(rows), plate.table.final)
    digest = hashlib.md5(plate.digest + words.digest + rest.content, usedforsecurity=False)
    identifier = digest.hexdigest().encode()
    trailer = b"/Root %b/ID[<%b><%b>]" % (plate.root, identifier, identifier)
    if plate.kept.information:
        trailer += b"/Info %d 0 R" % plate.kept.information
    offset = start + len(words.part.content) + len(rest.content)
    added = b"%b%b%b" % (words.part.content, rest.content, end(table, offset, trailer))
    whole = plate.sha256.copy()
    whole.update(added)
    return Printed(plate.content + added, whole.hexdigest())


def _links(words: Impression, places: Sequence[Places]) -> Iterator[tuple[int, bytes]]:
    """Write the annotations of links."""
    for link in words.links:
        box = moved(link.box, places[link.imprint][link.part])
        yield link.number, annotation(box, link.said, link.key)


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
