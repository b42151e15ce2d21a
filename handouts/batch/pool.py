"""Work for many processes, of which any may die at any time.

The seam is `Crew.start`: it gives any `concurrent.futures.Executor`, which a `Shift` keeps from one
piece of work to the next.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from typing import Generic, Self, TypeVar

from handouts.batch.work import prepare_worker
from handouts.values import frozen

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNK = 50
"""Items that are sent together: enough that sending costs nothing, few enough to lose."""

_DEAD = (BrokenExecutor, EOFError, OSError)
"""What an executor says that lost a worker, or the process that starts them."""

_STARTS = 3
"""How often a worker is started that cannot be."""

_PRELOADED = [
    "handouts.batch.work",
    "handouts.sources.markdown",
    "handouts.sources.markdown_parser",
    "handouts.pdf.write",
]
"""Modules that nearly every worker needs; each would import them anew."""

_TURNS = 4
"""Chunks that each worker should get at least, so that all end together."""


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
    return Crew(start=_processes, width=workers, ahead=1, call=_call)


def available_cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(workers: int) -> Executor:
    """Start processes that share nothing with this one; where it can be, from one that has our modules."""
    _call()
    context = multiprocessing.get_context("forkserver" if _forks() else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=prepare_worker)


def _forks() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _call() -> None:
    """Start the process that workers are forked from: it reads our modules while we do other work."""
    if _forks():
        from multiprocessing.forkserver import ensure_running  # noqa: PLC0415  (not everywhere)

        multiprocessing.set_forkserver_preload(_PRELOADED)
        ensure_running()


def chunks(groups: Iterable[Sequence[Item]], crew: Crew) -> Iterator[tuple[Item, ...]]:
    """Put groups of items into chunks that keep everybody busy to the end.

    A group stays together where it is no larger than a chunk.
    """
    groups = [*groups]
    count = sum([len(group) for group in groups])
    size = max(1, min(_CHUNK, count // (crew.width * _TURNS)))
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

    It is a context manager; whoever leaves it waits for the workers to end.
    """

    def __init__(self, crew: Crew, workers: int = 0) -> None:
        self.crew, self._workers = crew, workers or crew.width
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

    def end(self) -> None:
        """End the workers, if there are any.

        Processes are waited for, since one that just begins would be left alone.
        """
        executor, self._executor = self._executor, None
        if executor:
            executor.shutdown(wait=isinstance(executor, ProcessPoolExecutor))


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
    yield from _one_by_one(work, together.suspects, shift.crew)


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
                    wait(self._running, return_when=FIRST_COMPLETED)
                    done = list(self._done())
                    self._fill()  # nobody waits while results are looked at
                    yield from done
                elif self._broken:
                    self._shift.end()
                    self._broken = False
        finally:
            for future in self._running:
                future.cancel()

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
    work: Callable[[tuple[Item, ...]], tuple[Result, ...]], suspects: list[Item], crew: Crew
) -> Iterator[Result | Lost[Item]]:
    with Shift(crew, 1) as alone:
        for item in suspects:
            begun = time.monotonic()
            try:
                yield from _sent(work, item, alone).result()
            except Exception as error:  # noqa: BLE001  (Dask has its own error for a worker that died)
                yield Lost(item, time.monotonic() - begun)
                if isinstance(error, _DEAD):
                    alone.end()


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
