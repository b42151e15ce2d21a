"""Logos and pictures: PNG and JPEG files checked, made opaque, and brought to a printable size.

An opaque 8-bit PNG or a JPEG in RGB or grey goes into the PDF as it is; anything else is decoded
by Pillow.
"""

import os
import re
import struct
import sys
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.errors import AssetError, Place
from handouts.files import read_bytes
from handouts.marks import Image

if TYPE_CHECKING:
    from PIL import Image as Pillow

_BYTES = 40_000_000
_PIXELS = 20_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PNG_COMPONENTS = {0: 1, 2: 3, 3: 1}
"""PNG colour types without alpha (grey, RGB, palette) -> components."""
_INDEXED = 3
_PALETTE = 3 * 256
"""Bytes of the largest palette (PNG, 11.2.3)."""
_LAST_FILTER = 4
"""The filter types of PNG, 9.2, are 0 to 4."""
_JPEG_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
_TURNED = re.compile(rb"\x01\x12\0\x03\0{3}\x01\0[\2-\x08]|\x12\x01\x03\0\x01\0{3}[\2-\x08]\0")
"""Exif's orientation, in either byte order, when it is any but upright."""
_GREYS = ("1", "L", "I", "I;16", "I;16B")
_HINT = "Save it as a PNG or JPEG of at most 20 megapixels"


def load_image(path: str, box: tuple[float, float]) -> Image:
    """Read a picture that will be printed inside a box of points; kept while its file is the same.

    Raises:
        AssetError: It is no PNG or JPEG, is damaged, or has more than 20 megapixels.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  (a batch asks for each leaflet)
    except OSError as error:
        hint = "Check its name, and whether you may read it."
        raise AssetError("the picture cannot be read", place=Place(path), hint=hint) from error
    return _loaded(path, box, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(maxsize=128)
def _loaded(path: str, box: tuple[float, float], _state: tuple[int, int, int]) -> Image:
    content = read_bytes(Path(path), limit=_BYTES, error=AssetError)
    place = Place(path)
    if content.startswith(_PNG):
        image = _png(content, place)
    elif content.startswith(_JPEG):
        image = _jpeg(content, place)
    else:
        raise AssetError("the picture is no PNG or JPEG", place=place, hint=_HINT)
    if image is not None and image.width <= _most(box[0]) and image.height <= _most(box[1]):
        return image
    return _decoded(content, place, box)


def fitted(image: Image, box: tuple[float, float]) -> tuple[float, float]:
    """Width and height in points of an image that fills a box as far as its shape allows."""
    scale = min(box[0] / image.width, box[1] / image.height)
    return image.width * scale, image.height * scale


def resolution(image: Image, box: tuple[float, float]) -> int:
    """Dots per inch of an image that fills a box of points."""
    return round(72 * image.width / fitted(image, box)[0])


def _most(points: float) -> int:
    """Pixels along a side at 1,200 dpi: more would only make the file larger."""
    return round(points / 72 * 1200)


def _check_size(width: int, height: int, place: Place) -> None:
    if not width or not height:
        raise AssetError("the picture is empty", place=place, hint=_HINT)
    if width * height > _PIXELS:
        size = width * height / 1_000_000
        raise AssetError(f"the picture has {size:.0f} megapixels", place=place, hint=_HINT)


# ---- as it is ----------------------------------------------------------------------------------


def _png(content: bytes, place: Place) -> Image | None:
    """An opaque 8-bit PNG's own compressed rows; None when it must be decoded."""
    chunks = _chunks(content, place)
    header = dict(chunks).get(b"IHDR", b"")
    special = any(kind in (b"tRNS", b"eXIf") for kind, _ in chunks)
    if len(header) != 13:  # noqa: PLR2004  (PNG, 11.2.2)
        raise _damaged(place)
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", header)
    _check_size(width, height, place)
    components = _PNG_COMPONENTS.get(colour)
    if components is None or depth != 8 or interlace or special:  # noqa: PLR2004  (bits)
        return None
    rows = b"".join([body for kind, body in chunks if kind == b"IDAT"])
    if not _is_whole(rows, height, width * components + 1):
        raise _damaged(place)
    palette = dict(chunks).get(b"PLTE", b"") if colour == _INDEXED else b""
    if colour == _INDEXED and (len(palette) % 3 or not 0 < len(palette) <= _PALETTE):
        raise _damaged(place)
    return Image(width, height, components, rows, "png", palette)


