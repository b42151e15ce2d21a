"""Lines of boxes become segments: text-showing operators with glyph ids of two bytes.

Source: ISO 32000-1, 9.4.3 (TJ), 9.3.7 (Ts), 14.9.4 (ActualText).
"""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from handouts.marks import FontUse, Line, Segment
from handouts.text.boxes import Boxes, Measure
from handouts.text.faces import FontFace
from handouts.text.glyphs import Part
from handouts.text.style import Run

_RISE, _EXACT = attrgetter("rise"), attrgetter("exact")


def written(
    filled: list[Boxes],
    widths: list[float],
    runs: tuple[Run, ...],
    measures: list[Measure],
    size: float,
) -> tuple[tuple[Line, ...], tuple[FontUse, ...]]:
    """Write lines of these widths in points, their last spaces left out; give the glyphs, too."""
    found = [_stretches(line) for line in filled]
    lines = [
        _line(line, width, runs, measures, size) for line, width in zip(found, widths, strict=True)
    ]
    return tuple(lines), _fonts(found)


class _Stretch(NamedTuple):
    """Parts that follow each other in one face and one run."""

    run: int
    face: FontFace
    parts: list[Part]


def _stretches(line: Boxes) -> list[_Stretch]:
    """Group the parts of a line by run and face."""
    found: list[_Stretch] = []
    run, face = -1, None
    for box in line:
        for part in box.word.parts:
            if part.face is not face or box.run != run:
                run, face = box.run, part.face
                parts: list[Part] = []
                found.append(_Stretch(run, face, parts))
            parts.append(part)
    return found


def _line(
    found: list[_Stretch], width: float, runs: tuple[Run, ...], measures: list[Measure], size: float
) -> Line:
    """Write the segments of a line that is `width` points wide, its last space left out."""
    x = 0.0
    segments = []
    for run, face, parts in found:
        measure, kind = measures[run], runs[run]
        advance = sum([part.advance for part in parts]) * measure.em
        if measure.tracking:
            advance += sum([len(part.glyphs) for part in parts]) * measure.tracking
        visible = min(advance, max(width - x, 0.0))
        operators = _operators(parts, kind.rise * size, measure.em)
        segments.append(Segment(run, face, x, visible, operators, kind.scale))
        x += advance
    return Line(tuple(segments), width)


def _operators(parts: list[Part], rise: float, em: float) -> str:
    """Write parts at a rise in points; `em` is points per 1/1000 em."""
    if rise or any(map(_RISE, parts)):
        groups = groupby(parts, key=lambda part: round(rise + part.rise * em, 3))
        shown = " ".join([f"{height:g} Ts {_show(list(group))}" for height, group in groups])
        shown += " 0 Ts"
    else:
        shown = _show(parts)
    if all(map(_EXACT, parts)):
        return shown
    text = "".join([part.text for part in parts]).encode("utf-16-be").hex().upper()
    return f"/Span<</ActualText<FEFF{text}>>>BDC {shown} EMC"


def _show(parts: list[Part]) -> str:
    return shown("".join([part.array for part in parts]))


def shown(array: str) -> str:
    """Show the glyphs of an array (`Part.array`)."""
    return f"[({array})]TJ"


def _fonts(lines: list[list[_Stretch]]) -> tuple[FontUse, ...]:
    """Gather the glyphs that lines use of each face, and the texts of those it cannot name."""
    used: dict[FontFace, list[Part]] = {}
    for line in lines:
        for _, face, parts in line:
            used.setdefault(face, []).extend(parts)
    return tuple([_font_use(face, parts) for face, parts in used.items()])


def _font_use(face: FontFace, parts: list[Part]) -> FontUse:
    names = dict([name for part in parts for name in part.names])
    return FontUse(face, tuple([part.glyphs for part in parts]), tuple(sorted(names.items())))
