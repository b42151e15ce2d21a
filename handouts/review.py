"""Is the text still fresh enough to hand out?"""

import datetime

from handouts.article import Article
from handouts.clinic import Clinic
from handouts.errors import SourceError


def freshness(article: Article, clinic: Clinic, today: datetime.date) -> tuple[str, ...]:
    """Compare the dates of an article with the clinic's limits, and give what to warn of.

    Raises:
        SourceError: The source's review is older than the clinic's `review_months.fail`.
    """
    return (*_age(article, clinic, today), *_due(article, today))


def _age(article: Article, clinic: Clinic, today: datetime.date) -> tuple[str, ...]:
    date, limits = article.review.date, clinic.review_months
    if date is None:
        return (f"{article.id!r} has no review date; the leaflet will say so",)
    if date > today:
        return (f"the review date of {article.id!r}, {date}, is in the future",)
    what = f"the text of {article.id!r} was last reviewed on {date}, more than"
    if limits.fail is not None and _older(date, limits.fail, today):
        hint = f"Have it reviewed, or change review_months in {clinic.id}.toml."
        raise SourceError(f"{what} {limits.fail} months ago", hint=hint)
    if _older(date, limits.warn, today):
        return (f"{what} {limits.warn} months ago",)
    return ()


def _due(article: Article, today: datetime.date) -> tuple[str, ...]:
    """Warn of reviews that should have been made by now."""
    rows = (
        ("the source's next review", article.review.next_due),
        ("the clinic's next review", article.approval.next_review),
    )
    return tuple(
        f"{what} of {article.id!r} was due on {date}"
        for what, date in rows
        if date and date < today
    )


def _older(date: datetime.date, months: int, today: datetime.date) -> bool:
    """Tell whether a date lies more than so many whole months back."""
    limit = today.year * 12 + today.month - months
    return (date.year * 12 + date.month, date.day) < (limit, today.day)
