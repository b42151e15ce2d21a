"""Printing: a plate and the imprints that stand in it become a file."""

import hashlib
from collections.abc import Mapping, Sequence

from handouts.marks import COLOURS, Imprint, Palette
from handouts.pdf.casting import Cast, cast
from handouts.pdf.claims import Claims
from handouts.pdf.file import end, enter, part
from handouts.pdf.holes import filled
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.links import annotation
from handouts.pdf.metadata import Metadata, information, xmp
from handouts.pdf.plate import Plate, Spot
from handouts.pdf.syntax import numbers
from handouts.pdf.tagging import Box

_LEVEL = 3
"""Level of deflating for what is printed: half the time of the usual one, for 100 bytes more."""


def print_plate(
    plate: Plate,
    imprints: Sequence[Imprint],
    *,
    palette: Palette,
    metadata: Metadata,
    claims: Claims,
) -> bytes:
    """Print imprints onto a plate; the same arguments give the same bytes."""
    casts = [
        cast(imprint, firsts, namespace=claims.namespaces)
        for imprint, firsts in zip(imprints, plate.firsts, strict=True)
    ]
    printing = _Printing(plate)
    for number, one in enumerate(casts):
        printing.add(number, one)
    printing.values |= {
        b"images": _images(printing.images),
        b"links": b"".join([b"\n%b" % key for key in printing.keys]),
        b"next": b"%d" % (plate.keys + len(printing.keys)),
        b"metadata": xmp(metadata, claims),
        b"information": information(metadata),
        b"palette": _palette(palette),
    }
    return printing.file()


class _Printing:
    """New objects, and what fills the holes of those that wait for them."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate
        self.next = plate.size
        self.objects: list[tuple[int, bytes]] = []
        self.values: dict[bytes, bytes] = {b"m%d" % spot.page: b"" for spot in plate.spots}
        self.keys: list[bytes] = []
        self.images = dict(plate.images)

    def add(self, number: int, one: Cast) -> None:
        """Print an imprint: elements, links, streams and images."""
        spots, start = self.plate.spots_of[number], self.next
        elements = [b"%d 0 R" % (start + n) for n in range(len(one.elements))]
        self.next += len(elements)
        local = {b"up": self.plate.parents[number], b"ns": self.plate.namespace}
        local |= {b"e%d" % n: reference for n, reference in enumerate(elements)}
        local |= {b"p%d" % n: self.plate.pages[spot.page] for n, spot in enumerate(spots)}
        local |= {
            b"b%d" % n: numbers(*_moved(box, spots[at])).encode()
            for n, (at, box) in enumerate(one.boxes)
        }
        self._add_links(number, one, elements, local)
        self.objects += [(start + n, filled(body, local)) for n, body in enumerate(one.elements)]
        for spot, content, owners in zip(spots, one.streams, one.owners, strict=True):
            self.values[spot.name("s")] = self._put(content)
            kept = [elements[owner] for owner in owners]
            kept += [b"null"] * (spot.end - spot.first - len(owners))
            self.values[b"m%d" % spot.page] += b"".join([b"%b " % owner for owner in kept])
        self._add_images(one)
        self.values[b"k%d" % number] = b" ".join([elements[n] for n in one.top])
        if self.plate.namespace:
            self.values |= {b"e%d.%d" % (number, n): own for n, own in enumerate(elements)}

    def _add_links(
        self, number: int, one: Cast, elements: Sequence[bytes], local: dict[bytes, bytes]
    ) -> None:
        """Print the annotations of an imprint's links, and enter them into the parent tree."""
        spots = self.plate.spots_of[number]
        found: list[list[bytes]] = [[] for _ in spots]
        for n, (at, element, piece) in enumerate(one.links):
            key = self.plate.keys + len(self.keys)
            moved = piece._replace(box=_moved(piece.box, spots[at]))
            local[b"a%d" % n] = self._put(annotation(moved, key))
            found[at].append(local[b"a%d" % n])
            self.keys.append(b"%d %b" % (key, elements[element]))
        self.values |= {
            spot.name("l"): b" ".join(links) for spot, links in zip(spots, found, strict=True)
        }

    def _add_images(self, one: Cast) -> None:
        for image in one.images:
            name = image_name(image).encode()
            if name not in self.images:
                self.images[name] = self._put(image_stream(image))

    def _put(self, body: bytes) -> bytes:
        """Add an object, and give its reference."""
        self.objects.append((self.next, body))
        self.next += 1
        return b"%d 0 R" % (self.next - 1)

    def file(self) -> bytes:
        """Close the file; its identifier is the digest of its content."""
        plate = self.plate
        waiting = [(number, filled(body, self.values)) for number, body in plate.waiting]
        printed = part([*waiting, *self.objects], len(plate.content), self.next, level=_LEVEL)
        rows = bytearray(plate.rows) + bytes(7 * (self.next + 1 - plate.size))
        enter(rows, printed.rows)
        digest = hashlib.md5(plate.digest + printed.content, usedforsecurity=False)
        trailer = b"/Root %b%b/ID[<%b><%b>]" % (
            plate.root,
            plate.information and b"/Info " + plate.information,
            digest.hexdigest().encode(),
            digest.hexdigest().encode(),
        )
        offset = len(plate.content) + len(printed.content)
        return b"%b%b%b" % (plate.content, printed.content, end(rows, offset, trailer))


def _moved(box: Box, spot: Spot) -> Box:
    left, low, right, high = box
    return left + spot.x, low + spot.y, right + spot.x, high + spot.y


def _images(images: Mapping[bytes, bytes]) -> bytes:
    """Write the entry of the resources that names the images, if there are any."""
    named = b"".join([b"/%b %b" % one for one in images.items()])
    return b"/XObject<<%b>>" % named if named else b""


def _palette(palette: Palette) -> bytes:
    """Write the colours by role; pages name roles, so they do not depend on a brand."""
    colours = "".join([palette[role].lstrip("#") for role in COLOURS])
    return b"[/Indexed/DeviceRGB %d<%b>]" % (len(COLOURS) - 1, colours.encode())
