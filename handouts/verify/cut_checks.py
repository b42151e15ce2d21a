"""Are words whole?  Section 3: no word is cut at the end of a line, but web addresses."""

import re
from collections.abc import Iterator
from itertools import pairwise

from handouts.verify.finding import Finding
from handouts.verify.printed import Printed, TextLine

_NUMBER_ENDS = re.compile(r"\d[.,:/]$")
_ADDRESS = re.compile(r"@|/|\w\.\w")
_KEPT = 0.5
"""Files say where words end when so many of their lines end with a space, or more."""


def cut_word(printed: Printed) -> Iterator[Finding]:
    """Find words and numbers that go on in the next line of their paragraph, without a hyphen.

    A space at the end of a line tells that a word ends there; a file that has none cannot tell.
    """
    ends = [(line, below) for block in printed.blocks for line, below in pairwise(block.lines)]
    spaces = [line for line, below in ends if _is_spaced(line, below)]
    if len(spaces) < _KEPT * len(ends):
        return
    for line, below in ends:
        if not _is_spaced(line, below) and _goes_on(line.text, below.text):
            yield Finding(
                page=line.page,
                x=line.first.x,
                y=line.first.y,
                what=f"a word is cut in two, after “{line.text.split()[-1]}”",
                todo="Give it a wider column, or smaller type.",
            )


def _is_spaced(line: TextLine, below: TextLine) -> bool:
    """Whether there is a space between two lines, or they are not one below the other."""
    beside = line.page == below.page and abs(line.first.y - below.first.y) < line.size / 2
    return beside or line.runs[-1].text[-1:].isspace() or below.first.text[:1].isspace()


def _goes_on(above: str, below: str) -> bool:
    """Whether a word, or a number, is on both sides of a line's end; in scripts with capitals."""
    last, first = above.rsplit(maxsplit=1)[-1], below.split(maxsplit=1)[0]
    if _NUMBER_ENDS.search(last) and first[0].isdigit():
        return True
    return _is_part(last[-1]) and _is_part(first[0]) and not _ADDRESS.search(last + first)


def _is_part(letter: str) -> bool:
    """Whether it is a digit, or a letter of a script with spaces between words."""
    return letter.isdigit() or letter.lower() != letter.upper()
