"""The text of a Vaccine Information Statement: sections by their fixed headings, lines joined.

The text comes out of a PDF: paragraphs are cut where columns and pages end, and lists have lost
their bullets.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from handouts.document import Block, Blocks, BulletList, Item, paragraph
from handouts.sources.pieces import Piece
from handouts.sources.reading import Guess, Joined, Notes
from handouts.sources.vaccine_statement_words import (
    NUMBER,
    VACCINE,
    WORDS,
    Words,
    heading_places,
    key,
)
from handouts.values import frozen

_ENDED = re.compile(r"[.!?…:。！？؟：।][\"”’»)\]）]*$")
_TAIL = 12
"""So many characters at the end of a text say whether a sentence ends there."""
_LEADS = (":", "：")
_ONGOING = (",", "،", "，", "、", "-")
_QUESTION = ("?", "？", "؟")
_ADDRESS = re.compile(r"www\.|https?://|1-8\d\d-")
_CJK = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_LONGEST = 120
"""A heading has so many characters at most."""
_SPAN = 3
"""A heading is cut into so many lines at most."""
_ANY = Words(headings=(), vaccine=r"(?!)", closers=(), ors=())


@frozen(kw_only=False)
class Part:
    """A section: its title, its place among the seven or -1, how sure that is, and its lines."""

    title: str
    line: int
    place: int
    sure: float
    lines: list[Piece]


# ---- headings ----------------------------------------------------------------------------------


class Headings:
    """Finds the headings, each of the fixed ones once."""

    def __init__(self, language: str) -> None:
        self._places = heading_places(language)
        self._vaccine = re.compile(WORDS.get(language, _ANY).vaccine)
        self._found: set[int] = set()
        self._number = 0

    def parted(self, lines: Sequence[Piece]) -> tuple[list[Piece], list[Part]]:
        """Part lines into those above the first heading, and the sections."""
        head: list[Piece] = []
        parts: list[Part] = []
        at = 0
        while at < len(lines):
            part, span = self._heading(lines, at)
            if part is None:
                (parts[-1].lines if parts else head).append(lines[at])
            else:
                parts.append(part)
            at += span
        return head, parts

    def _heading(self, lines: Sequence[Piece], at: int) -> tuple[Part | None, int]:
        first = lines[at]
        if len(first.text) > _LONGEST:
            return None, 1
        for span in range(1, _SPAN + 1):
            title = _joined([line.text[: _LONGEST + 1] for line in lines[at : at + span]])
            place = self._places.get(key(title), -1)
            if place >= 0 and place not in self._found:
                return self._opened(title, first.line, place, 1.0), span
        above = lines[at - 1].text if at else "."
        if self._names_vaccine(first.text, above):
            return self._opened(first.text, first.line, VACCINE, 0.9), 1
        if sure := self._unknown(first.text, above):
            return self._opened(first.text, first.line, -1, sure), 1
        return None, 1

    def _opened(self, title: str, line: int, place: int, sure: float) -> Part:
        if place >= 0:
            self._found.add(place)
        if number := NUMBER.match(title):
            self._number = int(number[1])
        return Part(title, line, place, sure, [])

    def _names_vaccine(self, text: str, above: str) -> bool:
        """Whether a line is the second heading, which the vaccine names."""
        open_to_it = self._found == {0} and _ended(above)
        said = NUMBER.sub("", text, count=1)
        return open_to_it and not _ended(text) and bool(self._vaccine.fullmatch(said))

    def _unknown(self, text: str, above: str) -> float:
        """Say how sure it is that a line is a heading of unknown words: numbered, or a question."""
        number = NUMBER.match(text)
        if number and int(number[1]) == self._number + 1 and not text.endswith((".", ":", ",")):
            return 0.8
        alone = not self._places and _ended(above)
        return 0.5 if alone and text.endswith(_QUESTION) else 0.0


def disorder(parts: Sequence[Part], language: str) -> str:
    """Say what speaks for columns that are mixed up, or ""."""
    places = [part.place for part in parts if part.place >= 0]
    if places != sorted(places):
        return "the headings are not in their order"
    missing = len(set(heading_places(language).values()) - set(places))
    if missing > 1:
        return f"{missing} of the fixed headings are missing"
    return ""


# ---- lines -------------------------------------------------------------------------------------


class Flow:
    """Makes blocks of a section's lines; `dangling` counts paragraphs that end in mid-sentence."""

    def __init__(self, language: str, notes: Notes) -> None:
        self.dangling = 0
        self._words = WORDS.get(language, _ANY)
        self._notes = notes
        self._made: list[Block] = []
        self._items: list[str] = []
        self._listing = False
        self._marked = False
        self._lines: list[Piece] = []
        self._depth = 0

    def blocks(self, lines: Sequence[Piece]) -> Blocks:
        """Make the blocks of one section."""
        self._made, self._items, self._listing = [], [], False
        for line in lines:
            if self._lines and not self._goes_on(line):
                self._flush()
            self._lines.append(line)
            self._depth += _depth(line.text)
        self._flush()
        self._close()
        return tuple(self._made)

    def _goes_on(self, line: Piece) -> bool:
        """Whether a line goes on with what was gathered."""
        first, last = self._lines[0], self._lines[-1].text
        if line.kind == "bullet" or (_ended(last) and self._depth <= 0):
            return False
        if self._depth > 0 or last.endswith(_ONGOING) or _ADDRESS.match(line.text):
            return True
        rises, falls = first.text[0].isupper(), line.text[0].islower()
        if first.kind == "bullet" or not self._listing or self._closes(first.text):
            return falls or not last.endswith((")", "）"))
        return rises and falls

    def _flush(self) -> None:
        if not self._lines:
            return
        said, first = _joined([line.text for line in self._lines]), self._lines[0]
        if len(self._lines) > 1:
            what = f"{len(self._lines)} lines of a sentence that the page cut"
            self._notes.joined.append(Joined(first.line, what))
        self._lines, self._depth = [], 0
        if first.kind == "bullet" or (self._listing and not self._ends_list(said)):
            self._add_item(said, first)
            return
        self._close()
        self._made.append(paragraph(said))
        self._listing = said.endswith(_LEADS)
        self.dangling += not _ended(said)

    def _add_item(self, said: str, first: Piece) -> None:
        last = self._items[-1] if self._items else ""
        self._marked = first.kind == "bullet"
        if not self._items and not self._marked:
            self._notes.guessed.append(Guess(first.line, said, 0.8, "list"))
        self._items.append(said)
        if self._asks_for_more(last) and _ended(said):
            self._close()

    def _ends_list(self, said: str) -> bool:
        """Whether a whole sentence stands behind an unmarked list: it does not begin as its items."""
        if self._closes(said) or (self._items and self._marked):
            return True
        if not _ended(said):
            return False
        last = self._items[-1] if self._items else ""
        if self._asks_for_more(last):
            return False
        return not (said[0].islower() and last[:1].islower())

    def _closes(self, said: str) -> bool:
        return said.startswith(self._words.closers) if self._words.closers else False

    def _asks_for_more(self, item: str) -> bool:
        return item.rpartition(" ")[2].strip(",;") in self._words.ors if item else False

    def _close(self) -> None:
        if self._items:
            items: tuple[Item, ...] = tuple((paragraph(item),) for item in self._items)
            self._made.append(BulletList(items))
        self._items, self._listing, self._marked = [], False, False


def _ended(said: str) -> bool:
    return bool(_ENDED.search(said[-_TAIL:]))


def _depth(line: str) -> int:
    """Count how many more brackets a line opens than it closes."""
    return line.count("(") + line.count("（") - line.count(")") - line.count("）")


def _joined(lines: Sequence[str]) -> str:
    """Join lines: without a space between two Chinese signs, or behind a hyphen in a word."""
    said = list(lines[:1])
    for above, line in pairwise(lines):
        close = _CJK.match(above[-1]) and _CJK.match(line[0])
        hyphen = above.endswith("-") and above[-2:-1].isalpha() and line[0].islower()
        said.append(line if close or hyphen else f" {line}")
    return "".join(said)
