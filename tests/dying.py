"""Work for workers that die or hang; processes import it by its name."""

import os
import signal
import time

from handouts.batch.work import Watchdog


def double(items: tuple[int, ...]) -> tuple[int, ...]:
    """Do what is asked; 13 ends its worker, 17 hangs, 19 raises, 99 is frozen."""
    with Watchdog(0.3) as dog:
        return tuple([_double(item, dog) for item in items])


def _double(item: int, dog: Watchdog) -> int:
    dog.begin()
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if item == 99:
        os.kill(os.getpid(), signal.SIGSTOP)
    if item == 19:
        raise RuntimeError("nineteen")
    while item == 17:
        time.sleep(0.05)
    return 2 * item
