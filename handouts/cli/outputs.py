"""What a command may write over: leaflets of before, and nothing that it reads."""

from collections.abc import Iterable
from pathlib import Path

from handouts.errors import UsageError

_OWN_NAME = "Give the result a name of its own"
_ENDINGS = (".pdf", ".txt")
_BEGINNING = b"%PDF-"


def check_unread(outputs: Iterable[Path], inputs: Iterable[str | Path]) -> None:
    """Refuse to write over what is read, under whatever name: a link leads to the same file.

    Raises:
        UsageError: One of the outputs is one of the inputs; those that are no files do not count.
    """
    names = [Path(given) for given in inputs]
    for output in outputs:
        for given in names:
            if _is_same(output, given):
                raise UsageError(f"-o would be written over {given}", hint=_OWN_NAME)


def check_leaflets(outputs: Iterable[Path]) -> None:
    """Refuse to write over a file that is no leaflet by its name, its content, or its emptiness.

    Raises:
        UsageError: There is such a file.
    """
    for output in outputs:
        if not _is_leaflet(output):
            raise UsageError(f"-o would be written over {output}, no leaflet", hint=_OWN_NAME)


def check_begins(output: Path, beginning: bytes, what: str) -> None:
    """Refuse to write over a file that does not begin as what is written there does.

    Args:
        output: The file, which need not be there, or may be empty.
        beginning: How it begins when it is ours.
        what: What it is then, for the message.

    Raises:
        UsageError: It begins in another way.
    """
    try:
        if not output.is_file():
            return
        with output.open("rb") as file:
            found = file.read(len(beginning))
    except (OSError, ValueError):  # left to whoever writes it
        return
    if found not in (beginning, b""):
        hint = "Move it away, or give another name or folder"
        raise UsageError(f"{output} would be written over, and is no {what}", hint=hint)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them is not there, or has a name that no file can have
        return False


def _is_leaflet(path: Path) -> bool:
    """Whether a file is one; what is no file, or cannot be read, is left to whoever writes it."""
    try:
        if not path.is_file() or path.resolve().suffix.lower() in _ENDINGS:
            return True
        with path.open("rb") as file:
            return file.read(len(_BEGINNING)) in (_BEGINNING, b"")
    except (OSError, ValueError):
        return True
