"""Characters that no leaflet may hold, and the names of characters in messages."""

import re
import unicodedata
from typing import NamedTuple

_SUSPECTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and newline, DEL, C1
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates: they hide what is written
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe-\uffff"  # noncharacters
    "\U0001fffe-\U0010ffff]"  # of which two at the end of each plane are noncharacters
)
"""Above U+FFFF, all characters: a search for the 32 single ones takes seven times as long."""

_UNNAMED = {
    "Cc": "control character",
    "Cs": "lone surrogate",
    "Co": "private use character",
    "Cn": "unassigned or noncharacter",
}


class Control(NamedTuple):
    """A character that is refused: where it stands in the text (from 0), and its name."""

    position: int
    name: str


def name_of(character: str) -> str:
    """Name a character as people look it up: `U+1F600 GRINNING FACE`."""
    fallback = _UNNAMED.get(unicodedata.category(character), "character without a name")
    return f"U+{ord(character):04X} {unicodedata.name(character, fallback)}"


def control(text: str) -> tuple[Control, ...]:
    """Find the characters that may not be in any text, in order.

    They are the C0 controls but tab and newline, DEL, the C1 controls, lone surrogates,
    noncharacters, and the bidi embeddings, overrides and isolates.

    Source: XML 1.0, 2.2 (the metadata must stay well-formed); Unicode TR 36, 2.4 (bidi spoofing).
    """
    if text.isprintable():  # so are most texts without ends of lines
        return ()
    found = [at for at in _SUSPECTS.finditer(text) if at[0] <= "\uffff" or _ends_plane(at[0])]
    return tuple([Control(at.start(), name_of(at[0])) for at in found])


def _ends_plane(character: str) -> bool:
    return ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004  (the last two of 65,536)
