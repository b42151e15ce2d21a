"""What a reader gives: the article, and a report of everything that it did with the text."""

import datetime

from handouts.article import Article
from handouts.values import frozen


@frozen(kw_only=False)
class Dropped:
    """Text that is not in the article, and why; `line` counts from 1."""

    line: int
    text: str
    reason: str


@frozen(kw_only=False)
class Guess:
    """Something that the text does not say by marks: a section, a sub-heading, the title, the kind.

    `confidence` runs from 0 to 1.
    """

    line: int
    title: str
    confidence: float
    what: str = "section"


@frozen(kw_only=False)
class Joined:
    """Pieces that were put together: a list parted by blank lines, a sentence cut in two."""

    line: int
    what: str


@frozen(kw_only=False)
class Dated:
    """A date that was read, and what it is the date of."""

    line: int
    text: str
    date: datetime.date
    meaning: str


@frozen
class Report:
    """Everything that a reader left out, guessed, joined, or was not sure of."""

    format: str
    dropped: tuple[Dropped, ...] = ()
    guessed: tuple[Guess, ...] = ()
    joined: tuple[Joined, ...] = ()
    dates: tuple[Dated, ...] = ()
    warnings: tuple[str, ...] = ()


@frozen
class Reading:
    """An article as it was read, with the report of the reading."""

    article: Article
    report: Report


@frozen
class Origin:
    """Where text comes from, and what is known of it beforehand.

    `file` is the name to show in errors; `stem` is the file's name without its suffix, or "";
    `language`, `id` and `title` are "" unless the caller says them.
    Of several articles they select; a single one that lacks its own gets them.
    """

    file: str
    stem: str = ""
    language: str = ""
    id: str = ""
    title: str = ""


class Notes:
    """The report while a reader is at work."""

    __slots__ = ("dates", "dropped", "guessed", "joined", "warnings")

    def __init__(self) -> None:
        self.dropped: list[Dropped] = []
        self.guessed: list[Guess] = []
        self.joined: list[Joined] = []
        self.dates: list[Dated] = []
        self.warnings: list[str] = []

    def drop(self, line: int, text: str, reason: str) -> None:
        """Note text that is left out."""
        self.dropped.append(Dropped(line, text, reason))

    def report(self, form: str) -> Report:
        """Give the finished report of a format's reader, each part in the order of the lines."""
        return Report(
            format=form,
            dropped=tuple(sorted(self.dropped, key=lambda note: note.line)),
            guessed=tuple(sorted(self.guessed, key=lambda note: note.line)),
            joined=tuple(sorted(self.joined, key=lambda note: note.line)),
            dates=tuple(sorted(self.dates, key=lambda note: note.line)),
            warnings=tuple(self.warnings),
        )
