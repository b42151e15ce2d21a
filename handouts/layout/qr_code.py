"""QR codes for an address: bytes, level M, versions 1 to 4 (ISO/IEC 18004:2015).

A code is as small as its content allows; of the eight masks it has the one with the least penalty.
"""

from functools import cache
from typing import NamedTuple

from handouts.layout.qr_masks import Frame, best_masked, masks
from handouts.values import frozen


class _Capacity(NamedTuple):
    """What a version holds at level M: codewords of data in each block, and for its correction."""

    data: int
    correction: int
    blocks: int = 1


_VERSIONS = (_Capacity(16, 10), _Capacity(28, 16), _Capacity(44, 26), _Capacity(32, 18, 2))
"""Versions 1 to 4 (table 9)."""

_HEAD = 2
"""Codewords that the mode, the length and the terminator take."""

LONGEST = _VERSIONS[-1].data * _VERSIONS[-1].blocks - _HEAD
"""Bytes that the largest of these versions holds; its 33 modules a side can still be read at the size
that a leaflet has room for."""

_FILLING = b"\xec\x11"
_FORMAT_GENERATOR, _FORMAT_MASK = 0x537, 0x5412
_FIELD = 0x11D
"""The polynomial of the field of 256 elements that correction works in."""


def qr_code(content: bytes) -> tuple[str, ...]:
    """Encode bytes: a text of `1` (dark) and `0` for each row of modules, from the top.

    Raises:
        ValueError: There are more than `LONGEST` bytes.
    """
    for number, capacity in enumerate(_VERSIONS, start=1):
        if len(content) + _HEAD <= capacity.data * capacity.blocks:
            pattern = _pattern(number)
            codewords = _corrected(_filled(content, capacity), capacity)
            modules = ["0"] * pattern.size**2
            bits = "".join([f"{codeword:08b}" for codeword in codewords])
            for at, bit in zip(pattern.places, bits, strict=False):  # a few places are left light
                modules[at] = bit
            return best_masked("".join(modules), pattern.frames)
    raise ValueError(len(content))


# ---- codewords (7.4, 7.5) ----------------------------------------------------------------------


