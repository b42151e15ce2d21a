"""What a source holds, as a reader wants it: the head to recognise it by, its text, or a stream."""

import io
import unicodedata
from pathlib import Path
from typing import BinaryIO

from handouts.characters import control
from handouts.errors import Place, SourceError
from handouts.files import decode, read_bytes

LIMIT = 20_000_000
"""Largest source that is read as a whole, in bytes; streams have no limit."""

_HEAD = 8192


class Content:
    """The bytes of one source, from a file or from memory.

    `file` names it in messages; `stem` and `suffix` are parts of the file's name, or "";
    `start` is its beginning, and `head` the same decoded as far as it can be, for recognising the
    format.
    """

    __slots__ = ("_bytes", "_path", "file", "head", "start", "stem", "suffix")

    def __init__(self, source: Path | bytes) -> None:
        self._path = source if isinstance(source, Path) else None
        self._bytes = source if isinstance(source, bytes) else None
        self.file = str(source) if isinstance(source, Path) else "the text"
        self.stem = source.stem if isinstance(source, Path) else ""
        self.suffix = source.suffix.lower() if isinstance(source, Path) else ""
        self.start = read_head(source) if isinstance(source, Path) else source[:_HEAD]
        self.head = self.start.decode("utf-8-sig", "replace").replace("\r\n", "\n")

    def stream(self) -> BinaryIO:
        """Open the bytes for reading from their beginning."""
        if self._path is not None:
            try:
                return self._path.open("rb")
            except OSError as error:
                raise SourceError("the file cannot be read", place=Place(self.file)) from error
        return io.BytesIO(self._bytes or b"")

    def data(self) -> bytes:
        """Give all bytes.

        Raises:
            SourceError: There are more than `LIMIT`.
        """
        if self._path is not None and len(self.start) == _HEAD:  # else that was all
            return read_bytes(self._path, limit=LIMIT, error=SourceError)
        content = self._bytes or self.start
        if len(content) > LIMIT:
            raise SourceError(f"the text is larger than {LIMIT // 1_000_000} MB")
        return content

    def text(self) -> str:
        r"""Give all text: UTF-8, normalised to NFC, `\n` line ends.

        Raises:
            SourceError: It is no UTF-8, empty, or holds characters that must not be printed.
        """
        text = unicodedata.normalize("NFC", decode(self.data(), self.file, error=SourceError))
        if not text.strip():
            raise SourceError("the file is empty", place=Place(self.file))
        for found in control(text):
            place = Place(self.file, text.count("\n", 0, found.position) + 1)
            what = f"the text holds a character that must not be printed, {found.name}"
            raise SourceError(what, place=place, hint="Delete it.")
        return text


def read_head(path: Path) -> bytes:
    """Read a file's beginning.

    Raises:
        SourceError: The file is missing, a folder, a pipe or a device, or may not be read.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would wait for ever
            what, hint = "this is a pipe or a device, not a file", "Save it as a file."
            raise SourceError(what, place=Place(str(path)), hint=hint)
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        read_bytes(path, limit=LIMIT, error=SourceError)  # says what is wrong
        raise
