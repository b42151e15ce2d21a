"""Boxes of the glyphs of a TrueType program, as far as a leaflet's check needs them.

Source: OpenType 1.9, tables `head`, `loca` and `glyf`.
"""

import struct
from functools import lru_cache

from handouts.values import frozen

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@frozen(eq=False)
class Outlines:
    """A font program's glyphs: where each begins, and how many units an em has."""

    glyf: bytes
    starts: tuple[int, ...]
    units: int

    def box(self, glyph: int) -> Box | None:
        """Give the box of a glyph in ems, None when it has no ink."""
        if not 0 <= glyph < len(self.starts) - 1 or self.starts[glyph] == self.starts[glyph + 1]:
            return None
        left, bottom, right, top = struct.unpack_from(">4h", self.glyf, self.starts[glyph] + 2)
        return left / self.units, bottom / self.units, right / self.units, top / self.units


@lru_cache(maxsize=32)
def outlines(program: bytes) -> Outlines | None:
    """Read a TrueType program; None when it has no TrueType outlines, or is broken."""
    try:
        (count,) = struct.unpack_from(">H", program, 4)
        rows = [struct.unpack_from(">4sLLL", program, 12 + 16 * row) for row in range(count)]
        tables = {tag: program[start : start + length] for tag, _, start, length in rows}
        (units,) = struct.unpack_from(">H", tables[b"head"], 18)
        (long,) = struct.unpack_from(">h", tables[b"head"], 50)
        loca = tables[b"loca"]
        starts = struct.unpack(f">{len(loca) // (4 if long else 2)}{'L' if long else 'H'}", loca)
        starts = starts if long else tuple([2 * start for start in starts])
        return Outlines(glyf=tables[b"glyf"], starts=starts, units=units)
    except (KeyError, struct.error):
        return None
