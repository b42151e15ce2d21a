"""Work for many processes, of which any may die at any time.

The seam is `Crew.start`: it gives any `concurrent.futures.Executor`, which a `Shift` keeps from one
piece of work to the next.
"""

import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    wait,
)
from typing import Generic, Self, TypeVar

from handouts.batch.steps import AHEAD
from handouts.batch.work import GRACE
from handouts.batch.workers import Workers, call
from handouts.stopping import unstopped
from handouts.values import frozen

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNK = 50
"""Items that are sent together: enough that sending costs nothing, few enough to lose."""

_DEAD = (BrokenExecutor, EOFError, OSError)
"""What an executor says that lost a worker, or the process that starts them."""

_STARTS = 3
"""How often a worker is started that cannot be."""

_TURNS = 4
"""Chunks that each worker should get at least, so that all end together."""

_GLANCE = 0.2
"""Seconds between two looks for a stop, and for workers that are frozen."""

_SLACK = 30.0
"""Seconds that workers may take beyond the time of an item: to be started, on a busy machine."""


@frozen
class Crew:
    """Who does the work: `start` gives an executor with so many workers, `width` is their number.

    `ahead` is the number of chunks that wait at each worker, so that it need not wait for the next
    one: more of them where sending takes time.  `call` tells that there will be work, so that workers
    come sooner.
    """

    start: Callable[[int], Executor]
    width: int
    ahead: int = 0
    call: Callable[[], object] = tuple


@frozen(kw_only=False)
class Lost(Generic[Item]):
    """An item during which its worker died, although it was alone; `seconds` is how long it took."""

    item: Item
    seconds: float


def local_crew(workers: int) -> Crew:
    """Give processes of this machine."""
    return Crew(start=Workers, width=workers, ahead=AHEAD, call=call)


