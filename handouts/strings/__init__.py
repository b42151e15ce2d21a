"""The words that the leaflet itself says, and the section titles it knows, in each language.

One file a language; a regional file (`en-GB.toml`) holds only what differs from its parent.
"""

import datetime
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from handouts.errors import SourceError
from handouts.records import record
from handouts.toml import Toml, laid_over, read_toml
from handouts.values import frozen

FOLDER = Path(__file__).parent
_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")


@frozen
class Dates:
    """How dates are written: patterns with {day}, {month} and {year}, and the months' names."""

    long: str
    month_year: str
    months: tuple[str, ...]


@frozen(eq=False)
class Strings:
    """The words of one language.

    `editions` are the names of editions that say on paper which they are.
    `heads` is the reader's question by role, `kind_heads` the same for one kind of article;
    `titles` leads from a folded section title to its role; `glance` from a folded label to an icon.
    """

    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    dates: Dates
    furniture: Mapping[str, str]
    notes: Mapping[str, str]
    packet: Mapping[str, str]
    editions: Mapping[str, str]
    question_by_kind: Mapping[str, str]
    kicker_by_kind: Mapping[str, str]
    glance: Mapping[str, str]
    heads: Mapping[str, str]
    kind_heads: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months, January first."""
        return self.dates.months

    def long_date(self, date: datetime.date) -> str:
        """Write a whole date."""
        return self._date(self.dates.long, date)

    def month_year(self, date: datetime.date) -> str:
        """Write a date's month and year."""
        return self._date(self.dates.month_year, date)

    def _date(self, pattern: str, date: datetime.date) -> str:
        month = self.dates.months[date.month - 1]
        return pattern.format(day=date.day, month=month, year=date.year)

    def questions(self, kind: str) -> str:
        """Give the words before the phone number, for a kind of article."""
        return self.question_by_kind.get(kind, self.question_by_kind["default"])

    def kicker(self, kind: str) -> str:
        """Give the words above the title, for a kind of article."""
        return self.kicker_by_kind.get(kind, self.kicker_by_kind["default"])

    def glance_icon(self, label: str) -> str:
        """Give the icon of an at-a-glance cell by its label, or ""."""
        return self.glance.get(fold(label), "")

    def head(self, role: str, kind: str) -> str:
        """Give the reader's question for a section's role, or ""."""
        return self.kind_heads.get(kind, {}).get(role) or self.heads.get(role, "")

    def role_of(self, title: str) -> str:
        """Give the role of a section by its original title, or ""."""
        return self.titles.get(fold(title), "")


def fold(title: str) -> str:
    """Reduce a title to what counts when titles are compared.

    Case, runs of spaces, the form of apostrophes, accents and question marks do not count.
    """
    if not title.isascii():
        letters = unicodedata.normalize("NFKD", title.translate(_APOSTROPHES))
        title = "".join([letter for letter in letters if not unicodedata.combining(letter)])
    return " ".join(title.casefold().split()).strip("?¿؟ ")


def languages() -> tuple[str, ...]:
    """Give the tags of the languages there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(language: str) -> Strings:
    """Read the words of a language; a region without a file of its own has its language's words.

    Raises:
        SourceError: There are no words in this language.
    """
    for tag in (language, language.partition("-")[0]):
        if _is_there(tag):
            return _load(tag)
    hint = f"There is: {', '.join(languages())}."
    raise SourceError(f"there are no leaflet words in the language {language!r}", hint=hint)


def for_article(article_language: str, clinic_languages: tuple[str, ...]) -> Strings:
    """Read the words for an article: those of the clinic's region, when it refines its language.

    Raises:
        SourceError: There are no words in this language.
    """
    for tag in clinic_languages:
        if tag.startswith(f"{article_language}-") and _is_there(tag):
            return _load(tag)
    return load(article_language)


@lru_cache(maxsize=64)
def _is_there(tag: str) -> bool:
    return tag.replace("-", "").isalnum() and (FOLDER / f"{tag}.toml").is_file()


@lru_cache(maxsize=64)
def _load(tag: str) -> Strings:
    toml = read_toml(FOLDER / f"{tag}.toml")
    table, parent = toml.table, tag.partition("-")[0]
    if parent != tag:
        table = laid_over(read_toml(FOLDER / f"{parent}.toml").table, table)
    return _strings(table, toml)


@frozen(eq=False)
class _File:
    """A language's file as it is written."""

    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    dates: Dates
    furniture: Mapping[str, str]
    notes: Mapping[str, str]
    packet: Mapping[str, str]
    editions: Mapping[str, str]
    questions: Mapping[str, str]
    kickers: Mapping[str, str]
    glance: Mapping[str, str]
    heads: Mapping[str, object]
    titles: Mapping[str, tuple[str, ...]]


def _strings(table: Mapping[str, object], context: Toml) -> Strings:
    file = record(_File, table, context=context)
    heads = file.heads.items()
    return Strings(
        language=file.language,
        name=file.name,
        direction=file.direction,
        dates=file.dates,
        furniture=file.furniture,
        notes=file.notes,
        packet=file.packet,
        editions=file.editions,
        question_by_kind=file.questions,
        kicker_by_kind=file.kickers,
        glance={fold(label): icon for label, icon in file.glance.items()},
        heads={role: head for role, head in heads if isinstance(head, str)},
        kind_heads={kind: part for kind, part in heads if isinstance(part, dict)},
        titles={fold(title): role for role, titles in file.titles.items() for title in titles},
    )
