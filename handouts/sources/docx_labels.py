"""What Word writes before a paragraph of a list: an ornament, its number, or words of its own."""

import re
from collections.abc import Callable, Mapping

from handouts.sources.docx_signs import bullet
from handouts.values import frozen

_NUMBER = re.compile(r"%([1-9])")
_PLAIN = re.compile(r"[\s().\[\]:*–-]*%([1-9])[\s().\[\]:*–-]*")
_WORD = re.compile(r"\w")
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ORDINALS = ("decimal", "decimalZero", "ordinal", "cardinalText", "ordinalText", "none", "")
_MOST_ROMAN = 89


@frozen(kw_only=False)
class Label:
    """A label: `words` to print before the paragraph; whether its count or its sign is lost."""

    words: str = ""
    otherwise: bool = False
    unknown: str = ""


def of_bullet(sign: str, font: str) -> Label:
    """Read a bullet, a sign in a font."""
    said = bullet(font, sign)
    if said is None:
        return Label(unknown=f"U+{ord(sign.strip()):04X} of the font {font or 'that is not named'}")
    return Label(said)


def of_number(text: str, depth: int, forms: Mapping[int, str], counts: Mapping[int, int]) -> Label:
    """Read the words round a number.

    Args:
        text: The label, with `%1` for the number of the first level.
        depth: The paragraph's own level, from 0.
        forms: How each level counts.
        counts: The number where each level is.
    """
    form = forms.get(depth, "")
    plain = _PLAIN.fullmatch(text)
    if not text or (plain and int(plain[1]) == depth + 1):
        return Label(otherwise=form not in _ORDINALS)
    if not _WORD.search(_NUMBER.sub("", text)):
        return Label(otherwise=True)
    levels = {int(one) - 1 for one in _NUMBER.findall(text)}
    words = _NUMBER.sub(lambda one: _said(int(one[1]) - 1, forms, counts), text)
    unknown = any(forms.get(one, "") not in (*_ORDINALS, *_LETTERS) for one in levels)
    return Label(" ".join(words.split()), otherwise=unknown)


def _said(depth: int, forms: Mapping[int, str], counts: Mapping[int, int]) -> str:
    form, count = forms.get(depth, ""), counts.get(depth, 1)
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02}"
    make = _LETTERS.get(form)
    return make(count) if make else str(count)


def _letters(count: int) -> str:
    """Count a, b, ... z, aa, bb, as Word does."""
    turns, letter = divmod(max(count, 1) - 1, 26)
    return chr(ord("a") + letter) * (turns + 1) if turns < 10 else str(count)  # noqa: PLR2004


def _roman(count: int) -> str:
    if not 0 < count <= _MOST_ROMAN:
        return str(count)
    made = ""
    for worth, sign in _ROMAN:
        while count >= worth:
            made, count = made + sign, count - worth
    return made


_LETTERS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
