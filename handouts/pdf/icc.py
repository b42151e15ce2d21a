"""A minimal sRGB profile (ICC.1:2004-10, matrix and tone curves), made here.

No file and no licence is needed, and its bytes are the same in every run.
"""

import struct
from functools import cache

_HEADER_SIZE, _TAG_ROW = 128, 12
_WHITE = (0.9642, 1.0, 0.8249)
"""Of the connection space (D50), to which all colours are adapted."""
_RED, _GREEN, _BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7139)
_ADAPTATION = (1.0479, 0.0229, -0.0502, 0.0296, 0.9905, -0.0171, -0.0092, 0.0151, 0.7517)
"""From D65 to D50 (Bradford)."""
_TRANSFER = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""The transfer function of IEC 61966-2-1 as g, a, b, c, d: (a x + b) ^ g from d on, c x below."""


@cache
def srgb() -> bytes:
    """Give the profile's bytes."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(_TRANSFER)
    tags = (
        (b"desc", _words("sRGB")),
        (b"cprt", _words("Public domain")),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(_WHITE)),
        (b"chad", b"sf32\0\0\0\0" + _fixed(_ADAPTATION)),
        (b"rXYZ", b"XYZ \0\0\0\0" + _fixed(_RED)),
        (b"gXYZ", b"XYZ \0\0\0\0" + _fixed(_GREEN)),
        (b"bXYZ", b"XYZ \0\0\0\0" + _fixed(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    )
    table, body = _tag_table(tags)
    return _header(_HEADER_SIZE + len(table) + len(body)) + table + body


def _tag_table(tags: tuple[tuple[bytes, bytes], ...]) -> tuple[bytes, bytes]:
    """Lay out the tags' contents, each distinct one once and on a multiple of four bytes."""
    start = _HEADER_SIZE + 4 + _TAG_ROW * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    offsets: dict[bytes, int] = {}
    for signature, content in tags:
        if content not in offsets:
            offsets[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", signature, offsets[content], len(content))
    return table, body


def _header(size: int) -> bytes:
    """Version 4.2, a display profile from RGB to XYZ, dated 2024-01-01."""
    fields = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        *(size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ "),
        *(2024, 1, 1, 0, 0, 0),
        *(b"acsp", bytes(4), 0, bytes(4), bytes(4), 0, 0),
    )
    return (fields + _fixed(_WHITE)).ljust(_HEADER_SIZE, b"\0")


def _fixed(values: tuple[float, ...]) -> bytes:
    """Write numbers as s15Fixed16."""
    return b"".join([struct.pack(">i", round(value * 65536)) for value in values])


def _words(text: str) -> bytes:
    """Write a multiLocalizedUnicodeType of one record, in American English."""
    content = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4x2I4s2I", 1, 12, b"enUS", len(content), 28) + content
