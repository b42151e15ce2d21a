"""Masks of QR codes, and which of them makes a code that is read best (ISO/IEC 18004:2015, 7.8).

All rows and columns of a code are one integer, a bit a module, with light between them, so that a
pattern is looked for in all of them at once.
"""

from collections.abc import Callable, Sequence
from math import isqrt

from handouts.values import frozen

_PATTERNS: tuple[Callable[[int, int], int], ...] = (
    lambda x, y: (x + y) % 2,
    lambda _, y: y % 2,
    lambda x, _: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)
"""A mask turns a module over where this is 0 (table 10); they repeat after 6 columns and 12 rows."""

_ACROSS, _DOWN = 6, 12

_GAP = 16
"""Light modules beside a line: four times as many as the widest part of a finder that fits."""

_RUN, _BLOCK, _FINDER, _BALANCE = 3, 3, 40, 10
"""The penalties (table 11)."""


@frozen
class Frame:
    """What a mask does to a code's data, and what stands round it; as lines and as modules."""

    turned: str
    fixed: str
    turned_lines: int
    fixed_lines: int

    @classmethod
    def of(cls, mask: str, free: str, fixed: str) -> "Frame":
        """Put a mask on the places that are free for data."""
        turned = f"{int(mask, 2) & int(free, 2):0{len(mask)}b}"
        return cls(
            turned=turned, fixed=fixed, turned_lines=_lines(turned), fixed_lines=_lines(fixed)
        )


def masks(size: int) -> list[str]:
    """Give all masks of a square as texts of its modules."""
    made = []
    for is_kept in _PATTERNS:
        rows = [
            "".join(["0" if is_kept(x, y) else "1" for x in range(_ACROSS)]) for y in range(_DOWN)
        ]
        wide = [(row * (size // _ACROSS + 1))[:size] for row in rows]
        made.append("".join((wide * (size // _DOWN + 1))[:size]))
    return made


def best_masked(modules: str, frames: Sequence[Frame]) -> tuple[str, ...]:
    """Mask data in the way that has the least penalty, the first of those; give the rows."""
    size = _side(modules)
    lines = _lines(modules)
    best = min(
        frames, key=lambda frame: _penalty(lines ^ frame.turned_lines | frame.fixed_lines, size)
    )
    whole = int(modules, 2) ^ int(best.turned, 2) | int(best.fixed, 2)
    text = f"{whole:0{len(modules)}b}"
    return tuple([text[at : at + size] for at in range(0, len(text), size)])


def _side(modules: str) -> int:
    return isqrt(len(modules))


def _lines(modules: str) -> int:
    """Write the rows of a square, then its columns, with light before, between and after them."""
    size = _side(modules)
    rows = [modules[at : at + size] for at in range(0, len(modules), size)]
    columns = [modules[at::size] for at in range(size)]
    gap = "0" * _GAP
    return int("".join([part for line in (*rows, *columns) for part in (gap, line)]) + gap, 2)


def _penalty(dark: int, size: int) -> int:
    """Rate a code by the features that disturb its reader."""
    stride = size + _GAP
    whole = (1 << 2 * size * stride + _GAP) - 1
    inside = _inside(size)
    total = size * size
    count = (dark >> size * stride + _GAP).bit_count()  # of the rows, which come first
    uneven = (abs(count * 20 - total * 10) + total - 1) // total - 1
    return (
        _runs(dark)
        + _runs(~dark & inside)
        + _BLOCK * _blocks(dark, size)
        + _FINDER * _finders(dark, ~dark & whole, size)
        + _BALANCE * uneven
    )


def _inside(size: int) -> int:
    """Give the bits that are modules."""
    line = (1 << size) - 1
    return sum([line << _GAP + at * (size + _GAP) for at in range(2 * size)])


def _runs(ones: int) -> int:
    """Count 3 for five modules of a colour in a row, and 1 for each more."""
    five = _in_a_row(ones, 5)
    return five.bit_count() + (_RUN - 1) * (five & ~(five << 1)).bit_count()


def _blocks(dark: int, size: int) -> int:
    """Count squares of four modules of a colour, overlapping ones too."""
    stride = size + _GAP
    rows = dark >> size * stride + _GAP
    beside, below = ~(rows ^ rows >> 1), ~(rows ^ rows >> stride)
    line = (1 << size - 1) - 1
    corners = sum([line << at * stride for at in range(size - 1)])
    return (beside & beside >> stride & below & corners).bit_count()


def _finders(dark: int, light: int, size: int) -> int:
    """Count what looks like a finder, 1:1:3:1:1, with light of 4 on one side and of 1 on the other."""
    found = 0
    for part in range(1, size // 7 + 1):
        bar, gap, heart = (
            _in_a_row(dark, part),
            _in_a_row(light, part),
            _in_a_row(dark, 3 * part),
        )
        middle = bar & gap >> part & heart >> 2 * part & gap >> 5 * part & bar >> 6 * part
        wide = _in_a_row(light, 4 * part)
        before, after = gap << part, gap >> 7 * part
        found += (middle & before & wide >> 7 * part).bit_count()
        found += (middle & wide << 4 * part & after).bit_count()
    return found


def _in_a_row(ones: int, count: int) -> int:
    """Give the bits from which on, upwards, so many are set."""
    have = 1
    while have < count:
        step = min(have, count - have)
        ones &= ones >> step
        have += step
    return ones
