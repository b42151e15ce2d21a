"""Removing leaflets that are no longer in the library, and never a file of somebody else."""

from collections.abc import Iterable, Iterator

from handouts.batch.journal import Entry, Journal
from handouts.batch.names import sidecar_name
from handouts.batch.plan import wanted
from handouts.batch.rows import BatchWish, Row
from handouts.batch.sidecar import dumped
from handouts.batch.sink import FolderSink
from handouts.errors import OutputError


def moved(rows: Iterable[tuple[Row, str]], journal: Journal) -> Iterator[Entry]:
    """Find leaflets that were made anew in another folder, or with another ending."""
    places = {row.leaflet: path for row, path in rows}
    for entry in tuple(journal.entries.values()):
        place = places.get(entry.leaflet)
        if place and place != entry.path and place in journal.entries:
            yield entry


def left_over(wish: BatchWish, planned: Iterable[str], journal: Journal) -> Iterator[Entry]:
    """Find leaflets that the plan does not have, among those that the command line speaks of."""
    paths = set(planned)
    for entry in tuple(journal.entries.values()):
        clinic, article, edition, language = entry.leaflet
        row = Row(clinic=clinic, article=article, edition=edition, language=language)
        if entry.path not in paths and wanted(row, wish):
            yield entry


def remove(
    entries: Iterable[Entry], journal: Journal, sink: FolderSink
) -> Iterator[tuple[str, bool]]:
    """Remove leaflets, and yield each with whether it is gone; one that was changed stays."""
    for entry in entries:
        if not sink.is_gone(entry.path) and sink.sha256(entry.path) != entry.sha256:
            journal.forget(entry.path)
            yield entry.path, False
            continue
        try:
            sink.remove(entry.path)
            name = sidecar_name(entry.path)
            if sink.read(name) == dumped(entry.facts):
                sink.remove(name)
        except OutputError:
            yield entry.path, False
            continue
        journal.forget(entry.path)
        yield entry.path, True


def forget_gone(made: Iterable[str], journal: Journal, sink: FolderSink) -> None:
    """Forget leaflets that somebody deleted and this run did not make: no list may lead to them."""
    there = set(made)
    for path in [path for path in journal.entries if path not in there and sink.is_gone(path)]:
        journal.forget(path)
