"""Impressions: the words of a clinic as objects of a file, the same on many plates."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from handouts.pdf.casting import Cast
from handouts.pdf.file import Part, part
from handouts.pdf.holes import filled
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.stands import Stand
from handouts.values import frozen

Boxes = tuple[bytes, ...]
"""The boxes of an imprint's figures, as they are written."""


@frozen(eq=False)
class Impression:
    """The imprints of a plate: elements, streams and images, but not the annotations.

    `images` are the names and references of the images, `digest` is the MD5 of the content.
    """

    part: Part
    images: Mapping[bytes, bytes]
    digest: bytes


@lru_cache(maxsize=128)
def impression(
    casts: tuple[Cast, ...], stands: tuple[Stand, ...], boxes: tuple[Boxes, ...], holder: int
) -> Impression:
    """Make the impression of what was cast for these stands; `holder` is its object stream's number."""
    objects: list[tuple[int, bytes]] = []
    images: dict[bytes, bytes] = {}
    for one, stand, own in zip(casts, stands, boxes, strict=True):
        objects += _elements(one, stand, own)
        objects += [(stand.stream(n), content) for n, content in enumerate(one.streams)]
        for n, image in enumerate(one.images):
            name = image_name(image).encode()
            if name not in images:
                images[name] = b"%d 0 R" % stand.image(n)
                objects.append((stand.image(n), image_stream(image)))
    laid = part(objects, holder)
    digest = hashlib.md5(laid.content, usedforsecurity=False).digest()
    return Impression(part=laid, images=images, digest=digest)


def _elements(one: Cast, stand: Stand, boxes: Boxes) -> list[tuple[int, bytes]]:
    """Number an imprint's structure elements."""
    values = {b"up": stand.up, b"ns": stand.namespace}
    values |= {b"e%d" % n: stand.element(n) for n in range(len(one.elements))}
    values |= {b"a%d" % n: b"%d 0 R" % stand.annotation(n) for n in range(len(one.links))}
    values |= {b"p%d" % n: page for n, page in enumerate(stand.pages)}
    values |= {b"b%d" % n: box for n, box in enumerate(boxes)}
    return [(stand.start + n, filled(body, values)) for n, body in enumerate(one.elements)]
