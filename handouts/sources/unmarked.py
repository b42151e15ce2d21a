"""Pasted text in which each line is a block: headings right above their text, lists without marks.

A paragraph ends with a blank line; a heading and an item do not.
A list opens with a line that ends in ":"; after any other line items cannot be told from
paragraphs, and stay paragraphs.
"""

import re
from collections.abc import Iterator, Sequence

from handouts.sources.back_matter import BACK
from handouts.sources.headings import (
    capitals,
    is_capitals,
    is_lead,
    looks_like_title,
    may_be_title,
)
from handouts.sources.page_chrome import END, FRONT, OPENING, match
from handouts.sources.pieces import Piece, piece_of
from handouts.sources.reading import Guess, Notes
from handouts.strings import Strings
from handouts.values import replace

_ENDS = re.compile(r"[.:?!;][\"”’)\]]*$|[\"”]$")
_ASKS = re.compile(r"(?:What|How|When|Why|Where|Who|Qué|Cómo|Cuándo|Por qué|Dónde|Quién)\b")
_TITLE_CASE = 0.7
_LONG = 60
_PHRASE = 3
"""Among items of so many words, a single one is a title."""
_MOST_JOINS = 0.2
"""So small a share of lines that go on in the next one is no proof of wrapped lines."""
_SURE_ITEM, _SURE_TITLE, _PERHAPS = 0.7, 0.9, 0.6


def is_by_line(text: str) -> bool:
    """Tell whether each line is a block: a title right above a sentence, or a list without marks.

    Lines that were wrapped go on in small letters; lines behind the article do not count.
    """
    proof = parts = joins = 0
    before: Piece | None = None
    opened = gap = False
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if not words:
            gap = True
            opened = opened or (before is not None and before.text.endswith(":"))
            opened = opened and before is not None
            continue
        if match(OPENING, words):
            break
        piece = piece_of(number, line, words)
        if piece.kind != "text" or match(FRONT, words):
            before, opened, gap = None, False, False
            continue
        if before is not None and not gap:
            if _goes_on(before.text, words) and (not opened or words[0].islower()):
                joins += 1
            else:
                parts += 1
                proof += opened or (looks_like_title(before) and is_sentence(words))
        opened = opened and (not gap or (before is not None and before.text.endswith(":")))
        before, gap = piece, False
    return proof > 0 and joins <= _MOST_JOINS * (parts + joins)


def _goes_on(before: str, after: str) -> bool:
    return after[0].islower() or (len(before) > _LONG and not _ENDS.search(before))


def is_sentence(text: str) -> bool:
    """Tell whether a line reads as a sentence: by its last character, or its length."""
    return bool(_ENDS.search(text)) or len(text) > _LONG


def with_marks(found: Sequence[Piece], words: Strings, notes: Notes) -> tuple[Piece, ...]:
    """Make headings and items of the lines that are some, and report them as guessed."""
    reader = _Lines(words)
    made = tuple(reader.read(found))
    for first, count in reader.lists:
        notes.guessed.append(Guess(first.line, f"{count} items", _SURE_ITEM, "list"))
    return made


class _Lines:
    """Reads line after line, and knows whether a list is open, and what its items look like."""

    def __init__(self, words: Strings) -> None:
        self.words = words
        self.lists: list[tuple[Piece, int]] = []
        self.opened: Piece | None = None
        self.direct = False
        self.items: list[Piece] = []
        self.back = False

    def read(self, found: Sequence[Piece]) -> Iterator[Piece]:
        """Yield the pieces, with marks where they are due."""
        before: Piece | None = None
        for index, piece in enumerate(found):
            after = found[index + 1] if index + 1 < len(found) else None
            made = self._read(piece, before, after)
            yield made
            before = made
        self._close()

    def _read(self, piece: Piece, before: Piece | None, after: Piece | None) -> Piece:
        text = piece.text
        if piece.kind in ("text", "heading") and (role := self.words.role_of(text)):
            self._close()
            self.back = role in BACK
            return piece
        if match(END if self.back else OPENING, text):
            self._close()
            self.back = True
        if self.back or piece.kind in ("bullet", "heading"):
            self._close()
            return piece
        if piece.parted and self.items:
            self._close()
        if found := self._heading(piece, before, after):
            self._close()
            return found
        if text.endswith(":"):
            self._close()
            self.opened = piece
            self.direct = after is not None and not after.parted
            return piece
        return self._item(piece, after)

    def _item(self, piece: Piece, after: Piece | None) -> Piece:
        """Make an item of a line in an open list; its last line may be a paragraph behind it."""
        if self.opened is None or piece.kind == "number":
            self._close()
            return piece
        last = after is None or after.parted
        alone = last and not self.items
        ends_list = (
            last and after is not None and not self.direct and bool(_ENDS.search(piece.text))
        )
        if alone or ends_list:
            self._close()
            return piece
        depth = self.opened.depth + (self.opened.kind == "number")
        self.items.append(replace(piece, kind="bullet", depth=depth))
        return self.items[-1]

    def _close(self) -> None:
        if self.items:
            self.lists.append((self.items[0], len(self.items)))
        self.opened, self.items, self.direct = None, [], False

    # ---- headings ------------------------------------------------------------------------------

    def _heading(self, piece: Piece, before: Piece | None, after: Piece | None) -> Piece | None:
        """Make a heading of a title right above its text."""
        asks = self._asks(piece.text) and may_be_title(piece)
        if not (asks or looks_like_title(piece)) or after is None or after.parted:
            return None
        capital = is_capitals(piece.text)
        in_list = self._in_list(piece, before)
        if in_list and not self._breaks(piece):
            return None
        if not capital and after.kind == "text" and not is_sentence(after.text):
            return None
        if not capital and (
            self.words.role_of(after.text) or is_lead(piece, before, after, self.words)
        ):
            return None
        return self._made(piece, capital=capital, in_list=in_list)

    def _made(self, piece: Piece, *, capital: bool, in_list: bool) -> Piece:
        sure = _SURE_TITLE if capitals(piece.text) >= _TITLE_CASE and not in_list else _PERHAPS
        text = piece.raw if piece.kind == "number" else piece.text
        return replace(
            piece, kind="heading", text=text, level=3 if capital else 2, number=0, raw="", sure=sure
        )

    def _in_list(self, piece: Piece, before: Piece | None) -> bool:
        """Tell whether the line may be an item: of an open list, or of one that no colon opened."""
        if self.opened is not None:
            return True
        if before is None or piece.parted or before.kind == "heading":
            return False
        return not _ENDS.search(before.text)

    def _breaks(self, piece: Piece) -> bool:
        """Tell whether a title-like line breaks the pattern of the items above it."""
        text, above = piece.text, [item.text for item in self.items]
        if len(above) > 1 and all(_ENDS.search(item) for item in above):
            return True
        if above and _ASKS.match(text):
            return self._asks(text)
        if capitals(text) < _TITLE_CASE or (text.endswith(")") and not _without_brackets(above)):
            return False
        if sum(word[0].isupper() for word in text.split()) > 1:
            return True
        return len(above) > 1 and all(len(item.split()) >= _PHRASE for item in above)

    def _asks(self, text: str) -> bool:
        """Tell whether a line asks, below items that do not: "What you can do" is no item."""
        asked = any(_ASKS.match(item.text) for item in self.items)
        return bool(self.items) and not asked and _ASKS.match(text) is not None


def _without_brackets(items: list[str]) -> bool:
    return len(items) > 1 and not any(item.endswith(")") for item in items)
