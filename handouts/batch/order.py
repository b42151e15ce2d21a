"""The order in which leaflets are made: what they share is at hand when the next one needs it."""

from collections.abc import Iterable, Sequence

from handouts.batch.rows import Task

_ARTICLES, _CLINICS = 24, 50
"""A worker keeps what so many articles share, and the words of so many clinics."""


def in_turn(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Put tasks into blocks of some articles and some clinics, of one edition and language.

    In a block, the leaflets of an article follow each other.
    """
    articles = _places(task.row.article for task in tasks)
    clinics = _places(task.row.clinic for task in tasks)

    def turn(task: Task) -> tuple[object, ...]:
        row = task.row
        article, clinic = articles[row.article], clinics[row.clinic]
        return (
            row.edition,
            row.language,
            article // _ARTICLES,
            clinic // _CLINICS,
            article,
            clinic,
        )

    return tuple(sorted(tasks, key=turn))


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(sorted(set(names)))}
