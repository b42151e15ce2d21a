"""Imprints cast for the press: their content streams, elements and links, but for object numbers.

What only the page knows is left open: numbers of objects, and where a part stands on its page.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import count

from handouts.marks import Image, ImageMark, Imprint
from handouts.pdf.content import page_content
from handouts.pdf.fonts import Fonts, beyond_common, fonts_of
from handouts.pdf.holes import Pieces, hole, pieces
from handouts.pdf.links import LinkPiece, link_pieces, spoken
from handouts.pdf.syntax import stream
from handouts.pdf.tagging import Box, MarkedContent
from handouts.pdf.tree import Tree
from handouts.structure import StructureElement
from handouts.values import frozen


@frozen(eq=False)
class Cast:
    """An imprint as objects.

    Attributes:
        streams: The content stream of each part.
        elements: Its elements in reading order; holes are `e` and a number for another element, `p`
            and a part's for its page, `a` and a link's for its annotation, `b` and a figure's for
            its box, `up` for the element above, `ns` for the namespace.
        numbers: Element -> its number.
        top: Numbers of the elements that have no other above them.
        owners: For each part, the number of the element that each identifier belongs to.
        links: The part and the element's number of each link, its box, and what it says.
        boxes: The boxes of figures, each with its part.
        images: The images that it shows.
    """

    streams: tuple[bytes, ...]
    elements: tuple[Pieces, ...]
    numbers: Mapping[StructureElement, int]
    top: tuple[int, ...]
    owners: tuple[tuple[int, ...], ...]
    links: tuple[tuple[int, int, Box, bytes], ...]
    boxes: tuple[tuple[int, Box], ...]
    images: tuple[Image, ...]


@lru_cache(maxsize=768)
def cast(imprint: Imprint, firsts: tuple[int, ...], *, namespace: bool) -> Cast:
    """Cast an imprint whose parts count their marked content from `firsts` on.

    `namespace` says whether elements name theirs (PDF 2.0).
    """
    marked, streams, links, part_of = _drawn(imprint, firsts)
    boxes: list[tuple[int, Box]] = []
    places = (hole(f"e{number}") for number in count())

    def box(element: StructureElement, found: Box) -> str:
        boxes.append((part_of[element], found))
        return hole(f"b{len(boxes) - 1}").decode()

    tree = Tree(
        marked,
        [hole(f"p{number}") for number in range(len(imprint.parts))],
        [hole(f"a{number}") for number in range(len(links))],
        lambda: next(places),
        namespace=hole("ns") if namespace else b"",
        box=box,
    )
    elements = tree.imprint(imprint.root, hole("up"))
    numbers = {element: number for number, element in enumerate(tree.references)}
    return Cast(
        streams=streams,
        elements=tuple([pieces(body) for _, body in elements]),
        numbers=numbers,
        top=tuple([numbers[one] for one in tree.top]),
        owners=tuple([tuple([numbers[one] for one in owners]) for owners in marked.pages]),
        links=tuple([(part, numbers[one.element], one.box, spoken(one)) for part, one in links]),
        boxes=tuple(boxes),
        images=_images(imprint),
    )


def _drawn(
    imprint: Imprint, firsts: tuple[int, ...]
) -> tuple[
    MarkedContent,
    tuple[bytes, ...],
    list[tuple[int, LinkPiece]],
    Mapping[StructureElement, int],
]:
    """Draw the parts: what they mark, their streams, their links, and the part of each figure."""
    marked = MarkedContent()
    streams: list[bytes] = []
    links: list[tuple[int, LinkPiece]] = []
    part_of: dict[StructureElement, int] = {}
    for part, (marks, first) in enumerate(zip(imprint.parts, firsts, strict=True)):
        marked.begin_page(first)
        streams.append(stream(b"", b"\n".join(page_content(marks, marked))))
        part_of |= {element: part for element in marked.boxes if element not in part_of}
        for piece in link_pieces(marks):
            marked.add_annotation(piece.element)
            links.append((part, piece))
    return marked, tuple(streams), links, part_of


def _images(imprint: Imprint) -> tuple[Image, ...]:
    found = [mark.image for part in imprint.parts for mark in part if isinstance(mark, ImageMark)]
    return tuple(dict.fromkeys(found))


def at_nought(imprint: Imprint) -> Cast:
    """Cast an imprint whose parts count from 0: what it has, wherever it stands."""
    return cast(imprint, (0,) * len(imprint.parts), namespace=False)


@lru_cache(maxsize=512)
def imprint_fonts(imprint: Imprint) -> Fonts:
    """Gather the faces that an imprint uses."""
    return fonts_of(mark for part in imprint.parts for mark in part)


@lru_cache(maxsize=512)
def shape_of(imprint: Imprint) -> tuple[object, ...]:
    """Give all that a plate depends on in an imprint: what it numbers, and letters that are not common."""
    if not imprint.parts:
        return ()
    one = at_nought(imprint)
    letters = frozenset(
        [(face, *extra) for face, extra in beyond_common(imprint_fonts(imprint)).items()]
    )
    links = tuple([(part, element) for part, element, _, _ in one.links])
    heads = tuple([(element.tag, n) for element, n in one.numbers.items() if element.tag[0] == "H"])
    return (one.owners, one.top, len(one.elements), links, len(one.images), heads, letters)
