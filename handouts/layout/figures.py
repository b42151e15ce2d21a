"""Pictures in the text: QR codes drawn as vectors, and decoded images."""

import re
from functools import lru_cache

from handouts import document
from handouts.document import Figure
from handouts.errors import LayoutError
from handouts.layout.boxes import Box
from handouts.layout.qr_code import LONGEST, qr_code
from handouts.layout.samples import clear, picture, swatch
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import points
from handouts.marks import FigurePathMark, ImageMark
from handouts.structure import StructureElement


def figure(block: Figure, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """Lay out a picture; `qr:URL`, `swatch:ROLE` and `clear:PICTURE` are drawn.

    Raises:
        LayoutError: There is no picture or colour of that name, or the URL is too long for a code.
    """
    element = parent.add("Figure", alt=block.alt)
    kind, colon, name = block.source.partition(":")
    match kind + colon:
        case document.QR:
            return [_code(name, setter, column, element)]
        case document.SWATCH:
            return [swatch(name, setter, column, element)]
        case document.CLEAR:
            return [clear(name, setter, column, element)]
    image = picture(block.source, setter)
    scale = min(column.width / image.width, setter.body_height / 2 / image.height, 0.24)
    width, height = image.width * scale, image.height * scale
    part = ImageMark(column.left, -height, width, height, image, element)
    space = setter.theme.space.paragraph
    return [Box(height, [part], space, space)]


def _code(url: str, setter: Setter, column: Column, element: StructureElement) -> Box:
    shape = setter.theme.code
    modules, path = qr_path(url, shape.quiet)
    module = max(shape.size / modules, shape.smallest_module)
    size = module * modules
    # The quiet zone hangs out to the left, so that the code itself stands on the text's edge.
    left = column.left - shape.quiet * module
    part = FigurePathMark(left, -size, size, size, _grown(path, module), "text", element)
    return Box(size, [part])


@lru_cache(maxsize=256)
def _grown(rows: tuple[tuple[int, int, int], ...], module: float) -> str:
    """Rectangles of (x, y, length) modules as a path in points."""
    return " ".join(
        [f"{points(x * module, y * module, length * module, module)} re" for x, y, length in rows]
    )


@lru_cache(maxsize=256)
def qr_path(url: str, quiet: int) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Encode a URL (ISO/IEC 18004, level M): modules a side with quiet zone, and its dark runs.

    Raises:
        LayoutError: The URL is too long.
    """
    try:
        lines = qr_code(url.encode())
    except ValueError:
        raise LayoutError(
            f"the address {url[:80]!r} is too long for a QR code",
            hint=f"Give the article a short qr_url (at most {LONGEST} characters)",
        ) from None
    size = len(lines) + 2 * quiet
    runs = [
        (dark.start() + quiet, size - quiet - down - 1, len(dark[0]))
        for down, line in enumerate(lines)
        for dark in re.finditer("1+", line)
    ]
    return size, tuple(runs)
