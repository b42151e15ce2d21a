"""Dates as people write them, month before day where only figures say it, as the pages do."""

import datetime
import re
from functools import cache

from handouts.strings import fold, load

_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|[.ºª°])?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<![\d/-])(?P<month>\d\d?)(?P<sign>[/-])(?P<day>\d\d?)(?P=sign)(?P<year>\d{4}|\d\d)(?![\d/-])",
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"(?<!\w){_MONTH}\s+{_DAY},?\s+(?:del?\s+)?{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}[\s-]+(?:de\s+|of\s+)?{_MONTH},?[\s-]+(?:del?\s+)?{_YEAR}(?!\d)",
    )
)
_CENTURY = 2000
_LETTERS = 3
"""So many letters of a month's name are enough."""


def date_in(text: str) -> datetime.date | None:
    """Find the date in a few words; None when there is none, or one that no calendar has."""
    for form in _FORMS:
        if found := form.search(text):
            year = int(found["year"])
            return _date(year if year > 99 else _CENTURY + year, found["month"], found["day"])  # noqa: PLR2004  (two figures)
    return None


def _date(year: int, month: str, day: str) -> datetime.date | None:
    number = int(month) if month.isdecimal() else _months().get(fold(month)[:_LETTERS], 0)
    try:
        return datetime.date(year, number, int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Lead from the first letters of a month's name in English or Spanish to its number."""
    return {
        fold(name)[:_LETTERS]: number
        for language in ("en", "es")
        for number, name in enumerate(load(language).months, 1)
    }
