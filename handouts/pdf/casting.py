"""Imprints cast for the press: their content streams, elements and links, but for object numbers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from handouts.marks import Image, ImageMark, Imprint, OwnMark
from handouts.pdf.content import page_content
from handouts.pdf.fonts import Fonts, beyond_common, fonts_of, widened
from handouts.pdf.links import LinkPiece, link_pieces, spoken
from handouts.pdf.syntax import stream
from handouts.pdf.tagging import Box, MarkedContent
from handouts.pdf.tree import Contents, below, gathered
from handouts.structure import StructureElement
from handouts.values import frozen


@frozen(eq=False)
class Cast:
    """What an imprint is made of, wherever it stands.

    Attributes:
        streams: The operators of each part, which counts its marked content from 0 on.
        marked: Whose content these are.
        contents: What stands in its elements.
        numbers: Element -> its number, in reading order.
        top: Numbers of the elements that have no other above them.
        owners: For each part, the number of the element that each identifier belongs to.
        links: The part and the element's number of each link, its box, and what it says.
        figures: Element of each figure -> the part that it stands in.
        images: The images that it shows.
    """

    streams: tuple[bytes, ...]
    marked: MarkedContent
    contents: Contents
    numbers: Mapping[StructureElement, int]
    top: tuple[int, ...]
    owners: tuple[tuple[int, ...], ...]
    links: tuple[tuple[int, int, Box, bytes], ...]
    figures: Mapping[StructureElement, int]
    images: tuple[Image, ...]


@lru_cache(maxsize=384)
def cast(imprint: Imprint) -> Cast:
    """Cast an imprint."""
    marked = MarkedContent()
    streams: list[bytes] = []
    links: list[tuple[int, LinkPiece]] = []
    figures: dict[StructureElement, int] = {}
    for part, marks in enumerate(imprint.parts):
        streams.append(_drawn(marks, marked, 0))
        figures = {**dict.fromkeys(marked.boxes, part), **figures}
        for piece in link_pieces(marks):
            marked.add_annotation(piece.element)
            links.append((part, piece))
    contents = gathered(imprint.root, marked)
    elements = below(imprint.root, contents)
    numbers = dict(zip(elements, range(len(elements)), strict=True))
    return Cast(
        streams=tuple(streams),
        marked=marked,
        contents=contents,
        numbers=numbers,
        top=tuple([numbers[one] for one in contents[imprint.root] if one in numbers]),
        owners=tuple([tuple([numbers[one] for one in owners]) for owners in marked.pages]),
        links=tuple([(part, numbers[one.element], one.box, spoken(one)) for part, one in links]),
        figures=figures,
        images=_images(imprint),
    )


@lru_cache(maxsize=256)
def streams_of(imprint: Imprint, firsts: tuple[int, ...]) -> tuple[bytes, ...]:
    """Give the streams of an imprint's parts, which count their identifiers from `firsts` on."""
    drawn = cast(imprint).streams
    if any(firsts):
        marked, parts = MarkedContent(), zip(imprint.parts, firsts, strict=True)
        drawn = tuple([_drawn(marks, marked, first) for marks, first in parts])
    return tuple([stream(b"", operators) for operators in drawn])


def _drawn(marks: Sequence[OwnMark], marked: MarkedContent, first: int) -> bytes:
    marked.begin_page(first)
    return b"\n".join(page_content(marks, marked))


def _images(imprint: Imprint) -> tuple[Image, ...]:
    found = [mark.image for part in imprint.parts for mark in part if isinstance(mark, ImageMark)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def imprint_fonts(imprint: Imprint) -> Fonts:
    """Gather the faces that a file needs for an imprint, with letters that other clinics' words have."""
    fonts = fonts_of(mark for part in imprint.parts for mark in part)
    return fonts if imprint.common else widened(fonts)


@lru_cache(maxsize=256)
def shape_of(imprint: Imprint) -> tuple[object, ...]:
    """Give all that a plate depends on in an imprint: what it numbers, and letters that are not common."""
    if imprint.common:
        return (imprint,)  # which the plate holds
    if not imprint.parts:
        return ()
    one = cast(imprint)
    letters = frozenset(
        [(face, *extra) for face, extra in beyond_common(imprint_fonts(imprint)).items()]
    )
    links = tuple([(part, element) for part, element, _, _ in one.links])
    heads = tuple([(element.tag, n) for element, n in one.numbers.items() if element.tag[0] == "H"])
    pictures = (len(one.images), bool(one.figures))
    return (one.owners, one.top, len(one.numbers), links, pictures, heads, letters)
