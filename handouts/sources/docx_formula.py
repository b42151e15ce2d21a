"""Formulas of Word (Office Math), read into formulas on one line."""

from collections.abc import Callable, Iterator, Mapping

from handouts.sources.docx_words import chosen
from handouts.sources.formula import (
    Formula,
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
from handouts.sources.safe_xml import Element

_ROWS = ("oMath", "oMathPara", "e", "num", "den", "sub", "sup", "deg", "fName", "lim", "box")
_ROUND = ("borderBox", "phant", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml")
_BAR, _HAT = "\u0305", "\u0302"


class FormulaReader:
    """Reads formulas; what is deleted in them, or is no part of one, goes to `leave_out`."""

    def __init__(self, leave_out: Callable[[Element], None]) -> None:
        self.leave_out = leave_out

    def read(self, element: Element) -> Formula:
        """Read an element of a formula; one that has no form on a line keeps its parts apart."""
        make = _FORMS.get(element.tag)
        if make:
            return make(self, element)
        parts = list(self._inside(element))
        return row(parts) if element.tag in (*_ROWS, *_ROUND) else grouped(parts)

    def _inside(self, element: Element) -> Iterator[Formula]:
        for part in chosen(element):
            if part.tag in ("del", "moveFrom"):
                self.leave_out(part)
            elif not part.tag.endswith("Pr"):
                yield self.read(part)

    def part(self, element: Element, name: str) -> Formula:
        """Read a named part, or nothing."""
        found = element.child(name)
        return self.read(found) if found is not None else Formula()

    def rows(self, element: Element) -> list[list[Formula]]:
        """Read the rows of a matrix, or of formulas below each other."""
        if element.tag == "m":
            return [list(self._inside(one)) for one in element.children("mr")]
        return [[self.read(one)] for one in element.children("e")]


def _words(reader: FormulaReader, element: Element) -> Formula:
    """Read a run."""
    for part in element.children():
        if part.tag not in ("t", "br") and not part.tag.endswith("Pr"):
            reader.leave_out(part)
    return said(" ".join([part.characters() for part in element.children("t")]))


def _fraction(reader: FormulaReader, element: Element) -> Formula:
    top, bottom = reader.part(element, "num"), reader.part(element, "den")
    has_bar = _about(element, "type") != "noBar"
    return fraction(top, bottom) if has_bar else grouped((top, bottom))


def _root(reader: FormulaReader, element: Element) -> Formula:
    return root(reader.part(element, "e"), reader.part(element, "deg"))


def _fence(reader: FormulaReader, element: Element) -> Formula:
    inside = [reader.read(one) for one in element.children("e")]
    signs = (_about(element, name, usual) for name, usual in _FENCES)
    opening, closing, between = signs
    return fenced(inside, opening, closing, between)


_FENCES = (("begChr", "("), ("endChr", ")"), ("sepChr", "|"))


def _sum(reader: FormulaReader, element: Element) -> Formula:
    """Read a sum, a product or an integral: its sign, its limits, and what it is of."""
    sign = said(_about(element, "chr", "∫"))
    limits = power(index(sign, reader.part(element, "sub")), reader.part(element, "sup"))
    return row((limits, grouped((reader.part(element, "e"),))))


def _small(*names: str) -> "Callable[[FormulaReader, Element], Formula]":
    """Read a base with what stands lower and higher behind it."""
    below, above = names

    def read(reader: FormulaReader, element: Element) -> Formula:
        base = index(reader.part(element, "e"), reader.part(element, below))
        return power(base, reader.part(element, above)) if above else base

    return read


def _power(name: str) -> "Callable[[FormulaReader, Element], Formula]":
    return lambda reader, element: power(reader.part(element, "e"), reader.part(element, name))


def _function(reader: FormulaReader, element: Element) -> Formula:
    return row((reader.part(element, "fName"), grouped((reader.part(element, "e"),))))


def _accent(reader: FormulaReader, element: Element) -> Formula:
    """Read a letter with a sign over it."""
    sign = _BAR if element.tag == "bar" else _about(element, "chr", _HAT)
    return row((reader.part(element, "e"), said(sign)))


def _about(element: Element, name: str, usual: str = "") -> str:
    """Give what an element says of itself: a sign, a kind."""
    about = element.child(f"{element.tag}Pr")
    found = about.child(name) if about is not None else None
    return found.get("val") if found is not None else usual


_FORMS: "Mapping[str, Callable[[FormulaReader, Element], Formula]]" = {
    "r": _words,
    "t": lambda _, element: said(element.characters()),
    "f": _fraction,
    "rad": _root,
    "d": _fence,
    "nary": _sum,
    "sSup": _power("sup"),
    "limUpp": _power("lim"),
    "sSub": _small("sub", ""),
    "limLow": _small("lim", ""),
    "sSubSup": _small("sub", "sup"),
    "func": _function,
    "acc": _accent,
    "bar": _accent,
    "m": lambda reader, element: table(reader.rows(element)),
    "eqArr": lambda reader, element: table(reader.rows(element)),
}
