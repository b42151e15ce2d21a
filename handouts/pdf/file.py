"""The file around the objects: object stream, cross-reference stream, identifier (ISO 32000-1, 7.5)."""

import hashlib
import struct
from collections.abc import Sequence

from handouts.pdf.syntax import stream

_END = b"endstream\n"
_FREE, _PLAIN, _COMPRESSED = 0, 1, 2
Row = tuple[int, int, int]


def assemble(
    version: tuple[int, int], bodies: Sequence[bytes], *, root: int, info: int | None
) -> bytes:
    """Make a file of objects numbered from 1.

    Streams stand as they are; everything else goes into one object stream.
    The identifier is the digest of the content, so the same content gives the same file.

    Args:
        version: Major and minor version of PDF.
        bodies: What stands in each object; streams end with `endstream` and a line feed.
        root: Object number of the catalog.
        info: Object number of the information dictionary, or None to have none (PDF/A-4, 6.1.3).
    """
    header = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version
    objects, rows = _objects(bodies, len(header))
    content = header + objects
    identifier = hashlib.md5(content, usedforsecurity=False).hexdigest().encode()
    trailer = b"/Root %d 0 R%b/ID[<%b><%b>]" % (
        root,
        b"" if info is None else b"/Info %d 0 R" % info,
        identifier,
        identifier,
    )
    return content + _cross_references(rows, len(content), trailer)


def _objects(bodies: Sequence[bytes], start: int) -> tuple[bytes, list[Row]]:
    """Lay objects one after the other from offset `start`; give them and their rows."""
    out: list[bytes] = []
    rows: list[Row] = [(_FREE, 0, 255)]
    compressed: list[tuple[int, bytes]] = []
    holder = len(bodies) + 1
    offset = start
    for number, body in enumerate(bodies, 1):
        if body.endswith(_END):
            rows.append((_PLAIN, offset, 0))
            out.append(_indirect(number, body))
            offset += len(out[-1])
        else:
            rows.append((_COMPRESSED, holder, len(compressed)))
            compressed.append((number, body))
    rows.append((_PLAIN, offset, 0))
    out.append(_indirect(holder, _object_stream(compressed)))
    return b"".join(out), rows


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%bendobj\n" % (number, body)


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """Pack objects that are no streams into one that is (7.5.7)."""
    index, offset = [], 0
    for number, body in objects:
        index.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(index) + b"\n"
    content = head + b"\n".join([body for _, body in objects]) + b"\n"
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), content)


def _cross_references(rows: list[Row], offset: int, trailer: bytes) -> bytes:
    """Write the cross-reference stream (7.5.8), which is the last object, and the file's end."""
    number = len(rows)
    table = b"".join([struct.pack(">BIH", *row) for row in (*rows, (_PLAIN, offset, 0))])
    body = stream(b"/Type/XRef/Size %d/W[1 4 2]%b" % (number + 1, trailer), table)
    return b"%bstartxref\n%d\n%%%%EOF\n" % (_indirect(number, body), offset)
