"""Paragraphs are set: runs of text become lines of ready operators.

Lines are ragged right, filled greedily, never hyphenated; the space at a line's end is written,
since readers would join the words otherwise.
Operators expect that the PDF layer has set the font at `size * scale` (Tf), the place (Tm) and
the tracking (Tc).

Right-to-left text is not set yet.
When it is, boxes carry the levels of UAX #9 (see `boxes`), and lines are reordered between filling
and writing; such lines are `placed`, since each of their segments needs a place of its own.
"""

import re
from functools import lru_cache

from handouts.errors import LayoutError
from handouts.marks import Setting
from handouts.text.boxes import Box, Boxes, Measure, boxes_of, chunk_boxes, measure_of, measures_of
from handouts.text.breaking import forced_break
from handouts.text.faces import FaceSet
from handouts.text.operators import written
from handouts.text.plain import Lines, plain_lines
from handouts.text.style import Run, TextStyle

_TOLERANCE = 1e-6
"""Points that a line may be too wide by, for sums of floats."""


@lru_cache(1_000)
def set_text(runs: tuple[Run, ...], style: TextStyle, width: float, faces: FaceSet) -> Setting:
    """Set a paragraph to a width in points; text without a word has no lines.

    Blanks are folded into one space, and left out where the paragraph begins.
    The segments of a line are as wide as the line: the space at its end counts in neither.

    Raises:
        AssetError: No face has a character, or a font file is unusable.
        LayoutError: The style asks for right-to-left text.
    """
    if style.direction == "rtl":
        raise LayoutError("Text from right to left is not supported yet")
    measures, limit = measures_of(runs, style, faces), width + _TOLERANCE
    plain = (
        plain_lines(runs[0], measures[0], limit, last_words=style.last_words)
        if len(runs) == 1
        else None
    )
    (lines, fonts), cut = (plain, False) if plain else _set(runs, measures, style, limit)
    return Setting(
        lines=lines,
        fonts=fonts,
        size=style.size,
        leading=style.leading,
        tracking=style.tracking,
        cut=cut,
    )


def _set(
    runs: tuple[Run, ...], measures: list[Measure], style: TextStyle, limit: float
) -> tuple[Lines, bool]:
    """Set runs of any kind in lines of at most so many points; say whether a word is cut."""
    filled, cut = _filled(boxes_of(runs, measures), limit, measures)
    if style.last_words and len(filled) > 1:
        _take_down(filled, limit)
    lines = written(filled, [_width(line) for line in filled], runs, measures, style.size)
    return lines, cut


def text_width(text: str, face: str, size: float, faces: FaceSet) -> float:
    """Measure words on one line, in points, without tracking and without a space at their end."""
    boxes = chunk_boxes(text, measure_of(faces, (face, "en"), size, 0.0, 0))
    return _width(boxes) if boxes else 0.0


def widest_word(text: str, face: str, size: float, faces: FaceSet) -> float:
    """Measure the widest stretch that no line breaks, in points, without tracking.

    Words are looked up with their space, as they are where they are set.
    """
    boxes = chunk_boxes(f"{text} ", measure_of(faces, (face, "en"), size, 0.0, 0))
    return max([box.width for box in boxes], default=0.0)


def _filled(boxes: Boxes, limit: float, measures: list[Measure]) -> tuple[list[Boxes], bool]:
    """Fill line after line; what cannot be broken goes to the next line, or is cut if it must.

    Say whether that was within a word.
    """
    lines: list[Boxes] = []
    cut = False
    line: Boxes = []
    used, mark = 0.0, 0  # points used, and where in the line the last unbreakable stretch begins
    ahead = boxes[::-1]
    while ahead:
        box = ahead.pop()
        if box.free:
            mark = len(line)
        if used + box.width <= limit or not box.word.glyphs:
            line.append(box)
            used += box.advance
            continue
        if box.width > limit and (parted := _parted(box, measures[box.run])):
            ahead += reversed(parted)
            continue
        ahead.append(box)
        if line:
            mark = mark or len(line)  # no place to break: then where the run changes
            ahead += reversed(line[mark:])
            line = line[:mark]
        else:
            line = [_cut(ahead, limit, measures)]
            cut = cut or (bool(ahead) and _is_within(line[0].word.text, ahead[-1].word.text))
        lines.append(line)
        line, used, mark = [], 0.0, 0
    return [*lines, line] if line else lines, cut


def _is_within(before: str, after: str) -> bool:
    """Whether the end of a line is within a word or a number."""
    return before[-1:].isalnum() and after[:1].isalnum()


def _parted(box: Box, measure: Measure) -> Boxes:
    """Part what no line can hold where words are bound to each other: a space takes a bond's place.

    Nothing where there is no bond.
    """
    words = _BONDS.sub(r"\1 \n", box.word.text).split("\n")
    if len(words) == 1:
        return []
    first, *others = [measure.box(measure.words.shape(word)) for word in words]
    return [first._replace(free=box.free), *others]


_BONDS = re.compile(r"(?<=\S)(\s*)\s(?=\S)")


def _cut(ahead: Boxes, limit: float, measures: list[Measure]) -> Box:
    """Take the next box, which no line can hold, give what fits and put the rest back."""
    box = ahead.pop()
    measure, text = measures[box.run], box.word.text
    shape = measure.words.shape
    word = text.removesuffix(" ")
    end = forced_break(word, lambda head: measure.box(shape(head)).width <= limit)
    if end == len(word):
        return box
    ahead.append(measure.box(shape(text[end:])))
    return measure.box(shape(text[:end]))


def _take_down(lines: list[Boxes], limit: float) -> None:
    """Bring company to a last line of one word: the word before it, if both fit and one stays."""
    above, last = lines[-2:]
    if any(box.ends_in_space for box in last[:-1]):
        return
    starts = [n for n in range(1, len(above)) if above[n].free and above[n - 1].ends_in_space]
    if not starts:
        return
    down = above[starts[-1] :] + last
    if _width(down) <= limit:
        lines[-2:] = [above[: starts[-1]], down]


def _width(line: Boxes) -> float:
    """Measure a line without the space at its end."""
    return sum([box.advance for box in line[:-1]]) + line[-1].width
