"""Plates: pages written once, which wait for the words of a clinic.

A plate is the part of a file that is the same for all who fill its slots: its bytes are final.
What is not the same are a dozen objects with holes, and the objects that printing adds.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from handouts.marks import ImageMark, Imprint, ImprintMark, Page, imprints
from handouts.pdf.casting import cast, imprint_fonts, reserves
from handouts.pdf.claims import Claims
from handouts.pdf.content import PALETTE, page_content
from handouts.pdf.file import enter, header, is_stream, part, table
from handouts.pdf.fonts import fonts_of, joined, write_fonts
from handouts.pdf.holes import Pieces, hole, pieces
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.links import annotation, link_pieces
from handouts.pdf.metadata import output_intents, profile_stream
from handouts.pdf.objects import FileDocument
from handouts.pdf.outline import write_outline
from handouts.pdf.rules import walk
from handouts.pdf.syntax import stream
from handouts.pdf.tagging import MarkedContent
from handouts.pdf.tree import NAMESPACE, Tree, tree_root
from handouts.structure import StructureElement
from handouts.values import frozen


@frozen(kw_only=False)
class Spot:
    """Where a part of an imprint stands: its page, its place on it, the identifiers kept for it.

    These are `first` to `end`, exclusive.
    """

    imprint: int
    part: int
    page: int
    x: float
    y: float
    first: int
    end: int

    def name(self, kind: str) -> bytes:
        """Name a hole that this part fills: `s` for its stream, `l` for its links."""
        return f"{kind}{self.imprint}.{self.part}".encode()


@frozen(eq=False)
class Plate:
    """Pages that wait for imprints.

    Attributes:
        content: The file's beginning: all objects without holes.
        rows: Cross-references of all objects so far, those with holes being free.
        waiting: Numbers of the objects with holes, and the objects.
        spots: Where imprints stand, in the order of the pages.
        spots_of: For each imprint, where its parts stand.
        firsts: For each imprint, the first identifiers of its parts.
        pages: References to the pages.
        parents: For each imprint, the reference to the element above it.
        keys: Keys of the parent tree so far.
        images: Resource names of the images that the pages show themselves, and their references.
        root, information, namespace: References to catalog and information dictionary, and to the
            namespace or b"".
        digest: MD5 of `content` and of the objects with holes.
    """

    content: bytes
    rows: bytes
    waiting: tuple[tuple[int, Pieces], ...]
    spots: tuple[Spot, ...]
    spots_of: tuple[tuple[Spot, ...], ...]
    firsts: tuple[tuple[int, ...], ...]
    pages: tuple[bytes, ...]
    parents: tuple[bytes, ...]
    keys: int
    images: Mapping[bytes, bytes]
    root: bytes
    information: bytes
    namespace: bytes
    digest: bytes

    @property
    def size(self) -> int:
        """One more than the number of its last object."""
        return len(self.rows) // 7


def make_plate(
    pages: Sequence[Page],
    root: StructureElement,
    *,
    language: str,
    claims: Claims,
    folded: bool = False,
) -> Plate:
    """Write all of a file that depends neither on its imprints nor on its metadata and palette.

    The same pages with other imprints of the same form give the same plate.
    """
    making = _Platemaker(pages, language, claims)
    making.write_pages()
    structure = making.write_tree(root, language)
    outline = making.write_outline(root)
    making.write_resources()
    information = making.document.add(hole("information")) if claims.information else 0
    making.document.complete_catalog(
        structure=structure,
        outline=outline,
        metadata=making.document.add(hole("metadata")),
        intents=output_intents(making.document.add(profile_stream())),
        viewing=_viewing(len(pages), folded=folded),
    )
    return making.plate(information)


class _Platemaker:
    """What there is of a plate while it is made."""

    def __init__(self, pages: Sequence[Page], language: str, claims: Claims) -> None:
        self.pages, self.claims = pages, claims
        self.document, self.marked = FileDocument(language), MarkedContent()
        self.imprints = imprints(pages)
        self.spots = tuple(_spots(pages, self.imprints))
        self.links: list[bytes] = []
        self.numbers: list[bytes] = []
        document, named = self.document, claims.namespaces
        self.namespace = _reference(self.document.add(NAMESPACE)) if named else b""
        self.tree = Tree(
            self.marked,
            self.numbers,
            self.links,
            lambda: _reference(document.reserve()),
            namespace=self.namespace,
            anchors={one.root: hole(f"k{n}") for n, one in enumerate(self.imprints)},
        )

    def write_pages(self) -> None:
        """Draw the pages and their links."""
        for number, page in enumerate(self.pages):
            self._write_page(page, [spot for spot in self.spots if spot.page == number])

    def _write_page(self, page: Page, spots: Sequence[Spot]) -> None:
        """Draw one page; the streams and links of imprints go where these stand.

        Keys of the parent tree count pages first, then annotations.
        """
        self.marked.begin_page(max([spot.end for spot in spots], default=0))
        content: list[bytes] = []
        for number, drawn in enumerate(page_content(page.marks, self.marked)):
            content += [hole(spots[number - 1].name("s").decode())] if number else []
            content.append(_reference(self.document.add(stream(b"", drawn))))
        number = self.document.add_page(
            size=(page.width, page.height),
            content=b" ".join(content),
            annotations=b" ".join(self._annotations(page, spots)),
            key=len(self.marked.pages) - 1,
        )
        self.numbers.append(_reference(number))
        for mark in page.marks:
            if isinstance(mark, ImageMark):
                self.document.add_image(image_name(mark.image), image_stream(mark.image))

    def _annotations(self, page: Page, spots: Sequence[Spot]) -> Iterator[bytes]:
        """Write the page's links; those of imprints are holes among them."""
        waiting = iter(spots)
        for mark in page.marks:
            if isinstance(mark, ImprintMark):
                yield hole(next(waiting).name("l").decode())
                continue
            for piece in link_pieces([mark]):
                key = len(self.pages) + len(self.links)
                self.links.append(_reference(self.document.add(annotation(piece, key))))
                self.marked.add_annotation(piece.element)
                yield self.links[-1]

    def write_tree(self, root: StructureElement, language: str) -> int:
        """Write the structure tree, and give the number of its root."""
        number = self.document.reserve()
        for reference, body in self.tree.objects(
            root, _reference(number), root.language or language
        ):
            self.document.fill(_number(reference), body)
        reserved = {spot.page: hole(f"m{spot.page}") for spot in self.spots}
        body = tree_root(self.tree, root, self.marked, namespace=self.namespace, reserved=reserved)
        self.document.fill(number, body)
        return number

    def write_outline(self, root: StructureElement) -> int | None:
        """Write the outline, and give its number; with namespaces it leads to elements, too."""
        order = {element: place for place, element in enumerate(walk(root))}
        targets = self._targets() if self.namespace else {}
        return write_outline(self.document, self.pages, self.numbers, order, targets)

    def _targets(self) -> Mapping[StructureElement, bytes]:
        targets = dict(self.tree.references)
        for number, imprint in enumerate(self.imprints):
            firsts = (0,) * len(imprint.parts)
            for element, place in cast(imprint, firsts, namespace=True).numbers.items():
                targets[element] = hole(f"e{number}.{place}")
        return targets

    def write_resources(self) -> None:
        """Embed the fonts, and say by what names pages call fonts, images and colours."""
        own = [
            mark for page in self.pages for mark in page.marks if not isinstance(mark, ImprintMark)
        ]
        fonts = joined(fonts_of(own), [imprint_fonts(one) for one in self.imprints])
        write_fonts(self.document, fonts)
        self.document.fill(
            self.document.resources,
            b"<</Font<<%b>>%b/ColorSpace<</%b %d 0 R>>>>"
            % (
                _names(self.document.fonts),
                hole("images"),
                PALETTE.encode(),
                self.document.add(hole("palette")),
            ),
        )

    def plate(self, information: int) -> Plate:
        """Lay down all objects that have no holes."""
        root = _reference(self.document.number(self.document.Catalog))
        bodies = list(enumerate(self.document.bodies(), 1))
        final: list[tuple[int, bytes]] = []
        waiting: list[tuple[int, Pieces]] = []
        for number, body in bodies:
            if b"\0" in body and not is_stream(body):
                waiting.append((number, pieces(body)))
            else:
                final.append((number, body))
        beginning = header(self.claims.version)
        laid = part(final, len(beginning), len(bodies) + 1)
        rows = table(len(bodies) + 2)
        enter(rows, laid.rows)
        content = beginning + laid.content
        spots_of = [
            sorted([spot for spot in self.spots if spot.imprint == n], key=lambda spot: spot.part)
            for n in range(len(self.imprints))
        ]
        return Plate(
            content=content,
            rows=bytes(rows),
            waiting=tuple(waiting),
            spots=self.spots,
            spots_of=tuple([tuple(spots) for spots in spots_of]),
            firsts=tuple([tuple([spot.first for spot in spots]) for spots in spots_of]),
            pages=tuple(self.numbers),
            parents=tuple([self.tree.above.get(one.root, b"") for one in self.imprints]),
            keys=len(self.pages) + len(self.links),
            images={name.encode(): _reference(n) for name, n in self.document.images.items()},
            root=root,
            information=_reference(information) if information else b"",
            namespace=self.namespace,
            digest=hashlib.md5(content + repr(waiting).encode(), usedforsecurity=False).digest(),
        )


def _spots(pages: Sequence[Page], stones: Sequence[Imprint]) -> Iterator[Spot]:
    """Say where imprints stand; each part counts on from the one before it on its page."""
    numbers = {imprint: number for number, imprint in enumerate(stones)}
    for on, page in enumerate(pages):
        first = 0
        for mark in page.marks:
            if isinstance(mark, ImprintMark):
                kept = reserves(mark.imprint)[mark.part]
                number = numbers[mark.imprint]
                yield Spot(number, mark.part, on, mark.x, mark.y, first, first + kept)
                first += kept


def _names(objects: Mapping[str, int]) -> bytes:
    return b"".join([b"/%b %d 0 R" % (name.encode(), n) for name, n in objects.items()])


def _viewing(page_count: int, *, folded: bool) -> bytes:
    """Show the title, print in true size, on both sides when there is something for the last one."""
    edge = b"/Duplex/DuplexFlipShortEdge" if folded else b"/Duplex/DuplexFlipLongEdge"
    duplex = b"" if page_count % 2 else edge
    return b"<</DisplayDocTitle true/PrintScaling/None/PickTrayByPDFSize true%b>>" % duplex


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _number(reference: bytes) -> int:
    return int(reference.partition(b" ")[0])
