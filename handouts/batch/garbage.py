"""When garbage is collected: seldom, since a batch keeps nearly all that it makes, or leaves it in no circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 50)
"""Each look at all that there is takes a worker 20 ms, and while a journal is read, a third of the time."""


def collect_seldom() -> None:
    """Collect garbage seldom in this process, and never look at what is there already."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect garbage seldom for a while."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
