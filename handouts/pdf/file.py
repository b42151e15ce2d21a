"""The file around the objects: object streams, cross-reference stream (ISO 32000-1, 7.5)."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from handouts.pdf.syntax import deflated, stream

_END = b"endstream\n"
_FREE, _PLAIN, _COMPRESSED = 0, 1, 2
_ROW = struct.Struct(">xBIH")
"""A row of cross-references: PNG's predictor, which is none, kind, offset or number, and place."""
_SIZE = _ROW.size
_UP = 2
"""The predictor of a row that says what changed from the one above."""


class Part(NamedTuple):
    """A stretch of a file.

    `plain` are the numbers of objects that stand as they are, with the bytes before them; `packed`
    are rows of the cross-references for those in the object stream: for each run of numbers, the
    first of them, and the rows.
    """

    content: bytes
    plain: tuple[tuple[int, int], ...]
    packed: tuple[tuple[int, bytes], ...]


def header(version: tuple[int, int]) -> bytes:
    """Write the first lines of a file of a version of PDF (7.5.2)."""
    return b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version


def part(objects: Sequence[tuple[int, bytes]], holder: int) -> Part:
    """Lay objects one after the other.

    Streams stand as they are; everything else goes into one object stream, of the number `holder`.
    """
    out: list[bytes] = []
    plain: list[tuple[int, int]] = []
    packed: list[tuple[int, bytes]] = []
    offset = 0
    for one in objects:
        number, body = one
        if body.endswith(_END):  # no object stream may hold a stream
            plain.append((number, offset))
            out.append(_indirect(number, body))
            offset += len(out[-1])
        else:
            packed.append(one)
    if packed:
        plain.append((holder, offset))
        out.append(_indirect(holder, _object_stream(packed)))
    runs = _runs(tuple([number for number, _ in packed]), holder)
    return Part(b"".join(out), tuple(plain), runs)


@lru_cache(maxsize=256)
def _runs(numbers: tuple[int, ...], holder: int) -> tuple[tuple[int, bytes], ...]:
    """Give rows for objects in an object stream, those of neighbours together.

    They are the same for many leaflets, whose clinics have as much to say.
    """
    found: list[tuple[int, bytes]] = []
    for place, number in enumerate(numbers):
        row = _ROW.pack(_COMPRESSED, holder, place)
        if place and number == numbers[place - 1] + 1:
            first, rows = found.pop()
            found.append((first, rows + row))
        else:
            found.append((number, row))
    return tuple(found)


def free(size: int) -> bytearray:
    """Make the cross-references of objects 0 to `size` - 1, all of them free (7.5.4)."""
    return bytearray(_ROW.pack(_FREE, 0, 255) * size)


def enter(rows: bytearray, one: Part, start: int) -> None:
    """Enter the objects of a part into cross-references; `start` is its offset."""
    for first, run in one.packed:
        rows[first * _SIZE : first * _SIZE + len(run)] = run
    for number, offset in one.plain:
        _ROW.pack_into(rows, number * _SIZE, _PLAIN, start + offset, 0)


class Table(NamedTuple):
    """Cross-references of which the last are final: the rows before these, and these as predicted.

    `deflated` are the latter as the last blocks of deflated data.
    """

    rows: bytes
    final: bytes
    deflated: bytes


def settled(rows: bytes, first: int) -> Table:
    """Take the rows from number `first` on for final."""
    final = _predicted(rows[first * _SIZE :])
    return Table(rows[: first * _SIZE], final, deflated(final))


def end(table: Table, rows: bytearray, number: int, offset: int, trailer: bytes) -> bytes:
    """Write the cross-reference stream (7.5.8), and the file's end.

    Args:
        table: The plate's cross-references.
        rows: Those of them that are not final, in which all objects but this one were entered.  They
            are stored as they are: to predict and deflate them would save 190 bytes, and take a tenth
            of a leaflet's time.
        number: The stream's number, which is among the first.
        offset: Where it begins.
        trailer: Its further entries.
    """
    _ROW.pack_into(rows, number * _SIZE, _PLAIN, offset, 0)
    checksum = zlib.adler32(table.final, zlib.adler32(rows)).to_bytes(4)
    body = stream(
        b"/Type/XRef/Size %d/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>%b/Filter/FlateDecode"
        % ((len(rows) + len(table.final)) // _SIZE, _SIZE - 1, trailer),
        b"".join((_ZLIB, *_stored(bytes(rows)), table.deflated, checksum)),
        level=0,
    )
    return b"%bstartxref\n%d\n%%%%EOF\n" % (_indirect(number, body), offset)


_ZLIB = b"\x78\x01"
"""The header of deflated data (RFC 1950, 2.2)."""

_MOST = 0xFFFF
"""Bytes of a stored block."""


def _stored(content: bytes) -> Iterator[bytes]:
    """Yield blocks of deflated data that hold bytes as they are; more follow (RFC 1951, 3.2.4)."""
    for start in range(0, len(content), _MOST):
        piece = content[start : start + _MOST]
        yield struct.pack("<BHH", 0, len(piece), _MOST - len(piece))
        yield piece


def _predicted(rows: bytes) -> bytes:
    """Write each row as its difference from the one above, byte by byte (7.4.4.4).

    Most rows differ from the one above by one, so the table has a third of its size.  All bytes are
    subtracted at once, as one large number whose highest bits are kept apart.  The first row stays as
    it is, whatever is above it.
    """
    low, high = int.from_bytes(b"\x7f" * len(rows)), int.from_bytes(b"\x80" * len(rows))
    own = int.from_bytes(rows)
    above = own >> 8 * _SIZE
    differences = ((own | high) - (above & low)) ^ ((own ^ above ^ high) & high)
    predicted = bytearray(differences.to_bytes(len(rows)))
    predicted[_SIZE::_SIZE] = bytes((_UP,)) * (len(rows) // _SIZE - 1)
    return bytes(predicted)


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%bendobj\n" % (number, body)


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """Pack objects that are no streams into one that is (7.5.7)."""
    bodies = [body for _, body in objects]
    offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
    places = [
        place
        for (number, _), offset in zip(objects, offsets, strict=False)
        for place in (number, offset)
    ]
    head = " ".join(map(str, places)).encode() + b"\n"
    content = head + b"\n".join(bodies) + b"\n"
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), content)
