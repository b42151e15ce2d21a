"""Removing leaflets that are no longer in the library, and never a file of somebody else."""

from collections.abc import Iterable, Iterator

from handouts.batch.journal import Entry, Journal
from handouts.batch.names import sidecar_name
from handouts.batch.rows import Row
from handouts.batch.scope import Scope
from handouts.batch.sidecar import dumped
from handouts.batch.sink import FolderSink
from handouts.errors import OutputError, Place
from handouts.values import frozen


def moved(rows: Iterable[tuple[Row, str]], journal: Journal) -> Iterator[Entry]:
    """Find leaflets that were made anew in another folder, or with another ending."""
    places = {row.leaflet: path for row, path in rows}
    for entry in tuple(journal.entries.values()):
        place = places.get(entry.leaflet)
        if place and place != entry.path and place in journal.entries:
            yield entry


def left_over(scope: Scope, planned: Iterable[str], journal: Journal) -> Iterator[Entry]:
    """Find leaflets that expired or that the plan does not have, of which the command line speaks."""
    paths = set(planned)
    for entry in tuple(journal.entries.values()):
        if (entry.expired or entry.path not in paths) and scope.has(entry.leaflet):
            yield entry


@frozen
class Removal:
    """What became of files that should go.

    `kept` were changed by somebody; `stuck` says what the system did not let go, and why.
    """

    removed: tuple[str, ...]
    kept: tuple[str, ...]
    stuck: tuple[str, ...]


def remove(entries: Iterable[Entry], journal: Journal, sink: FolderSink) -> Removal:
    """Remove leaflets with their sidecars; a file that was changed stays."""
    removed, kept, stuck = [], [], []
    for entry in entries:
        beside = sidecar_name(entry.path)
        try:
            if not _is_ours(entry, sink):
                journal.forget(entry.path)
                kept.append(entry.path)
                continue
            sink.remove(entry.path)
            if sink.read(beside) == dumped(entry.facts):
                sink.remove(beside)
            elif not sink.is_gone(beside):
                kept.append(beside)
        except OutputError as error:
            stuck.append(str(error))
            continue
        journal.forget(entry.path)
        removed.append(entry.path)
    return Removal(removed=tuple(removed), kept=tuple(kept), stuck=tuple(stuck))


def _is_ours(entry: Entry, sink: FolderSink) -> bool:
    """Tell whether a leaflet is as it was made, or gone.

    Raises:
        OutputError: It cannot be read.
    """
    if sink.is_gone(entry.path):
        return True
    digest = sink.sha256(entry.path)
    if not digest and sink.stamp(entry.path):
        raise OutputError("the file cannot be read", place=Place(entry.path))
    return digest == entry.sha256


def forget_gone(made: Iterable[str], journal: Journal, sink: FolderSink) -> None:
    """Forget leaflets that somebody deleted and this run did not make: no list may lead to them."""
    there = set(made)
    for path in [path for path in journal.entries if path not in there and sink.is_gone(path)]:
        journal.forget(path)
