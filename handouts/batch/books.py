"""Keeps the books while leaflets are made: first they are safe on the disk, then in the journal."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from handouts.batch.journal import Entry, Journal
from handouts.batch.names import sidecar_name
from handouts.batch.sink import FolderSink

_MANY = 200
"""Leaflets that are brought to the disk together."""


class Books:
    """Notes finished leaflets; the disk is waited for in a thread, while others are made."""

    def __init__(self, journal: Journal, sink: FolderSink, clerk: ThreadPoolExecutor) -> None:
        self.journal, self._sink, self._clerk = journal, sink, clerk
        self._names: list[str] = []
        self._before: Future[bool] | None = None

    def note(self, entry: Entry, sidecar: bytes = b"", *, wrote: bool = True) -> None:
        """Note a leaflet that was made, with its sidecar as it was written."""
        self.journal.note(entry, sidecar)
        if wrote:
            self._names += [entry.path, sidecar_name(entry.path)]
        if len(self._names) >= 2 * _MANY:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._before:
            self._before.result()
        names, lines = self._names, self.journal.take()
        self._names = []
        self._before = self._clerk.submit(self._write, names, lines)

    def _write(self, names: list[str], lines: list[str]) -> bool:
        """Note what is on the disk; what it lost is looked for by its sidecars the next time."""
        return self._sink.settle(names) and self.journal.append(lines)

    def close(self) -> None:
        """Bring everything to the disk."""
        self._hand_over()
        if self._before:
            self._before.result()


@contextmanager
def open_books(journal: Journal, sink: FolderSink) -> Iterator[Books]:
    """Keep the books; when the run is cut short, what is finished is noted still."""
    with ThreadPoolExecutor(1) as clerk:
        books = Books(journal, sink, clerk)
        try:
            yield books
        finally:
            books.close()
