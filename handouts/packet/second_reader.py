"""The second reader: pypdf, which here takes single objects out of object streams.

By itself pypdf reads all objects of such a stream (ISO 32000-1, 7.5.7) to give one of them.  The
tags of a packet stand among its pages there, and are no business of the second reader.
"""

import io
from typing import TypeAlias

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject, NumberObject, PdfObject, StreamObject, read_object

_Opened: TypeAlias = tuple[io.BytesIO, dict[int, int]]
"""What an object stream holds, and the number of each object in there -> its first byte."""

_NOTHING: _Opened = (io.BytesIO(), {})


def second_reader(content: bytes) -> PdfReader:
    """Open a file; only if its cross-references are not sound pypdf tries every object for them.

    Raises:
        Exception: Whatever pypdf raises for what it cannot read.
    """
    try:
        reader = _SecondReader(io.BytesIO(content), strict=True)
    except PyPdfError:
        return _SecondReader(io.BytesIO(content))
    reader.strict = False  # what follows is read as it is by others
    return reader


class _SecondReader(PdfReader):
    """A reader of one file; what is not where it should be, pypdf looks for in its own way."""

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Give an object, without reading those beside it."""
        named = indirect_reference
        number = named if isinstance(named, int) else named.idnum
        if (0, number) not in self.resolved_objects and number in self.xref_objStm:
            self._read(number, self.xref_objStm[number][0])
        return super().get_object(indirect_reference)

    def _read(self, number: int, home: int) -> None:
        """Read an object of a stream, and keep it where pypdf looks first."""
        content, places = self._opened(home)
        if number in places:
            content.seek(places[number])
            self.cache_indirect_object(0, number, read_object(content, self))

    def _opened(self, home: int) -> _Opened:
        """Unpack an object stream, once; what is no such stream holds nothing."""
        known: dict[int, _Opened] = self.__dict__.setdefault("_open_streams", {})
        if home not in known:
            stream = None if home in self.xref_objStm else super().get_object(home)
            known[home] = _unpacked(stream) if isinstance(stream, StreamObject) else _NOTHING
        return known[home]


def _unpacked(stream: StreamObject) -> _Opened:
    content, first = stream.get_data(), stream.get("/First")
    if not isinstance(first, NumberObject):
        return _NOTHING
    try:
        words = [int(word) for word in content[:first].split()]
        places = {number: first + at for number, at in zip(words[::2], words[1::2], strict=True)}
    except ValueError:
        return _NOTHING
    return io.BytesIO(content), places
