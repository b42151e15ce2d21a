"""ToUnicode maps (ISO 32000-1, 9.10.3): what the codes of fonts mean, in as few maps as can be.

Faces of one family number their glyphs alike, so most files need a map for the sans faces and one for
the serif.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

Codes = Mapping[int, str]
"""Code -> text."""

_BLOCK = 100
"""A block of a CMap has that many rows at most (Adobe Technical Note 5014)."""

_MAP = b"""/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
%b
endcmap
CMapName currentdict/CMap defineresource pop
end
end"""


def shared(fonts: Sequence[Codes]) -> tuple[tuple[Codes, ...], tuple[int, ...]]:
    """Join the codes of fonts that agree; give the joined ones, and which of them each font has."""
    joined: list[dict[int, str]] = []
    places: list[int] = []
    for codes in fonts:
        place = next((n for n, one in enumerate(joined) if _agree(codes, one)), len(joined))
        if place == len(joined):
            joined.append({})
        joined[place].update(codes)
        places.append(place)
    return tuple(joined), tuple(places)


def _agree(codes: Codes, others: Codes) -> bool:
    return codes.items() <= {**codes, **others}.items()


def unicode_map(codes: Codes) -> bytes:
    """Write a map: alphabets as ranges, all else one by one."""
    ranges, single = [], []
    for first, last, text in _runs(sorted(codes.items())):
        words = text.encode("utf-16-be").hex().encode()
        if first == last:
            single.append(b"<%04x><%b>" % (first, words))
        else:
            ranges.append(b"<%04x><%04x><%b>" % (first, last, words))
    return _MAP % b"\n".join([*_blocks(b"bfrange", ranges), *_blocks(b"bfchar", single)])


def _runs(rows: Iterable[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Give stretches of codes that lie as their letters do: first, last, the first one's text.

    A code that is not used may be in a stretch, since no text has it.
    """

    def stretch(row: tuple[int, str]) -> tuple[int, ...]:
        """Codes of one stretch, and their letters, differ in their last byte only."""
        code, text = row
        letter = ord(text) if len(text) == 1 else 0
        if not 0 < letter < 1 << 16:
            return (code,)
        return code - letter, code >> 8, letter >> 8

    found = []
    for _, run in groupby(rows, stretch):
        (first, text), *more = run
        found.append((first, more[-1][0] if more else first, text))
    return found


def _blocks(kind: bytes, rows: Sequence[bytes]) -> list[bytes]:
    return [
        b"%d begin%b\n%b\nend%b" % (len(block), kind, b"\n".join(block), kind)
        for block in [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
    ]
