"""Ctrl-C and its like: the first one stops a run, and cuts nothing that must be whole.

A stop is an exception that may come between any two lines.  Where workers are started or ended, or
locks of the standard library are held, it would leave processes that nobody knows, or a lock that
nobody opens again; so it waits there.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from handouts.errors import INTERRUPTED

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, the end of a service, and the end of a session; Windows lacks the last one."""

_SIGNALS = tuple([getattr(signal, name) for name in _NAMES if hasattr(signal, name)])

_CLEARING_UP = 5.0
"""Seconds that clearing up may take; whoever asks again after that wants the end at any price."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Take the end of a session or a service as Ctrl-C; what comes after the first one is ignored.

    A run that was stopped ignores them to its end: its process has nothing to do but clear up.
    """
    begun: list[float] = []

    def stop(_number: int, _frame: FrameType | None) -> None:
        if not begun:
            begun.append(time.monotonic())
            raise KeyboardInterrupt
        if time.monotonic() - begun[0] > _CLEARING_UP:
            os._exit(INTERRUPTED)

    kept = {one: signal.getsignal(one) for one in _SIGNALS}
    mine = [  # nohup stays nohup
        one for one in kept if kept[one] in (signal.SIG_DFL, signal.default_int_handler)
    ]
    for one in mine:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one in mine if not begun else ():
            signal.signal(one, kept[one])


@contextmanager
def unstopped() -> Iterator[None]:
    """Keep a stop waiting until what is done inside is whole."""
    if threading.current_thread() is not threading.main_thread():  # which no signal stops
        yield
        return
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    kept = {one: signal.getsignal(one) for one in _SIGNALS}
    mine = {one: handler for one, handler in kept.items() if callable(handler)}
    for one in mine:
        signal.signal(one, note)
    try:
        yield
    finally:
        for one, handler in mine.items():
            signal.signal(one, handler)
        for number in came[:1]:
            signal.raise_signal(number)
