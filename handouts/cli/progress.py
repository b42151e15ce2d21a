"""How far a long command is: a live line on a terminal, a plain line now and then in a log."""

import shutil
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from handouts.batch import Progress

_LIVE, _PLAIN = 0.1, 10.0
"""Seconds between two states that are shown, on a terminal and in a log."""

_BAR, _LEAST = 24, 6
"""Letters of the bar, and with how few it is not shown."""
_STEPS = {
    "plan": "reading the library",
    "compare": "looking for what is new",
    "check": "checking articles",
    "make": "making leaflets",
}


class ProgressLine:
    """Shows progress on stderr; used as a context, so that the live line ends."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet, self._live = quiet, sys.stderr is not None and sys.stderr.isatty()
        self._step, self._begun, self._shown = "", 0.0, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live and not self._quiet:
            click.echo("\r\x1b[K", nl=False, err=True)

    def tell(self, progress: "Progress") -> None:
        """Show a state, unless one was shown just before."""
        now = time.monotonic()
        new = progress.step != self._step
        if new:
            self._step, self._begun, self._shown = progress.step, now, now
        last = progress.done == progress.total
        if self._quiet or not (
            new or last or now - self._shown >= (_LIVE if self._live else _PLAIN)
        ):
            return
        self._shown = now
        line = self._line(progress, now - self._begun)
        click.echo(f"\r\x1b[K{line}" if self._live else line, nl=not self._live, err=True)

    def _line(self, progress: "Progress", seconds: float) -> str:
        step = _STEPS[progress.step]
        if not progress.total:
            return step
        parts = [f"{progress.done:,} of {progress.total:,}"]
        if progress.done and seconds > _LIVE:
            rate = progress.done / seconds
            parts.append(f"{rate:,.0f} a second")
            if progress.done < progress.total:
                parts.append(f"{_clock((progress.total - progress.done) / rate)} left")
        parts += [f"{progress.failed:,} failed"] if progress.failed else []
        words = ", ".join(parts)
        return f"{step}: {words}" if not self._live else _fitted(step, progress, words)


def _fitted(step: str, progress: "Progress", words: str) -> str:
    """Give a line with a bar that is no longer than the terminal: it could not be wiped else."""
    width = shutil.get_terminal_size().columns - 1
    bar = min(_BAR, width - len(f"{step}: [] {words}"))
    full = bar * progress.done // progress.total
    drawn = f"[{'#' * full}{'-' * (bar - full)}] " if bar >= _LEAST else ""
    return f"{step}: {drawn}{words}"[:width]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