def _is_whole(deflated: bytes, height: int, stride: int) -> bool:
    """Whether compressed data holds just so many rows, each with a filter that there is.

    No more than these rows are ever unpacked.
    """
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(deflated, height * stride + 1)
    except zlib.error:
        return False
    filters = rows[::stride]
    return len(rows) == height * stride and unpacking.eof and max(filters) <= _LAST_FILTER


def _chunks(content: bytes, place: Place) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG, their checksums verified."""
    chunks, at = [], len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(
            ">I", content[at + 8 + length : at + 12 + length] + b"\0" * 4
        )
        if zlib.crc32(kind + body) != checksum:
            break
        chunks.append((kind, body))
        if kind == b"IEND":
            return chunks
        at += 12 + length
    raise _damaged(place)


def _jpeg(content: bytes, place: Place) -> Image | None:
    """A JPEG in RGB or grey as it is; None when it must be decoded."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004  (a JPEG marker)
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if marker in _JPEG_FRAMES:
            depth, height, width, components = struct.unpack_from(">BHHB", content, at + 4)
            _check_size(width, height, place)
            whole = content.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
            special = b"Adobe" in content[:at] or _TURNED.search(content, 0, at)
            plain = depth == 8 and components in (1, 3) and not special  # noqa: PLR2004  (bits)
            if not whole:
                raise _damaged(place)
            return Image(width, height, components, content, "jpeg") if plain else None
        at += 2 + length
    raise _damaged(place)


def _damaged(place: Place) -> AssetError:
    return AssetError("the picture is damaged", place=place, hint="Export it again")


# ---- decoded -----------------------------------------------------------------------------------


def _decoded(content: bytes, place: Place, box: tuple[float, float]) -> Image:
    """Decode with Pillow: upright, opaque on white, grey or RGB, no larger than print can show."""
    import io  # noqa: PLC0415  (only when a picture must be decoded)

    from PIL import Image as Pillow  # noqa: PLC0415
    from PIL import ImageOps  # noqa: PLC0415

    try:
        with Pillow.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            _check_size(*opened.size, place)
            picture = ImageOps.exif_transpose(opened)
            if picture.mode.startswith("I"):  # 16 bits, which convert() would cut off, not scale
                picture = picture.point(lambda level: level / 256)
            if picture.mode in _GREYS and "transparency" not in picture.info:
                picture = picture.convert("L")
            else:
                layers = picture.convert("RGBA")
                white = Pillow.new("RGBA", layers.size, "white")
                picture = Pillow.alpha_composite(white, layers).convert("RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as failure:
        raise _damaged(place) from failure
    picture.thumbnail((_most(box[0]), _most(box[1])))
    components = 1 if picture.mode == "L" else 3
    indexed = _indexed(picture) if components > 1 else None
    return indexed or Image(picture.width, picture.height, components, picture.tobytes(), "raw")


def _indexed(picture: "Pillow.Image") -> Image | None:
    """The same picture as indices into its colours, if it has few: half the bytes of RGB in a file.

    Pillow's own search takes one of two close colours for the other.
    """
    counted: list[Any] | None = picture.getcolors(_PALETTE // 3)
    if not counted:
        return None
    colours = sorted([bytes(colour) for _, colour in counted])
    opaque = {int.from_bytes(one + b"\xff", sys.byteorder): n for n, one in enumerate(colours)}
    words = memoryview(picture.convert("RGBA").tobytes()).cast("I")
    pixels = bytes(map(opaque.__getitem__, words))
    return Image(picture.width, picture.height, 1, pixels, "raw", b"".join(colours))
