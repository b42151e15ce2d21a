"""The rules for structure elements: headings, figures, lists, tables (ISO 14289-1, 7.2 to 7.6)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from handouts.structure import CELLS, StructureElement

TAGS = frozenset(
    (
        *("Document", "Part", "Sect", "Div", "Aside", "P", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"),
        *("Caption", "Figure", "Link", "Span", "Strong", "Em"),
    )
)
"""Types of both PDF 1.7 (some through the role map) and PDF 2.0; nothing else is written."""

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""What a language tag looks like (BCP 47)."""

CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither XML nor a screen reader can take."""


def walk(element: StructureElement) -> list[StructureElement]:
    """List an element and those below it, in reading order; placeholders are none."""
    elements: list[StructureElement] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag:
            elements.append(one)
        waiting += one.kids[::-1]
    return elements


def _below(element: StructureElement) -> list[StructureElement]:
    return [kid for kid in element.kids if kid.tag]


def place(element: StructureElement) -> str:
    """Say where an element is, such as `Document > Sect[2] > Figure[1]`."""
    if element.parent is None:
        return element.tag or "a slot"
    siblings = [kid for kid in _below(element.parent) if kid.tag == element.tag]
    number = siblings.index(element) + 1 if element in siblings else 0
    return f"{place(element.parent)} > {element.tag}[{number}]"


def heading_violations(elements: Iterable[StructureElement]) -> Iterator[str]:
    """Headings start with H1 and go down one level at a time (ISO 14289-1, 7.4.2)."""
    level = 0
    for element in elements:
        tag = element.tag
        if tag[0] == "H" and tag[1:].isdigit():
            if int(tag[1:]) > level + 1:
                before = f"H{level}" if level else "no heading"
                yield f"{place(element)}: comes after {before} (ISO 14289-1, 7.4.2)"
            level = int(tag[1:])
    if not level:
        yield "Document: has no H1 (ISO 14289-1, 7.4)"


def element_violations(elements: Iterable[StructureElement]) -> Iterator[str]:
    """Yield what is wrong with each element: its type, its language, and what its type asks for."""
    for element in elements:
        tag = element.tag
        if tag not in TAGS:
            yield f"{place(element)}: is no type that we write (ISO 14289-1, 7.1)"
        if element.language and not LANGUAGE.fullmatch(element.language):
            yield f"{place(element)}: {element.language!r} is no language tag (ISO 14289-1, 7.2)"
        said = element.alt + element.actual_text
        if said and CONTROL.search(said):
            yield f"{place(element)}: its text holds a control character"
        if tag in _RULES:
            yield from _RULES[tag](element)


def _document(element: StructureElement) -> Iterator[str]:
    if element.parent is not None:
        yield f"{place(element)}: stands inside another element (ISO 14289-1, 7.1)"


def _figure(element: StructureElement) -> Iterator[str]:
    if not element.alt.strip():
        yield f"{place(element)}: has no alternative text (ISO 14289-1, 7.3)"


def _list(element: StructureElement) -> Iterator[str]:
    yield from _only(element, ("LI", "Caption"), "ISO 14289-1, 7.6")


def _item(element: StructureElement) -> Iterator[str]:
    yield from _only(element, ("Lbl", "LBody"), "ISO 14289-1, 7.6")
    if element.parent is None or element.parent.tag != "L":
        yield f"{place(element)}: stands outside a list (ISO 14289-1, 7.6)"


def _table(element: StructureElement) -> Iterator[str]:
    yield from _only(element, ("TR", "Caption"), "ISO 14289-1, 7.5")
    counts = sorted({len(_below(row)) for row in _below(element) if row.tag == "TR"})
    if len(counts) > 1:
        listed = " and ".join([str(count) for count in counts])
        yield f"{place(element)}: has rows of {listed} cells (ISO 14289-1, 7.5)"


def _row(element: StructureElement) -> Iterator[str]:
    yield from _only(element, CELLS, "ISO 14289-1, 7.5")


def _head(element: StructureElement) -> Iterator[str]:
    if not any(row[:2] == ("Table", "Scope") for row in element.attributes):
        yield f"{place(element)}: has no Scope (ISO 14289-1, 7.5)"


def _only(element: StructureElement, tags: Sequence[str], clause: str) -> Iterator[str]:
    for kid in _below(element):
        if kid.tag not in tags:
            yield f"{place(kid)}: does not belong in a {element.tag} ({clause})"


_RULES: Mapping[str, Callable[[StructureElement], Iterator[str]]] = {
    "Document": _document,
    "Figure": _figure,
    "L": _list,
    "LI": _item,
    "Table": _table,
    "TR": _row,
    "TH": _head,
}
