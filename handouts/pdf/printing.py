"""Printing: a plate and the imprints that stand on it become a file."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.marks import Imprint, Palette
from handouts.pdf.claims import Claims
from handouts.pdf.file import Part, end, enter, part
from handouts.pdf.impression import Impression, Link, impression
from handouts.pdf.links import annotation
from handouts.pdf.metadata import Metadata, information, xmp
from handouts.pdf.plate import Plate
from handouts.pdf.stands import Places, moved

_IDENTIFIER = 32
"""Hexadecimal digits of a file's identifier, as many as are usual (14.4)."""


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
    words = impression(plate, tuple(imprints), palette)
    objects = [*_links(words, plate.places), (kept.metadata, xmp(metadata, claims))]
    if kept.information:
        objects.append((kept.information, information(metadata)))
    return _file(plate, words.part, part(objects, kept.leaflet))


def _file(plate: Plate, words: Part, rest: Part) -> Printed:
    """Close the file; its identifier is the digest of all that stands before the last object."""
    rows, start = bytearray(plate.table.rows), len(plate.content)
    enter(rows, words, start)
    enter(rows, rest, start + len(words.content))
    offset = start + len(words.content) + len(rest.content)
    whole = plate.sha256.copy()
    whole.update(words.content)
    whole.update(rest.content)
    identifier = whole.hexdigest()[:_IDENTIFIER].encode()
    trailer = b"/Root %b/ID[<%b><%b>]" % (plate.root, identifier, identifier)
    if plate.kept.information:
        trailer += b"/Info %d 0 R" % plate.kept.information
    last = end(plate.table, rows, plate.kept.table, offset, trailer)
    whole.update(last)
    content = b"".join((plate.content, words.content, rest.content, last))
    return Printed(content, whole.hexdigest())


def _links(words: Impression, places: Sequence[Places]) -> list[tuple[int, bytes]]:
    """Write the annotations of links."""
    return [_annotation(link, places[link.imprint][link.part]) for link in words.links]


@lru_cache(maxsize=1024)
def _annotation(link: Link, place: tuple[float, float]) -> tuple[int, bytes]:
    """Write a link's annotation; most links of a clinic stand where they do in its other leaflets."""
    return link.number, annotation(moved(link.box, place), link.said, link.key)
