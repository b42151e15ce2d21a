"""Old text is warned of, and refused when the clinic says so."""

import datetime

import pytest

from handouts.article import Approval, Article, Review
from handouts.clinic import Clinic, ReviewMonths
from handouts.errors import SourceError
from handouts.review import freshness

TODAY = datetime.date(2026, 11, 24)


def article(date: datetime.date | None, **dates: datetime.date) -> Article:
    return Article(
        id="bmb",
        kind="test",
        title="T",
        language="en",
        review=Review(date=date, next_due=dates.get("due")),
        approval=Approval(next_review=dates.get("next_review")),
    )


def clinic(warn: int = 24, fail: int | None = None) -> Clinic:
    return Clinic(id="hill", name="H", phone="1", review_months=ReviewMonths(warn=warn, fail=fail))


@pytest.mark.parametrize(
    ("date", "warns"),
    [
        (datetime.date(2026, 11, 24), False),
        (datetime.date(2024, 11, 24), False),
        (datetime.date(2024, 11, 23), True),
        (datetime.date(2026, 11, 25), True),
        (None, True),
    ],
)
def test_a_review_is_fresh_up_to_its_day(date: datetime.date | None, warns: bool) -> None:  # noqa: FBT001  (a column)
    assert bool(freshness(article(date), clinic(), TODAY)) == warns


def test_a_month_end_has_no_gap() -> None:
    last_of_february = datetime.date(2025, 2, 28)
    assert freshness(article(datetime.date(2024, 8, 31)), clinic(6), last_of_february) == ()
    assert freshness(article(datetime.date(2024, 8, 31)), clinic(6), datetime.date(2025, 3, 1))


def test_text_that_is_too_old_is_refused_with_what_to_do() -> None:
    old = article(datetime.date(2023, 11, 23))
    with pytest.raises(SourceError, match="more than 36 months ago") as failure:
        freshness(old, clinic(fail=36), TODAY)
    assert "hill.toml" in failure.value.hint
    assert len(freshness(old, clinic(), TODAY)) == 1


def test_reviews_that_are_due_are_warned_of() -> None:
    past = datetime.date(2026, 11, 23)
    warnings = freshness(article(TODAY, due=past, next_review=past), clinic(), TODAY)
    assert len(warnings) == 2
    assert freshness(article(TODAY, due=TODAY, next_review=TODAY), clinic(), TODAY) == ()
