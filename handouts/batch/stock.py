"""What is in the folder already: leaflets nobody noted, in the wrong place, or of somebody else."""

from collections.abc import Iterable, Iterator, Mapping

from handouts.batch.journal import Entry, Journal, by_sidecar
from handouts.batch.names import sidecar_name
from handouts.batch.rows import Row
from handouts.batch.sidecar import may_be_ours
from handouts.batch.sink import FolderSink, Listing, is_blank
from handouts.errors import OutputError
from handouts.values import replace

STRANGER = (
    "a file that no batch made, or that cannot be read, has this name; move it away, or choose"
    " another folder"
)
"""Why a file is not written."""


def unlisted(journal: Journal, sink: FolderSink, paths: Iterable[str]) -> Iterator[Entry]:
    """Find planned leaflets that the journal does not know, since its disk was full."""
    there = Listing(sink)
    for name in paths:
        if name not in journal.entries and there.has(name) and (entry := by_sidecar(sink, name)):
            yield entry


def strangers(journal: Journal, sink: FolderSink, paths: Iterable[str]) -> Iterator[str]:
    """Find planned names that lead to a file of somebody else.

    Every leaflet of ours is in the journal or has a sidecar.
    """
    there = Listing(sink)
    for name in paths:
        if name in journal.entries:
            continue
        beside = sidecar_name(name)
        if there.has(beside):
            if not may_be_ours(sink.read(beside)):
                yield name
        elif there.has(name) and not is_blank(sink.read(name)):
            yield name


def relocated(
    paths: Mapping[Row, str], journal: Journal, sink: FolderSink
) -> Iterator[tuple[Entry, Entry]]:
    """Move leaflets whose clinic has other folders now, and yield what each was and is.

    The sidecar goes first, so that no leaflet is without one where it is not known.
    """
    places = {row.leaflet: path for row, path in paths.items()}
    for entry in tuple(journal.entries.values()):
        path = places.get(entry.leaflet, entry.path)
        same_kind = path.rpartition(".")[2] == entry.path.rpartition(".")[2]
        if path in journal.entries or not same_kind or sink.stamp(entry.path) != entry.stamp:
            continue
        try:
            sink.move(sidecar_name(entry.path), sidecar_name(path))
            sink.move(entry.path, path)
        except OutputError:  # it is made anew
            continue
        yield entry, replace(entry, path=path)
