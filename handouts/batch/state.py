"""What of the plan is there already, and what must be made."""

import random
from collections.abc import Iterable, Mapping

from handouts.batch.journal import Entry, Journal
from handouts.batch.names import sidecar_name
from handouts.batch.rows import Row, Task, Verify
from handouts.batch.sidecar import dumped
from handouts.batch.sink import FolderSink, Listing, Stamp
from handouts.values import frozen, replace

_SAMPLE = 20
"""Leaflets of an unchanged library whose bytes are compared; one that differs has all compared."""


@frozen
class State:
    """The tasks of a run, and the files that stay as they are."""

    tasks: tuple[Task, ...]
    unchanged: tuple[str, ...]


def compare(
    paths: Mapping[Row, str],
    keys: Mapping[Row, str],
    journal: Journal,
    sink: FolderSink,
    *,
    verify: Verify,
    today: str,
) -> State:
    """Compare the plan with what was made: by size and time, by bytes where `verify` says so."""
    tasks, good, there = [], [], Listing(sink)
    for row, path in paths.items():
        task = Task(row=row, path=path, key=keys[row])
        entry = journal.entries.get(path)
        if entry is None or not _is_there(entry, journal, there, sink, verify):
            tasks.append(task)
        elif entry.key != task.key:
            tasks.append(task._replace(known=entry.sha256))
        elif entry.expired or "" < entry.judge_again <= today:
            tasks.append(task._replace(known=entry.sha256, created=entry.created))
        else:
            good.append((task, entry))
    bad = set(_damaged(good, sink, verify))
    tasks += [task for task, _ in good if task.path in bad]
    return State(
        tasks=tuple(tasks),
        unchanged=tuple([task.path for task, _ in good if task.path not in bad]),
    )


def _is_there(
    entry: Entry, journal: Journal, there: Listing, sink: FolderSink, verify: Verify
) -> bool:
    """Tell whether a leaflet and its sidecar are there, and the leaflet is the one that was made."""
    if verify == "none":
        return True
    stamp = there.stamp(entry.path)
    if stamp is None or not there.has(sidecar_name(entry.path)):
        return False
    return stamp == entry.stamp or _was_only_touched(entry, stamp, journal, sink)


def _was_only_touched(entry: Entry, stamp: Stamp, journal: Journal, sink: FolderSink) -> bool:
    """Compare the bytes of a file whose time differs: it may have been copied or restored."""
    if stamp.size != entry.stamp.size or sink.sha256(entry.path) != entry.sha256:
        return False
    journal.note(replace(entry, stamp=stamp))
    return True


def _damaged(good: list[tuple[Task, Entry]], sink: FolderSink, verify: Verify) -> Iterable[str]:
    """Compare bytes of all, or of a few and then, if these are not right, of all."""
    if verify == "none":
        return ()
    if verify == "sample":
        few = random.sample(good, min(_SAMPLE, len(good)))
        if all(_is_right(entry, sink) for _, entry in few):
            return ()
    return [task.path for task, entry in good if not _is_right(entry, sink)]


def _is_right(entry: Entry, sink: FolderSink) -> bool:
    return sink.sha256(entry.path) == entry.sha256 and sink.read(
        sidecar_name(entry.path)
    ) == dumped(entry.facts)
