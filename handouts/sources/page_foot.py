"""The foot of an encyclopedia page: review, notices, and what is left out."""

import datetime
import re

from handouts.article import Review
from handouts.sources.dates import date_in
from handouts.sources.marked_text import plain_text
from handouts.sources.page_chrome import DATE, END, INSIDE, match, own_label
from handouts.sources.pieces import Piece
from handouts.sources.reading import Dated, Joined, Notes
from handouts.values import frozen

_FINISHED = re.compile(r"[.!?:…][\"”’)\]]*$|[)\]]$")
_BARE_DATE = re.compile(DATE)
_BARE_LABEL = re.compile(r"[^\d:]*:?\s*")
_ROWS = (*END, *INSIDE)
_SEAL = "end of the accreditation seal, not a review"


@frozen(kw_only=False)
class PageFoot:
    """What the foot says: the review, and the notices whole, in their order."""

    review: Review
    notices: tuple[str, ...]


class _Foot:
    """The foot while it is read.

    `last` is the list whose last entry may go on in the next piece; `label` is a line "Review Date"
    by itself, whose date may be the next piece, and nothing else.
    """

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.date: datetime.date | None = None
        self.label: Piece | None = None
        self.reviewers: list[str] = []
        self.notices: list[str] = []
        self.last: list[str] | None = None

    def read(self, piece: Piece) -> None:
        words = plain_text(piece.text)
        if self.label is not None and _BARE_DATE.fullmatch(words):
            self._review(piece)
            return
        self.close()
        found = match(_ROWS, words)
        match found[0].name if found else "":
            case "review":
                self._review(piece)
            case "reviewers":
                self._reviewers(piece)
            case "notice":
                self._add(self.notices, words)
            case "":
                self._more(piece)
            case name:
                self._drop(piece, name, found[0].reason if found else "")

    def close(self) -> None:
        """Tell that the date did not follow its label."""
        if self.label is not None:
            self._tell_missing(self.label)
            self.label = None

    def _review(self, piece: Piece) -> None:
        words = plain_text(piece.text)
        date = date_in(words)
        if date is not None and self.date is None:
            self.date, self.label = date, None
            self.notes.dates.append(Dated(piece.line, piece.text, date, "the source's review"))
            return
        first = date is None and self.date is None and self.label is None
        self.label = piece if first and _BARE_LABEL.fullmatch(words) else None
        if date is None and self.label is None:
            self._tell_missing(piece)
        reason = "no further date of a review" if date else "the label of a date of a review"
        self.notes.drop(piece.line, piece.text, reason)

    def _tell_missing(self, piece: Piece) -> None:
        if self.date is None:
            what = f"line {piece.line}: the date of the review cannot be read: {piece.text!r}"
            self.notes.warnings.append(what)

    def _reviewers(self, piece: Piece) -> None:
        words = plain_text(piece.text)
        label = "" if self.reviewers else own_label(words)
        if label:
            self.notes.drop(piece.line, label.strip(), "the leaflet has its own words for it")
        self._add(self.reviewers, words[len(label) :])

    def _drop(self, piece: Piece, name: str, reason: str) -> None:
        self.notes.drop(piece.line, piece.text, reason)
        if name == "seal" and (date := date_in(piece.text)):
            self.notes.dates.append(Dated(piece.line, piece.text, date, _SEAL))

    def _more(self, piece: Piece) -> None:
        """Take a piece that nothing is known of: the rest of a sentence, or one more notice."""
        words = plain_text(piece.raw or piece.text)
        if self.last and (words[:1].islower() or not _FINISHED.search(self.last[-1])):
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
    foot.close()
    review = Review(date=foot.date, by=" ".join(foot.reviewers))
    return PageFoot(review, tuple(foot.notices))
