"""A file's fonts: what their codes say, how wide and high their glyphs are, whether they are embedded."""

import re
from collections.abc import Mapping
from typing import Any

from handouts.pdf.codes import Codes, codes_of
from handouts.values import frozen
from handouts.verify.outlines import Outlines, outlines

_Object = Any

_SUBSET = re.compile(r"/?[A-Z]{6}\+")
_BOLD = re.compile(r"(?<!Semi)(?<!Demi)(?:Bold|Black|Heavy)", re.IGNORECASE)
_FLAT = "xzvwyumnrsaceo"
"""Letters that are as high as the x, those without an overshoot first."""

_PROGRAMS = ("/FontFile2", "/FontFile3", "/FontFile")
_LAST_CODE = 0xFFFF
_ASCENT, _DESCENT = 0.75, -0.25
"""Height and depth of letters in ems, where the program does not tell."""


@frozen(eq=False)
class Glyph:
    """One code that is shown: its text, its width, and its ink's bottom and top, in ems.

    `missing` says that it is the box that stands for a character which the font lacks.
    """

    text: str
    width: float
    bottom: float
    top: float
    missing: bool


@frozen(eq=False)
class Face:
    """A font of the file; `name` is without its subset's prefix; `x_height` is in ems, or 0.

    `shapes` are there when codes are glyph ids, as in our own files.
    """

    name: str
    embedded: bool
    subset: bool
    x_height: float
    codes: Codes
    widths: Mapping[int, float]
    default_width: float
    shapes: Outlines | None

    @property
    def bold(self) -> bool:
        """Whether its name says that it is bold."""
        return bool(_BOLD.search(self.name))

    def glyphs(self, raw: bytes) -> list[Glyph]:
        """Give the glyphs of a string."""
        return [self._glyph(code) for code in self.codes.codes(raw)]

    def _glyph(self, code: int) -> Glyph:
        text = self.codes.text(code.to_bytes(self.codes.length, "big"))
        box = self.shapes.box(code) if self.shapes else (0.0, _DESCENT, 0.0, _ASCENT)
        return Glyph(
            text=text,
            width=self.widths.get(code, self.default_width),
            bottom=box[1] if box else 0.0,
            top=box[3] if box else 0.0,
            missing=text == "\ufffd" or (self.shapes is not None and code == 0),
        )


def face_of(font: _Object) -> Face:
    """Read a font dictionary."""
    simple = font["/Subtype"] != "/Type0"
    inner = font if simple else font["/DescendantFonts"][0].get_object()
    descriptor = inner.get("/FontDescriptor", {})
    program = next((descriptor[key] for key in _PROGRAMS if key in descriptor), None)
    name = str(font.get("/BaseFont", "/unnamed"))
    codes = codes_of(font)
    identity = not simple and inner.get("/CIDToGIDMap", "/Identity") == "/Identity"
    shapes = outlines(program.get_data()) if program is not None and identity else None
    return Face(
        name=_SUBSET.sub("", name).removeprefix("/"),
        embedded=program is not None or font["/Subtype"] == "/Type3",
        subset=bool(_SUBSET.match(name)),
        x_height=_x_height(codes, shapes) or float(descriptor.get("/XHeight", 0)) / 1000,
        codes=codes,
        widths=_simple_widths(font) if simple else _widths(inner.get("/W", [])),
        default_width=0.5 if simple else float(inner.get("/DW", 1000)) / 1000,
        shapes=shapes,
    )


def _x_height(codes: Codes, shapes: Outlines | None) -> float:
    """Measure the x-height on the letters that the subset has, 0 when it has none."""
    if shapes is None:
        return 0.0
    glyphs = {text: code for code, text in codes.texts.items()}
    boxes = [shapes.box(glyphs[letter]) for letter in _FLAT if letter in glyphs]
    return next((box[3] for box in boxes if box), 0.0)


def _simple_widths(font: _Object) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    scale = abs(float(font["/FontMatrix"][0])) if "/FontMatrix" in font else 0.001
    return {first + step: float(one) * scale for step, one in enumerate(font.get("/Widths", []))}


def _widths(entries: _Object) -> dict[int, float]:
    """Read the array of widths of a CID font (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    rest = iter([entry.get_object() for entry in entries])
    for first in rest:
        second = next(rest)
        if isinstance(second, list):
            found |= {int(first) + step: float(one) / 1000 for step, one in enumerate(second)}
        else:
            codes = range(int(first), min(int(second), _LAST_CODE) + 1)
            found |= dict.fromkeys(codes, float(next(rest)) / 1000)
    return found
