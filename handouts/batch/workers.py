"""Processes of this machine that do the work: how they are started, and that they end.

They share nothing with the process that starts them.  No name leads to half of what they write, so
one that does not end may be killed.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import resource_tracker
from typing import Any, ParamSpec, TypeVar

from handouts.batch.steps import Steps, counted
from handouts.batch.work import prepare_worker
from handouts.stopping import unstopped

P = ParamSpec("P")
T = TypeVar("T")

_PRELOADED = [
    "handouts.batch.work",
    "handouts.sources.markdown",
    "handouts.sources.markdown_parser",
    "handouts.pdf.write",
]
"""Modules that nearly every worker needs; each would import them anew."""

_PATIENCE = 2.0
"""Seconds that workers have to end what they do, and then to be dead."""


def call() -> None:
    """Start the process that workers are forked from: it reads our modules while we do other work."""
    if not _forks():
        return
    from multiprocessing.forkserver import ensure_running  # noqa: PLC0415  (not everywhere)

    multiprocessing.set_forkserver_preload(_PRELOADED)
    with unstopped(), _deaf(), _silent():
        resource_tracker.ensure_running()  # it opens its starter's ears to Ctrl-C
    with unstopped(), _deaf():
        ensure_running()


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes be born deaf to signals that go to all processes of a terminal.

    They would tell of Ctrl-C with a traceback until they have read our modules, and the end of a
    session would end the one that clears up before us.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _forks() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _kill_starter() -> None:
    """Kill the process that workers are forked from: when it is frozen, none is ever told to be dead."""
    if _forks():
        from multiprocessing import forkserver  # noqa: PLC0415  (not everywhere)

        process = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # noqa: SLF001
        if process:
            os.kill(process, signal.SIGKILL)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the process that clears up after one that was killed from telling that it did."""
    name = "PYTHONWARNINGS"
    before = os.environ.get(name)
    os.environ[name] = ",".join([*([before] if before else []), "ignore:resource_tracker"])
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


class Workers(ProcessPoolExecutor):
    """Processes that are all known, and all end, whatever they do."""

    def __init__(self, number: int) -> None:
        call()
        context = multiprocessing.get_context("forkserver" if _forks() else "spawn")
        self.steps = Steps(number)
        super().__init__(
            number, mp_context=context, initializer=prepare_worker, initargs=(self.steps.numbers,)
        )

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send work; a stop that comes while a worker is started waits until it is known."""
        place = self.steps.free_place()
        with unstopped():
            future = super().submit(partial(counted, place, fn), *args, **kwargs)
        self.steps.sent(future, place)
        return future

    def end(self) -> bool:
        """End all of them, and tell whether all ended by themselves; no stop may come meanwhile.

        Those that are frozen, or wait for a disk that is gone, are killed.  One that was killed while
        it sent a result left half of it, and who reads it waits for the rest until the last one who
        could write it is gone; that is this process.
        """
        manager: Any = self._executor_manager_thread  # typeshed takes it for something else
        workers, result = [*self._processes.values()], self._result_queue
        self.shutdown(wait=False, cancel_futures=True)
        if manager is None:
            return True
        manager.join(_PATIENCE)
        if not manager.is_alive():
            return not self._broken
        for one in workers:
            one.kill()
        result._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001  (no other way to it)
        manager.join(_PATIENCE)
        if manager.is_alive():
            _kill_starter()
        return False