def _filled(content: bytes, capacity: _Capacity) -> bytes:
    """Write mode 4 (bytes), the length, the content, and what fills the rest."""
    bits = (0x400 | len(content)) << 8 * len(content) | int.from_bytes(content)
    written = (bits << 4).to_bytes(len(content) + _HEAD)
    room = capacity.data * capacity.blocks - len(written)
    return written + (_FILLING * (room // 2 + 1))[:room]


def _corrected(data: bytes, capacity: _Capacity) -> bytes:
    """Add the correction to each block, and take of all blocks in turn."""
    size = capacity.data
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    rests = [_remainder(block, capacity.correction) for block in blocks]
    turns = [*zip(*blocks, strict=True), *zip(*rests, strict=True)]
    return bytes([codeword for turn in turns for codeword in turn])


def _remainder(block: bytes, degree: int) -> bytes:
    """Divide a block by the generator of a degree (Reed-Solomon)."""
    top, kept = 8 * (degree - 1), (1 << 8 * degree) - 1
    rest = 0
    for codeword in block:
        rest = (rest << 8 & kept) ^ _multiple(degree, rest >> top ^ codeword)
    return rest.to_bytes(degree)


@cache
def _multiple(degree: int, factor: int) -> int:
    """Multiply the generator, without its first coefficient, which is 1."""
    return int.from_bytes([_product(one, factor) for one in _generator(degree)])


@cache
def _generator(degree: int) -> tuple[int, ...]:
    """Multiply (x - 2**0) by (x - 2**1) and so on, as often as the degree says."""
    terms, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        after = [*terms[1:], 0]
        terms = [_product(one, root) ^ two for one, two in zip(terms, after, strict=True)]
        root = _product(root, 2)
    return tuple(terms)


def _product(one: int, two: int) -> int:
    if not one or not two:
        return 0
    powers, logarithms = _powers()
    return powers[(logarithms[one] + logarithms[two]) % 255]


@cache
def _powers() -> tuple[list[int], list[int]]:
    """The powers of 2 in the field, and the exponent of each element."""
    powers, logarithms, power = [], [0] * 256, 1
    for exponent in range(255):
        powers.append(power)
        logarithms[power] = exponent
        power = power << 1 ^ (_FIELD if power & 0x80 else 0)
    return powers, logarithms


# ---- where modules stand (6.3, 7.7, 7.9) --------------------------------------------------------


@frozen
class _Pattern:
    """A version's square: the places of data in their order, and what surrounds them for each mask."""

    size: int
    places: tuple[int, ...]
    frames: tuple[Frame, ...]


@cache
def _pattern(version: int) -> _Pattern:
    size = 17 + 4 * version
    fixed = _fixed(size)
    places = tuple([at for at in _zigzag(size) if at not in fixed])
    free = _drawn(dict.fromkeys(places, True), size)
    frames = [
        Frame.of(mask, free, _drawn(fixed | _format(number, size), size))
        for number, mask in enumerate(masks(size))
    ]
    return _Pattern(size=size, places=places, frames=tuple(frames))


def _drawn(modules: dict[int, bool], size: int) -> str:
    drawn = ["0"] * size**2
    for at, dark in modules.items():
        if dark:
            drawn[at] = "1"
    return "".join(drawn)


def _fixed(size: int) -> dict[int, bool]:
    """Map the places that hold no data to whether they are dark: finders, timing, alignment."""
    fixed = {}
    for at in range(size):
        fixed[6 * size + at] = fixed[size * at + 6] = at % 2 == 0
    fixed |= _format(0, size)  # their places; what stands there comes with the mask
    for x, y in ((3, 3), (size - 4, 3), (3, size - 4)):
        fixed |= _rings(x, y, 4, size)
    if size > 21:  # noqa: PLR2004  (version 1 has none)
        fixed |= _rings(size - 7, size - 7, 2, size)
    return fixed


def _rings(x: int, y: int, reach: int, size: int) -> dict[int, bool]:
    """Draw squares round a place, dark and light in turn; the heart of a large one is 3 by 3."""
    light = (2, 4) if reach > 2 else (1,)  # noqa: PLR2004  (a finder; else an alignment)
    near = range(-reach, reach + 1)
    return {
        (y + down) * size + x + right: max(abs(down), abs(right)) not in light
        for down in near
        for right in near
        if 0 <= y + down < size and 0 <= x + right < size
    }


def _format(mask: int, size: int) -> dict[int, bool]:
    """Draw level M and the number of a mask, twice, and the module that is always dark."""
    rest = mask
    for _ in range(10):
        rest = rest << 1 ^ (rest >> 9) * _FORMAT_GENERATOR
    bits = (mask << 10 | rest) ^ _FORMAT_MASK
    down = [8 + size * y for y in (0, 1, 2, 3, 4, 5, 7, 8)]
    left = [8 * size + x for x in (7, 5, 4, 3, 2, 1, 0)]
    right = [8 * size + size - 1 - at for at in range(8)]
    low = [8 + size * (size - 7 + at) for at in range(7)]
    drawn = {at: bool(bits >> bit & 1) for bit, at in enumerate([*down, *left])}
    drawn |= {at: bool(bits >> bit & 1) for bit, at in enumerate([*right, *low])}
    return drawn | {8 + size * (size - 8): True}


def _zigzag(size: int) -> list[int]:
    """List all places but the column of timing: pairs of columns from the right, up and down."""
    order = []
    rights = [*range(size - 1, 6, -2), *range(5, 0, -2)]
    for turn, right in enumerate(rights):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        order += [y * size + x for y in rows for x in (right, right - 1)]
    return order
