"""When will this leaflet's licence and reviews be judged otherwise than today?"""

import calendar
import datetime
from collections.abc import Iterator

from handouts.article import Article
from handouts.clinic import Clinic
from handouts.errors import RightsError, SourceError
from handouts.review import freshness
from handouts.rights import needs_licence, verdict

_DAY = datetime.timedelta(days=1)


def judge_again(article: Article, clinic: Clinic, today: datetime.date) -> str:
    """Give the next day (ISO) on which the judgement may be another, or "" when there is none."""
    ahead = [day for day in _days(article, clinic) if day > today]
    return min(ahead).isoformat() if ahead else ""


def has_expired(article: Article, clinic: Clinic, today: datetime.date) -> bool:
    """Tell whether the leaflet could be handed out on an earlier day, and now no more."""
    return bool(refusal(article, clinic, today)) and any(
        not refusal(article, clinic, day - _DAY) for day in _days(article, clinic) if day <= today
    )


def refusal(article: Article, clinic: Clinic, today: datetime.date) -> str:
    """Say why licence or reviews forbid to hand the leaflet out today, or "" when they do not."""
    try:
        verdict(article, clinic, today)
        freshness(article, clinic, today)
    except (RightsError, SourceError) as error:
        return str(error)
    return ""


def _days(article: Article, clinic: Clinic) -> Iterator[datetime.date]:
    """Yield every day on which `verdict` or `freshness` may change."""
    review, approval, limits = article.review, article.approval, clinic.review_months
    last = [licence.expires for licence in clinic.licences] if needs_licence(article.rights) else []
    last += [review.next_due, approval.next_review]
    if review.date:
        yield review.date
        last += [_months_later(review.date, limits.warn)]
        last += [_months_later(review.date, limits.fail)] if limits.fail else []
    yield from (day + _DAY for day in last if day and day < datetime.date.max)


def _months_later(date: datetime.date, months: int) -> datetime.date | None:
    """Give the same day so many months later, or the last one of that month."""
    count = date.year * 12 + date.month - 1 + months
    year, month = divmod(count, 12)
    if year > datetime.MAXYEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last))
