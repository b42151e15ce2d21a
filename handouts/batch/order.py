"""The order in which leaflets are made: what they share is at hand when the next one needs it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from handouts.batch.rows import Task

_ARTICLES, _CLINICS = 24, 24
"""A worker keeps what so many articles share, and the words of so many clinics."""


def in_turn(tasks: Sequence[Task]) -> Iterator[tuple[Task, ...]]:
    """Put tasks into blocks of one edition and language, and yield those that one worker should make.

    To lay out an article costs about as much as to set the words of two clinics.  Where there are
    many clinics, a worker makes all leaflets of a clinic in a block of articles, so that only one
    worker sets its words; else all of an article in a block of clinics.
    """
    articles = _places(task.row.article for task in tasks)
    clinics = _places(task.row.clinic for task in tasks)
    by_clinic = len(clinics) > 2 * min(len(articles), _ARTICLES)

    def group(task: Task) -> tuple[object, ...]:
        row = task.row
        article, clinic = articles[row.article], clinics[row.clinic]
        if by_clinic:
            return row.edition, row.language, article // _ARTICLES, clinic
        blocks = article // _ARTICLES, clinic // _CLINICS
        return row.edition, row.language, *blocks, article

    for _, found in groupby(sorted(tasks, key=lambda one: (group(one), one.path)), group):
        yield tuple(found)


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(sorted(set(names)))}
