"""One batch at a time in a folder: a lock that ends with its process.

The system locks the file, so a process that was killed leaves no lock behind.  What the file says
counts for other machines on a shared drive, whose locks the system may not see.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from handouts.errors import OutputError, Place

_FILE_KEPT = 1_000
"""Most bytes of a lock's file that are read."""


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the lock; yields whether the run before this one was cut off.

    Raises:
        OutputError: Another process holds it, or a run of another machine has not ended.
    """
    host = socket.gethostname()
    with _opened(path) as handle:
        holder = _holder(handle)
        if not _taken(handle):
            raise _busy(path, holder)
        if holder and holder.get("host") != host:
            hint = f"Wait for it; if that machine is dead, delete {path}."
            raise _busy(path, holder, hint)
        _write(handle, json.dumps({"host": host, "pid": os.getpid()}))
        try:
            yield bool(holder)
        finally:
            _write(handle, "")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as failure:
        hint = f"The system says: {failure.strerror}."
        raise OutputError(
            "the folder cannot be locked", place=Place(str(path)), hint=hint
        ) from None
    try:
        yield handle
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Ask the system for the lock."""
    try:
        import fcntl  # noqa: PLC0415  (Windows has another one)
    except ImportError:
        return _taken_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a drive without locks: what the file says must do
        return True
    return True


def _taken_on_windows(handle: int) -> bool:
    import msvcrt  # noqa: PLC0415  (Windows only)

    windows: Any = msvcrt
    try:
        os.lseek(handle, _FILE_KEPT, os.SEEK_SET)
        windows.locking(handle, windows.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _holder(handle: int) -> dict[str, object]:
    """Read who holds the lock, or held it when it was killed; damage counts as nobody."""
    os.lseek(handle, 0, os.SEEK_SET)
    with suppress(ValueError):
        holder = json.loads(os.read(handle, _FILE_KEPT) or b"{}")
        if isinstance(holder, dict):
            return holder
    return {"host": socket.gethostname()}


def _write(handle: int, words: str) -> None:
    with suppress(OSError):  # a full disk: the system's own lock holds all the same
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, words.encode())


def _busy(
    path: Path, holder: dict[str, object], hint: str = "Wait until it has ended."
) -> OutputError:
    who = f"process {holder.get('pid', 'unknown')} on {holder.get('host', 'this machine')}"
    return OutputError(
        f"another batch ({who}) uses this folder", place=Place(str(path.parent.parent)), hint=hint
    )
