"""The file around the objects: object streams, cross-reference stream (ISO 32000-1, 7.5)."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from handouts.pdf.syntax import stream

_END = b"endstream\n"
_FREE, _PLAIN, _COMPRESSED = 0, 1, 2
_ROW = struct.Struct(">BIH")
_UP = 2
"""The predictor of PNG that a row of cross-references starts with: what changed from the row above."""
_FAST = 1
"""Level of deflating for a table of numbers: others take five times as long for 20 bytes less."""


class Part(NamedTuple):
    """A stretch of a file: its bytes, and a row of the cross-references for each of its objects."""

    content: bytes
    rows: tuple[tuple[int, bytes], ...]


def header(version: tuple[int, int]) -> bytes:
    """Write the first lines of a file of a version of PDF (7.5.2)."""
    return b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version


def is_stream(body: bytes) -> bool:
    """Whether an object is a stream, which no object stream may hold."""
    return body.endswith(_END)


def part(objects: Sequence[tuple[int, bytes]], start: int, holder: int, *, level: int = 6) -> Part:
    """Lay objects one after the other from an offset on.

    Streams stand as they are; everything else goes into one object stream, of the number `holder`,
    deflated at a level.
    """
    out: list[bytes] = []
    rows: list[tuple[int, bytes]] = []
    compressed: list[tuple[int, bytes]] = []
    offset = start
    for number, body in objects:
        if is_stream(body):
            rows.append((number, _ROW.pack(_PLAIN, offset, 0)))
            out.append(_indirect(number, body))
            offset += len(out[-1])
        else:
            rows.append((number, _ROW.pack(_COMPRESSED, holder, len(compressed))))
            compressed.append((number, body))
    rows.append((holder, _ROW.pack(_PLAIN, offset, 0)))
    out.append(_indirect(holder, _object_stream(compressed, level)))
    return Part(b"".join(out), tuple(rows))


def table(size: int) -> bytearray:
    """Make the cross-references of objects 0 to `size` - 1, all of them free (7.5.4)."""
    return bytearray(_ROW.pack(_FREE, 0, 255) * size)


def enter(rows: bytearray, entries: Sequence[tuple[int, bytes]]) -> None:
    """Enter objects into cross-references."""
    for number, row in entries:
        rows[number * _ROW.size : (number + 1) * _ROW.size] = row


def end(rows: bytearray, offset: int, trailer: bytes) -> bytes:
    """Write the cross-reference stream (7.5.8), which is the last object, and the file's end."""
    number = len(rows) // _ROW.size
    body = stream(
        b"/Type/XRef/Size %d/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>%b"
        % (number + 1, _ROW.size, trailer),
        _predicted(bytes(rows) + _ROW.pack(_PLAIN, offset, 0)),
        level=_FAST,
    )
    return b"%bstartxref\n%d\n%%%%EOF\n" % (_indirect(number, body), offset)


def _predicted(rows: bytes) -> bytes:
    """Write each row as its difference from the one above, byte by byte (7.4.4.4).

    Most rows differ from the one above by one, so the table has a third of its size.  All bytes are
    subtracted at once, as one large number whose highest bits are kept apart.
    """
    count = len(rows) // _ROW.size
    low, high = int.from_bytes(b"\x7f" * len(rows)), int.from_bytes(b"\x80" * len(rows))
    own = int.from_bytes(rows)
    above = own >> 8 * _ROW.size
    differences = ((own | high) - (above & low)) ^ ((own ^ above ^ high) & high)
    plain = differences.to_bytes(len(rows))
    predicted = bytearray(bytes((_UP,)) * (count * (_ROW.size + 1)))
    for column in range(_ROW.size):
        predicted[column + 1 :: _ROW.size + 1] = plain[column :: _ROW.size]
    return bytes(predicted)


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%bendobj\n" % (number, body)


def _object_stream(objects: Sequence[tuple[int, bytes]], level: int) -> bytes:
    """Pack objects that are no streams into one that is (7.5.7)."""
    index, offset = [], 0
    for number, body in objects:
        index.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(index) + b"\n"
    content = head + b"\n".join([body for _, body in objects]) + b"\n"
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), content, level=level)
