"""Boxes: the words of runs, measured in points, in reading order.

Right-to-left text is not set yet.
When it is, `boxes_of` finds the levels of UAX #9 for the whole paragraph before it cuts it, and a
box is then of one level.
"""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from handouts.text.breaking import opportunities
from handouts.text.faces import FaceSet
from handouts.text.shaping import IGNORED, Word, Words, words_of
from handouts.text.style import Run, TextStyle

_BREAKS = "\t\n\r\u2028\u2029"
_INVISIBLE = "".join(sorted(IGNORED))
_UNFOLDED = re.compile(f"[{_BREAKS}]|[ {_INVISIBLE}]{{2}}")
_BLANKS = f"[{_INVISIBLE}]*[ {_BREAKS}][ {_BREAKS}{_INVISIBLE}]*"
_LIMIT = 20_000


class Box(NamedTuple):
    """A word of a run (by its index), measured in points without and with the space at its end.

    `free` says whether a line may begin with it.
    """

    run: int
    word: Word
    width: float
    advance: float
    free: bool = True

    @property
    def ends_in_space(self) -> bool:
        """Say whether a space follows the word."""
        return self.word.glyphs < self.word.all_glyphs


Boxes = list[Box]


class PlainWord(NamedTuple):
    """A plain word: what is written of it, its glyphs, its measures in points as those of its box."""

    array: str
    glyphs: tuple[int, ...]
    width: float
    advance: float


class PlainWords(dict[str, tuple[PlainWord | None, ...]]):
    """The words of chunks in one place; None stands for one that is not plain, or has no glyph."""

    def __init__(self, measure: "Measure") -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, chunk: str) -> tuple[PlainWord | None, ...]:
        if len(self) >= _LIMIT:
            self.clear()
        self[chunk] = words = tuple([_plain_word(box) for box in self._measure[chunk]])
        return words


def _plain_word(box: Box) -> PlainWord | None:
    part = box.word.plain
    if part is None or not box.word.glyphs:
        return None
    return PlainWord(part.array, part.glyphs, box.width, box.advance)


class Measure(dict[str, Boxes]):
    """The boxes of chunks in one place: run, size and tracking; they serve every paragraph.

    `em` is points per 1/1000 em, `tracking` points per glyph.
    """

    def __init__(self, run: int, words: Words, em: float, tracking: float) -> None:
        super().__init__()
        self.run, self.words, self.em, self.tracking = run, words, em, tracking
        self.plain = PlainWords(self)

    def __missing__(self, chunk: str) -> Boxes:
        if len(self) >= _LIMIT:
            self.clear()
        self[chunk] = boxes = [self.box(word) for word in self.words[chunk]]
        return boxes

    def box(self, word: Word) -> Box:
        """Measure a word."""
        width = word.width * self.em + word.glyphs * self.tracking
        advance = word.advance * self.em + word.all_glyphs * self.tracking
        return Box(self.run, word, width, advance)


@lru_cache(256)
def measure_of(
    faces: FaceSet, kind: tuple[str, str], size: float, tracking: float, run: int
) -> Measure:
    """Give the boxes of a kind of text (a chain's name, a language) at a size in points."""
    return Measure(run, words_of(faces, *kind), size / 1000, tracking)


def measures_of(runs: tuple[Run, ...], style: TextStyle, faces: FaceSet) -> list[Measure]:
    """Give the boxes of each run."""
    return [
        measure_of(faces, (run.face, run.language), style.size * run.scale, style.tracking, n)
        for n, run in enumerate(runs)
    ]


def folded(text: str) -> str:
    """Make one space of each stretch of blanks; a no-break space is none."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return re.sub(_BLANKS, " ", text) if _UNFOLDED.search(text) else text


def boxes_of(runs: tuple[Run, ...], measures: list[Measure]) -> Boxes:
    """Cut runs into boxes; blanks are folded, also where runs meet, and dropped at the start."""
    texts = _folded(runs)
    boxes: Boxes = []
    run = -1  # the run that a chunk begins in, which ends at `end`
    start = end = 0
    for chunk in _parted("".join(texts)):
        while start >= end:
            run += 1
            end += len(texts[run])
        stop = start + len(chunk)
        if stop <= end:
            boxes += measures[run][chunk]
        else:
            boxes += _shared(chunk, start - end, texts[run:], measures[run:])
        start = stop
    return boxes


def chunks_of(text: str) -> list[str]:
    """Cut a text into chunks; blanks are folded, and dropped at the start."""
    return _parted(folded(text).removeprefix(" "))


def _parted(text: str) -> list[str]:
    """Cut a folded text behind its spaces."""
    chunks = text.replace(" ", " \n").split("\n")
    return chunks if chunks[-1] else chunks[:-1]


def chunk_boxes(text: str, measure: Measure) -> Boxes:
    """Cut one text into boxes."""
    return [*chain.from_iterable(map(measure.__getitem__, chunks_of(text)))]


def _folded(runs: tuple[Run, ...]) -> list[str]:
    texts, after_space = [], True
    for run in runs:
        text = folded(run.text)
        if after_space:
            text = text.removeprefix(" ")
        if visible := text.rstrip(_INVISIBLE):
            after_space = visible.endswith(" ")
        texts.append(text)
    return texts


def _shared(chunk: str, back: int, texts: list[str], measures: list[Measure]) -> Boxes:
    """Make boxes of a chunk that several runs share; it begins `back` (< 0) from the first's end.

    A change of run alone is no place to break a line.
    """
    free = {0, *opportunities(chunk)}
    boxes: Boxes = []
    start, end = 0, -back
    for measure, after in zip(measures, [*texts[1:], ""], strict=True):
        for stop in sorted({at for at in free if start < at < end} | {end}):
            made = measure[chunk[start:stop]] if stop > start else []
            boxes += [box._replace(free=start in free) for box in made]
            start = stop
        end = min(end + len(after), len(chunk))
    return boxes
