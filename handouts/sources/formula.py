"""Formulas on one line, written so that none can be read as another number: 1/2, 10 raised 9.

Word and HTML draw them in two dimensions, each with elements of its own; both are made of these
parts.  What has no form on a line keeps its parts apart, each in brackets.
"""

import re
from collections.abc import Iterable
from typing import Literal

from handouts.values import frozen

Raised = Literal["", "superscript", "subscript"]

ON_ONE_LINE = "a formula is written on one line: {}"
"""What is told of each."""

FORMULA_END = "\x1f"
"""Stands behind a formula that must not touch a number; no XML file can hold it."""

_ATOM = re.compile(r"[\d.,]+|[^\W\d]+")
_SMALL = {"superscript": "^", "subscript": "_"}


@frozen(kw_only=False)
class Part:
    """Words of a formula on the line, or raised or lowered."""

    words: str
    raised: Raised = ""


@frozen(kw_only=False)
class Formula:
    """A formula or a piece of one; one that is `apart` must not touch a number before or behind."""

    parts: tuple[Part, ...] = ()
    apart: bool = False

    def __str__(self) -> str:
        """Write it without raised and lowered words: `10^9`."""
        return "".join([_small(part) for part in self.parts])


def _small(part: Part) -> str:
    if not part.raised:
        return part.words
    whole = part.words if len(part.words) == 1 else f"({part.words})"
    return f"{_SMALL[part.raised]}{whole}"


def said(words: str) -> Formula:
    """Make a formula of words, white space folded."""
    folded = " ".join(words.split())
    return Formula((Part(folded),)) if folded else Formula()


def row(formulas: Iterable[Formula]) -> Formula:
    """Put formulas behind each other; numbers that would touch are parted by a space."""
    found = [one for one in formulas if one.parts]
    parts: list[Part] = []
    for before, one in zip((None, *found), found, strict=False):
        if before and (before.apart or one.apart) and _touch(before, one):
            parts.append(Part(" "))
        parts += one.parts
    return Formula(tuple(parts), apart=any(one.apart for one in (*found[:1], *found[-1:])))


def _touch(before: Formula, after: Formula) -> bool:
    return str(before)[-1:].isalnum() and bool(re.match(r"\w|[\^√]", str(after)))


def fraction(top: Formula, bottom: Formula) -> Formula:
    """Write a fraction: 1/2, or (a + b)/(c)."""
    if _is_atom(top) and _is_atom(bottom):
        return Formula((*top.parts, Part("/"), *bottom.parts), apart=True)
    return Formula((*_bracketed(top), Part("/"), *_bracketed(bottom)), apart=True)


def power(base: Formula, above: Formula) -> Formula:
    """Write something raised behind a base."""
    return _beside(base, above, "superscript")


def index(base: Formula, below: Formula) -> Formula:
    """Write something lowered behind a base."""
    return _beside(base, below, "subscript")


def _beside(base: Formula, small: Formula, raised: Raised) -> Formula:
    whole = base.parts if _is_atom(base) or not base.parts else _bracketed(base)
    beside = (Part(str(small), raised),) if small.parts else ()
    return Formula((*whole, *beside), apart=base.apart or not base.parts)


def root(inside: Formula, degree: Formula) -> Formula:
    """Write a root; its degree stands raised before it."""
    raised = (Part(str(degree), "superscript"),) if degree.parts else ()
    return Formula((*raised, Part("√"), *_bracketed(inside)), apart=True)


def fenced(inside: Iterable[Formula], opening: str, closing: str, between: str) -> Formula:
    """Write formulas between signs, parted by another one."""
    found = list(inside)
    apart = any(one.apart for one in found) and not (opening and closing)
    return Formula((Part(opening), *_parted(found, between), Part(closing)), apart)


def table(rows: Iterable[Iterable[Formula]]) -> Formula:
    """Write rows of formulas: [a, b; c, d]."""
    return fenced([Formula(_parted(cells, ", ")) for cells in rows], "[", "]", "; ")


def grouped(formulas: Iterable[Formula]) -> Formula:
    """Write what has no form on a line: each part in brackets, a space between two."""
    whole = [Formula(_bracketed(one)) for one in formulas if one.parts]
    return Formula(_parted(whole, " "), apart=True)


def _parted(formulas: Iterable[Formula], between: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, one in enumerate(formulas):
        parts += (*((Part(between),) if at else ()), *one.parts)
    return tuple(parts)


def _bracketed(formula: Formula) -> tuple[Part, ...]:
    return (Part("("), *formula.parts, Part(")"))


def _is_atom(formula: Formula) -> bool:
    """Tell whether a formula is one number or one word, which needs no brackets."""
    flat = all(not part.raised for part in formula.parts)
    return flat and bool(_ATOM.fullmatch(str(formula)))
