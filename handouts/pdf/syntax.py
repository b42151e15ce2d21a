"""PDF syntax as bytes: numbers, text strings, streams (ISO 32000-1, 7.3)."""

from collections.abc import Iterable
from functools import lru_cache

import deflate


@lru_cache(maxsize=4096)
def number(value: float, decimals: int = 2) -> str:
    """Write a number with no more digits than it needs, and no more than so many decimals.

    Coordinates repeat, so most calls find their answer.
    """
    digits = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def numbers(*values: float) -> str:
    """Write numbers with a space between them."""
    return " ".join(map(number, values))


def text_string(words: str) -> bytes:
    """Write a text string: ASCII as a literal, anything else as UTF-16 (7.9.2.2)."""
    if not words.isascii():
        return b"<FEFF%b>" % words.encode("utf-16-be").hex().upper().encode()
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(%b)" % escaped.replace("\r", r"\r").replace("\n", r"\n").encode()


def uri_string(uri: str) -> bytes:
    """Write a URI, which is 7-bit ASCII in a PDF (12.6.4.7); other characters are percent-encoded."""
    if uri.isascii():
        return text_string(uri)
    encoded = [
        character
        if character.isascii()
        else "".join([f"%{byte:02X}" for byte in character.encode()])
        for character in uri
    ]
    return text_string("".join(encoded))


@lru_cache(maxsize=4096)
def reference(number: int) -> bytes:
    """Refer to an object of the file (7.3.10); files have the same numbers, so most are found."""
    return b"%d 0 R" % number


def resources(objects: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Write a dictionary of resources of one kind: names and references (7.8.3)."""
    return b"<<%b>>" % b"".join([b"/%b %b" % one for one in objects])


_WORTH_DEFLATING = 180
"""Bytes of a stream; operators of fewer are hardly smaller deflated."""


def deflated(content: bytes) -> bytes:
    """Deflate without header and checksum (RFC 1951)."""
    return bytes(deflate.deflate_compress(content))


def stream(dictionary: bytes, content: bytes, *, level: int = 6) -> bytes:
    """Write a stream object, deflated unless `level` is 0 or naming the filter takes up what is saved.

    An end-of-line stands before `endstream`, as PDF/A asks (ISO 19005-2, 6.1.7.1).
    """
    if level and len(content) >= _WORTH_DEFLATING:
        content = bytes(deflate.zlib_compress(content, level))
        dictionary += b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream\n" % (dictionary, len(content), content)
