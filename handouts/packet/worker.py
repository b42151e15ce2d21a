"""The worker: a process of its own that reads packets, with limits, and may be thrown away.

Packets come from outside, hold patients' words, and may make a parser crash, hang or eat memory.
So they are opened here only: the worker has no file of its own, says nothing on stdout and stderr,
leaves no core dump, and answers with values or with an error whose words are ours.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self, TypeAlias

from handouts.errors import HandoutsError, PacketError
from handouts.packet.parts import Job, Joined, Look
from handouts.values import frozen

SECONDS = 60.0
MEGABYTES = 2_000
_BESIDE = "Use --beside to put the leaflets into a second file"
_Answer: TypeAlias = Any
"""What a step gives: a look, a joined file, or an error."""


@frozen
class Limits:
    """What one step may take; memory is limited where the system can do so (not on Windows)."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


class Worker:
    """A worker process, started at once so that it is warm when it is needed.

    It is started anew when a step failed to end; close it, or use it in a `with` statement.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: Any = None
        self._end: Connection | None = None
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def look(self, content: bytes, *, restricted: bool = False) -> Look:
        """Say what a PDF is.

        Raises:
            PacketError: It cannot be joined, or the step took too long or too much memory.
        """
        return self._ask("look", (content, restricted))  # type: ignore[no-any-return]  # a look

    def join(self, job: Job) -> Joined:
        """Join parts to a packet, and check the result.

        Raises:
            PacketError: As for `look`, or the result is not what it should be.
        """
        return self._ask("join", (job,))  # type: ignore[no-any-return]  # a joined file

    def close(self) -> None:
        """End the process."""
        if self._end is not None:
            self._end.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._end = self._process = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._end, other = context.Pipe()
        arguments = (other, self._limits)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        with _deaf():
            self._process.start()
        other.close()

    def _ask(self, step: str, arguments: tuple[object, ...]) -> _Answer:
        if self._end is None:
            self._start()
        end = self._end
        assert end is not None  # noqa: S101  (it was just started)
        try:
            end.send((step, arguments))
            if not end.poll(self._limits.seconds):
                self.close()
                what = f"the file took more than {self._limits.seconds:g} seconds"
                raise PacketError(what, hint=_BESIDE)
            answer = end.recv()
        except (EOFError, OSError):
            self.close()
            raise PacketError("the file makes the reader of PDFs fail", hint=_BESIDE) from None
        if isinstance(answer, HandoutsError):
            raise answer
        return answer


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl-C back: a process that is started here never hears it, from its first step on.

    A terminal sends it to all processes; who started the worker ends it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415  (not on Windows)

    ensure_running()  # it is started with the first process, and would hear it, and let it through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---- in the process ----------------------------------------------------------------------------


def _serve(end: Connection, limits: Limits) -> None:
    """Answer until the other side has gone."""
    _be_silent()
    _limit(limits)
    import pikepdf  # noqa: F401, PLC0415  (warm before it is needed)
    import pypdf  # noqa: F401, PLC0415  (the same)

    from handouts.packet.steps import STEPS  # noqa: PLC0415  (the same)

    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            step, arguments = end.recv()
            _limit_time(limits)
            end.send(_answer(STEPS[step], arguments))


def _answer(step: Callable[..., object], arguments: tuple[object, ...]) -> object:
    """Run a step; an error gives no word of the file away, so a stranger's words are replaced."""
    try:
        return step(*arguments)
    except HandoutsError as error:
        return type(error)(error.what, hint=error.hint)
    except MemoryError:
        return PacketError("the file needs too much memory", hint=_BESIDE)
    except Exception as error:  # noqa: BLE001  (whatever a parser does with a stranger's file)
        what = f"the file cannot be joined ({type(error).__name__})"
        return PacketError(what, hint=_BESIDE)


def _be_silent() -> None:
    """Let nothing of a file come out: no warnings of parsers, no log, no trace."""
    import logging  # noqa: PLC0415  (for this only)
    import warnings  # noqa: PLC0415  (the same)

    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _limit_time(limits: Limits) -> None:
    """End a step that hangs also when nobody waits for it any more."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soon = int(time.process_time() + limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soon, hard))


def _limit(limits: Limits) -> None:
    """Limit memory, and leave no core dump, which would hold the packet."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    size = limits.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
