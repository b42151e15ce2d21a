"""Plates: pages written once, which wait for the words of a clinic.

A plate is the part of a file that is the same for all who fill its slots: its bytes are final.
What they refer to in the rest of the file has numbers that the plate keeps.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from handouts.marks import ImageMark, ImprintMark, Page, by_leaf, imprints
from handouts.pdf.casting import cast, imprint_fonts
from handouts.pdf.claims import Claims
from handouts.pdf.content import page_content
from handouts.pdf.file import Table, enter, free, header, part, settled
from handouts.pdf.fonts import fonts_of, joined, write_fonts
from handouts.pdf.images import image_name, image_stream
from handouts.pdf.links import annotation, link_pieces, spoken
from handouts.pdf.metadata import output_intents, profile_stream
from handouts.pdf.objects import FileDocument
from handouts.pdf.outline import write_outline
from handouts.pdf.rules import walk
from handouts.pdf.stands import (
    Kept,
    Places,
    Spot,
    Stand,
    above,
    keep,
    keep_objects,
    links_of,
    objects_of,
    same,
    spots_of,
    stands_of,
)
from handouts.pdf.syntax import reference, resources, stream
from handouts.pdf.tagging import MarkedContent
from handouts.pdf.tree import NAMESPACE, Tree, tree_root
from handouts.structure import StructureElement
from handouts.values import frozen

if TYPE_CHECKING:
    from hashlib import _Hash as Hash


@frozen(eq=False)
class Plate:
    """Pages that wait for imprints.

    Attributes:
        content: The file's beginning: all objects but those that printing adds.
        table: Cross-references of all objects, those that printing adds being free.
        kept: Numbers of objects that printing adds.
        stands: For each imprint that printing adds, what is kept for it.
        places: For each of these, where its parts stand on their pages.
        framed: The same of imprints with figures, whose boxes say it.
        images: Resource names and references of the images that the pages show themselves.
        root: Reference to the catalog.
        sha256: The hash of `content`, which can be copied and go on.
    """

    content: bytes
    table: Table
    kept: Kept
    stands: tuple[Stand, ...]
    places: tuple[Places, ...]
    framed: tuple[Places, ...]
    images: tuple[tuple[bytes, bytes], ...]
    root: bytes
    sha256: "Hash"


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
    making = _Platemaker(pages, root, language, claims)
    making.write_pages()
    making.write_common()
    if folded:
        making.marked.settle()
    structure = making.write_tree(root, language)
    outline = making.write_outline(root)
    making.write_fonts()
    making.document.complete_catalog(
        structure=structure,
        outline=outline,
        metadata=making.kept.metadata,
        intents=output_intents(making.document.add(profile_stream())),
        viewing=_viewing(len(pages), folded=folded),
    )
    return making.plate()


class _Platemaker:
    """What there is of a plate while it is made.

    What a clinic's words refer to is numbered before all else, so that these are the same bytes on
    the plates of many articles.
    """

    def __init__(
        self, pages: Sequence[Page], root: StructureElement, language: str, claims: Claims
    ) -> None:
        self.pages, self.claims = pages, claims
        self.document, self.marked = FileDocument(language), MarkedContent()
        self.kept = keep(self.document, information=claims.information)
        self.namespace = reference(self.document.add(NAMESPACE)) if claims.namespaces else b""
        self.imprints = imprints(pages)
        self.spots = tuple(spots_of(pages, self.imprints))
        starts = keep_objects(self.document, [one for one in self.imprints if not one.common])
        self.first_own = self.document.reserve(0)
        common = [one for one in self.imprints if one.common]
        starts = {**starts, **keep_objects(self.document, common)}
        self.numbers = [self.document.begin_page() for _ in pages]
        parents = above(root, self.imprints)
        known = {one: reference(self.document.reserve()) for one in dict.fromkeys(parents.values())}
        self.stands = tuple(
            stands_of(
                self.imprints,
                self.spots,
                starts,
                pages=[reference(number) for number in self.numbers],
                parents=[known[parents[one.root]] for one in self.imprints],
                namespace=self.namespace,
            )
        )
        self.links: list[bytes] = []
        document = self.document
        self.tree = Tree(
            self.marked,
            [reference(number) for number in self.numbers],
            self.links,
            lambda: reference(document.reserve()),
            namespace=self.namespace,
            anchors={
                one.root: b" ".join([stand.element(n) for n in cast(one).top])
                for one, stand in zip(self.imprints, self.stands, strict=True)
            },
            known=known,
        )
        self.first_key = sum([stand.links for stand in self.stands])
        self.places = tuple([tuple(_places(self.spots, n)) for n in range(len(self.imprints))])

    def write_pages(self) -> None:
        """Draw the pages and their links."""
        for number, page in enumerate(self.pages):
            self._write_page(page, number, [spot for spot in self.spots if spot.page == number])

    def _write_page(self, page: Page, on: int, spots: Sequence[Spot]) -> None:
        """Draw one page; the streams and links of imprints go where these stand."""
        self.marked.begin_page(max([spot.end for spot in spots], default=0))
        content: list[bytes] = []
        for number, drawn in enumerate(page_content(page.marks, self.marked, page.leaves)):
            if number:
                spot = spots[number - 1]
                content.append(reference(self.stands[spot.imprint].stream(spot.part)))
            content.append(reference(self.document.add(stream(b"", drawn))))
        self.document.complete_page(
            self.numbers[on],
            size=(page.width, page.height),
            content=b" ".join(content),
            annotations=b" ".join(self._annotations(page, spots)),
            key=self.first_key + on,
        )
        for mark in page.marks:
            if isinstance(mark, ImageMark):
                self.document.add_image(image_name(mark.image), image_stream(mark.image))

    def _annotations(self, page: Page, spots: Sequence[Spot]) -> Iterator[bytes]:
        """Write the page's links; those of imprints are among them."""
        waiting = iter(spots)
        for self.marked.leaf, marks in by_leaf(page.marks, page.leaves):
            for mark in marks:
                if isinstance(mark, ImprintMark):
                    spot = next(waiting)
                    for n, (at, *_) in enumerate(cast(mark.imprint).links):
                        if at == spot.part:
                            yield reference(self.stands[spot.imprint].annotation(n))
                    continue
                for piece in link_pieces([mark]):
                    key = self.first_key + len(self.pages) + len(self.links)
                    self.links.append(
                        reference(self.document.add(annotation(piece.box, spoken(piece), key)))
                    )
                    self.marked.add_annotation(piece.element)
                    yield self.links[-1]

    def write_common(self) -> None:
        """Write the objects of imprints that all clinics have alike: printing adds none of these."""
        for imprint, stand, places in zip(self.imprints, self.stands, self.places, strict=True):
            if imprint.common:
                bodies = (*objects_of(imprint, stand, places), *links_of(imprint, stand, places))
                for number, body in bodies:
                    self.document.fill(number, body)
                for image in cast(imprint).images:
                    self.document.add_image(image_name(image), image_stream(image))

    def write_tree(self, root: StructureElement, language: str) -> int:
        """Write the structure tree, and give the number of its root."""
        number = self.document.reserve()
        for place, body in self.tree.objects(root, reference(number), root.language or language):
            self.document.fill(int(place[:-4]), body)  # behind the number stands " 0 R"
        imprinted: dict[int, list[bytes]] = {}
        for spot in self.spots:
            stand, one = self.stands[spot.imprint], cast(self.imprints[spot.imprint])
            owners = [stand.element(n) for n in one.owners[spot.part]]
            imprinted.setdefault(spot.page, []).extend(owners)
        links = [
            stand.element(element)
            for stand, one in zip(self.stands, self.imprints, strict=True)
            for _, element, *_ in cast(one).links
        ]
        body = tree_root(
            self.tree,
            root,
            self.marked,
            namespace=self.namespace,
            imprinted=imprinted,
            links=links,
        )
        self.document.fill(number, body)
        return number

    def write_outline(self, root: StructureElement) -> int | None:
        """Write the outline, and give its number; with namespaces it leads to elements, too."""
        order = {element: place for place, element in enumerate(walk(root))}
        targets = self._targets() if self.namespace else {}
        numbers = [reference(number) for number in self.numbers]
        return write_outline(self.document, self.pages, numbers, order, targets)

    def _targets(self) -> Mapping[StructureElement, bytes]:
        targets = dict(self.tree.references)
        for stand, imprint in zip(self.stands, self.imprints, strict=True):
            for element, n in cast(imprint).numbers.items():
                targets[element] = stand.element(n)
        return targets

    def write_fonts(self) -> None:
        """Embed the fonts."""
        own = [
            mark for page in self.pages for mark in page.marks if not isinstance(mark, ImprintMark)
        ]
        fonts = joined([fonts_of(own), *map(imprint_fonts, self.imprints)])
        write_fonts(self.document, fonts)
        self.document.fill(self.kept.fonts, resources(_references(self.document.fonts)))

    def plate(self) -> Plate:
        """Lay down all objects."""
        root = reference(self.document.number(self.document.Catalog))
        bodies = self.document.bodies()
        holder = self.document.reserve()
        beginning = header(self.claims.version)
        laid = part(bodies, holder)
        rows = free(holder + 1)
        enter(rows, laid, len(beginning))
        content = beginning + laid.content
        own = [n for n, imprint in enumerate(self.imprints) if not imprint.common]
        figures = [n for n in own if cast(self.imprints[n]).figures]
        return Plate(
            content=content,
            table=settled(bytes(rows), self.first_own),
            kept=self.kept,
            stands=same(tuple([self.stands[n] for n in own])),
            places=tuple([self.places[n] for n in own]),
            framed=tuple([self.places[n] for n in figures]),
            images=_references(self.document.images),
            root=root,
            sha256=hashlib.sha256(content),
        )


def _places(spots: Sequence[Spot], imprint: int) -> Iterator[tuple[float, float]]:
    """Say where the parts of an imprint stand."""
    own = [spot for spot in spots if spot.imprint == imprint]
    for spot in sorted(own, key=lambda spot: spot.part):
        yield spot.x, spot.y


def _viewing(page_count: int, *, folded: bool) -> bytes:
    """Show the title, print in true size, on both sides when there is something for the last one."""
    edge = b"/Duplex/DuplexFlipShortEdge" if folded else b"/Duplex/DuplexFlipLongEdge"
    duplex = b"" if page_count % 2 else edge
    return b"<</DisplayDocTitle true/PrintScaling/None/PickTrayByPDFSize true%b>>" % duplex


def _references(objects: Mapping[str, int]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple([(name.encode(), reference(number)) for name, number in objects.items()])
