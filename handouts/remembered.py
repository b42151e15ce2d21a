"""The latest results of costly work, found again by what they were made from.

Large values are told by their identity, which costs nothing; small ones by what they say.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Remembered(Generic[Result]):
    """At most so many results, the one that was not asked for the longest going first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, tuple[tuple[object, ...], Result]] = OrderedDict()

    def forget(self) -> None:
        """Forget all results."""
        self._results.clear()

    def results(self) -> tuple[Result, ...]:
        """Give the results that are there."""
        return tuple([result for _, result in self._results.values()])

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
        found = self._results.get(key)
        if found is not None:
            self._results.move_to_end(key)
            return found[1]
        made = make()
        self._results[key] = objects, made
        if len(self._results) > self._most:
            self._results.popitem(last=False)
        return made
