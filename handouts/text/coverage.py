"""What a leaflet cannot show yet: characters without a glyph, and scripts that are not set yet."""

import unicodedata
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from handouts.characters import name_of
from handouts.text.faces import FaceSet
from handouts.text.shaping import IGNORED
from handouts.values import frozen

_ALWAYS = IGNORED | frozenset("\t\n\r\u2028\u2029")
"""Characters that need no glyph: those never drawn, and blanks that become spaces."""

_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


class _Shown(NamedTuple):
    """Characters that a chain was found to show; those of ASCII, by which most text is told, as bytes."""

    characters: set[str]
    ascii: bytes


@cache
def _shown(faces: FaceSet, face: str) -> _Shown:
    there = _ASCII - _lacked(_ASCII, faces, face)
    return _Shown({*_ALWAYS, *there}, "".join(sorted(there)).encode())


_REACH = 18
"""Characters of context on each side of a gap."""

_NAME_STOPS = (
    "ACCENT CAPITAL CHARACTER COMPATIBILITY CONSONANT DIGIT IDEOGRAPH INDEPENDENT INDIC LETTER LIGATURE "
    "MARK POINT SIGN SMALL SYLLABLE UNIFIED VOWEL"
)
"""Words that follow the script in the names of letters and marks."""

_NO_SCRIPTS = ("COMBINING", "MODIFIER", "MATHEMATICAL", "SCRIPT", "VARIATION")
_SCRIPTS = {"CJK": "Chinese, Japanese or Korean", "HANGUL": "Korean"}
_NATIVE = ("Latin", "Greek", "Cyrillic")


@frozen(kw_only=False)
class Gap:
    """A character that cannot be shown: its name with code point, why, and where it stands."""

    character: str
    name: str
    reason: str
    context: str


def gaps(text: str, faces: FaceSet, face: str = "regular") -> tuple[Gap, ...]:
    """Find the characters that a chain of faces cannot show, each once, in order.

    Raises:
        AssetError: A font file is unusable.
    """
    shown = _shown(faces, face)
    rest = text.encode("utf-8", "surrogatepass").translate(None, shown.ascii)
    unknown = set(rest.decode("utf-8", "surrogatepass")) - shown.characters
    if not unknown:
        return ()
    missing = {sign for sign in unknown if _is_right_to_left(sign)}
    missing |= _lacked(unknown - missing, faces, face)
    shown.characters.update(unknown - missing)
    first = sorted([(text.index(sign), sign) for sign in missing])
    return tuple(
        [Gap(sign, name_of(sign), _reason(sign), _context(text, at)) for at, sign in first]
    )


def _lacked(wanted: AbstractSet[str], faces: FaceSet, face: str) -> AbstractSet[str]:
    """Give those of some characters for which no face of a chain has a glyph."""
    for candidate in faces.chain(face):
        wanted = {sign for sign in wanted if not candidate.has(sign)}
        if not wanted:
            break
    return wanted


def _is_right_to_left(character: str) -> bool:
    return character >= "\u0590" and unicodedata.bidirectional(character) in {"R", "AL", "AN"}


def _reason(character: str) -> str:
    script = _script(character)
    if _is_right_to_left(character):
        return (
            f"{script or 'This script'} is written from right to left, which is not supported yet"
        )
    if script in _NATIVE:
        return f"the fonts lack this {script} letter"
    if script:
        return f"the fonts have no {script} characters"
    return "no font has this sign"


def _script(character: str) -> str:
    """Name the script of a letter, mark or digit after its Unicode name; "" for other signs."""
    if (
        unicodedata.category(character)[0] not in "LM"
        and unicodedata.decimal(character, None) is None
    ):
        return ""
    words = unicodedata.name(character, "").replace("-", " ").split()
    stops = _NAME_STOPS.split()
    name = " ".join(takewhile(lambda word: word not in stops, words))
    return "" if name.startswith(_NO_SCRIPTS) else _SCRIPTS.get(name, name.title())


def _context(text: str, at: int) -> str:
    """Cut a snippet of at most 40 characters round a position, from its own line."""
    first, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    last = len(text) if end < 0 else end
    start, stop = max(first, at - _REACH), min(last, at + _REACH + 1)
    snippet = " ".join(text[start:stop].split())
    return ("…" if start > first else "") + snippet + ("…" if stop < last else "")
