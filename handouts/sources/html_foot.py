"""What stands behind an HTML article and round it: the review, notices, and the page's chrome."""

import re

from handouts.document import texts
from handouts.sources.html import blocks
from handouts.sources.html_inline import TARGET
from handouts.sources.html_page import Around
from handouts.sources.page_chrome import END, match
from handouts.sources.page_foot import PageFoot, read_page_foot
from handouts.sources.pieces import Piece
from handouts.sources.reading import Notes

_KEPT = ("review", "reviewers", "notice")
_FINISHED = re.compile(r"[.!?…][\"”’)\]]*$|[)\]]$")
_MARK = re.compile(r"([\\*\[\]])")


class Behind:
    """Gathers what stands behind the article, in its order."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._pieces: list[Piece] = []
        self._seen: set[str] = set()

    def add(self, line: int, shown: str) -> None:
        """Add a paragraph; the same one again is left out."""
        if shown in self._seen:
            self._notes.drop(line, shown, "stands there twice")
            return
        self._seen.add(shown)
        self._pieces.append(Piece(line, "text", _MARK.sub(r"\\\1", shown)))

    def add_around(self, around: Around) -> None:
        """Keep notices and the review of what stands round the article, and report the rest."""
        line = around.element.sourceline or 1
        scratch = Notes()
        left: list[str] = []
        unfinished = False
        for shown in texts(blocks(around.element, scratch)):
            found = match(END, shown)
            if unfinished or (found is not None and found[0].name in _KEPT):
                self.add(line, shown)
                unfinished = not _FINISHED.search(shown) and found is not None
            else:
                left.append(shown)
        left += [dropped.text for dropped in scratch.dropped if dropped.reason != TARGET]
        if left:
            self._notes.drop(line, " ".join(left), around.reason)

    def read(self) -> PageFoot:
        """Read what was gathered."""
        return read_page_foot(self._pieces, self._notes)
