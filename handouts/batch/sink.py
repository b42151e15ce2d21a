"""Where leaflets go: a folder in which no name ever leads to half a file.

`Sink` is the seam for other places; this package has the folder only.
"""

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from handouts.errors import OutputError, Place
from handouts.values import frozen

STATE = ".handouts"
"""Folder of the journal, the lock, and of files that are being written."""

_THREADS = 8
"""Files that wait for the disk at once: it takes many as quickly as one."""


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


@frozen(kw_only=False)
class FolderSink:
    """A folder of this machine, or of a shared drive."""

    folder: Path

    def put(self, name: str, content: bytes) -> Stamp:
        """Write a file aside and rename it.

        Raises:
            OutputError: The system refuses; nothing is left under the name that was not there.
        """
        target = self.folder / name
        aside = self.folder / STATE / "parts" / os.urandom(8).hex()
        try:
            aside.write_bytes(content)
            try:
                aside.replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                aside.replace(target)
            status = target.stat()
        except OSError as failure:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            hint = f"The system says: {failure.strerror}."
            raise OutputError("the file cannot be written", place=Place(name), hint=hint) from None
        return Stamp(status.st_size, status.st_mtime_ns)

    def stamp(self, name: str) -> Stamp | None:
        """Look at a file without opening it; a link or a folder is no leaflet."""
        try:
            status = os.stat(self.folder / name)  # noqa: PTH116  (Path.stat costs twice the time)
        except OSError:
            return None
        return Stamp(status.st_size, status.st_mtime_ns)

    def sha256(self, name: str) -> str:
        """Read a file for its digest."""
        try:
            with (self.folder / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def read(self, name: str) -> bytes:
        """Read a file, b"" where there is none."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return b""

    def remove(self, name: str) -> None:
        """Remove a file, and its folder when that is empty then.

        Raises:
            OutputError: The system refuses.
        """
        path = self.folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError as failure:
            hint = f"The system says: {failure.strerror}."
            raise OutputError("the file cannot be removed", place=Place(name), hint=hint) from None
        with suppress(OSError):
            path.parent.rmdir()

    def settle(self, names: Iterable[str]) -> None:
        """Have the system write these files, and their folders, to the disk."""
        paths = [self.folder / name for name in names]
        with ThreadPoolExecutor(_THREADS) as threads:
            for _ in threads.map(sync, paths):
                pass
        for folder in {path.parent for path in paths}:
            sync(folder)

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            OutputError: It cannot be made.
        """
        try:
            (self.folder / STATE / "parts").mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            hint = f"The system says: {failure.strerror}."
            place = Place(str(self.folder))
            raise OutputError("the folder cannot be made", place=place, hint=hint) from None

    def sweep(self) -> None:
        """Remove what a run that was killed had begun to write; only the lock's holder may do it."""
        for path in (self.folder / STATE / "parts").iterdir():
            with suppress(OSError):
                path.unlink()


def sync(path: Path) -> None:
    """Have the system write a file or a folder to the disk, where it can."""
    with suppress(OSError):  # Windows opens no folders; a disk that is full was told before
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
