"""Where leaflets go: a folder in which no name ever leads to half a file.

`Sink` is the seam for other places; this package has the folder only.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from handouts.batch.settling import settle
from handouts.errors import OutputError, Place
from handouts.values import frozen

STATE = ".handouts"
"""Folder of the journal and the lock."""

JOURNAL = "journal.jsonl"
"""Name of the journal in this folder."""


class Stamp(NamedTuple):
    """Size in bytes and time of the last change (ns) of a file."""

    size: int
    mtime: int


class Sink(Protocol):
    """A place that workers write to; it must be possible to send it to another process."""

    def put(self, name: str, content: bytes) -> Stamp:
        """Write a file, whole or not at all."""

    def stamp(self, name: str) -> Stamp | None:
        """Give a file's stamp, or None where there is none."""


_PART = ".part"
_IS_PART = re.compile(r"\.[0-9a-f]{16}\.part")
"""A file that is being written.  It stands where it will stay: within a folder, a new name costs a
quarter of what moving to another one does."""


@frozen(kw_only=False)
class FolderSink:
    """A folder of this machine, or of a shared drive."""

    folder: Path

    def put(self, name: str, content: bytes) -> Stamp:
        """Write a file aside and rename it.

        Raises:
            OutputError: The system refuses; nothing is left under the name that was not there.
        """
        folder = self._folder_of(name)
        target = f"{folder}{os.sep}{name.rpartition('/')[2]}"
        aside = f"{folder}{os.sep}.{os.urandom(8).hex()}{_PART}"
        try:
            try:
                status = _put(content, aside, target)
            except FileNotFoundError:  # a new folder, or somebody removed one of ours
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103  (the same)
                status = _put(content, aside, target)
        except OSError as failure:
            with suppress(OSError):
                os.unlink(aside)  # noqa: PTH108  (the same)
            hint = f"The system says: {failure.strerror}."
            raise OutputError("the file cannot be written", place=Place(name), hint=hint) from None
        return Stamp(status.st_size, status.st_mtime_ns)

    def _place(self, name: str) -> Path:
        return Path(self._folder_of(name), name.rpartition("/")[2])

    def _folder_of(self, name: str) -> str:
        """Give the folder of a file, unless one on the way to it leads out of ours."""
        place = str(self.folder)
        for part in name.split("/")[:-1]:
            place = f"{place}{os.sep}{part}"
            if os.path.islink(place):  # noqa: PTH114  (Path costs more than the file)
                hint = "Put a folder there: the batch writes nothing outside of its own."
                where = Place(Path(place).relative_to(self.folder).as_posix())
                raise OutputError("this folder is a link", place=where, hint=hint)
        return place

    def stamp(self, name: str) -> Stamp | None:
        """Look at a file without opening it; a link or a folder is no leaflet."""
        try:
            status = os.lstat(f"{self.folder}{os.sep}{name}")  # (the same)
        except OSError:
            return None
        is_file = stat.S_ISREG(status.st_mode)
        return Stamp(status.st_size, status.st_mtime_ns) if is_file else None

    def is_gone(self, name: str) -> bool:
        """Tell whether there is certainly no such file."""
        try:
            (self.folder / name).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def sha256(self, name: str) -> str:
        """Read a file for its digest, "" where that cannot be."""
        try:
            if self.stamp(name) is None:
                return ""
            with (self.folder / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def read(self, name: str) -> bytes | None:
        """Read a file: b"" where nothing is, None where something is that cannot be read.

        Only files are read: a link leads elsewhere, and a pipe would be waited for, for ever.
        """
        try:
            if self.stamp(name) is not None:
                return (self.folder / name).read_bytes()
        except OSError:
            return None
        return b"" if self.is_gone(name) else None

    def remove(self, name: str) -> None:
        """Remove a file, and its folder when that is empty then.

        Raises:
            OutputError: The system refuses.
        """
        path = self._place(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as failure:
            hint = f"The system says: {failure.strerror}."
            raise OutputError("the file cannot be removed", place=Place(name), hint=hint) from None
        with suppress(OSError):
            path.parent.rmdir()

    def move(self, old: str, new: str) -> None:
        """Give a file another name, and remove its folder when that is empty then.

        Raises:
            OutputError: The system refuses.
        """
        source, target = self._place(old), self._place(new)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
        except OSError as failure:
            hint = f"The system says: {failure.strerror}."
            raise OutputError("the file cannot be moved", place=Place(old), hint=hint) from None
        with suppress(OSError):
            source.parent.rmdir()

    def settle(self, names: Iterable[str]) -> bool:
        """Have the system write these files, and their folders, to the disk; tell whether it did."""
        return settle(self.folder, [self.folder / name for name in names])

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            OutputError: It cannot be made.
        """
        state = self.folder / STATE
        for path in (state, state / "lock", state / JOURNAL):
            if path.is_symlink():
                hint = "Remove it: what is written there would go somewhere else."
                raise OutputError("this is a link", place=Place(str(path)), hint=hint)
        try:
            state.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            hint = f"The system says: {failure.strerror}."
            place = Place(str(self.folder))
            raise OutputError("the folder cannot be made", place=place, hint=hint) from None

    def sweep(self) -> None:
        """Remove what a run that was killed had begun to write; only the lock's holder may do it."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if _IS_PART.fullmatch(name):
                    with suppress(OSError):
                        Path(folder, name).unlink()


class Listing:
    """The files of a folder as they were at the first look: each folder is read once."""

    def __init__(self, sink: FolderSink) -> None:
        self._sink = sink
        self._seen: dict[str, dict[str, os.DirEntry[str]] | None] = {}

    def _files(self, folder: str) -> "dict[str, os.DirEntry[str]] | None":
        """Give what is in a folder, or None when the system does not tell."""
        if folder not in self._seen:
            try:
                with os.scandir(self._sink.folder / folder) as entries:
                    self._seen[folder] = {entry.name: entry for entry in entries}
            except (FileNotFoundError, NotADirectoryError):
                self._seen[folder] = {}
            except OSError:
                self._seen[folder] = None
        return self._seen[folder]

    def has(self, name: str) -> bool:
        """Tell whether there is anything of this name, or may be."""
        folder, _, file = name.rpartition("/")
        files = self._files(folder)
        return not self._sink.is_gone(name) if files is None else file in files

    def stamp(self, name: str) -> Stamp | None:
        """Give a file's stamp; a link or a folder is no leaflet."""
        folder, _, file = name.rpartition("/")
        files = self._files(folder)
        if files is None:
            return self._sink.stamp(name)
        entry = files.get(file)
        if entry is None or not entry.is_file(follow_symlinks=False):
            return None
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return None
        return Stamp(status.st_size, status.st_mtime_ns)


def is_blank(content: bytes | None) -> bool:
    """Tell whether there is nothing, or what a power cut leaves of a file: no bytes, or zeros."""
    return content is not None and not content.strip(b"\0")


def _put(content: bytes, aside: str, target: str) -> os.stat_result:
    """Write a file aside, and give it its name."""
    with open(aside, "xb", buffering=0) as file:  # noqa: PTH123  (the same)
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
        status = os.fstat(file.fileno())
    os.replace(aside, target)  # noqa: PTH105  (the same)
    return status