def available_cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chunks(groups: Iterable[Sequence[Item]], crew: Crew) -> Iterator[tuple[Item, ...]]:
    """Put groups of items into chunks that keep everybody busy to the end.

    A group stays together where it is no larger than a chunk.
    """
    groups = [*groups]
    total = sum([len(group) for group in groups])
    size = max(1, min(_CHUNK, total // (crew.width * _TURNS)))
    chunk: list[Item] = []
    for group in groups:
        if chunk and len(chunk) + len(group) > size:
            yield tuple(chunk)
            chunk = []
        chunk += group
        while len(chunk) > size:
            yield tuple(chunk[:size])
            del chunk[:size]
    if chunk:
        yield tuple(chunk)


class Shift:
    """The workers of a crew as long as there is work: started for the first part, replaced when one dies.

    It is a context manager; whoever leaves it waits for the workers to end.  `seconds` is the time
    limit of an item, 0 for none; `died` tells whether a worker of this machine did not end by itself.
    """

    def __init__(self, crew: Crew, workers: int = 0, *, seconds: float = 0) -> None:
        self.crew, self.seconds, self.died = crew, seconds, False
        self._workers = workers or crew.width
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result]:
        """Send an item to a worker.

        Raises:
            BrokenExecutor: Or another of `_DEAD`: a worker died before, or none can be started.
        """
        self._executor = self._executor or self.crew.start(self._workers)
        return self._executor.submit(work, item)

    def wait(self, futures: Iterable[Future[Result]]) -> bool:
        """Wait until one is done; False when a worker stood still for longer than an item may take.

        A worker ends itself when it takes too long, unless it is frozen.  Only those of this machine
        are looked after: a cluster looks after its own.
        """
        limit = GRACE * self.seconds + _SLACK if self.seconds else math.inf
        found = None
        while not (found and found.done):
            with unstopped():
                found = wait(futures, _GLANCE, FIRST_COMPLETED)
            workers = self._executor
            if isinstance(workers, Workers) and workers.steps.stand_still() > limit:
                return False
        return True

    def drop(self, futures: Iterable[Future[Result]]) -> None:
        """Cancel what nobody waits for any more; processes of ours do so when they end."""
        for future in () if isinstance(self._executor, Workers) else futures:
            future.cancel()

    def end(self) -> None:
        """End the workers, if there are any."""
        with unstopped():
            executor, self._executor = self._executor, None
            if isinstance(executor, Workers):
                self.died = not executor.end() or self.died
            elif executor:
                executor.shutdown(wait=False)


def carry_out(
    work: Callable[[tuple[Item, ...]], tuple[Result, ...]],
    parts: Iterable[tuple[Item, ...]],
    shift: Shift,
) -> Iterator[Result | Lost[Item]]:
    """Yield the results of all parts, in the order in which they are done.

    Items whose worker died are done once more at the end, one by one: those that end their worker
    again are lost, the others had bad company.
    """
    together = _Together(work, iter(parts), shift)
    yield from together.results()
    yield from _one_by_one(work, together.suspects, shift)


class _Together(Generic[Item, Result]):
    """Parts that all workers do side by side; items whose worker died become `suspects`."""

    def __init__(
        self,
        work: Callable[[tuple[Item, ...]], tuple[Result, ...]],
        parts: Iterator[tuple[Item, ...]],
        shift: Shift,
    ) -> None:
        self.suspects: list[Item] = []
        self._work, self._parts, self._shift = work, parts, shift
        self._running: dict[Future[tuple[Result, ...]], tuple[Item, ...]] = {}
        self._broken = False

    def results(self) -> Iterator[Result]:
        """Yield results as they come; workers that broke are replaced once all are heard of."""
        try:
            while self._fill() or self._running or self._broken:
                if self._running:
                    yield from self._arrived()
                elif self._broken:
                    self._shift.end()
                    self._broken = False
        finally:
            self._shift.drop(self._running)

    def _arrived(self) -> Iterator[Result]:
        """Wait for results; when a worker is frozen, all that is under way is suspect."""
        goes_on = self._shift.wait(self._running)
        done = list(self._done())
        if goes_on:
            self._fill()  # nobody waits while results are looked at
        else:
            self._shift.end()
            self.suspects += [item for part in self._running.values() for item in part]
            self._running.clear()
        yield from done

    def _fill(self) -> bool:
        """Send parts until everybody has work, and tell whether there are any."""
        crew = self._shift.crew
        most = crew.width * (1 + crew.ahead)
        while not self._broken and len(self._running) < most:
            part = next(self._parts, None)
            if part is None:
                break
            try:
                self._running[self._shift.submit(self._work, part)] = part
            except _DEAD:
                self.suspects += part
                self._broken = True
        return bool(self._running)

    def _done(self) -> Iterator[Result]:
        for future in [future for future in self._running if future.done()]:
            part, error = self._running.pop(future), future.exception()
            if error is None:
                yield from future.result()
                continue
            self.suspects += part
            self._broken = self._broken or isinstance(error, _DEAD)


def _one_by_one(
    work: Callable[[tuple[Item, ...]], tuple[Result, ...]], suspects: list[Item], shift: Shift
) -> Iterator[Result | Lost[Item]]:
    with Shift(shift.crew, 1, seconds=shift.seconds) as alone:
        for item in suspects:
            begun = time.monotonic()
            try:
                yield from _alone(work, item, alone)
            except Exception as error:  # noqa: BLE001  (Dask has its own error for a worker that died)
                yield Lost(item, time.monotonic() - begun)
                if isinstance(error, _DEAD):
                    alone.end()
    shift.died = shift.died or alone.died


def _alone(
    work: Callable[[tuple[Item, ...]], tuple[Result, ...]], item: Item, alone: Shift
) -> tuple[Result, ...]:
    future = _sent(work, item, alone)
    if not alone.wait([future]):
        raise TimeoutError
    return future.result()


def _sent(
    work: Callable[[tuple[Item, ...]], tuple[Result, ...]], item: Item, alone: Shift
) -> Future[tuple[Result, ...]]:
    """Send an item to a worker of its own; that no worker begins is not the item's fault."""
    for _ in range(_STARTS):
        try:
            return alone.submit(work, (item,))
        except _DEAD:
            alone.end()
    raise BrokenExecutor
