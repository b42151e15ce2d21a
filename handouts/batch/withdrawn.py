"""Leaflets that may not be handed out today: no list offers them, whatever this run could make."""

import datetime
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import cast, get_args

from handouts.article import Approval, Article, Review, Rights, RightsStatus
from handouts.batch.books import Books
from handouts.batch.expiry import refusal
from handouts.batch.journal import Entry
from handouts.batch.plan import Plan
from handouts.batch.report import Failure
from handouts.batch.rows import Row
from handouts.clinic import Clinic
from handouts.errors import RightsError
from handouts.values import replace

_WORDS = "it may not be handed out any more"
_BEFORE = "an earlier run found that it may not be handed out any more; it must be made again"


def withdraw(
    books: Books,
    judged: Container[str],
    plan: Plan,
    others: Container[str],
    today: datetime.date,
) -> list[tuple[Entry, str]]:
    """Take off the lists what may not be handed out today, or of which nobody can tell.

    Args:
        books: They know all leaflets that are there.
        judged: Files of those that this run judged already, and found good.
        plan: The lists of its clinics are written.
        others: Clinics that the library has, too: their leaflets are left to another run.
        today: The day by which licences and reviews are judged.

    Returns:
        Those that are off the lists since this run, or of which it speaks, and why, where that can
        be told.
    """
    found = []
    planned = {row.leaflet for row in plan.rows}
    for entry in tuple(books.journal.entries.values()):
        if entry.path in judged:
            continue
        clinic = plan.clinics.get(entry.leaflet[0])
        if clinic is None and entry.leaflet[0] in others:
            continue
        why = _refusal(entry, clinic, today)
        if why and not entry.expired:
            books.note(replace(entry, expired=True), wrote=False)
            found.append((entry, why))
        elif entry.expired and (
            entry.leaflet in planned or (plan.scope.has_rest and plan.scope.has(entry.leaflet))
        ):
            found.append((entry, why))
    return found


def told(
    failures: Sequence[Failure], found: Sequence[tuple[Entry, str]], there: Container[str]
) -> Iterator[Failure]:
    """Tell of leaflets that were found, too; one that could not be made has both reasons.

    Args:
        failures: What could not be made.
        found: Leaflets that may not be handed out, and why.
        there: Files that were not removed meanwhile.
    """
    whys = {entry.leaflet: f"{_WORDS}: {why}" if why else _BEFORE for entry, why in found}
    for one in failures:
        why = whys.pop(one.row.leaflet, "")
        if why and not one.expired:
            yield replace(one, expired=True, what=f"{one.what.rstrip('.')}; {why}")
        else:
            yield one
    for entry, _ in found:
        if entry.leaflet in whys and entry.path in there:
            clinic, article, edition, language = entry.leaflet
            row = Row(clinic=clinic, article=article, edition=edition, language=language)
            what = whys[entry.leaflet]
            yield Failure(row=row, code=RightsError.exit_code, what=what, expired=True)


def _refusal(entry: Entry, clinic: Clinic | None, today: datetime.date) -> str:
    """Say why a leaflet may not be handed out, or "".

    What is on paper is judged, as the sidecar tells it: the article may be broken or gone by now.
    """
    if clinic is None:
        is_due = "" < entry.judge_again <= today.isoformat()
        since = f"licence and reviews had to be judged again on {entry.judge_again}"
        return f"{since}, and the clinic is not in the library any more" if is_due else ""
    try:
        article = _printed(entry.facts)
    except (ValueError, TypeError, KeyError):
        return "its sidecar does not tell whose text it is, and how old"
    return refusal(article, clinic, today)


def _printed(facts: Mapping[str, object]) -> Article:
    """Give as much of an article as licence and reviews are judged by.

    Raises:
        ValueError: The facts are none of ours; or another error.
    """
    rights, review, approval = (_part(facts[key]) for key in ("rights", "review", "approval"))
    return Article(
        id=str(facts["article"]),
        kind=str(facts["kind"]),
        title=str(facts["title"]),
        language=str(facts["language"]),
        review=Review(date=_day(review["date"]), next_due=_day(review["next_due"])),
        approval=Approval(next_review=_day(approval["next_review"])),
        rights=Rights(holder=str(rights["holder"]), status=_status(rights["status"])),
    )


def _part(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _day(words: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(words)) if words else None


def _status(words: object) -> RightsStatus:
    for status in get_args(RightsStatus):
        if status == words:
            return cast("RightsStatus", status)
    raise ValueError(words)
