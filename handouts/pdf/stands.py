"""Stands: where imprints stand on a plate, and the numbers that it keeps for them.

They are kept before all others, so that the same words have the same numbers on many plates.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

from handouts.marks import Imprint, ImprintMark, Page
from handouts.pdf.casting import Cast, cast, streams_of
from handouts.pdf.links import annotation
from handouts.pdf.objects import FileDocument
from handouts.pdf.syntax import numbers, reference
from handouts.pdf.tagging import Box
from handouts.pdf.tree import Tree
from handouts.remembered import Remembered
from handouts.structure import StructureElement
from handouts.values import frozen

Places = tuple[tuple[float, float], ...]
"""Where the parts of an imprint stand on their pages."""


@frozen(kw_only=False)
class Kept:
    """Numbers of what printing adds to every plate: objects, two object streams, cross-references.

    `clinic` holds the objects of the clinic's words and colours, `leaflet` all else; `information` is
    0 where there is none.  `fonts` is the plate's own, for the resources to refer to.
    """

    resources: int
    fonts: int
    palette: int
    metadata: int
    information: int
    clinic: int
    leaflet: int
    table: int


@frozen(kw_only=False)
class Spot:
    """Where a part of an imprint stands: its page, its place on it, its identifiers.

    These are `first` to `end`, exclusive.
    """

    imprint: int
    part: int
    page: int
    x: float
    y: float
    first: int
    end: int


@frozen
class Stand:
    """What a plate keeps for an imprint: numbers, and what the imprint's objects refer to.

    Attributes:
        start: Number of the first of its objects: elements, annotations, streams, then images.
        elements, links, parts: How many there are of the first three.
        key: Key of its first annotation in the parent tree.
        up: Reference to the element above it.
        pages: References to the pages of its parts.
        firsts: The first identifiers of its parts.
        namespace: Reference to the namespace of elements, or b"".
    """

    start: int
    elements: int
    links: int
    parts: int
    key: int
    up: bytes
    pages: tuple[bytes, ...]
    firsts: tuple[int, ...]
    namespace: bytes

    def element(self, number: int) -> bytes:
        """Refer to one of its elements."""
        return reference(self.start + number)

    def annotation(self, number: int) -> int:
        """Give the number of one of its annotations."""
        return self.start + self.elements + number

    def stream(self, part: int) -> int:
        """Give the number of the content stream of a part."""
        return self.start + self.elements + self.links + part

    def image(self, number: int) -> int:
        """Give the number of one of its images."""
        return self.start + self.elements + self.links + self.parts + number


def keep(document: FileDocument, *, information: bool) -> Kept:
    """Keep numbers for what printing adds."""
    resources, fonts, palette, metadata, clinic, leaflet, table = (
        document.resources,
        *[document.reserve() for _ in range(6)],
    )
    said = document.reserve() if information else 0
    return Kept(resources, fonts, palette, metadata, said, clinic, leaflet, table)


def spots_of(pages: Sequence[Page], imprints: Sequence[Imprint]) -> Iterator[Spot]:
    """Say where imprints stand; each part counts on from the one before it on its page."""
    numbers = {imprint: number for number, imprint in enumerate(imprints)}
    for on, page in enumerate(pages):
        first = 0
        for mark in page.marks:
            if isinstance(mark, ImprintMark):
                count = len(cast(mark.imprint).owners[mark.part])
                yield Spot(
                    numbers[mark.imprint], mark.part, on, mark.x, mark.y, first, first + count
                )
                first += count


def keep_objects(document: FileDocument, imprints: Sequence[Imprint]) -> Mapping[Imprint, int]:
    """Keep numbers for the objects of imprints; give the first of each."""
    kept = {imprint: cast(imprint) for imprint in imprints}
    return {
        imprint: document.reserve(
            len(one.numbers) + len(one.links) + len(one.streams) + len(one.images)
        )
        for imprint, one in kept.items()
    }


def above(
    root: StructureElement, imprints: Sequence[Imprint]
) -> Mapping[StructureElement, StructureElement]:
    """Find the elements that imprints stand in, by the roots of these."""
    roots = frozenset([imprint.root for imprint in imprints])
    return dict(_above(root, root, roots))


def _above(
    element: StructureElement, real: StructureElement, roots: frozenset[StructureElement]
) -> Iterator[tuple[StructureElement, StructureElement]]:
    """Yield the roots below an element, with what they stand in; `real` is the one for placeholders."""
    for kid in element.kids:
        if kid in roots:
            yield kid, real
        else:
            yield from _above(kid, kid if kid.tag else real, roots)


@lru_cache(maxsize=256)
def same(stands: tuple[Stand, ...]) -> tuple[Stand, ...]:
    """Give the same object for the same stands: those of plates that the same words fit."""
    return stands


def stands_of(
    imprints: Sequence[Imprint],
    spots: Sequence[Spot],
    starts: Mapping[Imprint, int],
    *,
    pages: Sequence[bytes],
    parents: Sequence[bytes],
    namespace: bytes,
) -> Iterator[Stand]:
    """Say what is kept for each imprint; keys of the parent tree count its annotations first."""
    key = 0
    for number, imprint in enumerate(imprints):
        one: Cast = cast(imprint)
        own = sorted([spot for spot in spots if spot.imprint == number], key=lambda spot: spot.part)
        yield Stand(
            start=starts[imprint],
            elements=len(one.numbers),
            links=len(one.links),
            parts=len(one.streams),
            key=key,
            up=parents[number],
            pages=tuple([pages[spot.page] for spot in own]),
            firsts=tuple([spot.first for spot in own]),
            namespace=namespace,
        )
        key += len(one.links)


_OBJECTS: Remembered[list[tuple[int, bytes]]] = Remembered(128)
"""The objects of imprints: on many plates, an imprint has the same stand."""


def objects_of(imprint: Imprint, stand: Stand, places: Places) -> list[tuple[int, bytes]]:
    """Write an imprint's elements and streams; where its parts stand matters for figures only."""
    framed = places if cast(imprint).figures else ()
    return _OBJECTS.result((imprint, stand), framed, lambda: _objects(imprint, stand, places))


def _objects(imprint: Imprint, stand: Stand, places: Places) -> list[tuple[int, bytes]]:
    one = cast(imprint)
    tree = Tree(
        one.marked,
        stand.pages,
        [reference(stand.annotation(n)) for n in range(len(one.links))],
        map(stand.element, count()).__next__,
        namespace=stand.namespace,
        box=lambda element, box: numbers(*moved(box, places[one.figures[element]])),
        firsts=stand.firsts,
    )
    elements = tree.imprint(imprint.root, one.contents, stand.up)
    streams = streams_of(imprint, stand.firsts)
    return [
        *[(stand.start + n, body) for n, (_, body) in enumerate(elements)],
        *[(stand.stream(n), content) for n, content in enumerate(streams)],
    ]


def links_of(imprint: Imprint, stand: Stand, places: Places) -> Iterator[tuple[int, bytes]]:
    """Write the annotations of an imprint's links, whose parts stand at places."""
    for n, (part, _, box, said) in enumerate(cast(imprint).links):
        yield stand.annotation(n), annotation(moved(box, places[part]), said, stand.key + n)


def moved(box: Box, place: tuple[float, float]) -> Box:
    """Give the box that is at a place on a page."""
    (left, low, right, high), (x, y) = box, place
    return left + x, low + y, right + x, high + y
