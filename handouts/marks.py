"""What stands on a page: the display list that layout makes and the PDF layer draws.

Coordinates are points from the page's bottom left corner.
A colour is named by its role (`COLOURS`), so that pages do not depend on a clinic's brand.
A mark's structure element says whose content it is; None makes it an artifact.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

from handouts.structure import StructureElement
from handouts.values import frozen, replace

COLOURS = ("text", "white", "ink", "fill", "rule", "line", "tint", "accent", "alarm")
"""The colour roles, in the order of the palette's entries."""


@frozen
class FontProgram:
    """A subset of a face, ready to embed: TrueType bytes and what its descriptor says (1/1000 em)."""

    data: bytes
    widths: tuple[tuple[int, float], ...]
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    stem_v: int


class Face(Protocol):
    """A font face, addressed by glyph id."""

    def __hash__(self) -> int:
        """A face is equal to itself only."""

    @property
    def name(self) -> str:
        """Resource name, the same in every document; made from the file's content."""

    @property
    def postscript_name(self) -> str:
        """Name in the font file."""

    def text_of(self, glyph: int) -> str | None:
        """Give the text that the font itself maps to this glyph, if any."""

    def glyph(self, character: str) -> int:
        """Give the nominal glyph of a character, 0 when there is none."""

    def subset(self, glyphs: frozenset[int]) -> FontProgram:
        """Cut the face down to these glyphs, their ids kept; cached."""


@frozen(kw_only=False)
class Segment:
    """A stretch of one line in one face, from one run.

    `x` and `width` are points from the line's left end; `operators` show the text (no Tf, no Tm).
    `scale` multiplies the setting's size (sub- and superscripts); their rise is in `operators`.
    """

    run: int
    face: Face
    x: float
    width: float
    operators: str
    scale: float = 1.0


@frozen(kw_only=False)
class Line:
    """A set line: segments in the order they are written, and its width without its last space.

    When `placed`, each segment needs its own text matrix; otherwise one follows the other.
    """

    segments: tuple[Segment, ...]
    width: float
    placed: bool = False


@frozen(kw_only=False)
class FontUse:
    """What a setting uses of a face: the glyphs of its words, and texts of those it cannot name."""

    face: Face
    words: tuple[tuple[int, ...], ...]
    texts: tuple[tuple[int, str], ...]


@frozen(kw_only=False)
class Setting:
    """A paragraph set to a width: it depends on text, faces, size and width only, so it is cached.

    `cut` says whether a word had to be cut in two, since no line holds it.
    """

    lines: tuple[Line, ...]
    fonts: tuple[FontUse, ...]
    size: float
    leading: float
    tracking: float = 0.0
    cut: bool = False


@frozen
class TextMark:
    """Lines `first` to `last` (exclusive) of a setting; the first one's baseline starts at x, y.

    `elements[i]` is the structure element of run i; `hrefs[i]` its link target or "".
    """

    x: float
    y: float
    setting: Setting
    first: int
    last: int
    colour: str
    elements: tuple[StructureElement | None, ...]
    hrefs: tuple[str, ...]
    texts: tuple[str, ...]


@frozen(kw_only=False)
class ShapeMark:
    """A path, drawn with its origin at x, y; an artifact unless it is some element's (a bullet's Lbl).

    `path` holds PDF path-construction operators; `fill` and `stroke` are colour roles or "".
    `dash` is (on, off) in points or ().
    """

    x: float
    y: float
    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    scale: float = 1.0
    round: bool = False
    element: StructureElement | None = None


@frozen(kw_only=False)
class Image:
    """An opaque RGB or grey raster, 8 bits a component: `components` is 3 or 1.

    `pixels` is row by row from the top, or (`png`) a PNG's own compressed rows, or (`jpeg`) a whole
    JPEG file; these go into the file as they are.
    With a `palette` (RGB triples), the one component is an index into it.
    """

    width: int
    height: int
    components: int
    pixels: bytes
    encoding: Literal["raw", "png", "jpeg"] = "raw"
    palette: bytes = b""


@frozen(kw_only=False)
class ImageMark:
    """An image in its box, lower left corner at x, y; its element is a Figure with its Alt."""

    x: float
    y: float
    width: float
    height: float
    image: Image
    element: StructureElement | None


@frozen(kw_only=False)
class FigurePathMark:
    """A drawn picture that carries meaning (a QR code): a filled path that is a Figure's content.

    `scale` is the size of the path's unit, in points.
    """

    x: float
    y: float
    width: float
    height: float
    path: str
    fill: str
    element: StructureElement
    scale: float = 1.0


OwnMark = TextMark | ShapeMark | ImageMark | FigurePathMark


@frozen(kw_only=False, eq=False)
class Imprint:
    """The words of a slot, set apart, so that pages can be shared by all who fill the slot.

    `parts` are the marks of its boxes, which may stand on several pages: from the page's left edge
    and up from the box's top.  `root` is a placeholder whose kids are the imprint's elements.
    `common` says whether all clinics have it alike.
    """

    root: StructureElement
    parts: tuple[tuple[OwnMark, ...], ...]
    common: bool = False


@frozen(kw_only=False)
class ImprintMark:
    """A part of an imprint on a page: by how much it is moved right, and the top of its box."""

    x: float
    y: float
    imprint: Imprint
    part: int


Mark = OwnMark | ImprintMark


@frozen(kw_only=False)
class Bookmark:
    """An entry of the outline: its level (1 is the title), words, element and the y it leads to."""

    level: int
    title: str
    element: StructureElement
    y: float


@frozen(kw_only=False)
class Page:
    """A page: its size in points, its marks in drawing order, its bookmarks.

    `leaves`, of a side of a sheet, are the leaflet's pages on it: for each how many marks it has, and
    its place in reading order.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    leaves: tuple[tuple[int, int], ...] = ()


def by_leaf(
    marks: Sequence[Mark], leaves: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, Sequence[Mark]]]:
    """Yield the marks of each page on a side of a sheet with its place in reading order; then the rest."""
    start = 0
    for count, number in leaves:
        yield number, marks[start : start + count]
        start += count
    yield 0, marks[start:]


def own_marks(page: Page) -> Iterator[OwnMark]:
    """Yield the marks of a page, those of its imprints where they stand."""
    for mark in page.marks:
        if isinstance(mark, ImprintMark):
            for inner in mark.imprint.parts[mark.part]:
                yield replace(inner, x=inner.x + mark.x, y=inner.y + mark.y)
        else:
            yield mark


def unmoved_marks(page: Page) -> Iterator[OwnMark]:
    """Yield the marks of a page and of its imprints, wherever these stand."""
    for mark in page.marks:
        if isinstance(mark, ImprintMark):
            yield from mark.imprint.parts[mark.part]
        else:
            yield mark


def imprints(pages: Sequence[Page]) -> tuple[Imprint, ...]:
    """Give the imprints of pages, each once, in the order they are met."""
    found = [mark.imprint for page in pages for mark in page.marks if isinstance(mark, ImprintMark)]
    return tuple(dict.fromkeys(found))


Palette = Mapping[str, str]
"""Colour role -> `#rrggbb`."""
