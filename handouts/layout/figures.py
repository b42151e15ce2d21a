"""Pictures in the text: QR codes drawn as vectors, and decoded images."""

from functools import lru_cache
from itertools import groupby

from handouts import document
from handouts.document import Figure
from handouts.errors import LayoutError
from handouts.layout.boxes import Box
from handouts.layout.samples import clear, picture, swatch
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import points
from handouts.marks import FigurePathMark, ImageMark
from handouts.structure import StructureElement

_LARGEST_VERSION = 4
"""33 modules a side: the most that stays readable at the size the design gives (62 bytes, level M)."""


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
        LayoutError: The URL needs a larger code than version 4.
    """
    from qrcodegen import DataTooLongError, QrCode, QrSegment  # noqa: PLC0415  (only when drawn)

    try:
        code = QrCode.encode_segments(
            [QrSegment.make_bytes(url.encode())],
            QrCode.Ecc.MEDIUM,
            maxversion=_LARGEST_VERSION,
            boostecl=False,
        )
    except DataTooLongError:
        raise LayoutError(
            f"the address {url[:80]!r} is too long for a QR code",
            hint="Give the article a short qr_url (at most 62 characters)",
        ) from None
    sides = range(code.get_size())
    size = code.get_size() + 2 * quiet
    runs = []
    for line in sides:
        dark = [code.get_module(x, line) for x in sides]
        runs += [(start + quiet, size - quiet - line - 1, length) for start, length in _runs(dark)]
    return size, tuple(runs)


def _runs(dark: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules follow each other in a row: start and length."""
    runs, at = [], 0
    for is_dark, group in groupby(dark):
        length = len(list(group))
        if is_dark:
            runs.append((at, length))
        at += length
    return runs
