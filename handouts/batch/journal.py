"""What was made: one line a leaflet, only ever appended, on the disk before anybody relies on it.

A line that a crash cut off is left out when the journal is read.  Where there is no journal, the
sidecars tell the same.
"""

import datetime
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from handouts.batch.names import ENDINGS, is_place_of, sidecar_name
from handouts.batch.settling import sync
from handouts.batch.sidecar import is_ours, leaflet_of
from handouts.batch.sink import JOURNAL, STATE, FolderSink, Stamp
from handouts.errors import OutputError, Place
from handouts.values import field, frozen

_SPARE = 1000
"""Lines that may be out of date before the journal is written anew."""


@frozen
class Entry:
    """A leaflet that was made: its file, the file's stamp, and its sidecar.

    `expired` says that it may not be handed out any more.
    """

    path: str
    stamp: Stamp
    facts: Mapping[str, object] = field(hash=False)
    expired: bool = False

    @property
    def key(self) -> str:
        """The digest of what it was made from."""
        return str(self.facts["input"])

    @property
    def judge_again(self) -> str:
        """The first day (ISO) on which licence and review must be judged again, or ""."""
        return str(self.facts["judge_again"] or "")

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return str(self.facts["sha256"])

    @property
    def created(self) -> datetime.datetime:
        """The time that the leaflet says it was made."""
        return datetime.datetime.fromisoformat(str(self.facts["created"]))

    @property
    def leaflet(self) -> tuple[str, str, str, str]:
        """What tells it from all others: clinic, article, edition, language."""
        return leaflet_of(self.facts)


class Journal:
    """The journal of an output folder; `entries` leads from a file's name to what is known of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        self._lines = 0
        self._waiting: list[str] = []
        self._torn = self._stale = False

    def read(self) -> bool:
        """Read the file, and tell whether it was there and none of its lines is damaged."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return False
        lines = content.split(b"\n")
        self._torn = bool(lines.pop())
        damaged = 0
        for line in lines:
            try:
                self._learn(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError):
                damaged += 1
        self._lines = len(lines)
        self._stale = damaged > 0 or self._torn
        return not self._stale

    def _learn(self, line: Mapping[str, object]) -> None:
        path = str(line["path"])
        if line.get("gone"):
            self.entries.pop(path, None)
            return
        self.entries[path] = _entry(path, line)

    def note(self, entry: Entry, sidecar: bytes = b"") -> None:
        """Remember a leaflet, with its sidecar as it was written where that is at hand.

        `take` and `append` bring it to the disk.
        """
        self.entries[entry.path] = entry
        self._waiting.append(_line(entry, sidecar))

    def forget(self, path: str) -> None:
        """Remember that a leaflet is gone."""
        self.entries.pop(path, None)
        self._waiting.append(json.dumps({"path": path, "gone": True}))

    def take(self) -> list[str]:
        """Give the lines that are not in the file yet."""
        lines, self._waiting = self._waiting, []
        return lines

    def append(self, lines: list[str]) -> bool:
        """Append lines, and wait until they are on the disk.

        False is told when the disk refuses.  Nothing is lost then: the leaflets are there, and
        their sidecars say what the journal would.
        """
        if not lines:
            return True
        text = ("\n" if self._torn else "") + "\n".join(lines) + "\n"
        self._torn = True  # until all of it is there
        try:
            with self.path.open("ab") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return False
        self._torn = False
        self._lines += len(lines)
        return True

    def compact(self) -> None:
        """Write the journal anew when most of it is out of date, or some of it is damaged."""
        if self._lines <= 2 * len(self.entries) + _SPARE and not self._stale:
            return
        aside = self.path.with_suffix(".new")
        try:
            with aside.open("wb") as file:
                file.writelines(f"{_line(entry)}\n".encode() for entry in self.entries.values())
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self.path)
        except OSError:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            return
        sync(self.path.parent)
        self._lines, self._stale = len(self.entries), False


def open_journal(sink: FolderSink, *, search: bool) -> Journal:
    """Read the journal of a folder, and the sidecars of leaflets that it may not know.

    Args:
        sink: The folder.
        search: Whether a run was killed there; sidecars are read, too, when the journal is damaged.

    Raises:
        OutputError: The folder cannot be read.
    """
    journal = Journal(sink.folder / STATE / JOURNAL)
    whole = journal.read()
    if search or not whole:
        for entry in _from_sidecars(sink, frozenset(journal.entries)):
            journal.note(entry)
    return journal


def _from_sidecars(sink: FolderSink, known: frozenset[str]) -> Iterator[Entry]:
    """Find other leaflets that this program made and that are as their sidecars say."""
    try:
        paths = sorted(sink.folder.glob("*/**/*.json"))
    except OSError as failure:
        place, hint = Place(str(sink.folder)), f"The system says: {failure.strerror}."
        raise OutputError("the folder cannot be read", place=place, hint=hint) from None
    for path in paths:
        stem = path.with_suffix("").relative_to(sink.folder).as_posix()
        for name in (f"{stem}.{ending}" for ending in ENDINGS):
            entry = None if name in known else by_sidecar(sink, name)
            if entry:
                yield entry


def by_sidecar(sink: FolderSink, name: str) -> Entry | None:
    """Give a leaflet of which only its sidecar tells, if both are here and fit together."""
    stamp = sink.stamp(name)
    if stamp is None:
        return None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        facts = json.loads(sink.read(sidecar_name(name)) or b"")
        entry = _entry(name, {"sidecar": facts, "size": stamp.size, "mtime": stamp.mtime})
        if stamp.size == facts["bytes"] and sink.sha256(name) == entry.sha256:
            return entry
    return None


def _entry(path: str, line: Mapping[str, object]) -> Entry:
    facts, size, mtime = line["sidecar"], line["size"], line["mtime"]
    if not (is_ours(facts) and isinstance(facts, dict) and is_place_of(leaflet_of(facts), path)):
        raise TypeError(path)
    if not (isinstance(size, int) and isinstance(mtime, int)):
        raise TypeError(path)
    return Entry(
        path=path,
        stamp=Stamp(size, mtime),
        facts=facts,
        expired=bool(line.get("expired")),
    )


def _line(entry: Entry, sidecar: bytes = b"") -> str:
    """Write a leaflet; its sidecar holds no line ends but those between its keys."""
    told = sidecar.decode().replace("\n", "") or _json(entry.facts)
    size, mtime = entry.stamp
    return (
        f'{{"path":{_json(entry.path)},"size":{size},"mtime":{mtime}'
        f',"expired":{_json(entry.expired)},"sidecar":{told}}}'
    )


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
