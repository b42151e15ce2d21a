"""A minimal sRGB profile (ICC.1:2001-04, matrix and tone curves), made here.

No file and no licence is needed, and its bytes are the same in every run.
"""

import struct
from functools import cache

_HEADER_SIZE, _TAG_ROW = 128, 12
_PCS_WHITE = (0.9642, 1.0, 0.8249)
_WHITE = (0.9505, 1.0, 1.0891)
_RED, _GREEN, _BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7139)


@cache
def srgb() -> bytes:
    """Give the profile's bytes."""
    curve = _curve(256)
    tags = (
        (b"desc", _description("sRGB")),
        (b"cprt", b"text\0\0\0\0Public domain\0"),
        (b"wtpt", _xyz(_WHITE)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
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
    """Version 2.1, a display profile from RGB to XYZ, dated 2024-01-01."""
    fields = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        *(size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ "),
        *(2024, 1, 1, 0, 0, 0),
        *(b"acsp", bytes(4), 0, bytes(4), bytes(4), 0, 0),
    )
    return (fields + _fixed(_PCS_WHITE)).ljust(_HEADER_SIZE, b"\0")


def _fixed(values: tuple[float, ...]) -> bytes:
    """Write numbers as s15Fixed16."""
    return b"".join([struct.pack(">i", round(value * 65536)) for value in values])


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _description(name: str) -> bytes:
    """Write a textDescriptionType: the ASCII name, and empty Unicode and ScriptCode names."""
    ascii_name = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_name)) + ascii_name + bytes(78)


def _curve(count: int) -> bytes:
    """Sample the transfer function of IEC 61966-2-1 at `count` points."""
    samples = [round(65535 * _linear(i / (count - 1))) for i in range(count)]
    return b"curv\0\0\0\0" + struct.pack(f">I{count}H", count, *samples)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (the standard's constants)
