"""The foot of an encyclopedia page: review, notices, and what is left out."""

import datetime
import re

from handouts.article import Review
from handouts.sources.marked_text import plain_text
from handouts.sources.page_chrome import END, match, reviewers_label
from handouts.sources.pieces import Piece
from handouts.sources.reading import Dated, Joined, Notes
from handouts.values import frozen

_FINISHED = re.compile(r"[.!?:…][\"”’)\]]*$|[)\]]$")
_SEAL = "end of the accreditation seal, not a review"


@frozen(kw_only=False)
class PageFoot:
    """What the foot says: the review, and the notices whole, in their order."""

    review: Review
    notices: tuple[str, ...]


class _Foot:
    """The foot while it is read; `last` is the list whose last entry may go on in the next piece."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.date: datetime.date | None = None
        self.awaits_date = False
        self.reviewers: list[str] = []
        self.notices: list[str] = []
        self.last: list[str] | None = None

    def read(self, piece: Piece) -> None:
        found = match(END, piece.text)
        name = found[0].name if found else ""
        match name:
            case "review":
                self._review(piece)
            case "reviewers":
                self._reviewers(piece)
            case "notice":
                self._add(self.notices, plain_text(piece.text))
            case "":
                self._more(piece)
            case _ if self.awaits_date and _date_in(piece.text):
                self._review(piece)
            case _:
                self._drop(piece, found[0].reason if found else "")

    def _review(self, piece: Piece) -> None:
        date = _date_in(piece.text)
        self.awaits_date = date is None and self.date is None
        if date is None or self.date is not None:
            self.notes.drop(piece.line, piece.text, "no further date of a review")
            return
        self.date = date
        self.notes.dates.append(Dated(piece.line, piece.text, date, "the source's review"))

    def _reviewers(self, piece: Piece) -> None:
        label = "" if self.reviewers else reviewers_label(piece.text)
        if label:
            self.notes.drop(piece.line, label.strip(), "the leaflet has its own words for it")
        self._add(self.reviewers, plain_text(piece.text[len(label) :]))

    def _drop(self, piece: Piece, reason: str) -> None:
        self.notes.drop(piece.line, piece.text, reason)
        if date := _date_in(piece.text):
            self.notes.dates.append(Dated(piece.line, piece.text, date, _SEAL))

    def _more(self, piece: Piece) -> None:
        """Take a piece that nothing is known of: the rest of a sentence, or one more notice."""
        words = plain_text(piece.raw or piece.text)
        if self.last and not _FINISHED.search(self.last[-1]):
            self.last[-1] = f"{self.last[-1]} {words}"
            self.notes.joined.append(Joined(piece.line, "a sentence that a blank line cut in two"))
            return
        self._add(self.notices, words)
        what = f"line {piece.line} stands behind the article, and is kept with the notices"
        self.notes.warnings.append(what)

    def _add(self, entries: list[str], words: str) -> None:
        entries.append(words)
        self.last = entries


def read_page_foot(found: list[Piece], notes: Notes) -> PageFoot:
    """Read the pieces behind the article's text; what is in no row of the table becomes a notice."""
    foot = _Foot(notes)
    for piece in found:
        foot.read(piece)
    review = Review(date=foot.date, by=" ".join(foot.reviewers))
    return PageFoot(review, tuple(foot.notices))


def _date_in(text: str) -> datetime.date | None:
    """Find a date written month/day/year."""
    found = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", text)
    if not found:
        return None
    try:
        return datetime.date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None
