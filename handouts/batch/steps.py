"""How far the workers of this machine are: each piece of work has a number, which they raise.

A worker that is frozen cannot say so; its number stands still.
"""

import time
from collections.abc import Callable, MutableSequence
from concurrent.futures import Future
from itertools import islice
from multiprocessing.sharedctypes import RawArray
from typing import Any, TypeVar

T = TypeVar("T")

AHEAD = 1
"""Pieces of work that wait at each worker."""

_LOOK = 0.5
"""Most seconds that count between two looks: more have passed when this process was stopped, too."""


# ---- in a worker -------------------------------------------------------------------------------


class _Mine:
    """Where this process counts; until it is told, for nobody."""

    numbers: MutableSequence[int] = [0]  # noqa: RUF012  (one for the process)
    place = 0


def count_in(numbers: MutableSequence[int]) -> None:
    """Count in numbers that the batch sees."""
    _Mine.numbers = numbers


def counted(place: int, work: Callable[..., T], *args: object, **named: object) -> T:
    """Do work whose steps are counted at a place."""
    _Mine.place = place
    return work(*args, **named)


def step() -> None:
    """Tell that a step of the work begins."""
    _Mine.numbers[_Mine.place] += 1


# ---- in the batch ------------------------------------------------------------------------------


class Steps:
    """The work that was sent to so many workers, and for how long it has stood still."""

    def __init__(self, workers: int) -> None:
        self.numbers: Any = RawArray("L", workers * (1 + AHEAD))
        self._workers = workers
        self._places: dict[Future[Any], int] = {}
        self._seen: dict[Future[Any], tuple[int, float]] = {}
        self._clock, self._looked = 0.0, time.monotonic()

    def free_place(self) -> int:
        """Give a place at which no work is counted that is under way."""
        self._places = {one: place for one, place in self._places.items() if not one.done()}
        taken = {*self._places.values()}
        return next(place for place in range(len(self.numbers)) if place not in taken)

    def sent(self, future: Future[Any], place: int) -> None:
        """Note work that is counted at a place."""
        self._places[future] = place

    def stand_still(self) -> float:
        """Give the seconds for which a piece of work has stood still that a worker should have.

        Workers take the oldest ones first.  Seconds count while somebody looks.
        """
        now = time.monotonic()
        self._clock += min(now - self._looked, _LOOK)
        self._looked = now
        under_way = [one for one in self._places.items() if not one[0].done()]
        seen = {}
        for future, place in islice(under_way, self._workers):
            number = self.numbers[place]
            before, since = self._seen.get(future, (None, 0))
            seen[future] = (number, since if number == before else self._clock)
        self._seen = seen
        return max((self._clock - since for _, since in seen.values()), default=0)
