"""Files and folders: checked reading, atomic writing, and where our own folders are."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from handouts.errors import AssetError, HandoutsError, OutputError, Place, UsageError

PACKAGE = Path(__file__).parent


_TEMPORARY = ".handouts-"
"""What the names of files begin with that are not finished."""

_MB = 1_000_000

_RANDOM = 6
"""Random bytes in such a name, written in hex."""

_FORGOTTEN = 3600.0
"""Seconds after which such a file is nobody's."""


# ---- reading -----------------------------------------------------------------------------------


def read_bytes(path: Path, *, limit: int, error: type[HandoutsError]) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises:
        HandoutsError: Of the kind `error`: there is no such file, it is a folder, it may not be
            read, or it is larger.
    """
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise error("there is no such file", place=place, hint="Check its name.") from None
    except (IsADirectoryError, PermissionError) as failure:
        what, hint = _unreadable(path)
        raise error(what, place=place, hint=hint) from failure
    except (OSError, ValueError) as failure:
        raise error("the file cannot be read", place=place, hint=_reason(failure)) from failure
    if len(content) > limit:
        size = f"{limit // _MB} MB" if limit >= _MB else f"{limit:,} bytes"
        hint = "Give a smaller one; is it the right file?"
        raise error(f"the file is larger than {size}", place=place, hint=hint)
    return content


def _unreadable(path: Path) -> tuple[str, str]:
    """Say why a file that is there is not opened, and what to do."""
    if os.path.isdir(path):  # noqa: PTH112  (Path raises where a folder above may not be read)
        return "this is a folder, not a file", "Give the name of a file."
    return "the file may not be read", "Ask who owns it for the right to read it."


def decode(content: bytes, file: str, *, error: type[HandoutsError]) -> str:
    r"""Turn UTF-8 (with or without its mark) into text with `\n` line ends.

    Raises:
        HandoutsError: Of the kind `error`, with the byte offset and the line of the first bad byte.
    """
    hint = "Save it as UTF-8."
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise error("the file is UTF-16 text or no text at all", place=Place(file), hint=hint)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        what = f"byte {failure.start} is not UTF-8"
        raise error(what, place=Place(file, line), hint=hint) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_of(path: Path, *words: str) -> int | None:
    """Find the line of a text file on which words stand, each behind those before it, if they do."""
    text, at = path.read_text(encoding="utf-8-sig", errors="replace"), 0
    for one in words:
        at = text.find(one, at)
        if at < 0:
            return None
    return text.count("\n", 0, at) + 1


# ---- writing -----------------------------------------------------------------------------------


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that its name never leads to half a file.

    The bytes go to a temporary file beside the target, to the disk, and then under the name.
    Folders are not made.

    Raises:
        OutputError: The folder is missing or may not be written, the target is a folder or a
            device, or the disk refuses; no temporary file is left.
    """
    write_together([(path, data)])


def sweep(folder: Path) -> None:
    """Remove what a run that was killed had begun to write in a folder more than an hour ago.

    Runs that are at work keep theirs: a file is written in far less time.
    """
    with suppress(OSError):
        for path in folder.glob(f"{_TEMPORARY}{'[0-9a-f]' * 2 * _RANDOM}.tmp"):
            with suppress(OSError):  # somebody else's
                if path.stat().st_mtime < time.time() - _FORGOTTEN:
                    path.unlink()


def write_together(files: Iterable[tuple[Path, bytes]], mode: int = 0o666) -> None:
    """Write some files, or none of them: all bytes are on the disk before the first gets its name.

    `mode` is what the system's mask leaves of it: 0o600 for files that hold a patient's words.

    Raises:
        OutputError: As for `write_atomically`; no temporary file is left.
    """
    ready: list[tuple[Path, Path, Path]] = []
    try:
        for path, data in files:
            with _explained(path):
                target = path.resolve() if path.is_symlink() else path
                _check_target(target, Place(str(path)))
                temporary = target.parent / f"{_TEMPORARY}{os.urandom(_RANDOM).hex()}.tmp"
                ready.append((path, temporary, target))
                _write_out(temporary, data, mode)
        while ready:
            path, temporary, target = ready[0]
            with _explained(path):
                temporary.replace(target)
            del ready[0]
    finally:  # an interrupt, too, must leave no temporary file
        for _, temporary, _ in ready:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _check_target(path: Path, place: Place) -> None:
    if path.is_dir():
        raise OutputError("this is a folder", place=place, hint="Give the name of a file.")
    if path.exists() and not path.is_file():
        hint = "Give the name of a file, or - for stdout."
        raise OutputError("this is a device or a pipe, not a file", place=place, hint=hint)
    if not path.parent.is_dir():
        hint = "Make the folder first, or give another one."
        raise OutputError(f"there is no folder {path.parent}", place=place, hint=hint)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses into words about a file."""
    place = Place(str(path))
    try:
        yield
    except PermissionError as failure:
        hint = "Choose a folder in which you may write."
        raise OutputError("the file may not be written", place=place, hint=hint) from failure
    except (OSError, ValueError) as failure:
        hint = _reason(failure)
        raise OutputError("the file cannot be written", place=place, hint=hint) from failure


def _write_out(path: Path, data: bytes, mode: int) -> None:
    """Write a new file, and wait until it is on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reason(failure: Exception) -> str:
    words = failure.strerror if isinstance(failure, OSError) else str(failure)
    return f"The system says: {words}." if words else ""


# ---- folders -----------------------------------------------------------------------------------


@cache
def package_folder(name: str) -> Path:
    """Find `templates` or `fonts`: in the installed package, or at the root of a checkout.

    Raises:
        AssetError: The installation lacks it.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise AssetError(f"the folder {name!r} is missing", hint="Install handouts again.")


def library_folder() -> Path:
    """Give the folder of the library that comes with the package."""
    return PACKAGE / "library"


def contained(folder: Path, name: str, *, error: type[HandoutsError] = UsageError) -> Path:
    """Give the path of `name` in a folder, and refuse one that leads out of it.

    Absolute paths, `..` and symbolic links that leave the folder are refused; the file need not
    exist.

    Raises:
        HandoutsError: Of the kind `error`.
    """
    path = folder / name
    if _is_plain(name) and not os.path.islink(path):  # noqa: PTH114  (Path raises for a long name)
        return path
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # a NUL, a loop of links
        inside = False
    if not name or not inside or ".." in Path(name).parts or Path(name).is_absolute():
        hint = f"Use a name inside {folder}."
        raise error(f"{name!r} is not inside the folder", place=Place(str(folder)), hint=hint)
    return path


def _is_plain(name: str) -> bool:
    """Whether a name can only lead to what stands directly in a folder, unless that is a link."""
    return name.replace(".", "").replace("-", "").isalnum() and not name.startswith(".")
