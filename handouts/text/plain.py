"""Plain paragraphs: one run of words that all are in one face, on the baseline, and read back by it.

So is nearly all text; it is set without boxes, and its operators are those of its words in a row.
"""

from bisect import bisect_right
from itertools import accumulate, chain, pairwise
from operator import add

from handouts.marks import FontUse, Line, Segment
from handouts.text.boxes import Measure, chunks_of
from handouts.text.operators import shown
from handouts.text.style import Run

Lines = tuple[tuple[Line, ...], tuple[FontUse, ...]]
"""Lines, and what they use of each face."""


def plain_lines(run: Run, measure: Measure, limit: float, *, last_words: bool) -> Lines | None:
    """Set a run in lines of at most so many points.

    None if it is not plain, if no line holds one of its words, or if the last line wants company.
    """
    words = [*chain.from_iterable(map(measure.plain.__getitem__, chunks_of(run.text)))]
    if run.rise or not words or not all(words):
        return None
    arrays, glyphs, widths, advances = zip(*words, strict=True)
    if max(widths) > limit:
        return None
    pens = [*accumulate(advances, initial=0.0)]
    ends = _ends(widths, pens, limit)
    if last_words and len(ends) > 1 and widths[ends[-2] : -1] == advances[ends[-2] : -1]:
        return None  # no space in the last line
    face, lines = measure.words.first, []
    for start, end in pairwise((0, *ends)):
        width = pens[end - 1] - pens[start] + widths[end - 1]
        operators = shown("".join(arrays[start:end]))
        lines.append(Line((Segment(0, face, 0.0, width, operators, run.scale),), width))
    return tuple(lines), (FontUse(face, glyphs, ()),)


def _ends(widths: tuple[float, ...], pens: list[float], limit: float) -> list[int]:
    """Fill line after line, and say before which word each ends; words begin at `pens`, in points."""
    count = len(widths)
    if pens[-2] + widths[-1] <= limit:
        return [count]
    reached = [*map(add, pens, widths)]
    ends, start = [], 0
    while start < count:
        start = bisect_right(reached, pens[start] + limit, start)
        ends.append(start)
    return ends
