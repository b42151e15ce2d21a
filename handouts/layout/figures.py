"""Pictures in the text: QR codes drawn as vectors, and decoded images."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil, isqrt

from handouts import document
from handouts.document import Figure
from handouts.errors import LayoutError
from handouts.layout.boxes import Box
from handouts.layout.samples import clear, picture, swatch
from handouts.layout.setter import Column, Setter
from handouts.marks import FigurePathMark, ImageMark
from handouts.structure import StructureElement

_MOST_BYTES = 62
"""Of version 4 and level M: 33 modules a side, the most that stays readable at the design's size."""

_DARK = re.compile(rb"\0+")
"""Dark pixels of a picture of a code."""


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
    module = ceil(max(shape.size / modules, shape.smallest_module) * 100) / 100  # as it is written
    size = module * modules
    # The quiet zone hangs out to the left, so that the code itself stands on the text's edge.
    left = column.left - shape.quiet * module
    part = FigurePathMark(left, -size, size, size, path, "text", element, scale=module)
    return Box(size, [part])


@lru_cache(maxsize=256)
def qr_path(url: str, quiet: int) -> tuple[int, str]:
    """Encode a URL (ISO/IEC 18004, level M): modules a side with quiet zone, and its dark runs.

    The runs are a path of rectangles, in modules.

    Raises:
        LayoutError: The URL needs a larger code than there is room for.
    """
    import zxingcpp  # noqa: PLC0415  (only when drawn)

    if len(url.encode()) > _MOST_BYTES:
        raise LayoutError(
            f"the address {url[:80]!r} is too long for a QR code",
            hint=f"Give the article a short qr_url (at most {_MOST_BYTES} characters)",
        )
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = bytes(code.to_image(scale=1, add_quiet_zones=False))
    side = isqrt(len(pixels))
    lines = [pixels[at : at + side] for at in range(0, len(pixels), side)]
    return side + 2 * quiet, " ".join(_runs(lines, quiet))


def _runs(lines: list[bytes], quiet: int) -> Iterator[str]:
    """The dark runs of a code's lines, top line first, as rectangles counted up from its foot."""
    for y, line in zip(range(len(lines) + quiet - 1, -1, -1), lines, strict=False):
        for dark in _DARK.finditer(line):
            yield f"{dark.start() + quiet} {y} {len(dark[0])} 1 re"
