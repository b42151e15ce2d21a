"""Holes in an object's bytes: what each leaflet of an article says in its own way.

A hole is a name between two NUL characters, which stand nowhere else in text.
"""

from collections.abc import Mapping

Pieces = tuple[bytes, ...]
"""An object in pieces: bytes, and between them the names of holes."""


def hole(name: str) -> bytes:
    """Leave a hole."""
    return b"\0%b\0" % name.encode()


def pieces(body: bytes) -> Pieces:
    """Part an object at its holes."""
    return tuple(body.split(b"\0"))


def filled(parts: Pieces, values: Mapping[bytes, bytes]) -> bytes:
    """Put an object together, each hole filled with the value of its name."""
    out = list(parts)
    out[1::2] = [values[name] for name in parts[1::2]]
    return b"".join(out)
