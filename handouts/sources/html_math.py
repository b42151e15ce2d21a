"""Formulas in HTML (MathML), written on one line by elements that every reader of HTML knows.

The formula without marks stays in the attribute `alttext`, where its links led in `targets`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from handouts.sources.formula import (
    Formula,
    Part,
    Raised,
    fenced,
    fraction,
    grouped,
    index,
    power,
    root,
    row,
    said,
    table,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TOKENS = ("mi", "mn", "mo", "mtext", "ms")
_ROWS = ("math", "mrow", "mstyle", "mpadded", "menclose", "merror", "semantics", "mtd", "none")
_IN_WORDS = (*_TOKENS, "a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "u")
"""In these, if they have parts, the spaces between words count."""

_BESIDE = ("annotation", "annotation-xml", "mphantom")
"""What no browser shows: another way to write the formula, what only takes room."""

_MARKS = {"superscript": "sup", "subscript": "sub", "": "span"}
_INVISIBLE = "\u2061\u2062\u2063\u2064"
"""Signs of a multiplication or a function that nobody sees."""

_SMALL: Mapping[str, Raised] = {"sup": "superscript", "sub": "subscript"}


def settle_formulas(page: "HtmlElement", reason: "Callable[[HtmlElement], str]") -> None:
    """Write the content of each `math` on one line; what browsers hide stays in it, hidden."""
    for math in list(page.iter("math")):
        if math.getparent() is not None:
            _settle(math, reason)


def _settle(math: "HtmlElement", reason: "Callable[[HtmlElement], str]") -> None:
    parts = [one for one in math.iterdescendants() if isinstance(one.tag, str)]
    hidden = [one for one in parts if one.tag in _BESIDE or reason(one)]
    for part in hidden:
        part.drop_tree()
    formula = _read(math)
    targets = ["".join(one.get("href", "").split()) for one in math.iterdescendants()]
    for child in list(math):
        math.remove(child)
    math.set("alttext", " ".join(str(formula).split()))
    math.set("targets", " ".join([one for one in targets if one and not one.startswith("#")]))
    math.text = " " if formula.apart else ""
    after = (math.tail or "")[:1]
    behind = " " if (not after and formula.apart) or after.isnumeric() else ""
    for part in (*formula.parts, Part(behind)):
        one = math.makeelement(_MARKS[part.raised])
        one.text = part.words
        math.append(one)
    for part in hidden:
        part.tail = None
        if not reason(part):
            part.set("hidden", "")
        math.append(part)


def _read(element: "HtmlElement") -> Formula:
    """Read an element; words that stand in none of its parts are read before them."""
    tag = str(element.tag)
    if tag in ("sup", "sub"):
        words = str(said(element.text_content()))
        return Formula((Part(words, _SMALL[tag]),) if words else ())
    if tag in _TOKENS and not len(element):
        return said("".join([one for one in element.text or "" if one not in _INVISIBLE]))
    if tag == "mspace":
        return Formula((Part(" "),))
    inside = list(_inside(element))
    if tag in (*_ROWS, *_IN_WORDS):
        return row(inside)
    loose = any(one.parts for one in inside[::2])
    make = None if loose else _FORMS.get(tag)
    return make(element, inside[1::2]) if make else grouped(inside)


def _inside(element: "HtmlElement") -> Iterator[Formula]:
    """Read the words before the first part, a part, the words behind it, and so on."""
    read = _spaced if element.tag in _IN_WORDS else said
    yield read(element.text or "")
    for part in element:
        yield _read(part)
        yield read(part.tail or "")


def _spaced(words: str) -> Formula:
    folded = re.sub(r"\s+", " ", words)
    return Formula((Part(folded),)) if folded else Formula()


_Form = Callable[["HtmlElement", list[Formula]], Formula]


def _pair(make: Callable[[Formula, Formula], Formula]) -> _Form:
    """Read an element of two parts; one with more or less has no form."""
    return lambda _, parts: make(*parts) if len(parts) == 2 else grouped(parts)  # noqa: PLR2004


def _fraction(element: "HtmlElement", parts: list[Formula]) -> Formula:
    without_bar = element.get("linethickness", "").startswith("0")
    return grouped(parts) if without_bar else _pair(fraction)(element, parts)


def _both(_element: "HtmlElement", parts: list[Formula]) -> Formula:
    match parts:
        case [base, below, above]:
            return power(index(base, below), above)
    return grouped(parts)


def _fence(element: "HtmlElement", parts: list[Formula]) -> Formula:
    between = f"{element.get('separators', ',')[:1]} "
    return fenced(parts, element.get("open", "("), element.get("close", ")"), between)


def _rows(element: "HtmlElement", parts: list[Formula]) -> Formula:
    cells = [_cells(one) for one in element if one.tag in ("mtr", "mlabeledtr")]
    return table(cells) if len(cells) == len(parts) else grouped(parts)


def _cells(line: "HtmlElement") -> list[Formula]:
    """Read a row; words that stand in none of its cells are a cell."""
    return [one for at, one in enumerate(_inside(line)) if at % 2 or one.parts]


_FORMS: Mapping[str, _Form] = {
    "mfrac": _fraction,
    "msup": _pair(power),
    "msub": _pair(index),
    "mover": _pair(power),
    "munder": _pair(index),
    "msubsup": _both,
    "munderover": _both,
    "msqrt": lambda _, parts: root(row(parts), Formula()),
    "mroot": _pair(root),
    "mfenced": _fence,
    "mtable": _rows,
}
