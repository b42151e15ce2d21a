"""Where a line may break: a small part of UAX #14, with what medical words need.

A *chunk* is a stretch of text without spaces, with the space that follows it.
A break is possible between chunks; this module finds the possible breaks inside one.
"""

import re
import unicodedata
from collections.abc import Callable

_LETTER = r"[^\W\d_]"
_CANDIDATES = re.compile("[-–—/\u200b]")
_HYPHENS = re.compile(
    rf"(?<={_LETTER}{_LETTER})-(?={_LETTER}{_LETTER})"  # non-|Hodgkin, but X-ray
    rf"|–(?={_LETTER})"
    r"|—(?=\w)"
    rf"|(?<={_LETTER * 3})/(?={_LETTER * 3})"  # drowsiness/|dizziness, but mg/dL and 120/80
    "|\u200b"
)
_LONGEST = 500
"""Characters that are more than a line holds."""

_DELIMITERS = re.compile(
    r"(?:[/?&=_]"
    r"|(?<=\w)[-–]"  # also of a range, but not a sign
    r"|(?<!\d)[.,:]|[.,:](?!\d))+"  # of an address or a list, but not within a number or a time
)
_NUMBERS = re.compile(r"(?:(?<!\w)[-−–+±≤≥<>~≈])?\d(?:[\d.,:]*\d)?")
_NOT_FIRST = frozenset("、。，．：；？！）」』】〉》〕］｝…ー々%)]},.:;!?”’· \u200b")
_NOT_LAST = frozenset("（「『【〈《〔［｛([{“‘")
Ranges = tuple[tuple[str, str], ...]
_IDEOGRAPHS: Ranges = (
    ("\u2e80", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)
_SPACELESS: Ranges = (  # Thai and Lao, Burmese, Khmer: no dictionary here, so between clusters
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
)
_UNSPACED = "\u0e00"
"""No script without spaces has characters before this one."""

_FOLLOWERS = frozenset("\u0e33\u0eb3\u200d")
_LEADERS = frozenset("\u17d2\u1039\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")


def opportunities(chunk: str) -> tuple[int, ...]:
    """Give the positions in a chunk before which a line may begin, its start left out."""
    found = {at.end() for at in _HYPHENS.finditer(chunk)} if _CANDIDATES.search(chunk) else set()
    if not chunk.isascii() and max(chunk) >= _UNSPACED:
        found |= {at for at in _cluster_starts(chunk) if _is_open(chunk[at - 1], chunk[at])}
    return tuple(sorted(found - {len(chunk)}))


def _is_open(before: str, after: str) -> bool:
    """Say whether a line may break between two characters of scripts without spaces."""
    if _is_in(_SPACELESS, after):
        return _is_in(_SPACELESS, before)
    ideograph = _is_in(_IDEOGRAPHS, before) or _is_in(_IDEOGRAPHS, after)
    return ideograph and after not in _NOT_FIRST and before not in _NOT_LAST


def _is_in(ranges: Ranges, character: str) -> bool:
    return any(first <= character <= last for first, last in ranges)


def pieces(chunk: str) -> tuple[str, ...]:
    """Cut a chunk at every place where a line may break."""
    cuts = opportunities(chunk)
    if not cuts:
        return (chunk,)
    return tuple([chunk[a:b] for a, b in zip((0, *cuts), (*cuts, len(chunk)), strict=True)])


def forced_break(word: str, fits: Callable[[str], bool]) -> int:
    """Find where to cut a word that is too long for a line: the length of what stays.

    It is cut after a delimiter of web addresses or ranges when one fits, else after the last
    character (with its marks) that fits, outside of a number if there is such a place; never
    before the first, so that setting goes on.
    """
    word = word[:_LONGEST]
    ends = (*_cluster_starts(word), len(word))
    low, high = 0, len(ends) - 1
    while low < high:  # the longest beginning that fits, or the first cluster
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(word[: ends[middle]]) else (low, middle - 1)
    last = ends[low]
    delimiters = [at.end() for at in _DELIMITERS.finditer(word) if at.end() <= last]
    if delimiters:
        return delimiters[-1]
    within = {
        at for number in _NUMBERS.finditer(word) for at in range(number.start() + 1, number.end())
    }
    return next((end for end in ends[low::-1] if end not in within), last)


def _cluster_starts(text: str) -> tuple[int, ...]:
    """Give the starts of the clusters of a text after its first: marks stay with their letter."""
    return tuple(
        [
            at
            for at in range(1, len(text))
            if unicodedata.category(text[at])[0] != "M"
            and text[at] not in _FOLLOWERS
            and text[at - 1] not in _LEADERS
        ]
    )
