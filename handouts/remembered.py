"""The latest results of costly work, found again by what they were made from.

Large values are told by their identity, which costs nothing; small ones by what they say.
"""

from collections.abc import Callable, Hashable
from itertools import count
from typing import Generic, TypeVar

Result = TypeVar("Result")


class _Kept(Generic[Result]):
    """A result, the objects that it was made of, and when it was asked for last."""

    __slots__ = ("objects", "result", "used")

    def __init__(self, objects: tuple[object, ...], result: Result, used: int) -> None:
        self.objects, self.result, self.used = objects, result, used


class Remembered(Generic[Result]):
    """At most so many results; for lack of room, those that were not asked for the longest go.

    To note when one was asked for, its key is not looked up again: large keys take long to compare.
    A quarter goes at once, since to find the oldest takes as long as to find many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, _Kept[Result]] = {}
        self._clock = count()

    def forget(self) -> None:
        """Forget all results."""
        self._kept.clear()

    def results(self) -> tuple[Result, ...]:
        """Give the results that are there."""
        return tuple([one.result for one in self._kept.values()])

    def result(
        self,
        objects: tuple[object, ...],
        values: tuple[Hashable, ...],
        make: Callable[[], Result],
    ) -> Result:
        """Give what was made of these very objects and such values, or make it.

        The objects are kept as long as the result, so that no other can take their identity.
        """
        key = (*map(id, objects), *values)
        found = self._kept.get(key)
        if found is not None:
            found.used = next(self._clock)
            return found.result
        made = make()
        self._kept[key] = _Kept(objects, made, next(self._clock))
        if len(self._kept) > self._most:
            self._make_room()
        return made

    def _make_room(self) -> None:
        oldest = sorted(self._kept.items(), key=lambda one: one[1].used)[: 1 + self._most // 4]
        for key, _ in oldest:
            del self._kept[key]
