"""Colours of a page's operators as `#RRGGBB`, and the role that our own palette gives them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from handouts.marks import COLOURS
from handouts.pdf.content import PALETTE

_Object = Any


class Paint(NamedTuple):
    """A colour; `role` is its name in our palette (`marks.COLOURS`), "" for any other colour."""

    colour: str
    role: str = ""


BLACK = Paint("#000000")
WHITE = Paint("#FFFFFF")
_UNKNOWN = Paint("#808080")
"""What stands for a pattern or a space that is not known: middle grey."""

Space = Callable[[Sequence[float]], Paint]
"""Turns the operands of a colour operator into a colour."""


def device(values: Sequence[float]) -> Paint:
    """Give a colour of DeviceGray, DeviceRGB or DeviceCMYK by its number of components."""
    match [min(max(float(value), 0.0), 1.0) for value in values]:
        case [grey]:
            channels = (grey, grey, grey)
        case [red, green, blue]:
            channels = (red, green, blue)
        case [cyan, magenta, yellow, key]:
            channels = ((1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key))
        case _:
            return _UNKNOWN
    return Paint("#{:02X}{:02X}{:02X}".format(*[round(255 * value) for value in channels]))


def first_colour(space: Space) -> Paint:
    """Give the colour that a space starts with (ISO 32000-1, 8.6.8)."""
    return space([0])


def space_of(name: str, resources: _Object) -> Space:
    """Give a colour space by its name in an operator."""
    named = resources.get("/ColorSpace", {}).get(name, name)
    return _space(named.get_object() if hasattr(named, "get_object") else named, name[1:])


def _space(described: _Object, name: str) -> Space:
    kind = str(described[0]) if isinstance(described, list) else str(described)
    match kind:
        case "/Indexed" | "/I":
            return _indexed(described, name)
        case "/Separation" | "/DeviceN":
            return lambda tints: device([1 - max(tints)]) if tints else _UNKNOWN
        case "/Pattern" | "/Lab":
            return lambda _values: _UNKNOWN
        case _:
            return device


def _indexed(described: _Object, name: str) -> Space:
    _, base, _, table = [part.get_object() for part in described]
    raw = table.get_data() if hasattr(table, "get_data") else table.original_bytes
    size = _components(base)
    entries = [
        device([byte / 255 for byte in raw[at : at + size]]) for at in range(0, len(raw), size)
    ]
    if name == PALETTE and len(entries) == len(COLOURS):
        entries = [Paint(one.colour, role) for one, role in zip(entries, COLOURS, strict=True)]
    return lambda values: entries[min(int(values[0]), len(entries) - 1)]


def _components(base: _Object) -> int:
    if isinstance(base, list) and base[0] == "/ICCBased":
        return int(base[1].get_object()["/N"])
    return {"/DeviceGray": 1, "/CalGray": 1, "/DeviceCMYK": 4}.get(
        str(base[0] if isinstance(base, list) else base), 3
    )
