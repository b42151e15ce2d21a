"""The tables of a TrueType file that embedding needs, and what makes a file unusable.

Source: OpenType 1.9.1, "The OpenType Font File" and the tables head, hhea, hmtx, OS/2, post, name.
"""

import struct
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from handouts.errors import AssetError, Place

_TRUETYPE = (b"\0\1\0\0", b"true")
_OTHER_FORMATS = {
    b"OTTO": "has PostScript outlines (CFF), not TrueType ones",
    b"ttcf": "is a collection of fonts",
    b"wOFF": "is a compressed web font",
    b"wOF2": "is a compressed web font",
}
_NEEDED = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
_PERMISSIONS = (  # OS/2 fsType, bits that forbid what embedding a subset does
    (0x0002, "its licence bits forbid embedding"),
    (0x0100, "its licence bits forbid subsetting"),
    (0x0200, "its licence bits allow embedding of bitmaps only"),
)
_HINT = "Use a static TrueType font (.ttf) that may be embedded"

Tables = Mapping[str, memoryview]


class Metrics(NamedTuple):
    """What a face says of itself, lengths in 1/1000 em.

    `advances` is in font units, one for each glyph id.
    """

    postscript_name: str
    units_per_em: int
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    x_height: int
    italic_angle: float
    stem_v: int
    advances: "array[int]"


def read_metrics(content: bytes, path: Path) -> Metrics:
    """Read the metrics of a font file.

    Raises:
        AssetError: The file is no static TrueType font, is damaged, or must not be embedded.
    """
    try:
        tables = _tables(content, path)
        _check_permission(tables, path)
        return _metrics(tables, path)
    except (struct.error, IndexError, ValueError, ZeroDivisionError) as error:
        raise _unusable(path, "is damaged: a table is too short") from error


def _unusable(path: Path, why: str) -> AssetError:
    return AssetError(f"The font {path.name} {why}", place=Place(str(path)), hint=_HINT)


def _tables(content: bytes, path: Path) -> Tables:
    """Read the table directory."""
    form = content[:4]
    if form not in _TRUETYPE:
        raise _unusable(path, _OTHER_FORMATS.get(form, "is no TrueType file"))
    (count,) = struct.unpack_from(">H", content, 4)
    tables, view = {}, memoryview(content)
    for row in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", content, 12 + 16 * row)
        if offset + length > len(content):
            raise _unusable(path, "is damaged: it is cut short")
        tables[tag.decode("latin-1")] = view[offset : offset + length]
    if "fvar" in tables:
        raise _unusable(path, "is a variable font")
    missing = [tag for tag in _NEEDED if not tables.get(tag)]
    if missing:
        raise _unusable(path, f"lacks the table {missing[0]}, so it is no TrueType font")
    return tables


def _check_permission(tables: Tables, path: Path) -> None:
    (bits,) = struct.unpack_from(">H", tables["OS/2"], 8)
    for bit, why in _PERMISSIONS:
        if bits & bit:
            raise _unusable(path, f"cannot be used: {why} (fsType {bits:#06x})")


def _metrics(tables: Tables, path: Path) -> Metrics:
    units: int
    units, *bbox = struct.unpack_from(">H16x4h", tables["head"], 18)
    ascent, descent = struct.unpack_from(">2h", tables["hhea"], 4)
    (weight,) = struct.unpack_from(">H", tables["OS/2"], 4)
    x_height, cap_height = _heights(tables["OS/2"], ascent)
    (angle,) = struct.unpack_from(">l", tables["post"], 4)

    def per_mille(length: int) -> int:
        return round(length * 1000 / units)

    left, bottom, right, top = map(per_mille, bbox)
    return Metrics(
        postscript_name=_postscript_name(tables["name"]) or _plain(path.stem),
        units_per_em=units,
        bbox=(left, bottom, right, top),
        ascent=per_mille(ascent),
        descent=per_mille(descent),
        cap_height=per_mille(cap_height),
        x_height=per_mille(x_height),
        italic_angle=angle / 65536,
        stem_v=50 + int((weight / 65) ** 2),  # the usual estimate: no table holds it
        advances=_advances(tables),
    )


def _heights(os2: memoryview, ascent: int) -> tuple[int, int]:
    """Give x-height and cap height in font units; tables before version 2 have neither."""
    (version,) = struct.unpack_from(">H", os2, 0)
    if version < 2:  # noqa: PLR2004  (the version that brought both fields)
        return ascent // 2, ascent
    x_height, cap_height = struct.unpack_from(">2h", os2, 86)
    return x_height, cap_height


def _advances(tables: Tables) -> "array[int]":
    """Read a width for each glyph; those that the table leaves out have its last one."""
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    (glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
    pairs = array("H", tables["hmtx"][: 4 * count].tobytes())  # an advance, then a bearing
    if len(pairs) < 2 * count:
        raise IndexError(count)
    if sys.byteorder == "little":
        pairs.byteswap()
    widths = pairs[::2]
    widths.extend((glyphs - count) * widths[-1:])
    return widths


def _postscript_name(table: memoryview) -> str:
    """Find name 6 in a `name` table; its characters are ASCII in every encoding."""
    _, count, storage = struct.unpack_from(">3H", table, 0)
    for row in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * row)
        if name == 6:  # noqa: PLR2004  (the name id of the PostScript name)
            text = bytes(table[storage + offset : storage + offset + length])
            encoding = "latin-1" if platform == 1 else "utf-16-be"
            return _plain(text.decode(encoding, "replace"))
    return ""


def _plain(name: str) -> str:
    """Leave only what a PDF name holds without escapes."""
    kept = [sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "+-.")]
    return "".join(kept) or "Font"
