"""Formulas in HTML (MathML), written on one line by elements that every reader of HTML knows.

The formula without marks stays in the attribute `alttext`.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from handouts.sources.formula import (
    Formula,
    Part,
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
_BESIDE = ("annotation", "annotation-xml", "mphantom")
"""What no browser shows: another way to write the formula, what only takes room."""

_MARKS = {"superscript": "sup", "subscript": "sub", "": "span"}
_INVISIBLE = "\u2061\u2062\u2063\u2064"
"""Signs of a multiplication or a function that nobody sees."""


def settle_formulas(page: "HtmlElement") -> None:
    """Write the content of each `math` on one line; what browsers hide stays in it, hidden."""
    for math in list(page.iter("math")):
        if math.getparent() is not None:
            _settle(math)


def _settle(math: "HtmlElement") -> None:
    formula = _read(math)
    hidden = [part for part in math.iter(*_BESIDE) if part.text_content().strip()]
    for child in list(math):
        math.remove(child)
    math.set("alttext", str(formula))
    math.text = " " if formula.apart else ""
    behind = " " if (math.tail or "")[:1].isdigit() else ""
    for part in (*formula.parts, Part(behind)):
        one = math.makeelement(_MARKS[part.raised])
        one.text = part.words
        math.append(one)
    for part in hidden:
        part.tail = None
        part.set("hidden", "")
        math.append(part)


def _read(element: "HtmlElement") -> Formula:
    """Read an element; words that stand in none of its parts are read before them."""
    tag = str(element.tag)
    if tag in _BESIDE:
        return Formula()
    if tag in _TOKENS:
        return said("".join([one for one in element.text_content() if one not in _INVISIBLE]))
    if tag == "mspace":
        return Formula((Part(" "),))
    loose = [said(words) for words in (element.text, *[part.tail for part in element]) if words]
    parts = [
        _read(part) for part in element if isinstance(part.tag, str) and part.tag not in _BESIDE
    ]
    make = _FORMS.get(tag)
    made = make(element, parts) if make else row(parts) if tag in _ROWS else grouped(parts)
    return row((*loose, made))


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
    cells = [[_read(cell) for cell in one] for one in element if one.tag in ("mtr", "mlabeledtr")]
    return table(cells) if len(cells) == len(parts) else grouped(parts)


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
