"""What stands round the text of a Vaccine Information Statement: banner, publisher, edition, foot."""

import datetime
import re
from collections.abc import Sequence

from handouts.sources.pieces import Piece
from handouts.sources.reading import Dated, Joined, Notes
from handouts.sources.vaccine_statement_words import LANGUAGES, WORDS, key

_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_CENTURY = 2000

_HEADER = re.compile(
    r"Vaccine Information Statement\s*[●•|·-]\s*(?P<name>[^●•|(]+?)\s*\(?[\d/]*\)?\s*[●•|·-]"
    r"\s*(?P<language>[A-Za-z ()]+?) Translation\b.*"
)
_RUNNING = re.compile(
    r"(?P<name>\S.{0,60}?) VIS\s*[–—-]\s*(?P<language>[A-Za-z ()]+?)?\s*\([\d/]+\)"
)
_STATEMENT = re.compile(r"Vaccine Information Statement(?: \(Interim\))?", re.IGNORECASE)
_LAW = re.compile(r".{0,60}\b42 U\.?S\.?C\.? ?§? ?300aa-26.{0,60}")
_DAY = re.compile(r"[(\s|]*\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})[)\s|]*")
_OFFICE = re.compile(r"Office Use Only", re.IGNORECASE)
_TRANSLATOR = re.compile(r"(?P<language>[A-Za-z ()]+?) translation provided by .+", re.IGNORECASE)
_OUTDATED = re.compile(r"This translation is out of date\b.*", re.IGNORECASE)
_OTHERS = re.compile(
    r"Many vaccine information statements are\b.*|available in .{2,60} languages\b.*"
    r"|See www\.immunize\.org/vis\.?|.*\bwww\.immunize\.org/vis\b.*",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"U\.S\. Department of(?: Health and Human Services)?|(?:U\.S\. )?Health and Human Services"
    r"|Centers for Disease Control and Prevention",
    re.IGNORECASE,
)
_BANNERS = {key(words.banner) for words in WORDS.values() if words.banner}
_NAME_LINES = 2
"""In the foot, the vaccine's name has so many lines at most."""

_LONGEST = 400
"""A line of the frame has so many characters at most."""

_HEAD_LINES = 5
"""So many lines that are none of the frame's may stand above or between the banner's."""


class Frame:
    """The lines round the text, while they are taken away from it.

    `name` is the vaccine's English name or ""; `language` is what the frame says, or "".
    """

    def __init__(self, notes: Notes) -> None:
        self.name = self.language = ""
        self.dates: list[datetime.date] = []
        self.outdated = False
        self._notes = notes
        self._others: list[Piece] = []
        self._publisher: list[str] = []
        self._foot: list[str] = []
        self._notices: list[str] = []

    def take(self, lines: Sequence[Piece]) -> list[Piece]:
        """Take the frame's lines, and give the others."""
        rest: list[Piece] = []
        for line in lines:
            if not self._takes(line, at_head=len(rest) < _HEAD_LINES):
                rest.append(line)
        return rest

    @property
    def notices(self) -> tuple[str, ...]:
        """What must be printed: the statement, its law and edition, the publisher, translators."""
        groups = (self._foot, self._publisher)
        gathered = (", ".join(group) for group in groups if group)
        return (*self._notices, *gathered, *self._sentences())

    @property
    def edition(self) -> datetime.date | None:
        """The date of the edition, if all dates of the frame agree or none is another's."""
        return self.dates[0] if self.dates else None

    # ---- lines ---------------------------------------------------------------------------------

    def _takes(self, line: Piece, *, at_head: bool) -> bool:
        text = line.text
        if len(text) > _LONGEST:
            return False
        if found := _HEADER.fullmatch(text):
            self._named(found["name"], found["language"])
            self._notices.append(text)
        elif found := _RUNNING.fullmatch(text):
            self._named(found["name"], found["language"] or "")
            self._notes.drop(line.line, text, "page chrome: running foot")
        elif _OUTDATED.fullmatch(text):
            self.outdated = True
            self._notices.append(text)
        elif found := _TRANSLATOR.fullmatch(text):
            self._named("", found["language"])
            self._notices.append(text)
        elif key(text) in _BANNERS:
            self._notices.append(text)
        elif _OTHERS.fullmatch(text):
            self._others.append(line)
        else:
            return self._takes_foot(line, at_head=at_head)
        self._dated(line)
        return True

    def _takes_foot(self, line: Piece, *, at_head: bool) -> bool:
        text = line.text
        if at_head and _STATEMENT.fullmatch(text):
            self._notes.drop(line.line, text, "banner: the kind of document")
        elif _STATEMENT.fullmatch(text) or _LAW.fullmatch(text) or _DAY.fullmatch(text):
            self._foot.append(text)
        elif _OFFICE.fullmatch(text):
            self._notes.drop(line.line, text, "a field for the office")
        elif _PUBLISHER.fullmatch(text):
            self._publish(line)
        elif text.casefold() in LANGUAGES:
            self._named("", text)
            self._notes.drop(line.line, text, "the language's name")
        else:
            return self._takes_name(text)
        self._dated(line)
        return True

    def _takes_name(self, text: str) -> bool:
        """Take the vaccine's name, which stands between the statement's name and the law."""
        opened = bool(self._foot) and bool(_STATEMENT.fullmatch(self._foot[0]))
        lawful = any(_LAW.fullmatch(said) or _DAY.fullmatch(said) for said in self._foot)
        if not opened or lawful or len(self._foot) > _NAME_LINES or text.endswith("."):
            return False
        self.name = self.name or text
        self._foot.append(text)
        return True

    def _publish(self, line: Piece) -> None:
        if line.text in self._publisher:
            self._notes.drop(line.line, line.text, "page chrome: the publisher, said again")
            return
        if self._publisher and self._publisher[-1].endswith(" of"):
            self._publisher[-1] += f" {line.text}"
            self._notes.joined.append(Joined(line.line, "the publisher's name, cut in two"))
            return
        self._publisher.append(line.text)

    def _named(self, name: str, language: str) -> None:
        self.name = self.name or name.strip()
        folded = " ".join(language.replace("(", " ").replace(")", " ").casefold().split())
        self.language = self.language or LANGUAGES.get(folded, "")

    def _dated(self, line: Piece) -> None:
        for said in _DATE.finditer(line.text):
            year = int(said[3]) + (_CENTURY if len(said[3]) <= 2 else 0)  # noqa: PLR2004  (digits)
            try:
                date = datetime.date(year, int(said[1]), int(said[2]))
            except ValueError:
                self._notes.warnings.append(f"line {line.line}: {said[0]} is no date")
                continue
            self.dates.append(date)
            self._notes.dates.append(
                Dated(line.line, said[0], date, "the edition of the statement")
            )

    def _sentences(self) -> list[str]:
        """Put the banner's sentences together again; the title may stand in their middle."""
        found: list[str] = []
        for line in self._others:
            if found and "immunize.org" not in found[-1]:
                found[-1] += f" {line.text}"
                self._notes.joined.append(Joined(line.line, "the banner's sentence, cut in two"))
            else:
                found.append(line.text)
        return found
